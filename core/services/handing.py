"""Goods change hands over the counter: out to a driver, or to whoever fetches them."""

from collections.abc import Sequence
from dataclasses import replace

from core.domain import fulfilment, handover
from core.domain.delivery import Delivery
from core.domain.events import HandedOver, PinRefused
from core.domain.handover import NO_CUSTOM, Customs, Handover, PinCheck
from core.domain.holding import require_free
from core.domain.ids import OrderId
from core.domain.moment import Moment
from core.domain.order import Order
from core.domain.purchase import OrderType
from core.domain.refusal import BagOpen, Conflict, WrongWaybill
from core.domain.staff import Staff
from core.domain.stage import Stage
from core.services import steps
from core.services.aftermath import settle_recall
from core.services.telling import Telling
from core.store.unit_of_work import UnitOfWork


class HandingService:
    """`customs`: how each courier takes goods over; `staff`: who may waive a PIN; `telling`: whom it is told."""

    def __init__(self, customs: Customs, staff: Sequence[Staff] = (), telling: Telling | None = None) -> None:
        self._customs = customs
        self._staff = staff
        self._telling = telling or Telling()

    def hand_over(self, uow: UnitOfWork, order_id: OrderId, given: Handover, now: Moment) -> Order:
        """Waybill compared, parcels counted, PIN checked, time noted (C49–C52, C57)."""
        order = uow.orders.get(order_id)
        if order.stage is Stage.PREPARING:
            raise BagOpen(f"order {order.number} is not packed", found=order.stage, allowed=Stage.READY)
        require_free(order, now.at)
        if order.stage is Stage.READY:
            fulfilment.require_changes_seen(order)
        if order.purchase.type is not OrderType.DELIVERY:
            return self._fetched(uow, order, given, now)
        delivery = handover.compare(given, order, uow.deliveries.live_of(order_id))
        if delivery.handed_over_at is not None:
            raise Conflict(f"order {order.number} was handed over already")
        waived = handover.check_pin(given, delivery, self._pins(uow, delivery))
        uow.deliveries.save(replace(delivery, handed_over_at=now.at))
        uow.journal.add([_handed_over(order, delivery, waived, now)])
        settle_recall(uow, order, "the driver has it already", now)
        if order.stage is Stage.OUT:  # the courier said so first
            return order
        return self._left(uow, order_id, now)

    def refused_pin(self, uow: UnitOfWork, order_id: OrderId, now: Moment) -> None:
        """A wrong PIN counts, on every terminal and over a restart: in a transaction of its own."""
        delivery = uow.deliveries.live_of(order_id)
        if delivery is not None:
            tries = _wrong_pins(uow, delivery) + 1
            uow.journal.add([PinRefused(order_id=order_id, at=now.at, by=now.by, tries=tries)])

    def _pins(self, uow: UnitOfWork, delivery: Delivery) -> PinCheck:
        custom = self._customs.get(delivery.courier, NO_CUSTOM)
        return PinCheck(custom=custom, wrong=_wrong_pins(uow, delivery), staff=self._staff)

    def _fetched(self, uow: UnitOfWork, order: Order, given: Handover, now: Moment) -> Order:
        """No courier of ours carries it: whoever fetches it says the order's number."""
        if given.waybill.strip().lstrip("#").upper() != order.number.upper():
            raise WrongWaybill("the number is another one", found=given.waybill[:40], allowed=order.number)
        left = self._left(uow, order.id, now)
        return steps.change(uow, left.id, lambda it: fulfilment.complete(it, at=now.at, by=now.by))

    def _left(self, uow: UnitOfWork, order_id: OrderId, now: Moment) -> Order:
        left = steps.change(uow, order_id, lambda it: fulfilment.leave(it, at=now.at, by=now.by))
        self._telling.left(uow, left, now)
        return left


def _wrong_pins(uow: UnitOfWork, delivery: Delivery) -> int:
    """Of this job: another driver starts anew."""
    told = uow.journal.of(delivery.order_id)
    return sum(isinstance(event, PinRefused) and event.at >= delivery.booked_at for event in told)


def _handed_over(order: Order, delivery: Delivery, waived: str, now: Moment) -> HandedOver:
    waited = delivery.waited(now.at)
    return HandedOver(
        order_id=order.id,
        at=now.at,
        by=now.by,
        waybill=delivery.waybill,
        parcels=order.parcels,
        waited=None if waited is None else round(waited.total_seconds()),
        without_pin=waived,
    )
