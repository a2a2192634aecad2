"""The load in lines: numbers first, then an hour a line, as wide as eighty cells."""

from collections.abc import Iterator
from datetime import tzinfo
from typing import Final

from core.board.day_load import DayLoad, HourLine
from core.domain.capacity import HourLoad
from tui import labels
from tui.i18n import _
from tui.widgets.cells import column
from tui.widgets.load_chart import usual_words
from tui.widgets.load_facts import NONE, accepting, day_words

BAR: Final = 30  # cells


def load_lines(hour: HourLoad, day: DayLoad, zone: tzinfo) -> Iterator[str]:
    """What the load page says."""
    counted = _("{count} of {cap}").format(count=hour.count, cap=hour.cap)
    yield f"{_('THIS HOUR')}  {counted} · {_next_free(hour, zone)}"
    if hour.waiting:
        yield f"  {_('waiting')} {hour.waiting} · {accepting(hour, hour.waiting).text}"
    yield f"  {_('in work')} {hour.in_progress} · {_('promised')} {day.promised} {_('due within the hour')}"
    expected = day.expected(hour.at)
    said = NONE if expected is None else f"≈ {expected}"
    yield f"  {_('next hour')} {said} · {usual_words(day)}"
    yield from (f"  {_line(one, day, zone)}".rstrip() for one in day.shown)
    yield day_words(day, zone, is_whole=True)


def _next_free(hour: HourLoad, zone: tzinfo) -> str:
    if hour.next_free is None:
        return f"{_('next free')} {_('now')}"
    return _("FULL, next free {at}").format(at=labels.clock(hour.next_free, zone))


def _line(one: HourLine, day: DayLoad, zone: tzinfo) -> str:
    top = max([day.cap, 1, *(hour.accepted for hour in day.hours)])
    bar = column("█" * round(one.accepted / top * BAR), BAR)
    usual = NONE if one.usual is None else f"{one.usual:.0f}"
    promised = f"  {_('promised')} {one.promised}" if one.promised else ""
    return f"{labels.clock(one.span.start, zone)}  {one.accepted:4}  {bar}  {_('usual')} {usual:>3}{promised}"
