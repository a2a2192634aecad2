"""Tells a scanner from fingers: keys that follow each other faster than anyone types are a code."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from unicodedata import normalize

from textual.events import Key
from textual.keys import _character_to_key

from tui.widgets.burst import ENDS, SHORTEST, Burst

GAP: Final = 0.05  # seconds between two keys of one burst
LATE: Final = 4  # gaps: what is still held after one has not been believed, for the machine was busy
SHORTEST_IN_FIELD: Final = 8  # a field is for typing; only what is clearly a code leaves it
AFTER_PREFIX: Final = 1.0  # seconds of silence that end a code after its prefix, however slow the link


class At(StrEnum):
    """Where keys go."""

    PAGE = "page"
    FIELD = "field"  # where a short code may be what is wanted: a waybill, a PIN, a name
    WORDS = "words"  # where no code ever is: a reason, a count


class Kind(StrEnum):
    """What became of the keys."""

    HELD = "held"  # more may follow, or it meant nothing
    TYPED = "typed"  # fingers: let them act
    CODE = "code"


@dataclass(frozen=True)
class Taken:
    """The `code` that was read, and `keys` to be let go now, after it."""

    kind: Kind
    keys: tuple[Key, ...] = ()
    code: str = ""

    def then(self, after: "Taken") -> "Taken":
        """Both; a code comes first or not at all."""
        kind = after.kind if self.kind is Kind.HELD else self.kind
        return Taken(kind, (*self.keys, *after.keys), self.code or after.code)


HELD: Final = Taken(Kind.HELD)


class Scanner:
    """Holds a printable key, and what follows it, for one `gap`, or until somebody has the time to believe the silence.

    A machine too busy to read its keyboard makes the gaps of a burst look long: a key that is still held belongs to it.
    A code's end need not be the burst's: what follows an end, or a paste, within the gap is no key.

    `prefix` is a key the scanner sends before each code: what follows it is the code, at any speed.
    """

    def __init__(self, *, gap: float = GAP, prefix: str = "") -> None:
        self._gap, self._prefix = gap, prefix
        self._burst = Burst()
        self._last = self._ended_at = float("-inf")

    @property
    def held(self) -> Sequence[Key]:
        """What waits for its meaning."""
        return tuple(self._burst.keys)

    @property
    def last(self) -> Key | None:
        """The newest of what waits."""
        return self._burst.keys[-1] if self._burst.keys else None

    @property
    def patience(self) -> float:
        """Seconds of silence after which what is held is believed."""
        return AFTER_PREFIX if self._prefix and self._is_begun else self._gap

    def take(self, key: Key, *, at: At = At.PAGE) -> Taken:
        """One more key."""
        is_late = key.time - self._last > self.patience * LATE
        ends_code = key.key in ENDS and self._is_code(at)
        before = self.quiet(at=at) if is_late and not ends_code else HELD
        self._last = key.time
        return before.then(self._taken(key, at))

    def quiet(self, *, at: At = At.PAGE) -> Taken:
        """Nothing followed: a code without Enter, or fingers."""
        if self._is_code(at):
            return self._code()
        return Taken(Kind.TYPED, self._let_go()) if self._burst.keys else HELD

    def pasted(self, time: float, *, at: At = At.PAGE) -> Taken:
        """Keys around a paste are pieces of it: terminals break one open at the signs that steer them."""
        is_piece = time - self._last <= self.patience * LATE
        before = HELD if is_piece else self.quiet(at=at)
        self._let_go()
        self._ended_at = time
        return before

    def _taken(self, key: Key, at: At) -> Taken:
        if key.key == self._prefix:
            return self._begun(key, at)
        if key.key in ENDS:
            return self._ended(key, at)
        if not self._burst.keys:
            in_tail = self._in_tail(key)
            if not key.is_printable:
                return self._ended_again(key) if in_tail else Taken(Kind.TYPED, (key,))
            self._burst = Burst(is_code=in_tail)
        self._burst.add(key)
        return HELD

    def _begun(self, key: Key, at: At) -> Taken:
        """The prefix is held with the code, so that silence ends it even when nothing follows."""
        before = self.quiet(at=at)
        self._burst = Burst(is_code=True)
        self._burst.add(key)
        return before

    def _ended(self, end: Key, at: At) -> Taken:
        burst = self._burst
        if not burst.keys:
            return self._ended_again(end) if self._in_tail(end) else Taken(Kind.TYPED, (end,))
        shortest = SHORTEST_IN_FIELD if at is At.FIELD and not burst.has_end else SHORTEST
        if burst.is_code or burst.count >= shortest:
            self._ended_at = end.time
            return self._code()
        if burst.count >= SHORTEST:
            self._ended_at = end.time
            return Taken(Kind.TYPED, (*self._let_go(), end))
        burst.add(end)
        return HELD

    def _in_tail(self, key: Key) -> bool:
        return key.time - self._ended_at <= self._gap

    def _ended_again(self, key: Key) -> Taken:
        """The second half of CR and LF, an empty line, a sign that steers: the burst goes on."""
        self._ended_at = key.time
        return HELD

    @property
    def _is_begun(self) -> bool:
        return bool(self._burst.keys) and self._burst.keys[0].key == self._prefix

    def _is_code(self, at: At) -> bool:
        burst = self._burst
        return burst.is_code or (burst.is_mechanical and (at is At.PAGE or burst.has_end))

    def _code(self) -> Taken:
        """A prefix with nothing behind it was nothing."""
        code = self._burst.code(self._prefix)
        self._let_go()
        return Taken(Kind.CODE, code=code) if code else HELD

    def _let_go(self) -> tuple[Key, ...]:
        held, self._burst = tuple(self._burst.keys), Burst()
        return held


def plain(key: Key) -> Key:
    """A letter typed full-width, as East Asian keyboards may, is the letter."""
    if key.character is None or not "！" <= key.character <= "～":
        return key
    letter = normalize("NFKC", key.character)
    narrow = Key(_character_to_key(letter), letter)
    narrow.time = key.time
    return narrow
