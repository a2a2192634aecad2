"""The second line: the hour's load against the cap."""

from tui import labels
from tui.i18n import _
from tui.labels.tones import Tone
from tui.widgets.cells import Piece, Pieces, bar, clipped, line, width_of
from tui.widgets.painted import Painted
from tui.widgets.picture import Picture

NEARLY_FULL = 0.9


class LoadBar(Painted):
    """Count of cap as bar and number; when it is full, when the next order fits."""

    def __init__(self, **names: str) -> None:
        super().__init__(**names)
        self._picture: Picture | None = None

    def show(self, picture: Picture) -> None:
        """Redraw what differs."""
        self._picture = picture
        self.repaint()

    def pieces(self, y: int) -> Pieces:
        """The bar takes what room the words leave."""
        width = self.content_size.width
        if self._picture is None:
            return line((), (), width)
        title = Piece(f" {_('THIS HOUR')} ", Tone.HEADING)
        words = _words(self._picture)
        room = max(8, min(32, width - width_of((title, *words)) - 2))
        return line(tuple(clipped((title, *_bar(self._picture, room), *words), width)), (), width)


def _bar(picture: Picture, width: int) -> Pieces:
    load = picture.board.load.at(picture.now)
    share = load.count / load.cap if load.cap else 1.0
    tone = Tone.TROUBLE if not load.has_room() else Tone.HAND if share >= NEARLY_FULL else Tone.INFO
    return bar(share, width, tone)


def _words(picture: Picture) -> Pieces:
    load = picture.board.load.at(picture.now)
    counted = _("{count} of {cap}").format(count=load.count, cap=load.cap)
    facts = [
        _("{count} in work").format(count=load.in_progress),
        _("{count} waiting").format(count=load.waiting),
        _("open {hours}").format(hours=picture.board.load.hours) if picture.board.load.hours else "",
    ]
    if load.next_free is not None:
        free = _("FULL, next free {at}").format(at=labels.clock(load.next_free, picture.zone))
        full: Pieces = (Piece(f" · {free}", Tone.TROUBLE),)
    else:
        full = ()
    rest = tuple(Piece(f" · {fact}", Tone.MUTED) for fact in facts if fact)
    return (Piece(f" {counted}", Tone.STRONG), *full, *rest)
