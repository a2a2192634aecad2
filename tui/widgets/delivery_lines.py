"""How an order travels: courier, driver, waybill, PIN and clock, as lines of the panel."""

from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import Final

from core.board.drivers import DriverLine
from core.board.sheet import Sheet
from core.domain.delivery import Delivery
from core.domain.send import Send
from tui import keys, labels
from tui.i18n import _
from tui.labels import ride
from tui.labels.offers import kept_reason
from tui.labels.ride import Said
from tui.labels.ride_facts import facts
from tui.labels.tones import Tone
from tui.widgets.cells import Piece, Pieces, bar, cap, column, width_of, wrapped
from tui.widgets.handing_lines import handing_rows
from tui.widgets.picture import seconds_to
from tui.widgets.rows import Row

NAMES: Final = 20  # cells of the column of names


def delivery_rows(sheet: Sheet, now: datetime, zone: tzinfo, pace: float, width: int) -> Iterator[Row]:
    """Nothing when no courier was asked yet."""
    send = sheet.send if sheet.send and sheet.send.is_open else None
    delivery = sheet.delivery
    if send is None and delivery is None:
        return
    yield Row(())
    yield Row((Piece(_("DELIVERY"), Tone.HEADING),))
    if send is not None:
        yield Row(_send(send, now, pace))
        if reason := kept_reason(send.why):
            yield Row((Piece(f"  {reason}", Tone.MUTED),))
    if delivery is not None and sheet.ride is not None:
        yield from _delivery(sheet, delivery, sheet.ride, now, zone, width)
        yield from handing_rows(sheet, zone)


def clock_of(since: datetime, usual: tuple[int, int] | None, now: datetime) -> Pieces:
    """`6 of 5–15 min` with a bar; loud trouble past the upper end (X8)."""
    words = range_words(since, usual, now)
    if usual is None:
        return words
    return (*bar((now - since).total_seconds() / (usual[1] * 60), 6, words[0].tone), Piece(" "), *words)


def range_words(since: datetime, usual: tuple[int, int] | None, now: datetime) -> Pieces:
    """`6 of 5–15 min`, or the minutes alone where nothing is usual."""
    taken = now - since
    if usual is None:
        return (Piece(labels.minutes(taken), Tone.MUTED),)
    is_over = taken.total_seconds() > usual[1] * 60
    count = max(0, int(taken.total_seconds() // 60))
    words = _("{count} of {low}–{high} min").format(count=count, low=usual[0], high=usual[1])
    late = (Piece(" ▲", Tone.TROUBLE),) if is_over else ()
    return (Piece(words, Tone.TROUBLE if is_over else Tone.INFO), *late)


def _send(send: Send, now: datetime, pace: float) -> Pieces:
    words = f"{labels.word(send.kind).text} · {send.courier}"
    left = seconds_to(send.due_at, now, pace)
    if send.may_have_left:
        again = _("again in {count} s").format(count=left) if send.reason else _("asked, waiting for the answer")
        return (Piece("◌ ", Tone.INFO), Piece(f"{words} · {again}", Tone.INFO))
    leaves = _("leaves in {count} s").format(count=left)
    return (Piece("◷ ", Tone.HAND), Piece(f"{words} · {leaves}  ", Tone.STRONG), cap(keys.cap("order.undo"), Tone.CAP))


def _delivery(
    sheet: Sheet, delivery: Delivery, line: DriverLine, now: datetime, zone: tzinfo, width: int
) -> Iterator[Row]:
    state = labels.word(delivery.state)
    left = (Piece(f"{state.sign} {state.text}", state.tone), Piece(f" · {delivery.courier}  ", Tone.PLAIN))
    yield Row((*left, *clock_of(delivery.state_since, line.usual, now)) if delivery.is_live else left)
    for words in (ride.swap(line, now), ride.near(line, now)):
        if words:
            yield Row((Piece(f"  {'◇' if line.is_near else '⇄'} {words}", Tone.HAND),))
    for name, said in facts(sheet, now, zone):
        for y, pieces in enumerate(_lines_of(said, width - NAMES)):
            yield Row((Piece(column("" if y else f"  {name}", NAMES), Tone.MUTED), *pieces))
    if delivery.reason:
        yield Row((Piece(f"  {labels.said(delivery.reason)}", Tone.TROUBLE),))


def _lines_of(said: tuple[Said, ...], width: int) -> list[Pieces]:
    """Beside each other as far as there is room: nothing of it is cut for what stands before it."""
    lines: list[Pieces] = []
    for one in said:
        joined = (*lines[-1], Piece(f"{ride.JOIN}{one.text}", one.tone)) if lines else ()
        if joined and width_of(joined) <= width:
            lines[-1] = joined
        else:
            lines += [(Piece(part, one.tone),) for part in wrapped(one.text, width)]
    return lines
