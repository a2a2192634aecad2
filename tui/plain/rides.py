"""Where a driver is and when he comes, to be heard: each with its age, and what nobody told is said to be unknown."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from core.board.drivers import DriverLine
from core.board.sheet import Sheet
from core.domain.delivery import Delivery, DeliveryState
from tui import labels
from tui.i18n import _, ngettext
from tui.labels import ride
from tui.labels.costs import cost_of
from tui.labels.words import word
from tui.plain import speech
from tui.plain.lines import Now
from tui.plain.speech import fact, lasting, sentence


def far(metres: int) -> str:
    """`40 metres`, `1.2 kilometres`."""
    shown = ride.rounded(metres)
    if shown < 1000:
        return ngettext("{count} metre", "{count} metres", shown).format(count=shown)
    return _("{count} kilometres").format(count=ride.kilometres(shown))


def where(line: DriverLine, now: Now) -> str:
    """How far from the end that counts now, and how long ago that was."""
    metres, is_there = (line.to_door, True) if line.state in ride.WITH_GOODS else (line.to_store, False)
    if line.place is None or metres is None:
        return _("position not told")
    words = _("{distance} from the door") if is_there else _("{distance} from the store")
    seen = _("{time} ago").format(time=lasting(now.at - line.place.at)) if line.place.at else _("age unknown")
    near = _("near the store by position, not by the courier's word") if ride.near(line, now.at) else ""
    return _(", ").join(filter(None, (near, words.format(distance=far(metres)), seen)))


def expected(at: datetime | None, line: DriverLine, now: Now, *, here: bool) -> str:
    """When, in how long, and when that was told; what is over says so."""
    if at is None:
        return _("no time told for here") if here else _("no time told for the customer's")
    words = _("expected here {at}") if here else _("at the customer's {at}")
    left = lasting(abs(at - now.at))
    when = _("was due {time} ago").format(time=left) if at < now.at else _("in {time}").format(time=left)
    told = _("told {time} ago").format(time=lasting(now.at - line.eta_at)) if line.eta_at else _("age unknown")
    return _(", ").join((words.format(at=labels.clock(at, now.zone)), when, told))


def next_expected(line: DriverLine, now: Now) -> str:
    """The time that counts now; nothing at the door."""
    if line.state is DeliveryState.AT_STORE:
        return ""
    return expected(ride.next_time(line), line, now, here=line.state not in ride.WITH_GOODS)


def swap(line: DriverLine, now: Now) -> str:
    """Who took over, or gave it back, a moment ago."""
    if line.changed_at is None or not line.has_swapped(now.at):
        return ""
    time = lasting(now.at - line.changed_at)
    if line.state is DeliveryState.MATCHING:
        return _("given back {time} ago by {name}").format(time=time, name=fact(line.former) or _("the driver"))
    return _("driver changed {time} ago, was {name}").format(time=time, name=fact(line.former))


def rider(line: DriverLine) -> Iterator[str]:
    """Name, vehicle, plate, phone; or that nobody said."""
    told = [fact(words) for words in (line.driver, line.vehicle, line.plate, line.phone) if words]
    yield from told or [_("nobody yet") if line.state is DeliveryState.MATCHING else _("driver not told")]


def ride_lines(sheet: Sheet, now: Now) -> Iterator[str]:
    """All that is known of a delivery."""
    line, job = sheet.ride, sheet.delivery
    if line is None or job is None:
        return
    yield sentence(word(job.state).text, job.courier, took(line, now) if job.is_live else "", labels.said(job.reason))
    yield sentence(swap(line, now))
    who = _(", ").join(rider(line))
    yield sentence(_("driver {name}").format(name=who) if line.driver or line.plate or line.phone else who)
    if job.is_live:
        yield from _on_the_way(line, now)
    yield sentence(*_compared(sheet, job))
    yield sentence(*_costs(job))
    link = _("tracking {url}").format(url=job.tracking_url) if job.tracking_url else _("no tracking link told")
    yield sentence(link)


def driver_line(line: DriverLine, now: Now) -> str:
    """Where the driver is, for how long, and who; at the door also what is compared."""
    is_here = line.state is DeliveryState.AT_STORE
    at_door = is_here and not line.handed_over
    return sentence(
        speech.order(line.number),
        word(line.state).text,
        took(line, now),
        swap(line, now),
        line.courier,
        *rider(line),
        _("waybill {waybill}").format(waybill=fact(line.waybill)) if at_door and line.waybill else "",
        _("PIN {pin}").format(pin=line.pin) if at_door and line.pin else "",
        _("handed over") if is_here and line.handed_over else "",
        "" if is_here or line.state is DeliveryState.MATCHING else where(line, now),
        next_expected(line, now),
    )


def took(line: DriverLine, now: Now) -> str:
    """`6 minutes, usually 5 to 15`."""
    since = lasting(max(timedelta(), now.at - line.state_since))
    if line.usual is None:
        return _("for {time}").format(time=since)
    return _("for {time}, usually {low} to {high} minutes").format(time=since, low=line.usual[0], high=line.usual[1])


def _on_the_way(line: DriverLine, now: Now) -> Iterator[str]:
    if line.state is not DeliveryState.MATCHING:
        yield sentence(where(line, now))
    if line.state in (DeliveryState.MATCHING, *ride.ON_THE_WAY_HERE):
        yield sentence(expected(line.eta_store, line, now, here=True))
    if line.state is not DeliveryState.RETURNING:
        yield sentence(expected(line.eta_door, line, now, here=False))
    yield sentence(_("the courier last said something {time} ago").format(time=lasting(now.at - line.told_at)))


def _compared(sheet: Sheet, job: Delivery) -> Iterator[str]:
    yield _("waybill {waybill}").format(waybill=job.waybill) if job.waybill else _("waybill not told")
    if job.pin:
        yield _("PIN {pin}").format(pin=job.pin)
    yield labels.parcels_of(sheet.order.parcels)


def _costs(job: Delivery) -> Iterator[str]:
    cost = cost_of(job)
    yield _("fee {amount}").format(amount=speech.spoken(cost)) if cost else _("fee not told")
    if job.cancel_fee is not None:
        yield _("called off for {amount}").format(amount=labels.money(job.cancel_fee))
