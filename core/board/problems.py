"""One open problem as one line; what nobody deals with comes first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from core.domain.ids import OrderId, ProblemId
from core.domain.money import Money
from core.domain.problem import Problem, ProblemKind
from core.domain.stage import Stage


@dataclass(frozen=True, kw_only=True)
class ProblemLine:
    """What stands in the way, of which order, since when; how far its script is, and how loud it has grown."""

    problem_id: ProblemId
    kind: ProblemKind
    opened_at: datetime
    order_id: OrderId | None = None
    number: str = ""
    detail: str = ""
    stage: Stage | None = None  # of its order
    step: int = 0
    louder: int = 0
    next_at: datetime | None = None
    bearer: str = ""
    cost: Money | None = None
    said: str = ""


def problem_line(problem: Problem, number: str = "", stage: Stage | None = None) -> ProblemLine:
    """How an open problem shows."""
    return ProblemLine(
        problem_id=problem.id,
        kind=problem.kind,
        opened_at=problem.opened_at,
        order_id=problem.order_id,
        number=number,
        detail=problem.detail,
        stage=stage,
        step=problem.step,
        louder=problem.louder,
        next_at=problem.next_at,
        bearer=problem.bearer,
        cost=problem.cost,
        said=problem.said,
    )


def loudest_first(lines: Iterable[ProblemLine]) -> tuple[ProblemLine, ...]:
    """Then the oldest."""
    return tuple(sorted(lines, key=lambda line: (-line.louder, line.opened_at, line.problem_id)))
