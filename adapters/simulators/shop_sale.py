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
FEES: Final = (DELIVERY_FEE, DELIVERY_FEE, DELIVERY_FEE, 0, 45)
WISHES: Final = (
    ("", ""),
    ("", ""),
    ("call", "請先打電話 Call me first"),
    ("swap", "類似的就好 Something similar is fine"),
    ("leave_out", "沒有就不要 Leave it out"),
)


class Event(StrEnum):
    """What a shop system tells of."""

    CREATED = "created"
    PAID = "paid"
    UPDATED = "updated"
    CANCELLED = "cancelled"
    PREPARING = "preparing"
    SENT = "sent"
    REFUNDED = "refunded"
    RETURNED = "returned"


class MoneyState(StrEnum):
    """How the money stands."""

    UNPAID = "unpaid"
    PAID = "paid"
    COD = "cod"
    PART_REFUNDED = "part_refunded"
    REFUNDED = "refunded"


@dataclass(frozen=True, kw_only=True)
class Item:
    """Pieces of one good; `place` counts from 1 and stays when the sale changes. `discount` is off all of them."""

    place: int
    good: Good
    pieces: int
    discount: int = 0
    if_missing: str = ""  # a word of our standard order
    wish: str = ""

    @property
    def full(self) -> int:
        """Before discounts."""
        return self.good.price * self.pieces

    @property
    def total(self) -> int:
        """After its own."""
        return self.full - self.discount


@dataclass(frozen=True, kw_only=True)
class Back:
    """Something given back: cents, and pieces by place. `key` is the caller's own."""

    id: int
    key: str
    note: str
    cents: int
    pieces: tuple[tuple[int, int], ...] = ()


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
    discount: int = 0  # off the whole sale
    fee: int = DELIVERY_FEE
    is_preparing: bool = False
    is_off: bool = False  # cancelled
    sent: tuple[tuple[int, int], ...] = ()  # pieces by place
    backs: tuple[Back, ...] = ()
    return_status: str = "no_need"  # CYBERBIZ's word

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
        """Goods and the way, as paid."""
        return sum(item.total for item in self.items) - self.discount + self.fee

    @property
    def tax_cents(self) -> int:
        """Five percent, which the prices hold."""
        return round(self.total * 100 * 5 / 105)

    @property
    def back_cents(self) -> int:
        """Money that went back."""
        return sum(back.cents for back in self.backs)

    def gone(self, place: int) -> int:
        """Pieces of a line that went."""
        return sum(pieces for at, pieces in self.sent if at == place)

    def back(self, place: int) -> int:
        """Pieces of a line that were taken back."""
        return sum(pieces for back in self.backs for at, pieces in back.pieces if at == place)

    @property
    def is_all_gone(self) -> bool:
        """Nothing more is to be sent."""
        return bool(self.sent) and all(
            self.gone(item.place) + self.back(item.place) >= item.pieces for item in self.items
        )

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
    chance = Random(f"{at.isoformat()} {place}")  # of its own: what else a day holds stays as it was
    items = _wishful(_basket(rng), chance)
    return Sale(
        place=place,
        event=Event.PAID,
        money=MoneyState.PAID,
        person=person,
        items=items,
        placed_at=at,
        updated_at=at,
        due_from=_half_hour_after(at + timedelta(minutes=rng.randrange(40, 60))),
        note=person.wish,
        discount=_discount(items, chance),
        fee=chance.choice(FEES),
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


def _wishful(items: tuple[Item, ...], chance: Random) -> tuple[Item, ...]:
    """Some goods are on offer, and some customers say what they want when pieces are missing."""
    offers = [chance.choice((0, 0, 0, 7)) if item.full > 40 else 0 for item in items]
    wishes = [chance.choice(WISHES) for _ in items]
    told = zip(items, offers, wishes, strict=True)
    return tuple(replace(item, discount=off, if_missing=word, wish=wish) for item, off, (word, wish) in told)


def _discount(items: tuple[Item, ...], chance: Random) -> int:
    """Some sales have a voucher, of a sum that no number of lines divides evenly."""
    goods = sum(item.total for item in items)
    return chance.choice((0, 0, 0, 20, 50)) if goods > 150 else 0


def _half_hour_after(moment: datetime) -> datetime:
    whole = moment.replace(minute=moment.minute // 30 * 30, second=0, microsecond=0)
    return whole + timedelta(minutes=30)
