"""The second line: the hour's load against the cap, and how the day goes."""

from collections.abc import Iterator

from core.domain.capacity import HourLoad
from tui import labels
from tui.i18n import _
from tui.labels.tones import Tone
from tui.widgets.cells import Piece, Pieces, bar, line, width_of
from tui.widgets.load_chart import NEARLY_FULL
from tui.widgets.load_facts import accepting, percent
from tui.widgets.painted import Painted
from tui.widgets.picture import Picture

NARROWEST, WIDEST = 8, 32  # cells of the bar


class LoadBar(Painted):
    """Count of cap as bar and number; what marked orders would make of it; when it is full, when the next fits."""

    def __init__(self, **names: str) -> None:
        super().__init__(**names)
        self._picture: Picture | None = None
        self._marked = 0

    def show(self, picture: Picture, marked: int = 0) -> None:
        """Redraw what differs."""
        self._picture, self._marked = picture, marked
        self.repaint()

    def pieces(self, y: int) -> Pieces:
        """Facts as long as they fit whole; the bar takes the room they leave."""
        width = self.content_size.width
        if self._picture is None or self._picture.is_first:
            return line((), (), width)
        load = self._picture.board.load.at(self._picture.now)
        title = Piece(f" {_('THIS HOUR')} ", Tone.HEADING)
        counted = Piece(f" {_('{count} of {cap}').format(count=load.count, cap=load.cap)}", Tone.STRONG)
        facts = self._fitting(load, width - NARROWEST - width_of((title, counted)) - 1)
        room = width - width_of((title, counted, *facts)) - 2
        shown = (title, *_bar(load, max(NARROWEST, min(WIDEST, room))), counted, *facts)
        return line(shown, (), width)

    def _fitting(self, load: HourLoad, room: int) -> Pieces:
        """From the most important on, while there is room."""
        shown: Pieces = ()
        for fact in self._facts(load):
            pieces = (Piece(" · ", Tone.MUTED), fact)
            if width_of((*shown, *pieces)) <= room:
                shown = (*shown, *pieces)
        return shown

    def _facts(self, load: HourLoad) -> Iterator[Piece]:
        if (picture := self._picture) is None:
            return
        if self._marked:
            yield accepting(load, self._marked)
        if load.next_free is not None:
            free = _("FULL, next free {at}").format(at=labels.clock(load.next_free, picture.zone))
            yield Piece(free, Tone.TROUBLE)
        if (day := picture.day) is not None and (expected := day.expected(picture.now)) is not None:
            yield Piece(_("next hour ≈ {count}").format(count=expected), Tone.MUTED)
        yield Piece(_("{count} in work").format(count=load.in_progress), Tone.MUTED)
        yield Piece(_("{count} waiting").format(count=load.waiting), Tone.MUTED)
        if picture.board.load.hours:
            yield Piece(_("open {hours}").format(hours=picture.board.load.hours), Tone.MUTED)
        yield from _day(picture)


def _day(picture: Picture) -> Iterator[Piece]:
    numbers = picture.day.numbers if picture.day else None
    if numbers is not None and numbers.prep is not None:
        yield Piece(_("median prep {span}").format(span=labels.countdown(numbers.prep)), Tone.MUTED)
    if numbers is not None and numbers.on_time is not None:
        yield Piece(_("on time {share}").format(share=percent(numbers.on_time)), Tone.MUTED)


def _bar(load: HourLoad, width: int) -> Pieces:
    share = load.count / load.cap if load.cap else 1.0
    tone = Tone.TROUBLE if not load.has_room() else Tone.HAND if share >= NEARLY_FULL else Tone.INFO
    return bar(share, width, tone)
