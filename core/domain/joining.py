"""Whether a channel's copy is an order that was keyed in by hand before: signs, what each is worth, and a verdict."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

from core.domain.handwritten import is_by_hand, said_number
from core.domain.ids import OrderId
from core.domain.line_shares import pieces_of, plain, shares
from core.domain.order import Order
from core.domain.purchase import Purchase
from core.domain.stage import Stage


class Sign(StrEnum):
    """What speaks for one order, or for two."""

    NUMBER = "number"  # the caller knew it
    NUMBER_OTHER = "number_other"
    CHANNEL_OTHER = "channel_other"
    CHANNEL_UNSAID = "channel_unsaid"  # it may belong to no channel at all
    PHONE = "phone"
    PHONE_OTHER = "phone_other"
    NAME = "name"
    ADDRESS = "address"
    ADDRESS_OTHER = "address_other"
    GOODS = "goods"
    GOODS_ALIKE = "goods_alike"  # half of the pieces
    GOODS_OTHER = "goods_other"
    SUM = "sum"
    PROMISE_OTHER = "promise_other"
    LATER = "later"  # ordered there after it was keyed in here
    LONG_BEFORE = "long_before"


WORTH: Final[dict[Sign, int]] = {
    Sign.NUMBER: 100,
    Sign.NUMBER_OTHER: -35,
    Sign.CHANNEL_OTHER: -35,
    Sign.CHANNEL_UNSAID: -30,
    Sign.PHONE: 40,
    Sign.PHONE_OTHER: -20,
    Sign.NAME: 10,
    Sign.ADDRESS: 15,
    Sign.ADDRESS_OTHER: -20,
    Sign.GOODS: 25,
    Sign.GOODS_ALIKE: 10,
    Sign.GOODS_OTHER: -30,
    Sign.SUM: 20,
    Sign.PROMISE_OTHER: -30,
    Sign.LATER: -30,
    Sign.LONG_BEFORE: -30,
}
SURE: Final = 85  # no phone, or no word of the channel, and it is never reached without the number
LIKELY: Final = 45
LEAD: Final = 30  # over the next best, below which a person decides
MEMORY: Final = timedelta(hours=48)  # what was keyed in before is no candidate any more
SLACK: Final = timedelta(minutes=10)  # between clocks
LONG: Final = timedelta(hours=12)
PROMISES_APART: Final = timedelta(minutes=60)
DIGITS: Final = 8  # of two phones, from the end
SAME_ADDRESS: Final = 0.8  # of the letters
OTHER_ADDRESS: Final = 0.5
OFF: Final = frozenset({Stage.REJECTED, Stage.CANCELLED})


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """Of an order to the purchase it is compared with; `is_sure` is said of the best of them only."""

    order_id: OrderId
    number: str
    score: int
    signs: frozenset[Sign]
    is_sure: bool = False


@dataclass(frozen=True)
class Meeting:
    """Who it may be, best first; nobody is sure where a person must decide."""

    likely: tuple[Likeness, ...] = ()

    @property
    def sure(self) -> Likeness | None:
        """The one it certainly is."""
        return next((one for one in self.likely if one.is_sure), None)


def signs(keyed: Purchase, copy: Purchase) -> frozenset[Sign]:
    """What is found; the keyed-in one first."""
    return frozenset(
        (
            *_of_names(keyed, copy),
            *_of_customer(keyed, copy),
            *_of_goods(keyed, copy),
            *_of_times(keyed, copy),
        )
    )


def worth(found: Iterable[Sign]) -> int:
    """Their sum."""
    return sum(WORTH[sign] for sign in found)


def meet(copy: Purchase, keyed: Iterable[Order]) -> Meeting:
    """Which of the orders keyed in by hand a channel's copy is."""
    return _meeting(_likeness(order, signs(order.purchase, copy)) for order in keyed if is_by_hand(order.purchase))


def meet_keyed(keyed: Purchase, copies: Iterable[Order]) -> Meeting:
    """Which of the orders that came in by themselves is the one being keyed in."""
    found = (order for order in copies if not is_by_hand(order.purchase) and not order.hand_number)
    return _meeting(_likeness(order, signs(keyed, order.purchase)) for order in found)


