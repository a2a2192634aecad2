"""Doubles for what is not ours: the clock and the loudspeaker."""

import asyncio
from datetime import datetime, timedelta

from core.domain.alert import Chime
from core.domain.sound_trouble import Troubles
from core.ports.bell import Rung
from tests.conftest import NOON


class FakeClock:
    """Stands still until it is moved."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def real_seconds(self, seconds: float) -> float:
        return 0.0

    def move(self, **by: float) -> datetime:
        self.at += timedelta(**by)
        return self.at


class FakeBell:
    """Remembers what it rang; a ring lasts until `hush`, or `lasts` seconds of the wall."""

    def __init__(self, lasts: float = 0.01, trouble: Troubles = ()) -> None:
        self.rung: list[Chime] = []
        self.hushed = 0
        self.is_sounding = False
        self.trouble = trouble
        self.backend = "fake"
        self.passed_over: Troubles = ()
        self.probed = 0
        self.distrusted: list[str] = []
        self.lasts = lasts
        self._stop = asyncio.Event()

    async def ring(self, chime: Chime) -> Rung:
        self.rung.append(chime)
        self._stop.clear()
        self.is_sounding = True
        try:
            await asyncio.wait_for(self._stop.wait(), self.lasts)
        except TimeoutError:
            pass
        finally:
            self.is_sounding = False
        return Rung(self.backend, self.trouble, self.passed_over, was_stopped=self._stop.is_set())

    async def probe(self) -> Rung:
        self.probed += 1
        return Rung(self.backend, self.trouble, self.passed_over)

    def distrust(self, backend: str) -> None:
        self.distrusted.append(backend)

    def hush(self) -> None:
        self.hushed += 1
        self._stop.set()
