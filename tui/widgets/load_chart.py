"""The day hour by hour against the cap, beside the usual day.

Drawn with our own block characters: a plotting library brings axes we would have to take off again, counts cells of
Chinese letters its own way, and draws anew what did not change.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import cached_property
from math import ceil
from typing import Final

from core.board.day_load import DayLoad, HourLine
from tui import labels
from tui.i18n import _, ngettext, spoken
from tui.labels.tones import Tone
from tui.widgets.cells import Piece, Pieces, column, line, width_of
from tui.widgets.painted import Painted
from tui.widgets.picture import Picture

EIGHTHS: Final = " ▁▂▃▄▅▆▇█"
USUAL, PROMISED = "░", "▒"
CAP = "▔"  # at the upper edge, where a bar of as many orders ends
AXIS = 5  # cells of the numbers at the left
NARROWEST, WIDEST = 2, 8  # cells of an hour
NEARLY_FULL = 0.9


@dataclass(frozen=True)
class Chart:
    """The bars of one day in so many cells; `height` holds the numbers over the bars as well."""

    day: DayLoad
    now: datetime
    zone: tzinfo
    width: int
    height: int

    @cached_property
    def hours(self) -> tuple[HourLine, ...]:
        """What is drawn, from the left."""
        return self.day.shown[: max(0, (self.width - AXIS) // NARROWEST)]

    @cached_property
    def column(self) -> int:
        """Cells of an hour."""
        return max(NARROWEST, min(WIDEST, (self.width - AXIS) // max(1, len(self.hours))))

    @cached_property
    def rows(self) -> int:
        """Rows of the bars."""
        return max(1, self.height - 1)

    @cached_property
    def top(self) -> float:
        """Orders at the upper edge."""
        return max(
            [self.day.cap, 1, *(hour.accepted for hour in self.hours), *(hour.usual or 0 for hour in self.hours)]
        )

    @cached_property
    def scale(self) -> float:
        """Rows of one order; the cap ends with a row, so that a bar of as many orders ends at its line."""
        whole = int(self.day.cap / self.top * self.rows)
        return whole / self.day.cap if whole else self.rows / self.top

    @cached_property
    def cap_row(self) -> int:
        """Where the cap is, numbers' row counted."""
        return self.height - max(1, self._rows_of(self.day.cap))

    def line(self, y: int) -> Pieces:
        """One row of bars."""
        at_cap = y == self.cap_row
        axis = column(str(self.day.cap), AXIS - 2, right=True) + f" {CAP}" if at_cap else " " * AXIS
        bars = (piece for hour in self.hours for piece in self._hour(hour, y))
        return line((Piece(axis, Tone.MUTED), *bars), (), self.width)

    def times(self) -> Pieces:
        """Under each bar its hour; the running one is marked."""
        return line((Piece(" " * AXIS), *self._times()), (), self.width)

    def _times(self) -> Iterator[Piece]:
        """The running hour's sign may take a cell of the next hour, which then has no words."""
        borrowed = 0
        for at, hour in enumerate(self.hours):
            text, room = self._name(at), self.column - borrowed
            borrowed = max(0, len(text) - room)
            yield Piece(column(text, room + borrowed), Tone.STRONG if hour.span.holds(self.now) else Tone.MUTED)

    def _name(self, at: int) -> str:
        """`14`, with a sign while it runs; of hours too narrow to be told apart every other one has its name."""
        text = labels.clock(self.hours[at].span.start, self.zone)[:2]
        if at == self._running:
            return f"{text}◂"
        is_named = self.column > NARROWEST or (at % 2 == 0 and abs(at - self._running) > 1)
        return text if is_named else ""

    @cached_property
    def _running(self) -> int:
        """Which hour; far off when none of these is."""
        return next((at for at, hour in enumerate(self.hours) if hour.span.holds(self.now)), -NARROWEST)

    def _hour(self, hour: HourLine, y: int) -> Iterator[Piece]:
        wide = self.column // 2
        thin = self.column - wide - 1
        count = self._over(hour)
        if y == self.height - 1 - self._rows_of(self._amount(hour)) and count and self.column > NARROWEST:
            yield Piece(column(count, max(wide, len(count))), self._tone(hour) if hour.accepted else Tone.MUTED)
            thin -= max(0, len(count) - wide)
        else:
            yield self._bar(hour, y, wide)
        yield self._usual(hour, y, thin)
        yield self._ground(y, 1)

    def _over(self, hour: HourLine) -> str:
        """The number over the bar."""
        if self._is_ahead(hour):
            return f"+{hour.promised}" if hour.promised else ""
        return str(hour.accepted) if hour.accepted else ""

    def _bar(self, hour: HourLine, y: int, width: int) -> Piece:
        if self._is_ahead(hour):
            is_in = y >= self.height - self._rows_of(hour.promised)
            return Piece(PROMISED * width, Tone.INFO) if is_in else self._ground(y, width)
        eighths = round(hour.accepted * self.scale * 8) - (self.height - 1 - y) * 8
        if eighths <= 0 and not (hour.accepted and y == self.height - 1):
            return self._ground(y, width)
        return Piece(EIGHTHS[max(1, min(8, eighths))] * width, self._tone(hour))

    def _usual(self, hour: HourLine, y: int, width: int) -> Piece:
        is_in = y >= self.height - self._rows_of(round(hour.usual or 0))
        return Piece(USUAL * width, Tone.MUTED) if is_in else self._ground(y, width)

    def _ground(self, y: int, width: int) -> Piece:
        return Piece((CAP if y == self.cap_row else " ") * width, Tone.FAINT)

    def _amount(self, hour: HourLine) -> int:
        return hour.promised if self._is_ahead(hour) else hour.accepted

    def _rows_of(self, count: float) -> int:
        """Rows of a bar: none for nothing, one at least for something."""
        return max(1, ceil(round(count * self.scale, 6))) if count else 0

    def _is_ahead(self, hour: HourLine) -> bool:
        return hour.span.start > self.now

    def _tone(self, hour: HourLine) -> Tone:
        if hour.accepted > self.day.cap:
            return Tone.TROUBLE
        return Tone.HAND if hour.accepted >= NEARLY_FULL * self.day.cap else Tone.INFO


