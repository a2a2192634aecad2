"""A small world for one order: couriers with books of their own, a station that may die at any step, one loop.

Nothing in it depends on the wall's time: each wait is a step of the loop, and the loop is driven step by step.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from adapters.bookings import Bookings
from core.domain.events import Event, kind_of
from core.domain.ids import CourierName, OrderId
from core.domain.moment import Moment
from core.domain.problem import ProblemKind
from core.domain.search import SearchRules
from core.domain.send import Send, SendKind
from core.ports.courier import CourierDown
from core.services import clockwork
from core.services.doubts import Doubts
from core.services.watching import Watching
from core.store.database import Database
from core.store.unit_of_work import UnitOfWork, writing
from tests.builders import UBER
from tests.core.fake_courier import _TROUBLES, Answer, FakeCourier, FakeJob, _nothing
from tests.core.shop import Shop

T = TypeVar("T")
PANDA = CourierName("panda")
OURS = ("send-", "look")  # tasks of the station


@dataclass(repr=False)
class SlowCourier(FakeCourier):
    """Each call takes steps; DEAF and SILENT ones wait until `release`, before or after they took effect."""

    waiting: list[asyncio.Future[bool]] = field(default_factory=list)

    def __repr__(self) -> str:
        return self.name

    def release(self, *, answered: bool) -> None:
        """Whoever waits has an answer now, however late, or none."""
        waiting, self.waiting = self.waiting, []
        for call in waiting:
            if not call.done():
                call.set_result(answered)

    async def _answer(self, effect: Callable[[], T]) -> T:
        await asyncio.sleep(0)
        answer = self.script.popleft() if self.script else Answer.GOOD
        if answer is Answer.DEAF and not await self._wait():
            raise CourierDown("no answer")
        if answer in (Answer.GOOD, Answer.LOST, Answer.SILENT, Answer.DEAF):
            result = effect()
        await asyncio.sleep(0)
        if answer is Answer.SILENT and not await self._wait():
            raise CourierDown("no answer")
        _TROUBLES.get(answer, _nothing)()
        return result

    async def _wait(self) -> bool:
        call = asyncio.get_running_loop().create_future()
        self.waiting.append(call)
        answered: bool = await call
        return answered


class StepWriter:
    """Writes in the loop itself: anything may happen just before, and just after."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def do(self, work: Callable[[UnitOfWork], T]) -> T:
        await asyncio.sleep(0)
        with writing(self._database) as uow:
            result = work(uow)
        await asyncio.sleep(0)
        return result

    def close(self) -> None:
        return None


