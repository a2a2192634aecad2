"""Money goes back through here alone: never more than was paid less what is gone, by the shop's system or by hand."""

from collections.abc import Mapping
from dataclasses import replace

from core.domain.events import MoneyOwedBack
from core.domain.ids import LineId, OrderId, RefundId, fresh_id
from core.domain.moment import Moment
from core.domain.money import Money
from core.domain.order import Order
from core.domain.purse import Purse, purse_of, require_left
from core.domain.refund import Refund
from core.domain.refusal import NoReason
from core.domain.sharing import left_of, refund_of, with_refunded
from core.domain.shop_call import ShopAbility
from core.services import refund_ends, steps
from core.services.telling import Telling, call_for
from core.store.unit_of_work import UnitOfWork


class Refunding:
    """In one transaction with the deed it is for: the store has one writer at a time, no two see the same sum left."""

    def __init__(self, telling: Telling | None = None) -> None:
        self._telling = telling or Telling()

    def purse(self, uow: UnitOfWork, order: Order) -> Purse:
        """What was paid, what is gone, what is left."""
        return purse_of(order, uow.refunds.of(order.id))

    def owe(
        self,
        uow: UnitOfWork,
        order: Order,
        refund: Refund,
        now: Moment,
        *,
        held: bool = True,
        restock: bool = False,
    ) -> Refund:
        """So much goes back; the pieces it is for count as refunded, so the order is saved anew: read it again.

        Raises `NotPaid`, `TooMuchBack`, `BadQuantity`, `UnknownLine`. Where the shop's system can't give it back, or
        nobody knows how much it gave back already, a person is asked to, with the sum.
        """
        purse = self.purse(uow, order)
        require_left(order, purse, refund.amount)
        refund_of(order, dict(refund.lines))  # refuses pieces that are not there
        counted = with_refunded(order, dict(refund.lines))
        is_told = self._telling.can(order, ShopAbility.REFUND) and not purse.is_unsure
        owed = self._told(uow, order, refund, now, held=held, restock=restock) if is_told else refund
        uow.refunds.add(owed)
        steps.keep(uow, order, counted, (_owed(owed, now),))
        if not is_told:
            refund_ends.ask(uow, order.id, "", now)
        return owed

    def all_back(self, uow: UnitOfWork, order: Order, reason: str, now: Moment) -> Refund | None:
        """Whatever is left of a paid order; None where that is nothing (C26)."""
        left = self.purse(uow, order).left
        if not left.minor:
            return None
        return self.owe(uow, order, fresh(order, left, reason, now, left_of(order)), now)

    def give(
        self,
        uow: UnitOfWork,
        order_id: OrderId,
        amount: Money | None,
        reason: str,
        lines: Mapping[LineId, int],
        now: Moment,
    ) -> Refund:
        """What a person decided: a sum, or what the pieces named were paid with (C74, L24)."""
        if not reason.strip():
            raise NoReason("a refund needs a reason", found="none", allowed="a reason")
        order = uow.orders.get(order_id)
        share = amount if amount is not None else self.share(uow, order, lines)
        return self.owe(uow, order, fresh(order, share, reason.strip(), now, lines), now)

    def share(self, uow: UnitOfWork, order: Order, lines: Mapping[LineId, int]) -> Money:
        """What so many pieces were paid with, of what is left."""
        return refund_of(order, lines, refunded=self.purse(uow, order).gone).total

    def _told(self, uow: UnitOfWork, order: Order, refund: Refund, now: Moment, *, held: bool, restock: bool) -> Refund:
        call = replace(
            call_for(order, ShopAbility.REFUND, key=refund.id),
            lines=refund.lines,
            is_all=refund.amount == order.purchase.total,
            money=refund.amount,
            reason=refund.reason,
            restock=restock,
        )
        return replace(refund, send_id=self._telling.owe(uow, order, call, now, held=held).id)


def fresh(order: Order, amount: Money, reason: str, now: Moment, lines: Mapping[LineId, int]) -> Refund:
    """One nobody owes yet."""
    return Refund(
        id=RefundId(fresh_id()),
        order_id=order.id,
        amount=amount,
        reason=reason,
        by=now.by,
        at=now.at,
        lines=tuple((line_id, pieces) for line_id, pieces in lines.items() if pieces),
    )


def _owed(refund: Refund, now: Moment) -> MoneyOwedBack:
    return MoneyOwedBack(
        order_id=refund.order_id,
        at=now.at,
        by=now.by,
        refund_id=refund.id,
        amount=refund.amount.text,
        currency=refund.amount.currency,
        reason=refund.reason,
        is_by_hand=refund.send_id is None,
    )
