"""What the feeds' own systems are told of an order: owed with the deed itself, told in the order it happened."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final

from core.domain.delivery import Delivery
from core.domain.events import GoodsReceived
from core.domain.ids import ChannelName, CourierName, LineId, SendId, fresh_id
from core.domain.moment import Moment
from core.domain.order import Order
from core.domain.send import Send, SendKind, SendState
from core.domain.shop_call import ShopAbility, ShopCall, Tracking
from core.domain.tell import ONCE
from core.services import sends
from core.store.unit_of_work import UnitOfWork

Abilities = Mapping[ChannelName, frozenset[ShopAbility]]
NOBODY: Final[Abilities] = {}
NO_COURIER: Final = CourierName("")
HOLD: Final = timedelta(seconds=5)


class Telling:
    """`abilities`: what each feed's system can be told; one that is not named is told nothing.

    `refunding`: those whose office gives all of the money back with a cancel.
    """

    def __init__(
        self, abilities: Abilities = NOBODY, hold: timedelta = HOLD, refunding: Collection[ChannelName] = ()
    ) -> None:
        self._abilities = abilities
        self._refunding = frozenset(refunding)
        self._hold = hold

    def can(self, order: Order, ability: ShopAbility) -> bool:
        """Whether the order's own system can be told."""
        return ability in self._abilities.get(order.purchase.channel, frozenset())

    def owe(self, uow: UnitOfWork, order: Order, call: ShopCall, now: Moment, *, held: bool) -> Send:
        """The shop's system is told; with `held` only after the visible seconds, until when it can be taken back."""
        send = Send(
            id=SendId(fresh_id()),
            order_id=order.id,
            kind=SendKind.TELL_SHOP,
            courier=NO_COURIER,
            channel=order.purchase.channel,
            key=call.key,
            due_at=now.at + self._hold if held else now.at,
            created_at=now.at,
            created_by=now.by,
            ref=call.key,
            call=call,
        )
        sends.owe(uow, send, now)
        return send

    def accepted(self, uow: UnitOfWork, order: Order, now: Moment) -> None:
        """The shop has said yes (C22)."""
        self._once(uow, order, call_for(order, ShopAbility.ACCEPT), now)

    def packed(self, uow: UnitOfWork, order: Order, now: Moment) -> None:
        """Ready for whoever fetches it."""
        self._once(uow, order, call_for(order, ShopAbility.READY), now)

    def left(self, uow: UnitOfWork, order: Order, now: Moment) -> None:
        """The goods are out of the house: what went, who carries it, and where the customer can look (C41)."""
        pieces = _gone_out(order)
        is_all = all(pieces.get(line.id, 0) >= line.quantity for line in order.lines if line.swap_of is None)
        call = call_for(order, ShopAbility.SHIPPED)
        call = replace(call, lines=tuple(pieces.items()), is_all=is_all, tracking=_tracking(uow, order))
        self._once(uow, order, call, now)

    def called_off(self, uow: UnitOfWork, order: Order, now: Moment, *, gives_all: bool = True) -> Send | None:
        """Rejected or cancelled: the goods are free again, the customer is told there (C26, C27).

        Not where their office would give back more than was agreed: a person does both there.
        """
        if order.purchase.is_cancelled or not self.can(order, ShopAbility.CANCEL):
            return None
        if not gives_all and order.purchase.channel in self._refunding:
            return None
        call = replace(call_for(order, ShopAbility.CANCEL), reason=order.reason, restock=True)
        return self.owe(uow, order, call, now, held=True)

    def came_back(self, uow: UnitOfWork, order: Order, received: GoodsReceived, now: Moment) -> None:
        """Goods are here again and were looked at; the sound ones can be sold (C68, C71, C78)."""
        if not self.can(order, ShopAbility.RETURN):
            return
        sound = tuple((LineId(line), count) for line, count in received.sound.items() if count)
        is_all = all(received.sound.get(line.id, 0) >= line.quantity for line in order.lines)
        call = replace(
            call_for(order, ShopAbility.RETURN), lines=sound, is_all=is_all, restock=bool(sound), reason=received.note
        )
        self.owe(uow, order, call, now, held=False)

    def _once(self, uow: UnitOfWork, order: Order, call: ShopCall, now: Moment) -> None:
        if self.can(order, call.ability) and not _is_told(uow, order, call.ability):
            self.owe(uow, order, call, now, held=False)


def call_for(order: Order, ability: ShopAbility, key: str = "") -> ShopCall:
    """About this order; the key is made before the first call."""
    purchase = order.purchase
    return ShopCall(
        ability=ability,
        key=key or fresh_id(),
        shop=purchase.shop,
        channel_order_id=purchase.channel_order_id,
        number=purchase.number,
    )


def _is_told(uow: UnitOfWork, order: Order, ability: ShopAbility) -> bool:
    """Told, or owed: packed twice is told once."""
    told = (send for send in uow.outbox.tellings(order.id) if send.call and send.call.ability is ability)
    return ability in ONCE and any(send.state is not SendState.TAKEN_BACK for send in told)


def _gone_out(order: Order) -> dict[LineId, int]:
    """Pieces by line as the shop's system knows them: what stands for a line counts as that line."""
    gone = {line.id: line.shipped for line in order.lines if line.swap_of is None}
    for line in order.lines:
        if line.swap_of is not None and line.swap_of in gone:
            gone[line.swap_of] += line.shipped
    return {line.id: min(gone[line.id], line.quantity) for line in order.lines if gone.get(line.id)}


def _tracking(uow: UnitOfWork, order: Order) -> Tracking | None:
    jobs = uow.deliveries.of(order.id)
    job: Delivery | None = next((job for job in jobs if job.is_live), next(iter(jobs), None))
    return Tracking(courier=job.courier, waybill=job.waybill, url=job.tracking_url) if job else None
