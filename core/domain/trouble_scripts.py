"""What is done about each trouble: steps for people, minutes until it grows louder, who pays. Data, and one move."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from core.domain.bearer import Bearer
from core.domain.problem import Problem, ProblemKind


class Task(StrEnum):
    """One step; its words are in `tui/labels/scripts.py`."""

    CALL_SUPPORT = "call_support"  # C64
    CALL_DRIVER = "call_driver"
    TELL_LATE = "tell_late"  # C85, L30
    CANCEL_REFUND = "cancel_refund"  # C65
    ASK_ADDRESS = "ask_address"  # C66
    EXTRA_WAY = "extra_way"  # C67
    RING = "ring"  # C69
    RING_AGAIN = "ring_again"
    NEW_TIME = "new_time"  # C70
    PERSUADE = "persuade"  # L25
    AGREE_SHARE = "agree_share"  # L26
    APOLOGISE = "apologise"  # L28
    VERIFY = "verify"  # L29
    MAKE_GOOD = "make_good"  # L29, C86
    URGE = "urge"  # L31
    CLAIM = "claim"  # C105, C107, L31
    TELL_CAUSE = "tell_cause"  # L32
    TAKE_IN = "take_in"  # C68, C71
    DECIDE = "decide"
    HAND_OVER = "hand_over"
    SETTLE_FEE = "settle_fee"  # C80, C84


class Aid(StrEnum):
    """What can be pressed for a step."""

    CALL_DRIVER = "call_driver"
    RECALL = "recall"
    CANCEL = "cancel"
    HAND_OVER = "hand_over"
    ADDRESS = "address"
    RECEIVE = "receive"
    SEND_AGAIN = "send_again"
    REFUND = "refund"
    ARRIVED = "arrived"


class First(StrEnum):
    """What the house does by itself at once."""

    SEARCH = "search"  # by the store's one policy: X6
    WATCH = "watch"  # the courier is asked again and again
    NOTE = "note"  # noted, with who pays, and timed


@dataclass(frozen=True)
class Step:
    """One task; `minutes` without it done and the trouble grows louder."""

    task: Task
    minutes: int
    aids: tuple[Aid, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Script:
    """`bearer` is who usually pays (C104–C106); a person may say otherwise."""

    first: First
    steps: tuple[Step, ...]
    bearer: Bearer


_K, _T, _A = ProblemKind, Task, Aid
_BACK: Final = Step(_T.TAKE_IN, 30, (_A.RECEIVE, _A.ARRIVED))
_DECIDE: Final = Step(_T.DECIDE, 15, (_A.SEND_AGAIN, _A.REFUND))
SCRIPTS: Final[dict[ProblemKind, Script]] = {
    _K.NO_DRIVER: Script(
        first=First.SEARCH,
        bearer=Bearer.PLATFORM,
        steps=(
            Step(_T.CALL_SUPPORT, 5, (_A.RECALL, _A.CANCEL)),
            Step(_T.TELL_LATE, 10, (_A.CANCEL,)),
            Step(_T.CANCEL_REFUND, 15, (_A.CANCEL,)),
        ),
    ),
    _K.DRIVER_CANCELLED: Script(
        first=First.SEARCH,
        bearer=Bearer.PLATFORM,
        steps=(
            Step(_T.CALL_DRIVER, 3, (_A.CALL_DRIVER, _A.CANCEL)),
            Step(_T.TELL_LATE, 10, (_A.CANCEL,)),
            Step(_T.CANCEL_REFUND, 15, (_A.CANCEL,)),
        ),
    ),
    _K.WRONG_ADDRESS: Script(
        first=First.NOTE,
        bearer=Bearer.CUSTOMER,
        steps=(Step(_T.ASK_ADDRESS, 5, (_A.ADDRESS,)), Step(_T.EXTRA_WAY, 10, (_A.ADDRESS,)), _BACK, _DECIDE),
    ),
    _K.UNREACHABLE: Script(
        first=First.NOTE,
        bearer=Bearer.CUSTOMER,
        steps=(
            Step(_T.RING, 3),
            Step(_T.RING_AGAIN, 3),
            Step(_T.RING_AGAIN, 4),
            Step(_T.NEW_TIME, 10),
            _BACK,
            _DECIDE,
        ),
    ),
    _K.REFUSED: Script(
        first=First.NOTE,
        bearer=Bearer.CUSTOMER,
        steps=(Step(_T.PERSUADE, 5), Step(_T.AGREE_SHARE, 10), _BACK, _DECIDE),
    ),
    _K.DAMAGED: Script(
        first=First.NOTE,
        bearer=Bearer.PLATFORM,
        steps=(
            Step(_T.APOLOGISE, 5),
            Step(_T.VERIFY, 15, (_A.RECEIVE,)),
            Step(_T.MAKE_GOOD, 15, (_A.REFUND, _A.SEND_AGAIN)),
            Step(_T.CLAIM, 60),
        ),
    ),
    _K.LOST: Script(
        first=First.WATCH,
        bearer=Bearer.PLATFORM,
        steps=(
            Step(_T.CALL_SUPPORT, 5, (_A.ARRIVED, _A.RECEIVE)),
            Step(_T.TELL_LATE, 5),
            Step(_T.MAKE_GOOD, 15, (_A.REFUND, _A.ARRIVED, _A.RECEIVE)),
            Step(_T.CLAIM, 60),
        ),
    ),
    _K.LATE: Script(
        first=First.WATCH,
        bearer=Bearer.PLATFORM,
        steps=(Step(_T.TELL_LATE, 5), Step(_T.URGE, 10), Step(_T.CLAIM, 20)),
    ),
    _K.WEATHER: Script(
        first=First.WATCH,
        bearer=Bearer.SHARED,
        steps=(Step(_T.TELL_CAUSE, 5), Step(_T.NEW_TIME, 20, (_A.RECALL,))),
    ),
    _K.GOODS_RETURNING: Script(first=First.NOTE, bearer=Bearer.NOBODY, steps=(_BACK, _DECIDE)),
    _K.DELIVERY_FAILED: Script(
        first=First.NOTE,
        bearer=Bearer.PLATFORM,
        steps=(
            Step(_T.CALL_SUPPORT, 5, (_A.ARRIVED, _A.RECEIVE, _A.CALL_DRIVER)),
            Step(_T.TELL_LATE, 10),
            Step(_T.MAKE_GOOD, 20, (_A.REFUND,)),
        ),
    ),
    _K.RECALL_REFUSED: Script(
        first=First.NOTE,
        bearer=Bearer.STORE,
        steps=(Step(_T.HAND_OVER, 15, (_A.HAND_OVER,)), Step(_T.SETTLE_FEE, 60)),
    ),
}


def begun(problem: Problem, now: datetime) -> Problem:
    """At its first step, timed; one without a script stays as it is."""
    script = SCRIPTS.get(problem.kind)
    if script is None:
        return problem
    bearer = problem.bearer or ("" if script.bearer is Bearer.NOBODY else script.bearer.value)
    return replace(problem, step=0, next_at=_due(script.steps[0], now), bearer=bearer)


def grown(problem: Problem, now: datetime) -> Problem:
    """Its time is over and nobody did its step: louder, and again after as long."""
    step = step_of(problem.kind, problem.step)
    return replace(problem, louder=problem.louder + 1, next_at=None if step is None else _due(step, now))


def done(problem: Problem, now: datetime) -> Problem:
    """Its step was done: at the next one, or the last for another while; and quiet, for somebody is at it."""
    script = SCRIPTS.get(problem.kind)
    if script is None:
        return problem
    step = min(problem.step + 1, len(script.steps) - 1)
    return replace(problem, step=step, next_at=_due(script.steps[step], now), louder=0)


def at_task(problem: Problem, task: Task, now: datetime) -> Problem:
    """At a later step that things have come to; where its script has none such, as it is."""
    script = SCRIPTS.get(problem.kind)
    found = [at for at, step in enumerate(script.steps) if step.task is task] if script else []
    if script is None or not found or found[0] <= problem.step:
        return problem
    return replace(problem, step=found[0], next_at=_due(script.steps[found[0]], now), louder=0)


def step_of(kind: ProblemKind, at: int) -> Step | None:
    """Where a problem stands; None without a script."""
    script = SCRIPTS.get(kind)
    return script.steps[min(at, len(script.steps) - 1)] if script else None


def aids_of(kind: ProblemKind, at: int) -> tuple[Aid, ...]:
    """Of its step first, then of the others."""
    script, step = SCRIPTS.get(kind), step_of(kind, at)
    if script is None or step is None:
        return ()
    return tuple(dict.fromkeys((*step.aids, *(aid for each in script.steps for aid in each.aids))))


def _due(step: Step, now: datetime) -> datetime:
    return now + timedelta(minutes=step.minutes)
