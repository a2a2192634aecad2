"""The bell of a counter: rings by the best way this machine has, and says so when it can't."""

import asyncio
from collections.abc import Callable
from logging import NullHandler, getLogger
from pathlib import Path
from typing import Final

from core.domain.alert import Chime
from core.ports.bell import Rung
from sounds import trouble
from sounds.chimes import wav_of
from sounds.playback import Playback, was_played

logger = getLogger(__name__)
# Without a handler a warning would go to standard error, where the screen is drawn.
logger.addHandler(NullHandler())

LADDER: Final = ("simpleaudio", "miniaudio", "system", "bell")
"""What "auto" tries, best first."""
CHOICES: Final = ("auto", *LADDER, "off")

Terminal = Callable[[], None]
"""Rings the terminal's own bell; given by whoever owns the terminal."""
Quiet = Callable[[Chime], str]
"""Why a chime must not sound now, in words for staff; empty when it may."""


def never_quiet(chime: Chime) -> str:
    """Every chime may sound at any time."""
    return ""


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
        quiet: Quiet = never_quiet,
        terminal: Terminal | None = None,
    ) -> None:
        if backend not in CHOICES:
            raise ValueError(f"backend is {backend!r}, allowed are {', '.join(CHOICES)}")
        if not 0 <= volume <= 1:
            raise ValueError(f"volume is {volume}, allowed is 0 to 1")
        self._ladder = LADDER if backend == "auto" else (backend,)
        self._volume = volume
        self._quiet = quiet
        self._terminal = terminal
        self._worked: str | None = None
        self._said = ""
        self._playback: Playback | None = None
        self._hushes = 0
        self._one_at_a_time = asyncio.Lock()

    async def ring(self, chime: Chime) -> Rung:
        """Play a chime to its end; never raises. One that was hushed, or hushed while it waited, is no trouble."""
        hushes = self._hushes
        try:
            async with self._one_at_a_time:
                return await self._ring(chime, hushes)
        except Exception:
            logger.exception("the bell failed")
            return Rung(self._ladder[0], trouble.UNFORESEEN)

    def hush(self) -> None:
        """Stop at once, also in mid-sound, and drop the rings that wait their turn."""
        self._hushes += 1
        if self._playback is not None:
            self._playback.stop()

    async def _ring(self, chime: Chime, hushes: int) -> Rung:
        if why := self._why_silent(chime):
            return Rung("off", why)
        rung = await self._climb_down(wav_of(chime), hushes)
        if hushes == self._hushes:
            self._log(rung)
        return rung

    async def _climb_down(self, wav: Path, hushes: int) -> Rung:
        failed: list[str] = []
        for backend in self._order():
            why = await self._try(backend, wav) if hushes == self._hushes else ""
            if hushes != self._hushes:
                return Rung(backend)
            self._worked = None if why or backend == "bell" else backend
            if not why:
                return Rung(backend, passed_over=trouble.together(failed))
            failed.append(why)
        return Rung(backend, trouble.together(failed))

    def _why_silent(self, chime: Chime) -> str:
        if self._ladder == ("off",):
            return trouble.OFF
        return self._quiet(chime) or ("" if self._volume else trouble.SILENT)

    def _order(self) -> tuple[str, ...]:
        remembered = (self._worked,) if self._worked else ()
        return tuple(dict.fromkeys((*remembered, *self._ladder)))

    async def _try(self, backend: str, wav: Path) -> str:
        if backend == "bell":
            return self._ring_terminal()
        code = await self._play(Playback(backend, wav, self._volume))
        return "" if was_played(code) else trouble.trouble_of(backend, code)

    async def _play(self, playback: Playback) -> int:
        self._playback = playback
        try:
            return await playback.run()
        finally:
            self._playback = None

    def _ring_terminal(self) -> str:
        if self._terminal is None:
            return trouble.NO_TERMINAL
        try:
            self._terminal()
        except Exception:
            logger.exception("the terminal's bell failed")
            return trouble.BELL_FAILED
        return ""

    def _log(self, rung: Rung) -> None:
        why = rung.trouble or rung.passed_over
        if why and not self._said:
            logger.warning("sound lost, now by %s: %s", rung.backend, why)
        elif self._said and not why:
            logger.info("sound is back, by %s", rung.backend)
        self._said = why
