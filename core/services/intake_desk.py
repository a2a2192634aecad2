"""The intake's async door in the station, and what it tells machines that ask."""

import os
from collections.abc import Callable, Mapping
from typing import Any, Final

from core.board.lamps import Light
from core.domain.stage import Stage
from core.ports.clock import Clock
from core.ports.intake import CannotTake
from core.ports.letter import Letter, Reading
from core.services.gauges import courier_words, gauges
from core.services.health import Health, lamps
from core.services.intake import Intake, Taken
from core.services.station import Station
from core.store.database import StoreUnusable
from core.store.unit_of_work import UnitOfWork
from core.store.writer import Writer

MOST_WAITING: Final = 500  # letters in line for the disk


class StationDesk:
    """Satisfies `IntakeDesk`: returns only after the commit."""

    def __init__(self, writer: Writer, intake: Intake, health: Health, clock: Clock) -> None:
        self._writer = writer
        self._intake = intake
        self._health = health
        self._clock = clock

    async def take(self, letter: Letter, reading: Reading) -> None:
        """Kept and done."""
        self._count(letter, await self._write(lambda uow: self._intake.take(uow, letter, reading)))
        self._heard(letter.sender)

    async def refuse(self, letter: Letter, reason: str, *, key: str = "", too_large: bool = False) -> None:
        """Kept and shown."""
        kept = await self._write(lambda uow: self._intake.refuse(uow, letter, reason, key=key, too_large=too_large))
        self._count(letter, kept)
        self._heard(letter.sender, reason)

    def turned_away(self, sender: str, reason: str) -> None:
        """Counted only: anyone may knock."""
        self._health.counts["turned_away"] += 1

    async def _write(self, work: Callable[[UnitOfWork], Taken]) -> Taken:
        if self._writer.waiting > MOST_WAITING:
            raise CannotTake("too many letters wait for the disk", retry_after=2)
        try:
            return await self._writer.do(work)
        except StoreUnusable as error:
            raise CannotTake(str(error)) from error

    def _count(self, letter: Letter, taken: Taken) -> None:
        self._health.counts["repeat" if taken.is_repeat else taken.state.value] += 1

    def _heard(self, sender: str, trouble: str = "") -> None:
        group, _, name = sender.partition("/")
        note = self._health.heard_channel if group == "channels" else self._health.heard_courier
        note(name, self._clock.now(), trouble)


class StationReport:
    """Satisfies `StationView`."""

    def __init__(self, writer: Writer, station: Station, health: Health, clock: Clock) -> None:
        self._writer = writer
        self._station = station
        self._health = health
        self._clock = clock

    async def health(self) -> tuple[bool, Mapping[str, Any]]:
        """Well when the store can be written; what is wrong outside is told, and is no reason to restart us."""
        trouble, now = self._station.trouble, self._clock.now()
        told = {f"{lamp.kind}/{lamp.name}": lamp.light.value for lamp in lamps(self._health.told(), now)}
        outside = [f"{name} {light}" for name, light in told.items() if light == Light.FAIL]
        couriers = {name: courier_words(vitals, now) for name, vitals in self._health.couriers.items()}
        words = {"status": "fail" if trouble else "ok", "pid": os.getpid(), "outside": told, "warnings": outside}
        return not trouble, {**words, "couriers": couriers, "problems": [trouble] if trouble else []}

    async def metrics(self) -> str:
        """Letters by fate, orders by stage, what is owed, how couriers are.

        Raises `CannotTake` when the store cannot be asked.
        """
        try:
            counts = await self._writer.do(_counts)
        except StoreUnusable as error:
            raise CannotTake(str(error)) from error
        fates = sorted(self._health.counts.items())
        rows = [f'orderbell_letters_total{{fate="{fate}"}} {count}' for fate, count in fates]
        rows += [f'orderbell_open_orders{{stage="{stage}"}} {count}' for stage, count in counts["stages"].items()]
        rows += [f"orderbell_sends_waiting {counts['sends']}", f"orderbell_problems_open {counts['problems']}"]
        return "\n".join([*_TYPES, *rows, *gauges(self._health.couriers, self._clock.now()), ""])


_TYPES: Final = (
    "# TYPE orderbell_letters_total counter",
    "# TYPE orderbell_open_orders gauge",
    "# TYPE orderbell_sends_waiting gauge",
    "# TYPE orderbell_problems_open gauge",
)
_SHOWN: Final = (Stage.WAITING_PAYMENT, Stage.REVIEW, Stage.NEW, Stage.PREPARING, Stage.READY, Stage.OUT)


def _counts(uow: UnitOfWork) -> dict[str, Any]:
    return {
        "stages": {stage.value: uow.orders.count((stage,)) for stage in _SHOWN},
        "sends": uow.outbox.waiting(),
        "problems": len(uow.problems.all_open()),
    }
