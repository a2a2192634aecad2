"""What the automatic clerk does about problems, one look after the other, as the scripts say."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, TypeAlias

from core.board.orders import QueueLine
from core.board.problems import ProblemLine
from core.board.sheet import Sheet
from core.domain.delivery import Delivery, DeliveryState
from core.domain.goods_back import GoodsBack, LineBack
from core.domain.ids import ProblemId
from core.domain.problem import ProblemKind
from core.domain.refusal import OrderRefusal
from core.domain.stage import Stage
from core.domain.tell import TellingEnd
from core.domain.trouble import OF_THE_WAY
from core.ports.clock import Clock
from core.ports.desk import Desk

Remedy: TypeAlias = "Callable[[Remedies, ProblemLine, QueueLine | None], Awaitable[None]]"
TAKES: Final = timedelta(seconds=40)  # of shop time, between two looks at the same problem
PATIENCE: Final = timedelta(minutes=30)
PANDA: Final = "pandago"
_K = ProblemKind


@dataclass
class Remedies:
    """By the same desk as a person; what is refused now is looked at again a little later."""

    desk: Desk
    clock: Clock
    _looked: dict[ProblemId, datetime] = field(default_factory=dict)

    async def see_to(self, problem: ProblemLine, line: QueueLine | None) -> None:
        """The next thing to do about it."""
        now = self.clock.now()
        if now - self._looked.setdefault(problem.problem_id, now) < TAKES:
            return
        self._looked[problem.problem_id] = now
        try:
            await REMEDIES.get(problem.kind, Remedies.close)(self, problem, line)
        except OrderRefusal:
            return

    async def close(self, problem: ProblemLine, line: QueueLine | None) -> None:
        """Dealt with."""
        await self.desk.close_problem(problem.problem_id, RESULTS.get(problem.kind, "seen to"))

    async def no_driver(self, problem: ProblemLine, line: QueueLine | None) -> None:
        """The search is called off, then the order, and the money goes back (C65)."""
        if line is None:
            return await self.close(problem, line)
        if line.delivery_state is DeliveryState.MATCHING and line.held_kind is None:
            await self.desk.cancel(line.order_id, "no driver")
        return None

    async def driver_gone(self, problem: ProblemLine, line: QueueLine | None) -> None:
        """Another courier is called, unless the search has called one by itself."""
        if line is None:
            await self.close(problem, line)
        elif line.has_no_driver:
            await self.desk.ship(line.order_id, PANDA)

    async def way(self, problem: ProblemLine, line: QueueLine | None) -> None:
        """Goods that are here are taken in; what is still under way ends by itself."""
        if problem.order_id is None:
            return await self.close(problem, line)
        sheet = await self.desk.sheet(problem.order_id)
        job = sheet.delivery
        if sheet.order.stage in (Stage.OUT, Stage.RETURNED) and job is not None and not _goes_on(job):
            return await self._take_in(sheet, job)
        if sheet.order.has_ended:
            return await self.close(problem, line)
        return await self._next_step(problem)

    async def _take_in(self, sheet: Sheet, job: Delivery) -> None:
        if job.state is DeliveryState.RETURNED:
            return await self.desk.receive(sheet.order.id, GoodsBack(parcels=sheet.order.parcels))
        lost = {one.id: LineBack(0) for one in sheet.order.lines if one.shipped}
        return await self.desk.receive(sheet.order.id, GoodsBack(parcels=0, lines=lost, note="never came back"))

    async def _next_step(self, problem: ProblemLine) -> None:
        if problem.step == 0:
            await self.desk.step_done(problem.problem_id, "told the customer")

    async def shop(self, problem: ProblemLine, line: QueueLine | None) -> None:
        """Put right in the shop's own system."""
        if problem.order_id is not None:
            await self.desk.settle_telling(problem.order_id, TellingEnd.BY_HAND, "done in the back office")

    async def silent(self, problem: ProblemLine, line: QueueLine | None) -> None:
        """It comes back by itself; after long somebody does it in the shop's own system."""
        if self.clock.now() - problem.opened_at >= PATIENCE:
            await self.shop(problem, line)

    async def unsure(self, problem: ProblemLine, line: QueueLine | None) -> None:
        """Nobody keyed it in: it is an order of its own."""
        if problem.order_id is not None:
            await self.desk.decide_join(problem.order_id, None)

    async def unaccepted(self, problem: ProblemLine, line: QueueLine | None) -> None:
        """Accepting ends it."""
        if line is None or line.stage is not Stage.NEW:
            await self.close(problem, line)


def _goes_on(job: Delivery) -> bool:
    return job.is_live or job.state is DeliveryState.DELIVERED


RESULTS: Final[dict[ProblemKind, str]] = {
    _K.REFUND_DUE: "refunded in the shop's system",
    _K.CANCELLED_LATE: "goods back on the shelf",
    _K.NO_DRIVER: "order called off",
    _K.CUSTOMER_CALLED: "as agreed",
    _K.RECALL_REFUSED: "the courier's fee is paid",
    _K.DRIVER_CANCELLED: "order called off",
}
REMEDIES: Final[dict[ProblemKind, Remedy]] = {
    **dict.fromkeys(OF_THE_WAY, Remedies.way),
    _K.LATE: Remedies.way,
    _K.NO_DRIVER: Remedies.no_driver,
    _K.DRIVER_CANCELLED: Remedies.driver_gone,
    _K.COURIER_REFUSED: Remedies.driver_gone,
    _K.SHOP_REFUSED: Remedies.shop,
    _K.SHOP_SILENT: Remedies.silent,
    _K.JOIN_UNSURE: Remedies.unsure,
    _K.NOT_ACCEPTED: Remedies.unaccepted,
}
