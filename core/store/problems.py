"""Problems on disk."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Select, and_, bindparam, exists, insert, or_, select, update

from core.domain.delivery import DeliveryState
from core.domain.ids import OrderId, ProblemId
from core.domain.problem import Problem, ProblemKind
from core.domain.stage import Stage
from core.domain.trouble import LASTING
from core.store import mapping
from core.store.tables import deliveries, orders, problems

_ADD: Final = insert(problems)
_SAVE: Final = update(problems).where(problems.c.id == bindparam("_id"))
_OPEN: Final = problems.c.closed_at.is_(None)
_TOLD_LATE: Final = (ProblemKind.LATE.value, ProblemKind.WEATHER.value)


class Problems:
    """The problems of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, problem: Problem) -> None:
        """A new one."""
        self._connection.execute(_ADD, mapping.problem_row(problem))

    def save(self, problem: Problem) -> None:
        """Its next state."""
        self._connection.execute(_SAVE, mapping.problem_row(problem) | {"_id": problem.id})

    def get(self, problem_id: ProblemId) -> Problem | None:
        """None when there is no such problem."""
        return next(iter(self._load(select(problems).where(problems.c.id == problem_id))), None)

    def open_of(self, order_id: OrderId | None, kind: ProblemKind) -> Problem | None:
        """The open one of a kind."""
        mine = problems.c.order_id.is_(None) if order_id is None else problems.c.order_id == order_id
        return next(iter(self._load(select(problems).where(_OPEN, mine, problems.c.kind == kind.value))), None)

    def of(self, order_id: OrderId) -> list[Problem]:
        """All of an order, oldest first."""
        return self._load(select(problems).where(problems.c.order_id == order_id).order_by(problems.c.opened_at))

    def all_open(self) -> list[Problem]:
        """What wants a person, oldest first."""
        return self._load(select(problems).where(_OPEN).order_by(problems.c.opened_at, problems.c.id))

    def due(self, now: datetime) -> list[Problem]:
        """Open ones whose time is over, oldest first."""
        return self._load(select(problems).where(_OPEN, problems.c.next_at <= now).order_by(problems.c.next_at))

    def late(self, now: datetime, most: Mapping[DeliveryState, int]) -> list[OrderId]:
        """Orders whose live driver is past the promise, or longer in his stage than `most` minutes (X8).

        Those of which somebody was told since he was called are left out.
        """
        job, order, told = deliveries.c, orders.c, problems.alias("told")
        lasts = [
            and_(job.state == state.value, job.state_since < now - timedelta(minutes=most[state]))
            for state in sorted(LASTING & most.keys())
        ]
        is_late = or_(and_(order.stage == Stage.OUT.value, order.promised_to < now), *lasts)
        is_told = exists().where(
            told.c.order_id == job.order_id, told.c.kind.in_(_TOLD_LATE), told.c.opened_at >= job.booked_at
        )
        under_way = (job.ended_at.is_(None), job.state.in_(sorted(LASTING)))
        query = select(job.order_id).join_from(deliveries, orders, order.id == job.order_id)
        rows = self._connection.execute(query.where(*under_way, is_late, ~is_told).order_by(job.booked_at))
        return [OrderId(row.order_id) for row in rows]

    def _load(self, query: Select[Any]) -> list[Problem]:
        return [mapping.problem_of(row) for row in self._connection.execute(query).mappings()]
