"""Put right what went wrong."""

from core.domain.ids import ProblemId
from core.domain.moment import Moment
from core.domain.refusal import Conflict, OrderRefusal
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
