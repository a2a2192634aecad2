"""Where each order and each lane of a queue is; found when it is asked for, made once a board."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from core.board.orders import LANE_RANK, Lane, QueueLine

LOOKED_AT = 200  # orders of a lane that are counted; nobody needs the exact number beyond
NEAR = 64  # rows around the old place that are looked at first


@dataclass(frozen=True)
class QueueIndex:
    """`near` is where orders were found on the board before: a burst moves them by little.

    `beyond` is how many orders of a lane the queue does not hold yet.
    """

    queue: tuple[QueueLine, ...] = ()
    near: Mapping[str, int] = field(default_factory=dict)
    found: dict[str, int] = field(default_factory=dict)
    beyond: Mapping[Lane, int] = field(default_factory=dict)

    def after(self, queue: tuple[QueueLine, ...], beyond: Mapping[Lane, int] | None = None) -> "QueueIndex":
        """The index of the next board; the same one when the queue is the same."""
        if queue is self.queue and not beyond and not self.beyond:
            return self
        return QueueIndex(queue, near=self.found or self.near, beyond=beyond or {})

    def count(self, lane: Lane) -> int:
        """How many orders stand in a lane, in the queue or beyond."""
        return sum(count for held, _start, count in self.lanes if held is lane) + self.beyond.get(lane, 0)

    @cached_property
    def lanes(self) -> tuple[tuple[Lane, int, int], ...]:
        """Each lane that holds something: where it starts and how many it holds."""
        starts = [bisect_left(self.queue, rank, key=_lane_rank) for rank in range(len(Lane) + 1)]
        spans = ((lane, starts[rank], starts[rank + 1] - starts[rank]) for lane, rank in LANE_RANK.items())
        return tuple(span for span in spans if span[2])

    def lines(self, tall: int = 1) -> int:
        """Of all orders, each so many lines tall, and of the headings."""
        return len(self.queue) * tall + len(self.lanes)

    def line_of(self, order_id: str, tall: int = 1) -> int | None:
        """The first line of an order, headings counted."""
        at = self.place_of(order_id)
        if at is None:
            return None
        return at * tall + sum(1 for _lane, start, _count in self.lanes if start <= at)

    def part_at(self, line: int, tall: int = 1) -> tuple[Lane | QueueLine, int]:
        """What stands in a line, and which of its lines that is; raises `IndexError`."""
        for headings, (lane, start, count) in enumerate(self.lanes, start=1):
            below = line - start * tall - headings
            if below == -1:
                return lane, 0
            if below < count * tall:
                return self.queue[start + below // tall], below % tall
        raise IndexError(line)

    def lane(self, wanted: Lane) -> tuple[QueueLine, ...]:
        """The orders of one lane."""
        found = (self.queue[start : start + count] for lane, start, count in self.lanes if lane is wanted)
        return next(found, ())

    def line(self, order_id: str) -> QueueLine | None:
        """The order's line."""
        at = self.place_of(order_id)
        return None if at is None else self.queue[at]

    def place_of(self, order_id: str) -> int | None:
        """Where in the queue an order is."""
        if order_id not in self.found:
            at = next((at for at in self._likely(order_id) if self.queue[at].order_id == order_id), None)
            if at is None:
                return None
            self.found[order_id] = at
        return self.found[order_id]

    def _likely(self, order_id: str) -> Iterator[int]:
        size = len(self.queue)
        if (old := self.near.get(order_id)) is not None:
            yield from range(max(0, old - NEAR), min(size, old + NEAR))
        yield from range(size)


def _lane_rank(line: QueueLine) -> int:
    return LANE_RANK[line.lane]
