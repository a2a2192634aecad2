"""Rings where the eyes are: in the browser tab, and on the shop's machine when the tab may not."""

import asyncio
from collections.abc import Mapping
from itertools import count
from typing import Final

from core.domain.alert import Chime
from core.domain.sound_trouble import Fault, SoundTrouble
from core.ports.bell import Bell, Rung
from sounds.chimes import seconds_of, wav_of
from tui.wiring.web.line import Meta, PageLine

BACKEND: Final = "browser"
GRACE: Final = 3.0  # seconds beyond the sound's own for the page's answer
FAULTS: Final = {"": None, "blocked": Fault.BLOCKED, "failed": Fault.FAILED}


class PageBell:
    """A `Bell` that believes only what the page answers; what rings elsewhere instead stays trouble here."""

    def __init__(self, line: PageLine, machine: Bell, volumes: Mapping[Chime, float]) -> None:
        self._line, self._machine, self._volumes = line, machine, volumes
        self._numbers = count(1)
        self._waiting: dict[int, asyncio.Future[Fault | None]] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._hushes = 0
        self._is_unheard = False
        line.listen(self._heard)

    async def ring(self, chime: Chime) -> Rung:
        """In the page to its end, by the machine's own bell when nobody can hear that; never raises."""
        if not self._volumes[chime]:
            return await self._machine.ring(chime)  # which knows why it is silent
        hushes = self._hushes
        seconds = seconds_of(wav_of(chime))
        fault = await self._ask(seconds, {"type": "chime", "chime": chime.value, "volume": self._volumes[chime]})
        if hushes != self._hushes:
            return Rung(BACKEND, was_stopped=True)
        if fault is None and not self._is_unheard:
            return Rung(BACKEND)
        return _instead(await self._machine.ring(chime), fault)

    async def probe(self) -> Rung:
        """Whether the page may sound; never raises."""
        fault = await self._ask(0, {"type": "probe"})
        if fault is None and not self._is_unheard:
            return Rung(BACKEND)
        return _instead(await self._machine.probe(), fault)

    def hush(self) -> None:
        """Here and there."""
        self._hushes += 1
        self._line.tell({"type": "hush"})
        self._machine.hush()

    def distrust(self, backend: str) -> None:
        """Nobody heard the page: the machine rings with it from now on."""
        if backend == BACKEND:
            self._is_unheard = True
        else:
            self._machine.distrust(backend)

    async def _ask(self, seconds: float, meta: Meta) -> Fault | None:
        self._loop = asyncio.get_running_loop()
        number = next(self._numbers)
        answer: asyncio.Future[Fault | None] = self._loop.create_future()
        self._waiting[number] = answer
        try:
            self._line.tell({**meta, "id": number})
            async with asyncio.timeout(seconds + GRACE):
                return await answer
        except TimeoutError:
            return Fault.TOO_LONG
        finally:
            del self._waiting[number]

    def _heard(self, meta: Meta) -> None:
        """In the thread that reads what the page says."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._take, meta)

    def _take(self, meta: Meta) -> None:
        answer = self._waiting.get(meta["id"])
        if answer is not None and not answer.done():
            answer.set_result(FAULTS.get(meta["trouble"], Fault.FAILED))


def _instead(rung: Rung, fault: Fault | None) -> Rung:
    """A sound in another room is no sound here; what staff can mend is the page."""
    if fault is None:
        return rung
    return Rung(rung.backend if rung.sounded else BACKEND, (SoundTrouble(fault, BACKEND),))
