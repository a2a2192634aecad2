"""What was done about a trouble."""

from dataclasses import dataclass

from core.domain.events.base import Event


@dataclass(frozen=True, kw_only=True)
class ProblemGrew(Event):
    """Nobody did its step in time: louder for the `louder`th time."""

    problem_id: str
    kind: str
    louder: int


@dataclass(frozen=True, kw_only=True)
class ProblemNamed(Event):
    """More is known: what it `was` taken for is a trouble of another kind."""

    problem_id: str
    was: str
    kind: str
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class StepDone(Event):
    """A step of the script, and what came of it in words."""

    problem_id: str
    kind: str
    task: str
    said: str = ""


@dataclass(frozen=True, kw_only=True)
class AddressCorrected(Event):
    """The customer named another address; what the extra way costs them is told, and charged by nobody here (C67).

    The address itself is no matter of the journal.
    """

    amount: str = ""
    currency: str = ""


@dataclass(frozen=True, kw_only=True)
class SentAgain(Event):
    """Goods that came back are to go once more (C70); `pieces` lie in the bag already."""

    pieces: int
    stage: str
    amount: str = ""
    currency: str = ""
