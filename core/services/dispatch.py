"""Call the driver, take it back, recall, hand over."""

from collections.abc import Mapping
from dataclasses import replace

from core.domain import fulfilment, handover
from core.domain.acceptance import kilograms
from core.domain.delivery import RECALLABLE
from core.domain.events import HandedOver
from core.domain.handover import Handover
from core.domain.ids import CourierName, OrderId, SendId, fresh_id
from core.domain.limits import CourierLimits
from core.domain.moment import Moment
from core.domain.order import Order
from core.domain.purchase import OrderType
from core.domain.refusal import (
    AlreadyCalled,
    Conflict,
    NoCourier,
    NothingHeld,
    NothingToTakeBack,
    NotReady,
    NotRecallable,
    WrongWaybill,
)
from core.domain.send import Send, SendKind
from core.domain.stage import Stage
from core.domain.store_rules import StoreRules
from core.services import steps
from core.services.aftermath import owe, owe_recall, take_back
from core.store.unit_of_work import UnitOfWork


class DispatchService:
    """At most one open call or live job for an order at any instant (X6)."""

    def __init__(self, rules: StoreRules, carriers: Mapping[CourierName, CourierLimits]) -> None:
        self._rules = rules
        self._carriers = carriers  # in the order the store prefers them

    def ship(self, uow: UnitOfWork, order_id: OrderId, courier: str | None, now: Moment) -> Send:
        """已出貨: owe the courier a call, which leaves after the held seconds (C40, C41)."""
        order = uow.orders.get(order_id)
        self._require_shippable(uow, order)
        send = Send(
            id=SendId(fresh_id()),
            order_id=order_id,
            kind=SendKind.BOOK_COURIER,
            courier=self._choose(order, courier),
            key=fresh_id(),
            due_at=now.at + self._rules.hold_sends,
            created_at=now.at,
            created_by=now.by,
        )
        owe(uow, send, now)
        return send

    def take_back(self, uow: UnitOfWork, order_id: OrderId, now: Moment) -> Send:
        """Undo a held send; raises `NothingToTakeBack` when it has left."""
        send = uow.outbox.open_of(order_id)
        if send is None:
            raise self._nothing_held(uow, order_id)
        if send.kind is SendKind.CANCEL_COURIER and uow.orders.get(order_id).has_ended:
            raise NothingToTakeBack("the order is called off, so its driver must be too", found=send.kind)
        take_back(uow, send, now)
        return send

    def _nothing_held(self, uow: UnitOfWork, order_id: OrderId) -> NothingToTakeBack:
        """The call has left, where a courier works on it; else there was none."""
        if uow.deliveries.live_of(order_id) is not None:
            return NothingToTakeBack("the call has left already", found="done")
        return NothingHeld("nothing is held for this order", found="none")

    def recall(self, uow: UnitOfWork, order_id: OrderId, now: Moment) -> None:
        """End the search for a driver, possible only while matching (C77–C80)."""
        send = uow.outbox.open_of(order_id, SendKind.BOOK_COURIER)
        if send is not None and not send.may_have_left:
            return take_back(uow, send, now)
        if send is not None:
            return uow.outbox.save(send.unwanted(now.at))
        delivery = uow.deliveries.live_of(order_id)
        if delivery is None or delivery.state not in RECALLABLE:
            found = delivery.state.value if delivery else "none"
            raise NotRecallable("only a search can be called off", found=found, allowed="matching")
        return owe_recall(uow, order_id, delivery.courier, delivery.ref, now)

    def hand_over(self, uow: UnitOfWork, order_id: OrderId, given: Handover, now: Moment) -> Order:
        """Waybill compared, parcels counted, PIN checked, time noted (C49–C52, C57)."""
        order = uow.orders.get(order_id)
        if order.stage is Stage.READY:
            fulfilment.require_changes_seen(order)
        if order.purchase.type is not OrderType.DELIVERY:
            return self._fetched(uow, order, given, now)
        delivery = handover.compare(given, order, uow.deliveries.live_of(order_id))
        if delivery.handed_over_at is not None:
            raise Conflict(f"order {order.number} was handed over already")
        uow.deliveries.save(replace(delivery, handed_over_at=now.at))
        handed = HandedOver(order_id=order_id, at=now.at, by=now.by, waybill=delivery.waybill, parcels=order.parcels)
        uow.journal.add([handed])
        if order.stage is Stage.OUT:  # the courier said so first
            return order
        return steps.change(uow, order_id, lambda it: fulfilment.leave(it, at=now.at, by=now.by))

    def _fetched(self, uow: UnitOfWork, order: Order, given: Handover, now: Moment) -> Order:
        """No courier of ours carries it: whoever fetches it says the order's number."""
        if given.waybill.strip().lstrip("#").upper() != order.number.upper():
            raise WrongWaybill("the number is another one", found=given.waybill[:40], allowed=order.number)
        left = steps.change(uow, order.id, lambda it: fulfilment.leave(it, at=now.at, by=now.by))
        return steps.change(uow, left.id, lambda it: fulfilment.complete(it, at=now.at, by=now.by))

    def _require_shippable(self, uow: UnitOfWork, order: Order) -> None:
        if order.stage is not Stage.READY:
            raise NotReady(f"order {order.number} is {order.stage}", found=order.stage, allowed=Stage.READY)
        fulfilment.require_changes_seen(order)
        if order.purchase.type is not OrderType.DELIVERY:
            found = order.purchase.type.value
            raise NoCourier(f"order {order.number} is {found}: no courier is called", found=found, allowed="delivery")
        if uow.outbox.open_of(order.id) or uow.deliveries.live_of(order.id):
            raise AlreadyCalled(f"a courier is called for order {order.number}", found="called", allowed="once")

    def _choose(self, order: Order, wanted: str | None) -> CourierName:
        """The one asked for, else the first that can lift it (X2); raises `NoCourier` with the weights."""
        names = [name for name in self._carriers if wanted in (None, name)]
        if not names:
            known = ", ".join(self._carriers) or "none is configured"
            message = f"no courier is called {wanted!r:.60}" if wanted else "no courier is configured"
            raise NoCourier(message, found=wanted or "none", allowed=known)
        weight = order.purchase.weight_g
        able = [name for name in names if self._carriers[name].can_lift(weight)]
        if not able:
            limits = ", ".join(f"{name} {kilograms(self._carriers[name].max_weight_g or 0)} kg" for name in names)
            found = f"{kilograms(weight or 0)} kg"
            raise NoCourier(f"order {order.number} weighs {found}: {limits}", found=found, allowed=limits)
        return able[0]
