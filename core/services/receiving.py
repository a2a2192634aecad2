"""What becomes of goods that were received and counted: the shop's system hears of it, the money goes back."""

from dataclasses import replace

from core.domain import goods_back
from core.domain.agreement import agreed_back
from core.domain.bearer import Bearer
from core.domain.events import GoodsReceived
from core.domain.goods_back import Onward
from core.domain.ids import LineId
from core.domain.moment import Moment
from core.domain.money import Money
from core.domain.order import Order
from core.domain.problem import ProblemKind
from core.domain.sharing import Shares, nothing, refund_of, within
from core.domain.shop_call import ShopAbility
from core.domain.trouble_scripts import Task, at_task
from core.services import way_troubles
from core.services.refunding import Refunding, fresh
from core.services.telling import Telling
from core.store.unit_of_work import UnitOfWork


class Receiving:
    """Sound goods can be sold again, damaged and missing ones are written off: the shop is told which (C27)."""

    def __init__(self, telling: Telling | None = None, refunding: Refunding | None = None) -> None:
        self._telling = telling or Telling()
        self._refunding = refunding or Refunding(self._telling)

    def received(self, uow: UnitOfWork, order: Order, received: GoodsReceived, onward: Onward, now: Moment) -> Order:
        """The trouble ends when the money is on its way, and stays while that is to be agreed (C70, C74)."""
        self._telling.came_back(uow, order, received, now)
        if onward is Onward.LATER and self._is_paid(uow, order):
            self._to_be_decided(uow, order, received, now)
            return order
        if onward is not Onward.LATER:
            self._give_back(uow, order, received, onward, now)
        way_troubles.received(uow, order.id, goods_back.found_words(received), now)
        return uow.orders.get(order.id)

    def share(self, uow: UnitOfWork, order: Order, onward: Onward) -> Shares:
        """What would go back with all that left; without the delivery fee where the customer pays for the way."""
        purse = self._refunding.purse(uow, order)
        shares = refund_of(order, gone(order), refunded=purse.gone)
        agreed = self._agreed(uow, order) if onward is Onward.REFUND else None
        if agreed is not None:  # with the customer, on the telephone (L26)
            return within(replace(nothing(order), goods=agreed, total=agreed), purse.left.minor)
        is_whole = onward is Onward.REFUND_ALL or not self._customer_pays(uow, order)
        kept = Money(0, shares.total.currency) if is_whole else _fee(order, shares)
        return replace(shares, fee=shares.fee - kept, total=shares.total - kept)

    def _give_back(self, uow: UnitOfWork, order: Order, received: GoodsReceived, onward: Onward, now: Moment) -> None:
        if not self._is_paid(uow, order):
            return
        amount = self.share(uow, order, onward).total
        if amount.minor <= 0:
            return
        is_told_there = self._telling.can(order, ShopAbility.RETURN)  # which frees the stock already
        restock = not is_told_there and not received.damaged and not received.missing
        refund = fresh(order, amount, goods_back.found_words(received), now, gone(order))
        self._refunding.owe(uow, order, refund, now, restock=restock)

    def _agreed(self, uow: UnitOfWork, order: Order) -> Money | None:
        problem = way_troubles.of_way(uow, order.id)
        return agreed_back(uow.journal.of(order.id), problem.opened_at) if problem is not None else None

    def _is_paid(self, uow: UnitOfWork, order: Order) -> bool:
        return order.is_paid and self._refunding.purse(uow, order).left.minor > 0

    def _customer_pays(self, uow: UnitOfWork, order: Order) -> bool:
        problem = way_troubles.of_way(uow, order.id)
        return problem is not None and problem.bearer == Bearer.CUSTOMER

    def _to_be_decided(self, uow: UnitOfWork, order: Order, received: GoodsReceived, now: Moment) -> None:
        words = goods_back.found_words(received)
        problem = way_troubles.of_way(uow, order.id)
        problem = problem or way_troubles.found(uow, order.id, ProblemKind.GOODS_RETURNING, now, words)
        uow.problems.save(at_task(problem, Task.DECIDE, now.at))


def _fee(order: Order, shares: Shares) -> Money:
    """Of the way alone: where nobody told prices, what was paid beside the goods says nothing of it."""
    told = order.purchase.delivery_fee
    if told is None:
        return Money(0, shares.fee.currency) if shares.unpriced else shares.fee
    return min(told, shares.fee)


def gone(order: Order) -> dict[LineId, int]:
    """Pieces that left and that no money went back for."""
    pieces = {line.id: min(order.needed(line), line.quantity - line.refunded) for line in order.lines}
    return {line_id: count for line_id, count in pieces.items() if count > 0}
