"""Problems on disk."""

from typing import Any, Final

from sqlalchemy import Connection, Select, bindparam, insert, select, update

from core.domain.ids import OrderId, ProblemId
from core.domain.problem import Problem, ProblemKind
from core.store import mapping
from core.store.tables import problems

_ADD: Final = insert(problems)
_SAVE: Final = update(problems).where(problems.c.id == bindparam("_id"))
_OPEN: Final = problems.c.closed_at.is_(None)


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

    def _load(self, query: Select[Any]) -> list[Problem]:
        return [mapping.problem_of(row) for row in self._connection.execute(query).mappings()]
