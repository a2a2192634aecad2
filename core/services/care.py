"""Put right what went wrong."""

from core.domain import fulfilment
from core.domain.ids import OrderId, ProblemId
from core.domain.moment import Moment
from core.domain.order import Order
from core.domain.problem import ProblemKind
from core.domain.refusal import Conflict, OrderRefusal, StillReported
from core.services import steps
from core.store.unit_of_work import UnitOfWork


class CareService:
    """The desk's last drawer."""

    def close_problem(self, uow: UnitOfWork, problem_id: ProblemId, result: str, now: Moment) -> None:
        """Dealt with; closed only with a result (L33)."""
        problem = uow.problems.get(problem_id)
        if problem is None or not problem.is_open:
            raise Conflict("this problem is closed already")
        if not result.strip():
            raise OrderRefusal("a problem is closed with a result", allowed="what was done")
        steps.close_problem(uow, problem, result.strip(), now)

    def settle(self, uow: UnitOfWork, order_id: OrderId, now: Moment, *, came_back: bool) -> Order:
        """A person says how a way ended that no courier reports on any more: at the customer's, or back here."""
        if uow.deliveries.live_of(order_id) is not None:
            raise StillReported("a courier still reports on it", found="under way", allowed="ended")
        ended = fulfilment.come_back if came_back else fulfilment.complete
        order = steps.change(uow, order_id, lambda it: ended(it, at=now.at, by=now.by))
        result = "the goods are back" if came_back else "the customer has it"
        for kind in (ProblemKind.DELIVERY_FAILED, ProblemKind.GOODS_RETURNING):
            steps.settle_problem(uow, kind, order_id, result, now)
        return order
