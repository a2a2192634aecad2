"""What a list shows: rows that are made when they are looked at."""

from dataclasses import dataclass
from typing import Final, Protocol

from tui.labels.tones import Tone
from tui.widgets.cells import Piece, Pieces


@dataclass(frozen=True, slots=True)
class Row:
    """One line; rows that share a key are chosen together, one without can't be chosen."""

    left: Pieces
    right: Pieces = ()
    key: str | None = None


class Rows(Protocol):
    """Rows made when they are looked at: a list of ten thousand costs what is in view."""

    def __len__(self) -> int:
        """How many."""

    def row(self, y: int, width: int) -> Row:
        """The row as it is drawn in so many cells."""

    def key(self, y: int) -> str | None:
        """What it stands for."""

    def find(self, key: str) -> int | None:
        """Where the first row with this key is."""


@dataclass(frozen=True)
class Fixed:
    """Rows that are all made already."""

    rows: tuple[Row, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    def row(self, y: int, width: int) -> Row:
        """As it was made."""
        return self.rows[y]

    def key(self, y: int) -> str | None:
        """Of that row."""
        return self.rows[y].key

    def find(self, key: str) -> int | None:
        """The first."""
        return next((y for y, row in enumerate(self.rows) if row.key == key), None)


EMPTY: Final = Row(())


def heading(words: str, right: Pieces = ()) -> tuple[Row, ...]:
    """A blank line and a title."""
    return (EMPTY, Row((Piece(words, Tone.HEADING),), right))
