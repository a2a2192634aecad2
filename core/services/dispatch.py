"""Call the driver, take it back, recall."""

from core.domain import fulfilment
from core.domain.delivery import RECALLABLE
from core.domain.holding import require_free
from core.domain.ids import OrderId, SendId, fresh_id
from core.domain.moment import Moment
from core.domain.order import Order
from core.domain.quote import Quote
from core.domain.refusal import (
    AlreadyCalled,
    NothingHeld,
    NothingToTakeBack,
    NotReady,
    NotRecallable,
)
from core.domain.send import Send, SendKind
from core.domain.stage import Stage
from core.domain.store_rules import StoreRules
from core.domain.why import Why
from core.services.aftermath import owe_recall
from core.services.choosing import Choosing
from core.services.sends import owe, take_back
from core.services.timing import Timing
from core.store.unit_of_work import UnitOfWork


class DispatchService:
    """At most one open call or live job for an order at any instant (X6)."""

    def __init__(self, rules: StoreRules, choosing: Choosing, timing: Timing | None = None) -> None:
        self._rules = rules
        self._choosing = choosing
        self._timing = timing or Timing()

    def ship(
        self,
        uow: UnitOfWork,
        order_id: OrderId,
        courier: str | None,
        now: Moment,
        *,
        quote: Quote | None = None,
        why: Why | None = None,
    ) -> Send:
        """已出貨: owe the courier a call, which leaves after the held seconds (C40, C41).

        Without a courier the preferred one that can carry it; `quote` is an offer of the courier named.
        """
        order = self.require_shippable(uow, order_id, now)
        name, reason = self._choosing.pick(order, courier, now)
        send = Send(
            id=SendId(fresh_id()),
            order_id=order_id,
            kind=SendKind.BOOK_COURIER,
            courier=name,
            key=fresh_id(),
            due_at=now.at + self._rules.hold_sends,
            created_at=now.at,
            created_by=now.by,
            quote=quote if quote is not None and quote.courier == name else None,
            why=(why or reason).packed,
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

    def require_shippable(self, uow: UnitOfWork, order_id: OrderId, now: Moment) -> Order:
        """The order; refuses one that no driver can be called for now: while it is packed, until the timer says so."""
        order = uow.orders.get(order_id)
        if not order.is_in_the_shop:
            raise NotReady(f"order {order.number} is {order.stage}", found=order.stage, allowed=Stage.READY)
        fulfilment.require_changes_seen(order)
        require_free(order, now.at)
        self._choosing.require_carried(order)
        if uow.outbox.open_of(order.id) or uow.deliveries.live_of(order.id):
            raise AlreadyCalled(f"a courier is called for order {order.number}", found="called", allowed="once")
        if order.stage is Stage.PREPARING:
            self._timing.require_due(uow, order, now.at)
        return order
