"""When to call a driver, on the order's line."""

from dataclasses import replace
from datetime import datetime

from core.board.orders import NextStep, QueueLine
from core.domain.call_advice import Advice, CallVerdict, Work
from core.domain.delivery import ENDED


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


def with_call(line: QueueLine, advice: Advice | None, now: datetime) -> QueueLine:
    """The line with this advice. When it is time, the call comes before the bag: it is one key, and then we pack on."""
    call = line.call if _says_the_same(line.call, advice, now) else advice
    step = _step(line, advice, now)
    return line if (call, step) == (line.call, line.next_step) else replace(line, call=call, next_step=step)


def _step(line: QueueLine, advice: Advice | None, now: datetime) -> NextStep:
    if line.packing_step is None:
        return line.next_step
    is_due = advice is not None and advice.verdict(now) is CallVerdict.NOW
    return NextStep.SHIP if is_due else line.packing_step


def _says_the_same(before: Advice | None, after: Advice | None, now: datetime) -> bool:
    """What was due stays due at the same moment: nothing is drawn anew because a minute went by."""
    if before is None or after is None or before.call_at is None or before.call_at > now:
        return before == after
    return (
        replace(after, call_at=before.call_at, ready_at=before.ready_at) == before
        and after.verdict(now) is CallVerdict.NOW
    )
