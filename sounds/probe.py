"""Which ways to make a sound work on this machine; asked without being heard."""

from core.ports.bell import TERMINAL, Rung
from sounds.chimes import SILENCE
from sounds.playback import Playback, was_played
from sounds.player import LADDER, Terminal
from sounds.trouble import NO_TERMINAL, trouble_of


async def probe(terminal: Terminal | None = None) -> tuple[Rung, ...]:
    """One `Rung` for each step of the ladder, best first; the devices get 40 ms of silence, the terminal nothing."""
    devices = [await _probe(backend) for backend in LADDER if backend != TERMINAL]
    return (*devices, Rung(TERMINAL, (NO_TERMINAL,) if terminal is None else ()))


async def _probe(backend: str) -> Rung:
    code = await Playback(backend, SILENCE, 1.0).run()
    return Rung(backend, () if was_played(code) else (trouble_of(backend, code),))
