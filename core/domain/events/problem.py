"""What stood in the way."""

from dataclasses import dataclass

from core.domain.events.base import Event


@dataclass(frozen=True, kw_only=True)
class ProblemOpened(Event):
    """Something stands in the way and wants a person."""

    problem_id: str
    kind: str
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class ProblemClosed(Event):
    """Dealt with; `result` says how."""

    problem_id: str
    kind: str
    result: str
