"""What may become of the money for goods that came back; asked of the desk for screen and plain mode alike."""

from core.domain.goods_back import Onward
from core.domain.money import Money
from core.domain.order import Order
from core.ports.desk import Desk


async def sums_back(desk: Desk, order: Order) -> dict[Onward, Money]:
    """With the fee only where that is another sum; nothing where nothing was paid, or all went back."""
    if not order.is_paid:
        return {}
    usual, whole = [await desk.share_back(order.id, onward) for onward in (Onward.REFUND, Onward.REFUND_ALL)]
    if not whole.minor:
        return {}
    sums = {Onward.REFUND: usual} if usual == whole else {Onward.REFUND: usual, Onward.REFUND_ALL: whole}
    return {**sums, Onward.LATER: usual}
