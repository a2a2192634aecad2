"""Tells a scanner from fingers: keys that follow each other faster than anyone types are a code."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from unicodedata import normalize

from textual.events import Key
from textual.keys import _character_to_key

GAP: Final = 0.035  # seconds between two keys of one burst
SHORTEST: Final = 4  # signs of the shortest code
SHORTEST_IN_FIELD: Final = 8  # a field is for typing; only what is clearly a code leaves it


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
    """Holds printable keys for one gap; times are those of the events, so a busy screen does not confuse it."""

    def __init__(self) -> None:
        self._held: list[Key] = []

    @property
    def held(self) -> Sequence[Key]:
        """What waits for its meaning."""
        return tuple(self._held)

    def take(self, key: Key, *, in_field: bool = False) -> Taken:
        """One more key."""
        follows = bool(self._held) and key.time - self._held[-1].time <= GAP
        if key.key == "enter":
            return self._ended(key, follows, in_field)
        before = () if follows else self._let_go()
        if not key.is_printable:
            return Taken(Kind.TYPED, (*before, *self._let_go(), key))
        self._held.append(key)
        return Taken(Kind.TYPED, before) if before else Taken(Kind.HELD)

    def quiet(self, *, in_field: bool = False) -> Taken:
        """Nothing followed: a code without Enter, or fingers. One key held down is fingers."""
        letters = {key.character for key in self._held}
        if not in_field and len(self._held) >= SHORTEST and len(letters) > 1:
            return Taken(Kind.CODE, code=self._code())
        return Taken(Kind.TYPED, self._let_go())

    def _ended(self, enter: Key, follows: bool, in_field: bool) -> Taken:
        shortest = SHORTEST_IN_FIELD if in_field else SHORTEST
        if follows and len(self._held) >= shortest:
            return Taken(Kind.CODE, code=self._code())
        return Taken(Kind.TYPED, (*self._let_go(), enter))

    def _code(self) -> str:
        return "".join(key.character or "" for key in self._let_go()).strip()

    def _let_go(self) -> tuple[Key, ...]:
        held, self._held = tuple(self._held), []
        return held


def plain(key: Key) -> Key:
    """A letter typed full-width, as East Asian keyboards may, is the letter."""
    if key.character is None or not "！" <= key.character <= "～":
        return key
    letter = normalize("NFKC", key.character)
    narrow = Key(_character_to_key(letter), letter)
    narrow.time = key.time
    return narrow