class World:
    """One packed order, two couriers; `keyless` are those that keep no list of our keys."""

    def __init__(self, database: Database, keyless: frozenset[CourierName], search: SearchRules) -> None:
        self.shop = Shop(database, others=(PANDA,), search=search)
        self.shop.writer.close()
        self.shop.writer = StepWriter(database)  # type: ignore[assignment]
        for name in (UBER, PANDA):
            bookings = Bookings() if name in keyless else None
            self.shop.couriers[name] = SlowCourier(self.shop.clock, name=name, bookings=bookings)
        self.shop.courier = self.shop.couriers[UBER]
        self.couriers: dict[CourierName, SlowCourier] = self.shop.couriers  # type: ignore[assignment]
        self.id: OrderId = self.shop.make_ready()
        self._under_way: list[asyncio.Task[None]] = []
        self.is_misled = False  # a person said of a job that it never arrived
        self.is_settled = False  # a person has just said that no call arrived, and may call anew
        self._open_station()

    def _open_station(self) -> None:
        self.shop.open_station()
        self._watching = Watching(self.shop.writer, self.couriers, self.shop.journeys, self.shop.clock)

    @property
    def jobs(self) -> list[tuple[SlowCourier, FakeJob]]:
        """As the couriers have them."""
        return [(courier, job) for courier in self.couriers.values() for job in courier.jobs.values()]

    @property
    def alive(self) -> list[tuple[SlowCourier, FakeJob]]:
        """A driver may come for each of these."""
        return [(courier, job) for courier, job in self.jobs if job.is_live]

    @property
    def is_busy(self) -> bool:
        """Something of the station's is under way."""
        return any(not task.done() for task in self._under_way)

    @property
    def is_called(self) -> bool:
        """There was a call, and the order is not over."""
        return bool(self.jobs) and not self.shop.order(self.id).has_ended

    def sends(self) -> list[Send]:
        """All that was ever owed."""
        return self.shop.read(lambda uow: uow.outbox.of(self.id))

    async def begin(self) -> None:
        """The station looks at what is due: calls leave."""
        self.shop.start_due()
        self._under_way = self._tasks()

    async def look(self) -> None:
        """The station's other look: searches go on, silent jobs are asked after."""
        shop, now = self.shop, Moment(self.shop.clock.now())
        live = shop.read(lambda uow: uow.deliveries.live())
        for order_id in shop.read(lambda uow: clockwork.due(uow, live, shop.searching, now)):
            shop.write(lambda uow, it=order_id: shop.searching.go_on(uow, it, now))  # type: ignore[misc]
        asyncio.create_task(self._watching.look(live), name="look")  # noqa: RUF006 - found by its name
        self._under_way = self._tasks()

    async def step(self, count: int) -> None:
        """So many turns of the loop."""
        for _ in range(count):
            await asyncio.sleep(0)

    async def crash(self) -> None:
        """The station dies where it stands, and another one starts."""
        tasks = self._tasks()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for courier in self.couriers.values():
            courier.waiting.clear()
            courier.restart()
        self._open_station()

    async def run(self) -> None:
        """Until nothing is under way: whoever is silent answers in the end."""
        while tasks := self._tasks():
            await asyncio.sleep(0)
            if all(task.done() for task in tasks):
                continue
            for courier in self.couriers.values():
                courier.release(answered=True)

    def in_doubt(self) -> bool:
        """A person is asked whether a call arrived."""
        return ProblemKind.BOOKING_UNSURE in self.shop.problems()

    def settle_doubt(self, *, errs: bool = False) -> None:
        """A person looks at the courier's own site, and says what is there; or does not look closely."""
        send = self.shop.read(lambda uow: uow.outbox.open_of(self.id, SendKind.BOOK_COURIER))
        if send is None:
            return
        jobs = self.couriers[send.courier].jobs.values()
        ref = next((job.ref for job in jobs if job.key == send.key), "")
        if errs and ref:
            ref, self.is_misled = "", True
        self.shop.write(lambda uow: Doubts().settle(uow, self.id, ref, self.shop.now()))
        self.is_settled = not ref

    async def make_peace(self) -> None:
        """Nothing goes wrong any more, every letter arrives, time passes, and a person answers what is asked."""
        for courier in self.couriers.values():
            courier.script.clear()
        await self.run()
        self._tell_all()
        await self._work(15)
        for _ in range(13):
            if self.in_doubt():
                self.settle_doubt()
            await self._work(1)
        self._tell_all()
        await self.begin()
        await self.run()

    async def _work(self, times: int) -> None:
        """The station as on a quiet day, two minutes each time."""
        for _ in range(times):
            self.shop.clock.move(minutes=2)
            await self.look()
            await self.run()
            await self.begin()
            await self.run()

    def _tell_all(self) -> None:
        for courier, job in self.jobs:
            self.shop.hear(courier.says(job))

    def story(self) -> str:
        """What happened, for whoever reads why it went wrong."""
        told = (_line(event) for event in self.shop.history(self.id))
        kept = [*self.shop.deliveries(self.id), *self.sends()]
        return "\n".join(["", *told, *map(str, kept), *map(str, self.jobs)])

    def _tasks(self) -> list["asyncio.Task[None]"]:
        return [task for task in asyncio.all_tasks() if task.get_name().startswith(OURS)]


def _line(event: Event) -> str:
    more = {name: value for name, value in vars(event).items() if name not in ("order_id", "at", "by", "send_id")}
    return f"{event.at:%H:%M:%S} {kind_of(event)} {more}"
