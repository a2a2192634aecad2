"""Plays one file by one backend and ends: `python -m sounds.play_once BACKEND FILE VOLUME`.

Always a process of its own, for sound libraries may crash, hang, or write on the screen. Exit codes: `Answer`.
Nothing heavy is imported before the backend is known, so the first sample comes soon.
"""

import sys
import time
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from threading import Event
from typing import Any

from sounds.answer import Answer
from sounds.sound import WIDTH, BadSound, Sound, read_sound
from sounds.system_player import play_by_system

Play = Callable[[Path, float], Answer]

BUFFER_MS = 50
BUFFERS = 3
GRACE_SECONDS = 1.5
"""How much longer than its sound a device may take."""


def play_by_simpleaudio(file: Path, volume: float) -> Answer:
    """Refused on Python 3.12 and later, where it ends in a segmentation fault."""
    if sys.version_info >= (3, 12):
        return Answer.REFUSED
    import simpleaudio  # type: ignore[import-not-found,import-untyped,unused-ignore]

    sound = read_sound(file).at_volume(volume)
    try:
        playing = simpleaudio.play_buffer(sound.samples, sound.channels, WIDTH, sound.rate)
    except Exception:
        return Answer.NO_DEVICE
    playing.wait_done()
    return Answer.PLAYED


def play_by_miniaudio(file: Path, volume: float) -> Answer:
    """Through any real device; without the list it would play into nothing and call that success."""
    from miniaudio import Backend  # type: ignore[import-not-found,import-untyped,unused-ignore]

    real = [backend for backend in Backend if backend not in (Backend.NULL, Backend.CUSTOM)]
    return _play_by_miniaudio(file, volume, real)


def play_to_nowhere(file: Path, volume: float) -> Answer:
    """Through miniaudio's own silent device, in real time: for trying things out where nothing can be heard."""
    from miniaudio import Backend

    return _play_by_miniaudio(file, volume, [Backend.NULL])


def _play_by_miniaudio(file: Path, volume: float, backends: list[Any]) -> Answer:
    from miniaudio import MiniaudioError, PlaybackDevice

    sound = read_sound(file).at_volume(volume)
    ended = Event()
    frames = _frames(sound, ended)
    next(frames)
    try:
        with PlaybackDevice(
            nchannels=sound.channels, sample_rate=sound.rate, buffersize_msec=BUFFER_MS, backends=backends
        ) as device:
            device.start(frames)
            return _wait(ended, sound)
    except MiniaudioError:
        return Answer.NO_DEVICE


def _frames(sound: Sound, ended: Event) -> Generator[bytes, int, None]:
    width = WIDTH * sound.channels
    wanted = yield b""
    position = 0
    while position < len(sound.samples):
        chunk = sound.samples[position : position + wanted * width]
        position += len(chunk)
        wanted = yield chunk
    ended.set()


def _wait(ended: Event, sound: Sound) -> Answer:
    if not ended.wait(sound.seconds + GRACE_SECONDS):
        return Answer.FAILED
    # The device asks ahead of need: what it holds has still to be heard.
    time.sleep(BUFFERS * BUFFER_MS / 1000)
    return Answer.PLAYED


BACKENDS: dict[str, Play] = {
    "simpleaudio": play_by_simpleaudio,
    "miniaudio": play_by_miniaudio,
    "system": play_by_system,
    "nowhere": play_to_nowhere,
}


def main(arguments: Sequence[str]) -> Answer:
    """Play, and turn every outcome into an answer."""
    try:
        backend, file, volume = arguments
        play, loud = BACKENDS[backend], float(volume)
    except (KeyError, ValueError):
        return Answer.USAGE
    return _answer_of(play, Path(file), loud)


def _answer_of(play: Play, file: Path, volume: float) -> Answer:
    try:
        return play(file, volume)
    except BadSound:
        return Answer.BAD_FILE
    except ImportError:
        return Answer.NOT_INSTALLED
    except Exception:
        return Answer.FAILED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
