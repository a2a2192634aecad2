"""Keeps the advice on the queue's lines: with what is drawn anew, and again when time goes by."""

from bisect import bisect_left
from datetime import datetime, timedelta
from typing import Final

from core.board.calls import with_call, work_of
from core.board.orders import LANE_RANK, Lane, QueueLine
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
        after = sorted((self.on(line, now) for line in before), key=lambda line: line.rank)
        return (
            queue
            if all(new is old for new, old in zip(after, before, strict=True))
            else (*queue[:start], *after, *queue[end:])
        )

    def _is_due(self, now: datetime) -> bool:
        if self._looked_at is None or (self._next_at is not None and self._next_at <= now):
            return True
        return abs(now - self._looked_at) >= RENEWED


def _rank(line: QueueLine) -> int:
    return LANE_RANK[line.lane]
