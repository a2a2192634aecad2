"""The load in words and numbers: the running hour, and the day so far."""

from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo
from typing import Final

from core.board.day_load import DayLoad
from core.board.waits import Waits
from core.domain.capacity import HourLoad
from tui import labels
from tui.i18n import _, ngettext
from tui.labels.tones import Tone
from tui.widgets.cells import Piece, Pieces, column, wrapped
from tui.widgets.load_chart import NEARLY_FULL, usual_words
from tui.widgets.picture import Picture
from tui.widgets.rows import EMPTY, Fixed, Row

NAME, COUNT = 15, 12  # cells
NONE = "–"
NOTHING: Final = Piece("")


def fact_rows(picture: Picture, width: int, room: int) -> Fixed:
    """The hour above the day; in few rows the day is put into a sentence."""
    hour, day = tuple(_hour(picture)), tuple(_today(picture))
    if len(hour) + len(day) < room:
        return Fixed((*hour, EMPTY, *day))
    said = wrapped(day_words(picture.live_day, picture.zone), width) if picture.live_day else ()
    return Fixed((*hour, *(Row((Piece(words, Tone.PLAIN),)) for words in said)))


def accepting(load: HourLoad, more: int) -> Piece:
    """What the hour would be: `accepting these 4 makes 52`."""
    makes = load.after_accepting(more)
    words = ngettext("accepting this {count} makes {makes}", "accepting these {count} makes {makes}", more)
    said = words.format(count=more, makes=makes)
    if load.has_room(more):
        return Piece(said, Tone.PLAIN)
    return Piece(f"✗ {said} > {load.cap}", Tone.TROUBLE)


def _hour(picture: Picture) -> Iterator[Row]:
    load, day = picture.board.load.at(picture.now), picture.day
    yield _head(_("THIS HOUR"))
    yield _fact(_("accepted"), _("{count} of {cap}").format(count=load.count, cap=load.cap), _room(load, picture))
    yield _fact(_("next free"), *_next_free(load, picture))
    waiting = accepting(load, load.waiting) if load.waiting else Piece(_("nothing to accept"), Tone.MUTED)
    yield _fact(_("waiting"), str(load.waiting), waiting)
    yield _fact(_("in work"), str(load.in_progress))
    if day is not None:
        yield _fact(_("promised"), str(day.promised), Piece(_("due within the hour"), Tone.MUTED))
        expected = day.expected(picture.now)
        yield _fact(_("next hour"), NONE if expected is None else f"≈ {expected}", Piece(usual_words(day), Tone.MUTED))


def _room(load: HourLoad, picture: Picture) -> Piece:
    free = load.cap - load.count
    if free <= 0:
        return Piece(f"✗ {_('FULL')}", Tone.TROUBLE)
    words = ngettext("room for {count} more", "room for {count} more", free).format(count=free)
    return Piece(f"▲ {words}", Tone.HAND) if load.count >= NEARLY_FULL * load.cap else Piece(f"✓ {words}", Tone.GOOD)


def _next_free(load: HourLoad, picture: Picture) -> tuple[str, Piece]:
    if load.next_free is None:
        return _("now"), NOTHING
    left = labels.countdown(load.next_free - picture.now)
    return labels.clock(load.next_free, picture.zone), Piece(_("in {left}").format(left=left), Tone.HAND)


def _today(picture: Picture) -> Iterator[Row]:
    day = picture.live_day
    yield _head(_("TODAY"))
    if day is None:
        yield Row((Piece(_("Counting …"), Tone.MUTED),))
        return
    numbers = day.numbers
    yield _fact(_("orders"), str(numbers.orders), Piece(_none_yet(day), Tone.MUTED))
    yield _fact(_("accepted"), str(numbers.accepted))
    refused = Piece(f"{_('cancelled')} {numbers.cancelled}", Tone.PLAIN)
    yield _fact(_("rejected"), str(numbers.rejected), refused)
    yield _fact(_("to accept"), _span(numbers.to_accept), Piece(_("median"), Tone.MUTED))
    yield _fact(_("preparation"), _span(numbers.prep), Piece(_("median"), Tone.MUTED))
    yield _fact(_("on time"), _share(numbers.on_time), Piece(_("of promises that are over"), Tone.MUTED))
    yield _fact(_("busiest hour"), *_busiest(day, picture.zone))
    yield from _waits(numbers.waits)


def _waits(waits: Waits) -> Iterator[Row]:
    """Whom the driver's timer is for; nothing before anybody was timed."""
    for name, mean, count in _waited(waits):
        said = ngettext("mean of {count}", "mean of {count}", count).format(count=count)
        yield _fact(name, _span(mean), Piece(said, Tone.MUTED))


def _waited(waits: Waits) -> Iterator[tuple[str, timedelta | None, int]]:
    if waits.drivers:
        yield _("drivers waited"), waits.driver, waits.drivers
    if waits.orders:
        yield _("goods waited"), waits.goods, waits.orders


def day_words(day: DayLoad, zone: tzinfo, *, is_whole: bool = False) -> str:
    """The day in one sentence; whole, how long drivers and goods waited too."""
    numbers = day.numbers
    found = [
        f"{_('TODAY')}: {_orders(numbers.orders)}",
        f"{_('accepted')} {numbers.accepted}",
        f"{_('rejected')} {numbers.rejected}",
        f"{_('cancelled')} {numbers.cancelled}",
        f"{_('to accept')} {_span(numbers.to_accept)}",
        f"{_('preparation')} {_span(numbers.prep)}",
        f"{_('on time')} {_share(numbers.on_time)}",
        f"{_('busiest hour')} {_busiest(day, zone)[0]}",
        *(f"{name} {_span(mean)}" for name, mean, _count in _waited(numbers.waits) if is_whole),
    ]
    return " · ".join(found)


def _none_yet(day: DayLoad) -> str:
    return "" if day.numbers.orders else _("none yet: they come by themselves")


def _busiest(day: DayLoad, zone: tzinfo) -> tuple[str, Piece]:
    if (best := day.busiest) is None:
        return NONE, NOTHING
    span = labels.window(best.span.start, best.span.until, zone)
    return span, Piece(_orders(best.accepted), Tone.PLAIN)


def _orders(count: int) -> str:
    return ngettext("{count} order", "{count} orders", count).format(count=count)


def _head(words: str) -> Row:
    return Row((Piece(words, Tone.HEADING),))


def _fact(name: str, found: str, said: Piece = NOTHING) -> Row:
    pieces: Pieces = (Piece(column(name, NAME), Tone.MUTED), Piece(column(found, COUNT), Tone.STRONG), said)
    return Row(pieces)


def _span(taken: timedelta | None) -> str:
    return NONE if taken is None else labels.countdown(taken)


def _share(share: float | None) -> str:
    return NONE if share is None else percent(share)


def percent(share: float) -> str:
    """`96 %`, never rounded up to all."""
    return f"{int(share * 100)} %"


def as_of(at: datetime, picture: Picture) -> str:
    """When the numbers of the day were read."""
    return _("as of {at}").format(at=labels.clock(at, picture.zone))
