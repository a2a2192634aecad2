"""The bell of a counter: rings by the best way this machine has, and says so when it can't."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from logging import NullHandler, getLogger
from pathlib import Path
from typing import Final

from core.domain.alert import Chime
from core.domain.sound_trouble import SoundTrouble, Troubles
from core.ports.bell import TERMINAL, Rung
from sounds import trouble
from sounds.chimes import SILENCE, wav_of
from sounds.playback import Playback, was_played

logger = getLogger(__name__)
# Without a handler a warning would go to standard error, where the screen is drawn.
logger.addHandler(NullHandler())

LADDER: Final = ("simpleaudio", "miniaudio", "system", TERMINAL)
"""What "auto" tries, best first."""
CHOICES: Final = ("auto", *LADDER, "off")

Terminal = Callable[[], None]
"""Rings the terminal's own bell; given by whoever owns the terminal."""


class Player:
    """A `Bell` of child processes; "auto" remembers the device that worked, and climbs anew when it fails.

    The terminal's bell is never remembered: no one can tell whether it was heard, so each ring asks the
    devices again first. A backend named in config is tried alone. Raises ValueError for a backend or a
    volume (0 to 1) that can't be.
    """

    def __init__(
        self,
        backend: str = "auto",
        *,
        volume: float = 1.0,
        volumes: Mapping[Chime, float] | None = None,
        terminal: Terminal | None = None,
    ) -> None:
        if backend not in CHOICES:
            raise ValueError(f"backend is {backend!r}, allowed are {', '.join(CHOICES)}")
        by_chime = dict(volumes or {})
        for found in (volume, *by_chime.values()):
            if not 0 <= found <= 1:
                raise ValueError(f"volume is {found}, allowed is 0 to 1")
        self._volumes = {chime: volume * by_chime.get(chime, 1.0) for chime in Chime}
        self._ladder = LADDER if backend == "auto" else (backend,)
        self._terminal = terminal
        self._worked: str | None = None
        self._unheard: set[str] = set()
        self._said: Troubles = ()
        self._playback: Playback | None = None
        self._hushes = 0
        self._one_at_a_time = asyncio.Lock()

    async def ring(self, chime: Chime) -> Rung:
        """Play a chime to its end; never raises. One that was hushed, or hushed while it waited, is no trouble."""
        if not self._volumes[chime]:
            return Rung("off", (trouble.OFF if self._is_off else trouble.SILENT,))
        return await self._safely(lambda hushes: self._climb_down(wav_of(chime), self._volumes[chime], hushes))

    async def probe(self) -> Rung:
        """How a ring would go: the devices get 40 ms of silence, the terminal nothing; never raises."""
        if not self._volumes[Chime.NEW]:
            return Rung("off", (trouble.OFF if self._is_off else trouble.SILENT,))
        return await self._safely(lambda hushes: self._climb_down(SILENCE, 1.0, hushes))

    def hush(self) -> None:
        """Stop at once, also in mid-sound, and drop the rings that wait their turn."""
        self._hushes += 1
        if self._playback is not None:
            self._playback.stop()

    def distrust(self, backend: str) -> None:
        """Nobody heard it: the ways after it come first; when nobody hears any, all are tried again."""
        self._unheard.add(backend)
        self._worked = None
        if self._unheard >= set(self._ladder):
            self._unheard.clear()

    @property
    def _is_off(self) -> bool:
        return self._ladder == ("off",)

    async def _safely(self, climb: Callable[[int], Awaitable[Rung]]) -> Rung:
        hushes = self._hushes
        if self._is_off:
            return Rung("off", (trouble.OFF,))
        try:
            async with self._one_at_a_time:
                rung = await climb(hushes)
        except Exception:
            logger.exception("the bell failed")
            return Rung(self._ladder[0], (trouble.UNFORESEEN,))
        if not rung.was_stopped:
            self._log(rung)
        return rung

    async def _climb_down(self, wav: Path, volume: float, hushes: int) -> Rung:
        failed: list[SoundTrouble] = []
        for backend in self._order():
            why = await self._try(backend, wav, volume) if hushes == self._hushes else None
            if hushes != self._hushes:
                return Rung(backend, was_stopped=True)
            self._worked = None if why or backend == TERMINAL else backend
            if why is None:
                return Rung(backend, passed_over=tuple(failed))
            failed.append(why)
        return Rung(backend, tuple(failed))

    def _order(self) -> tuple[str, ...]:
        """What worked, then the ladder without what nobody heard."""
        remembered = (self._worked,) if self._worked else ()
        heard = (backend for backend in self._ladder if backend not in self._unheard)
        return tuple(dict.fromkeys((*remembered, *heard)))

    async def _try(self, backend: str, wav: Path, volume: float) -> SoundTrouble | None:
        if backend == TERMINAL:
            return self._ring_terminal(is_heard=wav != SILENCE)
        code = await self._play(Playback(backend, wav, volume))
        return None if was_played(code) else trouble.trouble_of(backend, code)

    async def _play(self, playback: Playback) -> int:
        self._playback = playback
        try:
            return await playback.run()
        finally:
            self._playback = None

    def _ring_terminal(self, *, is_heard: bool) -> SoundTrouble | None:
        if self._terminal is None:
            return trouble.NO_TERMINAL
        try:
            if is_heard:
                self._terminal()
        except Exception:
            logger.exception("the terminal's bell failed")
            return trouble.TERMINAL_BROKEN
        return None

    def _log(self, rung: Rung) -> None:
        why = rung.trouble or rung.passed_over
        if why and not self._said:
            logger.warning("sound lost, now by %s: %s", rung.backend, "; ".join(map(str, why)))
        elif self._said and not why:
            logger.info("sound is back, by %s", rung.backend)
        self._said = why