def _likeness(order: Order, found: frozenset[Sign]) -> Likeness:
    """What was called off may be ordered anew: never sure."""
    score = worth(found)
    is_sure = score >= SURE and order.stage not in OFF
    return Likeness(order_id=order.id, number=order.number, score=score, signs=found, is_sure=is_sure)


def _meeting(found: Iterable[Likeness]) -> Meeting:
    likely = sorted((one for one in found if one.score >= LIKELY), key=lambda one: (-one.score, one.order_id))
    rival = likely[1].score if len(likely) > 1 else -LEAD
    return Meeting(
        tuple(
            Likeness(
                order_id=one.order_id,
                number=one.number,
                score=one.score,
                signs=one.signs,
                is_sure=one.is_sure and place == 0 and one.score - rival >= LEAD,
            )
            for place, one in enumerate(likely)
        )
    )


def _of_names(keyed: Purchase, copy: Purchase) -> Iterator[Sign]:
    """A number counts on its own channel."""
    belongs_to, number = keyed.shop, plain(said_number(keyed))
    if belongs_to and belongs_to != copy.channel:
        yield Sign.CHANNEL_OTHER
        return
    if not belongs_to:
        yield Sign.CHANNEL_UNSAID
    if number:
        yield Sign.NUMBER if number in (plain(copy.number), plain(copy.channel_order_id)) else Sign.NUMBER_OTHER


def _of_customer(keyed: Purchase, copy: Purchase) -> Iterator[Sign]:
    ours, theirs = keyed.customer, copy.customer
    if (is_same := same_phone(ours.phone, theirs.phone)) is not None:
        yield Sign.PHONE if is_same else Sign.PHONE_OTHER
    if plain(ours.name) and plain(ours.name) == plain(theirs.name):
        yield Sign.NAME
    if (likeness := address_likeness(ours.address, theirs.address)) is None:
        return
    if likeness >= SAME_ADDRESS:
        yield Sign.ADDRESS
    elif likeness <= OTHER_ADDRESS:
        yield Sign.ADDRESS_OTHER


def _of_goods(keyed: Purchase, copy: Purchase) -> Iterator[Sign]:
    """Goods in one's own words may be anything."""
    most = max(keyed.pieces, copy.pieces)
    both = sum(share.pieces for share in shares(keyed.lines, copy.lines))
    if both and both == most:
        yield Sign.GOODS
    elif both and both * 2 >= most:
        yield Sign.GOODS_ALIKE
    elif not both and all(line.sku for line in (*keyed.lines, *copy.lines)) and pieces_of(copy.lines):
        yield Sign.GOODS_OTHER
    if keyed.total == copy.total and keyed.total.minor:
        yield Sign.SUM


def _of_times(keyed: Purchase, copy: Purchase) -> Iterator[Sign]:
    if copy.placed_at > keyed.placed_at + SLACK:
        yield Sign.LATER
    elif copy.placed_at < keyed.placed_at - LONG:
        yield Sign.LONG_BEFORE
    if keyed.promised_to and copy.promised_to and abs(keyed.promised_to - copy.promised_to) > PROMISES_APART:
        yield Sign.PROMISE_OTHER


def same_phone(one: str, other: str) -> bool | None:
    """By their last digits, however they are written; None where either says too few."""
    ours, theirs = digits(one), digits(other)
    if min(len(ours), len(theirs)) < DIGITS:
        return None
    return ours[-DIGITS:] == theirs[-DIGITS:]


def digits(words: str) -> str:
    """The figures in it."""
    return "".join(sign for sign in words if sign.isdecimal())


def address_likeness(one: str, other: str) -> float | None:
    """0 to 1; one within the other is the same; None where either is not known."""
    ours, theirs = plain(one), plain(other)
    if not ours or not theirs:
        return None
    if min(ours, theirs, key=len) in max(ours, theirs, key=len):
        return 1.0
    return SequenceMatcher(None, ours[:200], theirs[:200], autojunk=False).ratio()
