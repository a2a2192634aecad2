"""The last hour in steps of five minutes: when orders were accepted."""

from datetime import timedelta

from tui import labels
from tui.i18n import _
from tui.labels.tones import Tone
from tui.widgets.cells import Piece, Pieces, column, line
from tui.widgets.painted import Painted
from tui.widgets.picture import Picture

STEP, STEPS, WIDTH = timedelta(minutes=5), 12, 4
EIGHTHS = " ▁▂▃▄▅▆▇█"


class LoadChart(Painted):
    """Bars of eighths; the height of the tallest is the height of the chart."""

    def __init__(self, **names: str) -> None:
        super().__init__(**names)
        self._picture: Picture | None = None

    def show(self, picture: Picture) -> None:
        """Redraw what differs."""
        self._picture = picture
        self.repaint()

    def pieces(self, y: int) -> Pieces:
        """Title, bars, times."""
        width, height = self.content_size
        if self._picture is None:
            return line((), (), width)
        if y == 0:
            return line((Piece(f" {_('ACCEPTED IN THE LAST HOUR')}", Tone.HEADING),), (), width)
        counts = counts_of(self._picture)
        if y == height - 1:
            return line((Piece(" "), *_times(self._picture)), (), width)
        return line((Piece(" "), *_bars(counts, height - 2, y - 1)), (), width)


def counts_of(picture: Picture) -> list[int]:
    """Accepted orders in each step, oldest first."""
    ages = [picture.now - at for at in picture.board.load.accepted]
    return [sum(1 for age in ages if STEP * (back - 1) <= age < STEP * back) for back in range(STEPS, 0, -1)]


def _bars(counts: list[int], height: int, y: int) -> Pieces:
    top = max([*counts, 4])
    return tuple(Piece(_bar(count / top * height * 8 - (height - 1 - y) * 8), Tone.INFO) for count in counts)


def _bar(eighths: float) -> str:
    return EIGHTHS[max(0, min(8, round(eighths)))] * (WIDTH - 1) + " "


def _times(picture: Picture) -> Pieces:
    marks = (picture.now - STEP * back for back in range(STEPS, 0, -3))
    return tuple(Piece(column(labels.clock(at, picture.zone), WIDTH * 3), Tone.MUTED) for at in marks)
