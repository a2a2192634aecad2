"""What happened, newest first: a sentence a line, days apart, read further back as one leafs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import cached_property

from textual.message import Message

from core.board.journal import JournalLine
from tui import keys, labels
from tui.i18n import _
from tui.labels.tones import Tone
from tui.widgets.cells import Piece, Pieces, cap, column, tail
from tui.widgets.line_list import LineList
from tui.widgets.nothing import no_journal
from tui.widgets.rows import Fixed, Row

NUMBER = 8  # cells of the order's number
MARGIN = 20  # rows before the end at which older ones are asked for


@dataclass(frozen=True)
class JournalRows:
    """A heading for each day; a sentence is made when it is looked at."""

    lines: tuple[JournalLine, ...]
    zone: tzinfo

    def __len__(self) -> int:
        return len(self._shown)

    def row(self, y: int, width: int) -> Row:
        """A day or a line."""
        found = self._shown[y]
        return _line(found, self.zone) if isinstance(found, JournalLine) else _day(found, self.zone)

    def key(self, y: int) -> str | None:
        """The number in the journal."""
        found = self._shown[y]
        return str(found.seen) if isinstance(found, JournalLine) else None

    def find(self, key: str) -> int | None:
        """Where it is."""
        return self._places.get(key)

    def line(self, key: str | None) -> JournalLine | None:
        """The line of a key."""
        at = self._places.get(key or "")
        found = None if at is None else self._shown[at]
        return found if isinstance(found, JournalLine) else None

    @cached_property
    def _shown(self) -> tuple[JournalLine | datetime, ...]:
        return tuple(self._with_days())

    @cached_property
    def _places(self) -> dict[str, int]:
        return {str(found.seen): y for y, found in enumerate(self._shown) if isinstance(found, JournalLine)}

    def _with_days(self) -> Iterator[JournalLine | datetime]:
        before = None
        for found in self.lines:
            day = found.event.at.astimezone(self.zone).date()
            if day != before:
                yield found.event.at
            before = day
            yield found


class JournalList(LineList):
    """What arrives comes on top: whoever looks at the newest sees it, whoever looks further down is left in peace."""

    class WantsOlder(Message):
        """The end of what was read is near."""

    def __init__(self, *, id: str, classes: str = "") -> None:
        super().__init__(chooses=False, id=id, classes=classes)
        self._asked_from: JournalLine | None = None  # the oldest line when older ones were last wanted

    @property
    def newer(self) -> int:
        """Lines above the first in view."""
        return sum(1 for y in range(min(self.top, len(self.rows))) if self.rows.key(y) is not None)

    def go_to_newest(self) -> None:
        """Nothing chosen: from here it follows."""
        self._asked_from = None
        self.choose(None)
        self.top = 0
        self.repaint()

    def entitle(self, title: Row) -> None:
        """Another title over the same lines."""
        self.title = title
        super().repaint([0])

    def repaint(self, lines: object = None) -> int:
        """Looks ahead, too."""
        is_near = self.top + self.view + MARGIN > len(self.rows)
        if is_near and isinstance(self.rows, JournalRows) and self.rows.lines[-1] != self._asked_from:
            self._asked_from = self.rows.lines[-1]
            self.post_message(self.WantsOlder())
        return super().repaint(lines)  # type: ignore[arg-type]


def newest_rows(lines: tuple[JournalLine, ...], zone: tzinfo) -> Fixed:
    """Some of them, for a corner of another page; a click goes to the order."""
    return Fixed(tuple(_line(line, zone) for line in lines)) if lines else Fixed(no_journal().rows[:1])


def newer_above(count: int) -> Pieces:
    """The way back to the newest."""
    if not count:
        return ()
    return (cap("Home", Tone.CAP), Piece(f" {_('{count} newer above').format(count=count)} ", Tone.INFO))


def only_of(number: str) -> Pieces:
    """What is left out, and how to see all again."""
    only = Piece(f"{_('only #{number}').format(number=number)} · ", Tone.HAND)
    return (only, cap(keys.cap("back"), Tone.CAP), Piece(f" {_('shows all')} ", Tone.MUTED))


def _line(line: JournalLine, zone: tzinfo) -> Row:
    from tui.labels.marks import mark  # all that can happen is loaded with the first thing that did

    shown = mark(line.event)
    number = column(tail(f"#{line.number}", NUMBER - 1), NUMBER) if line.number else " " * NUMBER
    left = (
        Piece(f"{labels.day_clock(line.event.at, zone)}  ", Tone.MUTED),
        Piece(f"{shown.sign} ", shown.tone),
        Piece(number, Tone.STRONG),
        Piece(labels.happened(line.event, zone), shown.tone if shown.tone is Tone.TROUBLE else Tone.PLAIN),
    )
    return Row(left, key=str(line.seen))


def _day(at: datetime, zone: tzinfo) -> Row:
    return Row((Piece(labels.day(at, zone), Tone.HEADING),))
