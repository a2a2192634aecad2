"""Tells a scanner from fingers: keys that follow each other faster than anyone types are a code."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from unicodedata import normalize

from textual.events import Key
from textual.keys import _character_to_key

GAP: Final = 0.05  # seconds between two keys of one burst
LATE: Final = 4  # gaps: what is still held after one has not been believed, for the machine was busy
SHORTEST: Final = 4  # signs of the shortest code that does not end
SHORTEST_ENDED: Final = 3  # signs of one that ends with Enter or Tab as fast
SHORTEST_IN_FIELD: Final = 8  # a field is for typing; only what is clearly a code leaves it
AFTER_PREFIX: Final = 1.0  # seconds of silence that end a code after its prefix, however slow the link
ENDS: Final = frozenset({"enter", "ctrl+j", "tab"})


class Kind(StrEnum):
    """What became of the keys."""

    HELD = "held"  # more may follow
    TYPED = "typed"  # fingers: let them act
    CODE = "code"


@dataclass(frozen=True)
class Taken:
    """`keys` to be let go now, or the `code` they make."""

    kind: Kind
    keys: tuple[Key, ...] = ()
    code: str = ""


class Scanner:
    """Holds printable keys for one `gap`, or until somebody has the time to believe the silence.

    A machine too busy to read its keyboard makes the gaps of a burst look long: a key that is still held belongs to it.

    `prefix` is a key the scanner sends before each code: what follows it is the code, at any speed.
    """

    def __init__(self, *, gap: float = GAP, prefix: str = "") -> None:
        self._gap, self._prefix = gap, prefix
        self._held: list[Key] = []
        self._is_code = False  # the prefix was heard
        self._last = self._ended_at = float("-inf")

    @property
    def held(self) -> Sequence[Key]:
        """What waits for its meaning."""
        return tuple(self._held)

    @property
    def patience(self) -> float:
        """Seconds of silence after which what is held is believed."""
        return AFTER_PREFIX if self._is_code else self._gap

    def take(self, key: Key, *, in_field: bool = False) -> Taken:
        """One more key."""
        follows = bool(self._held) and key.time - self._last <= self.patience * LATE
        self._last = key.time
        if key.key == self._prefix:
            return self._begun(key)
        if key.key in ENDS:
            return self._ended(key, follows, in_field)
        if not key.is_printable:
            return self._steered(key, follows)
        before = () if follows or self._is_code else self._let_go()
        self._held.append(key)
        return Taken(Kind.TYPED, before) if before else Taken(Kind.HELD)

    def quiet(self, *, in_field: bool = False) -> Taken:
        """Nothing followed: a code without Enter, or fingers. One key held down is fingers."""
        letters = {key.character for key in self._held}
        if self._is_code or (not in_field and len(self._held) >= SHORTEST and len(letters) > 1):
            return self._code()
        return Taken(Kind.TYPED, self._let_go())

    def _begun(self, key: Key) -> Taken:
        """The prefix is held with the code, so that silence ends it even when nothing follows."""
        before = self._let_go()
        self._is_code = True
        self._held.append(key)
        return Taken(Kind.TYPED, before) if before else Taken(Kind.HELD)

    def _ended(self, end: Key, follows: bool, in_field: bool) -> Taken:
        shortest = SHORTEST_IN_FIELD if in_field else SHORTEST_ENDED
        if self._is_code or (follows and len(self._held) >= shortest):
            self._ended_at = end.time
            return self._code()
        if end.time - self._ended_at <= self._gap:  # the second half of CR and LF
            return Taken(Kind.HELD)
        return Taken(Kind.TYPED, (*self._let_go(), end))

    def _steered(self, key: Key, follows: bool) -> Taken:
        """Separators within a code are no keys; an arrow between fingers' letters is one."""
        if self._is_code or (follows and len(self._held) > 1 and key.key.startswith("ctrl+")):
            return Taken(Kind.HELD)
        return Taken(Kind.TYPED, (*self._let_go(), key))

    def _code(self) -> Taken:
        """A prefix with nothing behind it was nothing."""
        held = self._let_go()
        code = "".join(key.character or "" for key in held if key.key != self._prefix).strip()
        return Taken(Kind.CODE, code=code) if code else Taken(Kind.TYPED)

    def _let_go(self) -> tuple[Key, ...]:
        held, self._held = tuple(self._held), []
        self._is_code = False
        return held


def plain(key: Key) -> Key:
    """A letter typed full-width, as East Asian keyboards may, is the letter."""
    if key.character is None or not "！" <= key.character <= "～":
        return key
    letter = normalize("NFKC", key.character)
    narrow = Key(_character_to_key(letter), letter)
    narrow.time = key.time
    return narrow
