"""How an order travels: the call that waits, courier, driver, waybill, PIN and clock."""

from collections.abc import Iterator

from core.board.sheet import Sheet
from core.domain.send import Send
from tui.i18n import _
from tui.labels.offers import kept_reason
from tui.labels.words import word
from tui.plain.commands import typed
from tui.plain.lines import Now
from tui.plain.rides import ride_lines
from tui.plain.speech import lasting, sentence


def travel(sheet: Sheet, now: Now) -> Iterator[str]:
    """Courier, driver, waybill, PIN and clock; nothing when no courier was asked yet."""
    if sheet.send is not None and sheet.send.is_open:
        yield send_words(sheet.send, now)
    yield from ride_lines(sheet, now)


def send_words(send: Send, now: Now) -> str:
    """A call that waits, and until when it can be taken back."""
    return sentence(*send_facts(send, now))


def send_facts(send: Send, now: Now) -> tuple[str, ...]:
    """What, of whom, when."""
    kind, left = word(send.kind).text, lasting(now.real(send.due_at))
    if not send.may_have_left:
        leaves = _("leaves in {time}, type {key} to take it back").format(time=left, key=typed("order.undo"))
        return kind, send.courier, kept_reason(send.why), leaves
    asked = _("no answer, again in {time}").format(time=left) if send.reason else _("asked, waiting for the answer")
    return kind, send.courier, asked
