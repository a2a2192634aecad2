"""When to call a driver, on the order's line."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from core.board.glance import Glance
from core.board.orders import NextStep, QueueLine
from core.domain.call_advice import Advice, CallVerdict, Work
from core.domain.delivery import ENDED

TO_CALL: Final = frozenset({NextStep.SHIP, NextStep.WAIT_TO_CALL})


def work_of(line: QueueLine) -> Work:
    """What the advice depends on."""
    has_job = line.delivery_state is not None and line.delivery_state not in ENDED
    return Work(
        stage=line.stage,
        type=line.type,
        pieces=line.pieces,
        picked=line.picked,
        since=line.since,
        is_changed=line.is_changed,
        is_called=has_job or line.held_kind is not None,
        promised_from=line.promised_from,
    )


def work_in(order: Glance, *, is_called: bool) -> Work:
    """The same of an order that has no line here."""
    return Work(
        stage=order.stage,
        type=order.type,
        pieces=order.pieces,
        picked=order.picked,
        since=order.since,
        is_changed=order.is_changed,
        is_called=is_called,
        promised_from=order.promised_from,
    )


def with_call(line: QueueLine, advice: Advice | None, now: datetime) -> QueueLine:
    """The line with this advice. When it is time, the call comes before the bag: it is one key, and then we pack on."""
    call = line.call if _says_the_same(line.call, advice, now) else advice
    step = _step(line, advice, now)
    return line if (call, step) == (line.call, line.next_step) else replace(line, call=call, next_step=step)


def _step(line: QueueLine, advice: Advice | None, now: datetime) -> NextStep:
    verdict = advice.verdict(now) if advice else None
    if line.packing_step is not None:
        is_time = verdict is CallVerdict.NOW and line.hold is None
        return NextStep.SHIP if is_time else line.packing_step
    if line.next_step in TO_CALL:
        return NextStep.WAIT_TO_CALL if verdict is CallVerdict.LATER else NextStep.SHIP
    return line.next_step


def _says_the_same(before: Advice | None, after: Advice | None, now: datetime) -> bool:
    """What was due stays due at the same moment: nothing is drawn anew because a minute went by."""
    if before is None or after is None or before.call_at is None or before.call_at > now:
        return before == after
    return (
        replace(after, call_at=before.call_at, ready_at=before.ready_at) == before
        and after.verdict(now) is CallVerdict.NOW
    )
