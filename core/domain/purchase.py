"""What the channel says was bought: the neutral order of order_sources section 0."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from core.domain import payment as money_state
from core.domain.ids import ChannelName, OrderId, order_id
from core.domain.line import OrderLine
from core.domain.money import Money
from core.domain.payment import Payment


class OrderType(StrEnum):
    """How the goods reach the customer."""

    DELIVERY = "delivery"
    PICKUP = "pickup"
    SHIPPING = "shipping"
    DINE_IN = "dine_in"
    VIRTUAL = "virtual"


@dataclass(frozen=True, kw_only=True)
class Customer:
    """Whom the goods go to; latitude and longitude in degrees WGS-84."""

    name: str = ""
    phone: str = ""
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, kw_only=True)
class Purchase:
    """An order as its channel tells it; replaced whole by a newer telling. Texts are tidied, times aware."""

    channel: ChannelName
    shop: str
    channel_order_id: str
    number: str
    updated_at: datetime
    placed_at: datetime
    payment: Payment
    type: OrderType = OrderType.DELIVERY
    customer: Customer = Customer()
    lines: tuple[OrderLine, ...]
    total: Money
    promised_from: datetime | None = None
    promised_to: datetime | None = None
    accept_by: datetime | None = None  # the channel's own deadline; after it the channel cancels by itself
    note: str = ""
    allergens: str = ""
    wants_invoice: bool = False
    is_test: bool = False
    cancel_reason: str | None = None  # set: the channel says the order is cancelled
    is_fulfilled: bool = False  # shipped or closed in the shop's own system
    clash: str = ""  # what in the message contradicts itself
    discount: Money | None = None  # off the whole order, a positive sum; None: nobody said, as for the next two
    tax: Money | None = None
    delivery_fee: Money | None = None
    tax_included: bool = True  # in the lines' prices; else it came on top

    @property
    def order_id(self) -> OrderId:
        """The id the order has in this house."""
        return order_id(self.channel, self.shop, self.channel_order_id)

    @property
    def is_cancelled(self) -> bool:
        """The channel called the order off."""
        return self.cancel_reason is not None

    @property
    def standing(self) -> tuple[datetime, bool, int]:
        """Newest wins; within one second the message that is further along wins."""
        return self.updated_at, self.is_cancelled, money_state.PROGRESS[self.payment]

    @property
    def pieces(self) -> int:
        """Pieces ordered, gifts included (C102)."""
        return sum(line.quantity for line in self.bought)

    @property
    def weight_g(self) -> int | None:
        """Grams ordered; None when the weight of any line is unknown (C101)."""
        weights = [line.weight_g for line in self.bought]
        if not weights or None in weights:
            return None
        return sum((line.weight_g or 0) * line.quantity for line in self.bought)

    @property
    def bought(self) -> tuple[OrderLine, ...]:
        """The lines that were ordered, without what goes in the place of one."""
        return tuple(line for line in self.lines if line.swap_of is None)

    def carrying_on(self, earlier: tuple[OrderLine, ...]) -> "Purchase":
        """This telling, with what was already picked and shipped of the same lines, and what goes instead of some."""
        known = {line.id: line for line in earlier}
        lines = tuple(_carry_on(line, known.get(line.id)) for line in self.lines)
        told = {line.id for line in lines}
        instead = (line for line in earlier if line.swap_of is not None and line.id not in told)
        return replace(self, lines=(*lines, *instead))


def _carry_on(line: OrderLine, earlier: OrderLine | None) -> OrderLine:
    if earlier is None:
        return line
    return replace(
        line,
        picked=min(earlier.picked, line.quantity),
        shipped=earlier.shipped,
        refunded=earlier.refunded,
        weight_g=earlier.weight_g if line.weight_g is None else line.weight_g,  # silence takes nothing back
        size=line.size or earlier.size,
    )
