"""The player that comes with the system: paplay, pw-play, aplay, afplay or PowerShell."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sounds.answer import Answer
from sounds.sound import Sound, read_sound

GRACE_SECONDS = 1.0
"""How much longer than its sound one player may take before the next is tried."""
PULSE_FULL_VOLUME = 65_536
WAV_VARIABLE = "ORDERBELL_WAV"
"""PowerShell gets the path by environment, so that no sign in it can be read as a command."""


@dataclass(frozen=True)
class Call:
    """What to run, what it reads on standard input, and what is added to its environment."""

    arguments: tuple[str, ...]
    read: bytes = b""
    variables: tuple[tuple[str, str], ...] = ()


def _by_paplay(file: Path, volume: float) -> Call:
    return Call((f"--volume={round(volume * PULSE_FULL_VOLUME)}", str(file)))


def _by_pw_play(file: Path, volume: float) -> Call:
    return Call((f"--volume={volume:.3f}", str(file)))


def _by_aplay(file: Path, volume: float) -> Call:
    return Call(("-q", "-t", "wav"), read=read_sound(file).at_volume(volume).as_wav())


def _by_afplay(file: Path, volume: float) -> Call:
    return Call(("-v", f"{volume:.3f}", str(file)))


def _by_powershell(file: Path, volume: float) -> Call:
    script = f"(New-Object System.Media.SoundPlayer $env:{WAV_VARIABLE}).PlaySync()"
    copy = file if volume == 1 else _softer_copy(file, volume)
    return Call(("-NoProfile", "-NonInteractive", "-Command", script), variables=((WAV_VARIABLE, str(copy)),))


def _softer_copy(file: Path, volume: float) -> Path:
    # PowerShell has no volume. One name a sound and volume: a player killed half-way leaves nothing that grows.
    copy = Path(tempfile.gettempdir()) / f"orderbell-{file.stem}-{round(volume * 100)}.wav"
    copy.write_bytes(read_sound(file).at_volume(volume).as_wav())
    return copy


PLAYERS: dict[str, Callable[[Path, float], Call]] = {
    "paplay": _by_paplay,
    "pw-play": _by_pw_play,
    "aplay": _by_aplay,
    "afplay": _by_afplay,
    "powershell": _by_powershell,
}
"""In the order they are tried: sound servers first, for they share the device with other programs."""


def play_by_system(file: Path, volume: float) -> Answer:
    """Try each player found on the path until one plays."""
    sound = read_sound(file)
    found = [(path, call) for name, call in PLAYERS.items() if (path := shutil.which(name))]
    if not found:
        return Answer.NOT_INSTALLED
    played = any(_runs(path, call(file, volume), sound) for path, call in found)
    return Answer.PLAYED if played else Answer.NO_DEVICE


def _runs(path: str, call: Call, sound: Sound) -> bool:
    try:
        ended = subprocess.run(
            (path, *call.arguments),
            input=call.read,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **dict(call.variables)},
            timeout=sound.seconds + GRACE_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return ended.returncode == 0
