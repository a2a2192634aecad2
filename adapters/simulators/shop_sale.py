"""One sale of the simulated shop, as it stands when its shop system tells of it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random
from typing import Final

from adapters.simulators.shop_goods import BY_SKU, GOODS, Good
from adapters.simulators.shop_people import Person, anyone

DELIVERY_FEE: Final = 60  # New Taiwan dollars
MOST_GRAMS: Final = 12_000  # of an ordinary sale: every courier carries it
FIRST_NUMBER: Final = 1001


class Event(StrEnum):
    """What a shop system tells of."""

    CREATED = "created"
    PAID = "paid"
    UPDATED = "updated"
    CANCELLED = "cancelled"


class MoneyState(StrEnum):
    """How the money stands."""

    UNPAID = "unpaid"
    PAID = "paid"
    COD = "cod"
    REFUNDED = "refunded"


@dataclass(frozen=True, kw_only=True)
class Item:
    """Pieces of one good; `place` counts from 1 and stays when the sale changes."""

    place: int
    good: Good
    pieces: int


@dataclass(frozen=True, kw_only=True)
class Sale:
    """What was bought; whole New Taiwan dollars, times aware."""

    place: int  # in the day, from 0
    event: Event
    money: MoneyState
    person: Person
    items: tuple[Item, ...]
    placed_at: datetime
    updated_at: datetime
    due_from: datetime
    note: str = ""
    is_test: bool = False

    @property
    def number(self) -> int:
        """What people say aloud."""
        return FIRST_NUMBER + self.place

    @property
    def due_to(self) -> datetime:
        """The promised window is half an hour wide."""
        return self.due_from + timedelta(minutes=30)

    @property
    def total(self) -> int:
        """Goods and the way."""
        return sum(item.good.price * item.pieces for item in self.items) + DELIVERY_FEE

    @property
    def grams(self) -> int:
        return sum(item.good.grams * item.pieces for item in self.items)

    @property
    def pieces(self) -> int:
        return sum(item.pieces for item in self.items)

    def later(self, seconds: float, event: Event, money: MoneyState) -> "Sale":
        """The same sale as told again after a while."""
        moment = self.updated_at + timedelta(seconds=int(seconds))
        return replace(self, event=event, money=money, updated_at=moment)

    def one_more(self) -> "Sale":
        """One more piece of the first good."""
        first, *others = self.items
        return replace(self, items=(replace(first, pieces=first.pieces + 1), *others))


def a_sale(rng: Random, place: int, at: datetime) -> Sale:
    """An ordinary sale, paid at once."""
    person = anyone(rng)
    return Sale(
        place=place,
        event=Event.PAID,
        money=MoneyState.PAID,
        person=person,
        items=_basket(rng),
        placed_at=at,
        updated_at=at,
        due_from=_half_hour_after(at + timedelta(minutes=rng.randrange(40, 60))),
        note=person.wish,
    )


def of(*wanted: tuple[str, int]) -> tuple[Item, ...]:
    """Items by article number and pieces."""
    return tuple(Item(place=place, good=BY_SKU[sku], pieces=pieces) for place, (sku, pieces) in enumerate(wanted, 1))


def _basket(rng: Random) -> tuple[Item, ...]:
    """One to four goods that every courier carries, with room for one piece more."""
    while True:
        goods = rng.sample(GOODS, rng.choice((1, 2, 2, 3, 3, 4)))
        items = of(*((good.sku, rng.choice((1, 1, 2))) for good in goods))
        if sum(item.good.grams * item.pieces for item in items) <= MOST_GRAMS - 5_100:
            return items


def _half_hour_after(moment: datetime) -> datetime:
    whole = moment.replace(minute=moment.minute // 30 * 30, second=0, microsecond=0)
    return whole + timedelta(minutes=30)
