"""One open problem as one line."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.ids import OrderId, ProblemId
from core.domain.problem import Problem, ProblemKind


@dataclass(frozen=True, kw_only=True)
class ProblemLine:
    """What stands in the way, of which order, since when."""

    problem_id: ProblemId
    kind: ProblemKind
    opened_at: datetime
    order_id: OrderId | None = None
    number: str = ""
    detail: str = ""


def problem_line(problem: Problem, number: str = "") -> ProblemLine:
    """How an open problem shows."""
    return ProblemLine(
        problem_id=problem.id,
        kind=problem.kind,
        opened_at=problem.opened_at,
        order_id=problem.order_id,
        number=number,
        detail=problem.detail,
    )
