"""The record of a trouble: what was done between its beginning and its end, and what it cost (L33)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from core.domain.bearer import Bearer
from core.domain.delivery import COMING_BACK, Delivery, DeliveryState
from core.domain.events import CheckTicked, Event, LinePicked, ProblemClosed, ProblemOpened
from core.domain.ids import CUSTOMER, SYSTEM, StaffId
from core.domain.money import Money
from core.domain.problem import Problem, ProblemKind
from core.domain.refund import Refund
from core.domain.trouble import OF_THE_WAY

SMALL: Final = (LinePicked, CheckTicked)  # of the packing: nothing anybody did about a trouble
NOT_PEOPLE: Final = frozenset({SYSTEM, CUSTOMER, StaffId("")})
_K = ProblemKind
REFUNDED: Final = OF_THE_WAY | {_K.CANCELLED_LATE}
"""Kinds whose cost is what went back to the customer, too: no two of them about the same money.

What was agreed on the telephone has a record of its own, and is told apart by its cause.
"""


@dataclass(frozen=True, kw_only=True)
class Record:
    """One trouble with all that is kept of it; `done` oldest first, `courier` the one who had the order then."""

    problem: Problem
    number: str = ""
    courier: str = ""
    done: tuple[Event, ...] = ()

    @property
    def people(self) -> tuple[StaffId, ...]:
        """Who had to do with it, in the order they came to it."""
        return tuple(dict.fromkeys(event.by for event in self.done if event.by not in NOT_PEOPLE))


@dataclass(frozen=True, kw_only=True)
class Ending:
    """What a person says of cost and who pays when a trouble is closed; None: as far as is known."""

    cost: Money | None = None
    bearer: Bearer | None = None

    def of(self, problem: Problem) -> Problem:
        """The problem with what was said."""
        bearer = problem.bearer if self.bearer is None else self.bearer.value
        return replace(problem, cost=problem.cost if self.cost is None else self.cost, bearer=bearer)


AS_KNOWN: Final = Ending()


def record_of(problem: Problem, history: Iterable[Event], *, number: str = "", jobs: Sequence[Delivery] = ()) -> Record:
    """Derived from the order's journal and its journeys, newest first; nothing of it is typed by anybody."""
    job = next((job for job in jobs if job.booked_at <= problem.opened_at), None)
    done = tuple(event for event in history if _is_of(event, problem))
    return Record(problem=problem, number=number, courier=job.courier if job else "", done=done)


def cost_of(problem: Problem, jobs: Iterable[Delivery], refunds: Iterable[Refund], currency: str) -> Money | None:
    """What is known to be lost: fees for ways that came to nothing or were called off, tips, and money given back.

    A suggestion, for only a person knows of coupons; None when nothing is.
    """
    until = problem.closed_at
    sums = [_fees(problem, job) for job in jobs if until is None or job.booked_at <= until]
    back = [one.amount for one in refunds if one.is_counted and not one.cause and _is_within(problem, one.at)]
    known = [*(money for some in sums for money in some), *(back if problem.kind in REFUNDED else ())]
    ours = [money.minor for money in known if money.currency == currency]
    return Money(sum(ours), currency) if ours else None


def _fees(problem: Problem, job: Delivery) -> list[Money]:
    is_over = job.ended_at is None or job.ended_at >= problem.opened_at
    was_for_nothing = job.state in COMING_BACK or (job.state is DeliveryState.FAILED and job.picked_up_at is not None)
    fee = job.fee if problem.kind in OF_THE_WAY and was_for_nothing else None
    called_off = job.cancel_fee if is_over or problem.kind is _K.RECALL_REFUSED else None
    tip = job.tip if problem.kind is _K.NO_DRIVER and is_over else None
    return [money for money in (fee, called_off, tip) if money is not None]


def _is_of(event: Event, problem: Problem) -> bool:
    if isinstance(event, SMALL) or not _is_within(problem, event.at):
        return False
    is_about_one = isinstance(event, ProblemOpened | ProblemClosed) or hasattr(event, "problem_id")
    return not is_about_one or getattr(event, "problem_id", "") == problem.id


def _is_within(problem: Problem, at: datetime) -> bool:
    return problem.opened_at <= at and (problem.closed_at is None or at <= problem.closed_at)
