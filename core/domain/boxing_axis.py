"""One axis of a box that is being packed: which piece lies before which, and where that leaves room."""

from collections.abc import Iterator


class Axis:
    """Pieces by number, in the order they were added; lengths in millimetres.

    `heads` is where a piece can begin at the earliest, `tails` what must at least lie behind it, and `barred` the
    pieces it was proven not to lie before.
    """

    __slots__ = ("after", "barred", "before", "edges", "heads", "length", "tails")

    def __init__(self, length: int) -> None:
        self.length = length
        self.edges: list[int] = []
        self.heads: list[int] = []
        self.tails: list[int] = []
        self.after: list[int] = []  # bit sets
        self.before: list[int] = []
        self.barred: list[int] = []

    def copy(self) -> "Axis":
        """To try something with."""
        other = Axis(self.length)
        other.edges, other.heads, other.tails = self.edges[:], self.heads[:], self.tails[:]
        other.after, other.before, other.barred = self.after[:], self.before[:], self.barred[:]
        return other

    def add(self, edge: int, tail: int = 0) -> bool:
        """One more piece, anywhere; whether it can lie in the box at all."""
        self.edges.append(edge)
        self.heads.append(0)
        self.tails.append(tail)
        self.after.append(0)
        self.before.append(0)
        self.barred.append(0)
        return edge + tail <= self.length

    def bar(self, first: int, second: int) -> None:
        """`first` before `second` was tried, in vain."""
        self.barred[first] |= 1 << second

    def may(self, first: int, second: int) -> bool:
        """Whether `first` can lie before `second`."""
        if (self.barred[first] | self.before[first]) >> second & 1:
            return False
        return self.heads[first] + self.edges[first] + self.edges[second] + self.tails[second] <= self.length

    def overlap(self, one: int, other: int) -> bool:
        """Whether the two share a place where they lie now."""
        first, second = self.heads[one], self.heads[other]
        return first < second + self.edges[other] and second < first + self.edges[one]

    def link(self, first: int, second: int) -> bool:
        """`first` lies before `second`, and so does all before it; whether there is room."""
        if not self.may(first, second):
            return False
        behind, ahead = self.after[second] | 1 << second, self.before[first] | 1 << first
        for piece in _bits(ahead):
            self.after[piece] |= behind
            if self.after[piece] & self.barred[piece]:
                return False
        for piece in _bits(behind):
            self.before[piece] |= ahead
        return self._push(first) and self._pull(second)

    def _push(self, start: int) -> bool:
        """What lies after moves on."""
        moved = [start]
        while moved:
            piece = moved.pop()
            end = self.heads[piece] + self.edges[piece]
            for later in _bits(self.after[piece]):
                if self.heads[later] < end:
                    self.heads[later] = end
                    if end + self.edges[later] + self.tails[later] > self.length:
                        return False
                    moved.append(later)
        return True

    def _pull(self, start: int) -> bool:
        """What lies before leaves room."""
        moved = [start]
        while moved:
            piece = moved.pop()
            needed = self.tails[piece] + self.edges[piece]
            for earlier in _bits(self.before[piece]):
                if self.tails[earlier] < needed:
                    self.tails[earlier] = needed
                    if self.heads[earlier] + self.edges[earlier] + needed > self.length:
                        return False
                    moved.append(earlier)
        return True


def _bits(numbers: int) -> Iterator[int]:
    while numbers:
        lowest = numbers & -numbers
        yield lowest.bit_length() - 1
        numbers ^= lowest
