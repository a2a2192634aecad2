"""The money of one order: what was paid, what went back or is on its way, what is left."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from core.domain.money import Money, total_of
from core.domain.order import Order
from core.domain.payment import Payment, is_received
from core.domain.refund import Refund, RefundState
from core.domain.refusal import NotPaid, TooMuchBack

SETTLED: Final = frozenset({RefundState.DONE, RefundState.BY_HAND})


@dataclass(frozen=True, kw_only=True)
class Purse:
    """`is_unsure`: the channel says that part went back, and neither how much nor through us."""

    paid: Money
    gone: Money
    is_unsure: bool = False

    @property
    def left(self) -> Money:
        """The most that may still go back."""
        return Money(max(0, self.paid.minor - self.gone.minor), self.paid.currency)


def purse_of(order: Order, refunds: Iterable[Refund]) -> Purse:
    """Money that never arrived, or is back already by the channel's word, leaves nothing to give back."""
    known, currency = list(refunds), order.purchase.total.currency
    paid = order.purchase.total if is_received(order.purchase.payment) else Money(0, currency)
    ours = [refund for refund in known if refund.is_counted]
    is_explained = any(refund.state in SETTLED or refund.send_id for refund in ours)
    return Purse(
        paid=paid,
        gone=total_of((refund.amount for refund in ours), currency),
        is_unsure=order.purchase.payment is Payment.PART_REFUNDED and not is_explained,
    )


def require_left(order: Order, purse: Purse, amount: Money) -> None:
    """Raises `NotPaid`, or `TooMuchBack` for more than is left, or for nothing."""
    if not order.is_paid:
        found = order.purchase.payment.value
        raise NotPaid(f"order {order.number} has no money to give back: {found}", found=found, allowed="paid")
    if not 0 < amount.minor <= purse.left.minor or amount.currency != purse.left.currency:
        found, allowed = f"{amount.text} {amount.currency}", f"{purse.left.text} {purse.left.currency}"
        message = f"{found} cannot go back: of {purse.paid.text} paid {allowed} are left"
        raise TooMuchBack(message, found=found, allowed=allowed)
