"""How an order travels: the call that waits, courier, driver, waybill, PIN and clock."""

from collections.abc import Iterator

from core.board.sheet import Sheet
from core.domain.delivery import Delivery
from core.domain.send import Send
from tui import labels
from tui.i18n import _
from tui.labels.offers import kept_reason
from tui.labels.words import word
from tui.plain.commands import typed
from tui.plain.lines import Now
from tui.plain.speech import lasting, sentence


def travel(sheet: Sheet, now: Now) -> Iterator[str]:
    """Courier, driver, waybill, PIN and clock; nothing when no courier was asked yet."""
    if sheet.send is not None and sheet.send.is_open:
        yield send_words(sheet.send, now)
    if sheet.delivery is not None:
        yield from _delivery(sheet.delivery, sheet.order.parcels, now)


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


def _delivery(job: Delivery, parcels: int, now: Now) -> Iterator[str]:
    usual = job.usual_minutes()
    since = lasting(now.at - job.state_since)
    clock = (
        _("for {time}, usually {low} to {high} minutes").format(time=since, low=usual[0], high=usual[1])
        if usual
        else ""
    )
    waybill = _("waybill {waybill}").format(waybill=job.waybill) if job.waybill else ""
    pin = _("PIN {pin}").format(pin=job.pin) if job.pin else ""
    yield sentence(word(job.state).text, job.courier, clock if job.is_live else "", labels.said(job.reason))
    yield sentence(waybill, pin, labels.parcels_of(parcels), labels.money(job.fee) if job.fee else "")
    if job.driver is not None:
        yield sentence(_("driver {name}").format(name=job.driver.name), *_rider(job))
    for said, at in ((_("expected here {at}"), job.eta_store), (_("at the customer's {at}"), job.eta_door)):
        if at is not None and job.is_live:
            yield sentence(said.format(at=labels.clock(at, now.zone)))


def _rider(job: Delivery) -> tuple[str, ...]:
    return (job.driver.vehicle, job.driver.plate, job.driver.phone) if job.driver else ()
