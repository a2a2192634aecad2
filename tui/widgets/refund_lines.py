"""Money that went back or is to, and what the shop's own system is told in a moment or is not told yet."""

from collections.abc import Iterator
from datetime import datetime, tzinfo

from core.board.sheet import Sheet
from core.domain.refund import Refund, RefundState
from core.domain.send import Send
from core.domain.tell import UNDOABLE, is_in_trouble, is_unsettled
from tui import keys, labels
from tui.i18n import _
from tui.labels.tellings import refund_word, told
from tui.labels.tones import Tone
from tui.widgets.cells import Piece, wrapped
from tui.widgets.picture import seconds_to
from tui.widgets.rows import Row, heading


def telling_rows(sheet: Sheet, now: datetime, pace: float, width: int) -> Iterator[Row]:
    """What is held and can be taken back, and what the shop's system does not know yet."""
    for send in sheet.tellings:
        if _can_be_undone(send, now):
            yield _held(send, now, pace)
        elif is_in_trouble(send):
            yield from _in_trouble(send, width)


def refund_rows(sheet: Sheet, zone: tzinfo, width: int) -> Iterator[Row]:
    """Each sum, how far it is and what for; then what is left."""
    shown = [refund for refund in sheet.refunds if refund.state is not RefundState.TAKEN_BACK]
    if not shown:
        return
    yield from heading(_("MONEY BACK"))
    for refund in shown:
        yield from _refund(refund, zone, width)
    left = _("{left} of {paid} are left").format(
        left=labels.money(sheet.purse.left), paid=labels.money(sheet.order.purchase.total)
    )
    yield Row((Piece(f"    {left}", Tone.MUTED),))


def _can_be_undone(send: Send, now: datetime) -> bool:
    is_held = send.is_open and not send.may_have_left and send.due_at > now
    return is_held and send.call is not None and send.call.ability in UNDOABLE


def _held(send: Send, now: datetime, pace: float) -> Row:
    seconds = labels.seconds_of(seconds_to(send.due_at, now, pace))
    front = Piece(f" {keys.cap('order.undo')} {seconds} ", Tone.HAND_CAP)
    return Row((front, Piece(f" {_what(send)}", Tone.STRONG)))


def _in_trouble(send: Send, width: int) -> Iterator[Row]:
    sign, words = ("✗", _("refused")) if is_unsettled(send) else ("◌", _("not answered"))
    for at, part in enumerate(wrapped(f"{_what(send)}: {words}", width - 4)):
        yield Row((Piece(f"  {sign} " if at == 0 else "    ", Tone.TROUBLE), Piece(part, Tone.TROUBLE)))


def _what(send: Send) -> str:
    money = send.call.money if send.call else None
    words = told(send.call.ability.value) if send.call else ""
    return f"{words} {labels.money(money)}" if money else words


def _refund(refund: Refund, zone: tzinfo, width: int) -> Iterator[Row]:
    """The sum stands first: who asks on the telephone asks for it."""
    word = refund_word(refund.state)
    said = f"{labels.money(refund.amount)}  {word.text} · {labels.said(refund.reason)} · {refund.by}"
    for at, part in enumerate(wrapped(f"{labels.day_clock(refund.at, zone)}  {said}", width - 4)):
        yield Row((Piece(f"  {word.sign} " if at == 0 else "    ", word.tone), Piece(part, Tone.PLAIN)))
