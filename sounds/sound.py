"""A sound in memory: 16-bit samples, read from a WAV file and made quieter."""

import wave
from array import array
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

WIDTH = 2
"""Bytes of one sample."""


class BadSound(Exception):
    """The file is missing or isn't a 16-bit PCM WAV."""


@dataclass(frozen=True)
class Sound:
    """Interleaved 16-bit samples in the byte order of this machine; `rate` is frames a second."""

    samples: bytes
    channels: int
    rate: int

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.samples) / (WIDTH * self.channels * self.rate)

    def at_volume(self, volume: float) -> "Sound":
        """The same sound at `volume`, from 0 (silent) to 1 (as recorded)."""
        if volume == 1:
            return self
        softer = array("h", (int(sample * volume) for sample in array("h", self.samples)))
        return replace(self, samples=softer.tobytes())

    def as_wav(self) -> bytes:
        """The whole WAV file."""
        file = BytesIO()
        with wave.open(file, "wb") as writer:
            writer.setnchannels(self.channels)
            writer.setsampwidth(WIDTH)
            writer.setframerate(self.rate)
            writer.writeframes(self.samples)
        return file.getvalue()


def read_sound(file: Path) -> Sound:
    """Read a WAV file; raises `BadSound` when it can't be played as it is."""
    try:
        with wave.open(str(file), "rb") as reader:
            if reader.getsampwidth() != WIDTH:
                raise BadSound(f"{file.name} isn't 16-bit PCM")
            return Sound(reader.readframes(reader.getnframes()), reader.getnchannels(), reader.getframerate())
    except (OSError, EOFError, wave.Error) as error:
        raise BadSound(f"{file.name} can't be read as a WAV") from error