class LoadChart(Painted):
    """Title and legend, bars, hours."""

    def __init__(self, **names: str) -> None:
        super().__init__(**names)
        self._picture: Picture | None = None
        self._looks: tuple[DayLoad | None, str, str] | None = None

    def show(self, picture: Picture) -> None:
        """Redraw what differs; between two orders nothing does, and twenty pictures a second may come."""
        looks = (picture.live_day, labels.clock(picture.now, picture.zone), spoken())
        before, self._looks, self._picture = self._looks, looks, picture
        if looks != before:
            self.repaint()

    def pieces(self, y: int) -> Pieces:
        """Until the day was read there is only the title."""
        width, height = self.content_size
        day = self._picture.live_day if self._picture else None
        if self._picture is None or day is None:
            return line((Piece(f" {_('HOUR BY HOUR')}", Tone.HEADING),) if y == 0 else (), (), width)
        if y == 0:
            return _title(day, width)
        chart = Chart(day, self._picture.now, self._picture.zone, width, height - 2)
        return chart.times() if y == height - 1 else chart.line(y - 1)


def usual_words(day: DayLoad) -> str:
    """Where the usual day comes from."""
    count = day.usual.days
    if not count:
        return _("too few records")
    if day.usual.is_weekday:
        return ngettext("this weekday, {count} week", "this weekday, {count} weeks", count).format(count=count)
    return ngettext("{count} day", "{count} days", count).format(count=count)


def _title(day: DayLoad, width: int) -> Pieces:
    """What the signs mean, as far as there is room."""
    title = Piece(f" {_('HOUR BY HOUR')}", Tone.HEADING)
    usual = _("usual") if day.usual.days else _("usual: {words}").format(words=usual_words(day))
    legend = (
        (Piece(f"  {EIGHTHS[-1]} ", Tone.INFO), Piece(_("today"), Tone.MUTED)),
        (Piece(f"  {USUAL} ", Tone.MUTED), Piece(usual, Tone.MUTED)),
        (Piece(f"  {CAP} ", Tone.MUTED), Piece(_("cap {count}").format(count=day.cap), Tone.MUTED)),
        (Piece(f"  {PROMISED} ", Tone.INFO), Piece(_("promised"), Tone.MUTED)),
    )
    shown: Pieces = ()
    for pair in legend:
        if width_of((title, *shown, *pair)) < width:
            shown = (*shown, *pair)
    return line((title, *shown), (), width)
