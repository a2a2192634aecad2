"""Keeps the advice on the queue's lines: with what is drawn anew, and again when time goes by."""

from bisect import bisect_left
from datetime import datetime, timedelta
from operator import is_
from typing import Final

from core.board.calls import with_call, work_of
from core.board.orders import LANE_RANK, Lane, NextStep, QueueLine
from core.services.timing import Timing
from core.store.unit_of_work import UnitOfWork

RENEWED: Final = timedelta(seconds=30)
Queue = tuple[QueueLine, ...]


class CallLines:
    """Of one board; between two looks at all of its lines it knows when the next call is due."""

    def __init__(self, timing: Timing) -> None:
        self._timing = timing
        self._looked_at: datetime | None = None
        self._next_at: datetime | None = None

    def on(self, line: QueueLine, now: datetime) -> QueueLine:
        """The line with what is known by now."""
        advised = with_call(line, self._timing.advice(work_of(line), now), now)
        if advised.call and advised.call.call_at and advised.call.call_at > now:
            self._next_at = min(self._next_at or advised.call.call_at, advised.call.call_at)
        return advised

    def renewed(self, uow: UnitOfWork, queue: Queue, now: datetime, *, may_read: bool) -> Queue:
        """The queue as of now, the very same when nothing differs; reading can wait for a moment without news."""
        has_learned = may_read and self._timing.learn(uow, now)
        if not has_learned and not self._is_due(now):
            return queue
        self._looked_at, self._next_at = now, None
        start, end = (bisect_left(queue, rank, key=_rank) for rank in (LANE_RANK[Lane.PREPARING], LANE_RANK[Lane.OUT]))
        before = queue[start:end]
        after = [line if stands(line, now) and not has_learned else self.on(line, now) for line in before]
        if all(map(is_, after, before)):
            return queue
        return (*queue[:start], *sorted(after, key=lambda line: line.rank), *queue[end:])

    def _is_due(self, now: datetime) -> bool:
        if self._looked_at is None or (self._next_at is not None and self._next_at <= now):
            return True
        return abs(now - self._looked_at) >= RENEWED


def stands(line: QueueLine, now: datetime) -> bool:
    """Time alone changes nothing: nobody is to be called, nobody knows when, or goods that are ready are due."""
    call = line.call
    if call is None or call.call_at is None:
        return True
    return line.packing_step is None and call.call_at <= now and line.next_step is NextStep.SHIP


def _rank(line: QueueLine) -> int:
    return LANE_RANK[line.lane]
