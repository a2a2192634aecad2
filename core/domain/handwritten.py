"""An order keyed in from a telephone call (L3, L4): a draft until it was read back and confirmed (L5)."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from core.domain.ids import ChannelName, LineId, OrderId, fresh_id, order_id
from core.domain.line import OrderLine
from core.domain.money import Money, total_of
from core.domain.payment import Payment
from core.domain.purchase import Customer, OrderType, Purchase
from core.domain.text import tidy

BY_HAND: Final = ChannelName("hand")
MOST_PIECES: Final = 999  # of one item
MOST_LINES: Final = 100
LONGEST_NOTE: Final = 500  # letters


class PaidHow(StrEnum):
    """What the caller says of the money."""

    CHANNEL = "channel"  # where it was ordered
    CASH = "cash"  # here
    CARD = "card"  # here
    LATER = "later"
    AT_THE_DOOR = "at_the_door"


PAYMENTS: Final[dict[PaidHow, Payment]] = {
    PaidHow.CHANNEL: Payment.PAID,
    PaidHow.CASH: Payment.PAID,
    PaidHow.CARD: Payment.PAID,
    PaidHow.LATER: Payment.UNPAID,
    PaidHow.AT_THE_DOOR: Payment.COD,
}
PAID_HERE: Final = frozenset({PaidHow.CASH, PaidHow.CARD})


class Lack(StrEnum):
    """What an order cannot do without (L4)."""

    NAME = "name"
    PHONE = "phone"
    ADDRESS = "address"
    GOODS = "goods"


@dataclass(frozen=True, kw_only=True)
class HandLine:
    """So many pieces of one item; `price` of one, None when nobody knows; without `sku` it is in one's own words."""

    name: str
    quantity: int = 1
    sku: str = ""
    barcode: str = ""
    price: Money | None = None

    def is_like(self, other: "HandLine") -> bool:
        """The same item at the same price."""
        return (self.sku or self.name.casefold(), self.price) == (other.sku or other.name.casefold(), other.price)


@dataclass(frozen=True, kw_only=True)
class HandOrder:
    """What was keyed in so far. `channel`: the feed it belongs to, `number` what it has there; empty: nobody knows."""

    id: str = field(default_factory=fresh_id)
    name: str = ""
    phone: str = ""
    address: str = ""
    type: OrderType = OrderType.DELIVERY
    promised_to: datetime | None = None
    note: str = ""
    allergens: str = ""
    channel: str = ""
    number: str = ""
    paid: PaidHow = PaidHow.CHANNEL
    lines: tuple[HandLine, ...] = ()

    @property
    def order_id(self) -> OrderId:
        """Confirmed twice it is one order."""
        return order_id(BY_HAND, self.channel, self.id)

    @property
    def called(self) -> str:
        """Its number on its channel, else one of ours."""
        return self.number or own_number(self.id)

    @property
    def is_empty(self) -> bool:
        """Nothing a person would miss."""
        words = (self.name, self.phone, self.address, self.note, self.allergens, self.number)
        return not any(words) and not self.lines and self.promised_to is None

    @property
    def lacking(self) -> tuple[Lack, ...]:
        """What must still be asked."""
        needs_address = self.type in (OrderType.DELIVERY, OrderType.SHIPPING)
        there = {Lack.NAME: self.name, Lack.PHONE: self.phone, Lack.GOODS: self.lines}
        there |= {Lack.ADDRESS: self.address} if needs_address else {}
        return tuple(lack for lack in Lack if lack in there and not there[lack])

    @property
    def unpriced(self) -> tuple[HandLine, ...]:
        """Items whose price nobody knows."""
        return tuple(line for line in self.lines if line.price is None)

    def total(self, currency: str) -> Money:
        """Of what has a price, to the cent."""
        return total_of((line.price * line.quantity for line in self.lines if line.price is not None), currency)

    def with_line(self, line: HandLine) -> "HandOrder":
        """One item more; of one that is there already, more pieces."""
        at = next((at for at, old in enumerate(self.lines) if old.is_like(line)), None)
        if at is not None:
            return self.with_pieces(at, self.lines[at].quantity + line.quantity)
        return replace(self, lines=(*self.lines, line)[:MOST_LINES])

    def with_pieces(self, at: int, quantity: int) -> "HandOrder":
        """So many pieces of an item; none: it goes."""
        count = max(0, min(MOST_PIECES, quantity))
        lines = [replace(line, quantity=count) if place == at else line for place, line in enumerate(self.lines)]
        return replace(self, lines=tuple(line for line in lines if line.quantity))


def own_number(id: str) -> str:
    """What people call an order whose number on its channel nobody knows."""
    return f"H{id[:4].upper()}"


def tidied(form: HandOrder) -> HandOrder:
    """Every word of it harmless, on one line, with an end."""
    return replace(
        form,
        name=tidy(form.name, 80),
        phone=tidy(form.phone, 40),
        address=tidy(form.address),
        note=tidy(form.note, LONGEST_NOTE),
        allergens=tidy(form.allergens, LONGEST_NOTE),
        number=tidy(form.number, 40).lstrip("#"),
        lines=tuple(replace(line, name=tidy(line.name)) for line in form.lines),
    )


def purchase_of(form: HandOrder, at: datetime, currency: str) -> Purchase:
    """The order as any other; the channel it belongs to stands in the place of the shop until its copy comes."""
    return Purchase(
        channel=BY_HAND,
        shop=form.channel,
        channel_order_id=form.id,
        number=form.called,
        updated_at=at,
        placed_at=at,
        payment=PAYMENTS[form.paid],
        type=form.type,
        customer=Customer(name=form.name, phone=form.phone, address=form.address),
        lines=tuple(_lines(form.lines)),
        total=form.total(currency),
        promised_to=form.promised_to,
        note=form.note,
        allergens=form.allergens,
    )


def is_by_hand(purchase: Purchase) -> bool:
    """Keyed in, and its channel's own copy has not come (or there is none)."""
    return purchase.channel == BY_HAND


def said_number(purchase: Purchase) -> str:
    """The number on its channel that the caller knew; empty when none."""
    return "" if purchase.number == own_number(purchase.channel_order_id) else purchase.number


def _lines(lines: Iterable[HandLine]) -> Iterable[OrderLine]:
    for place, line in enumerate(lines, start=1):
        yield OrderLine(
            id=LineId(str(place)),
            sku=line.sku,
            name=line.name,
            quantity=line.quantity,
            unit_price=line.price,
            barcode=line.barcode,
        )
