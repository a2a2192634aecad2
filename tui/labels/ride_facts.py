"""All that is known of a delivery, by name: the same for the panel, the command line and plain mode."""

from collections.abc import Iterator
from datetime import datetime, tzinfo

from core.board.drivers import DriverLine
from core.board.sheet import Sheet
from core.domain.delivery import Delivery, DeliveryState
from core.domain.handover import PinAt
from tui.i18n import _
from tui.labels import ride
from tui.labels.amounts import money
from tui.labels.costs import cost_of
from tui.labels.ride import Said, untold
from tui.labels.times import ago, clock

Fact = tuple[str, tuple[Said, ...]]
"""Its name, and what is said of it."""


def facts(sheet: Sheet, now: datetime, zone: tzinfo) -> Iterator[Fact]:
    """Where it is first, then what is compared, then what it costs; nothing is left out for being unknown."""
    delivery, line = sheet.delivery, sheet.ride
    if delivery is None or line is None:
        return
    yield _("driver"), tuple(ride.person(line))
    if delivery.state is not DeliveryState.MATCHING:
        yield _("vehicle"), tuple(ride.vehicle(line))
    if delivery.is_live:
        yield from _where(line, now, zone)
    yield from _compared(sheet, delivery, zone)
    yield from _costs(delivery)
    yield _("tracking"), (Said(delivery.tracking_url) if delivery.tracking_url else untold(),)
    if delivery.is_live:
        yield _("last heard"), (Said(_("{time} ago").format(time=ago(now - line.told_at))),)


def _where(line: DriverLine, now: datetime, zone: tzinfo) -> Iterator[Fact]:
    if line.state is not DeliveryState.MATCHING:
        yield _("position"), tuple(ride.spots(line, now))
    if line.state in (DeliveryState.MATCHING, *ride.ON_THE_WAY_HERE):
        yield _("expected here"), tuple(ride.expected(line.eta_store, line, now, zone))
    if line.state is not DeliveryState.RETURNING:
        yield _("at the customer's"), tuple(ride.expected(line.eta_door, line, now, zone))


def _compared(sheet: Sheet, delivery: Delivery, zone: tzinfo) -> Iterator[Fact]:
    yield _("waybill"), (Said(delivery.waybill) if delivery.waybill else untold(),)
    if delivery.pin or sheet.pin_at is not PinAt.NONE:
        yield _("PIN"), (Said(delivery.pin) if delivery.pin else untold(),)
    yield _("parcels"), (Said(str(sheet.order.parcels)),)
    if delivery.handed_over_at:
        yield _("handed over"), (Said(clock(delivery.handed_over_at, zone)),)


def _costs(delivery: Delivery) -> Iterator[Fact]:
    cost = cost_of(delivery)
    yield _("fee"), (Said(cost) if delivery.fee else untold(), *((Said(cost),) if cost and not delivery.fee else ()))
    if delivery.cancel_fee is not None:
        yield _("called off for"), (Said(money(delivery.cancel_fee)),)
