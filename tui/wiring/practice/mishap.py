"""What goes wrong on a practice day, beside what its sales and drivers bring with them: one thing an order."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from adapters.simulators.shop import Post, Timed
from adapters.simulators.shop_day import TOLD_LATE_BY, Story
from core.domain.handwritten import HandLine, HandOrder
from core.domain.purchase import Purchase
from core.ports.channel import Channel
from core.ports.letter import Letter


class Mishap(StrEnum):
    """The rarest first: a short day has only the beginning of the list."""

    SHORT = "short"  # a piece is missing and stays out
    SWAPPED = "swapped"  # something else goes in its place
    LEFT_ALONE = "left_alone"  # nobody accepts it in time
    HELD = "held"  # the customer will call back
    CALLED_EARLY = "called_early"  # changed mind, nothing is in the bag
    CALLED_PACKED = "called_packed"
    CALLED_DRIVER = "called_driver"  # a driver is on the way to the store
    COMPLAINED = "complained"  # not good, when it was there
    WRONG_ADDRESS = "wrong_address"
    REFUSED = "refused"  # says the customer, and takes it after all
    LATE = "late"
    WEATHER = "weather"
    LOST = "lost"  # nobody knows where the driver is, till he is there


def _any(bought: Purchase) -> bool:
    return True


def _several(bought: Purchase) -> bool:
    return bought.pieces > 1


_NEEDS: Final[dict[Mishap, Callable[[Purchase], bool]]] = {
    Mishap.SHORT: _several,
    Mishap.SWAPPED: _several,
}


@dataclass(frozen=True)
class Call:
    """Somebody telephones, because the shop system does not tell."""

    at: datetime
    form: HandOrder


@dataclass(frozen=True)
class Mishaps:
    """Of one day: by the number people say aloud, and who telephones when; `by_panda` need that courier's troubles."""

    by_number: dict[str, Mishap] = field(default_factory=dict)
    calls: tuple[Call, ...] = ()
    by_panda: frozenset[str] = frozenset()
    answers: dict[str, str] = field(default_factory=dict)  # the address of who is asked for it


def mishaps_of(day: Iterable[Timed[Post]], channels: dict[str, Channel], shows: datetime) -> Mishaps:
    """Dealt to ordinary sales one after the other; the first one goes well."""
    told = [_Told(timed, _read(timed, channels, shows)) for timed in day]
    ordinary = [one.bought for one in told if one.story is Story.ORDINARY][1:]
    unpayable = [one for one in told if one.story is Story.NO_REFUND]
    late = [one for one in told if one.story is Story.TOLD_LATE]
    return Mishaps(
        by_number=_dealt(ordinary) | {one.bought.number: Mishap.COMPLAINED for one in unpayable},
        calls=tuple(_call(one, shows) for one in late),
        by_panda=frozenset(one.bought.number for one in told if one.story in (Story.SPILLED, Story.DELAYED)),
        answers={one.bought.number: RIGHT_ADDRESS for one in told if one.story is Story.NONSENSE_ADDRESS},
    )


RIGHT_ADDRESS: Final = "104 台北市中山區松江路 900 號"


@dataclass(frozen=True)
class _Told:
    timed: Timed[Post]
    bought: Purchase

    @property
    def story(self) -> Story:
        return self.timed.what.story


def _dealt(ordinary: Sequence[Purchase]) -> dict[str, Mishap]:
    free, dealt = list(ordinary), dict[str, Mishap]()
    for mishap in Mishap:
        suits = _NEEDS.get(mishap, _any)
        if (one := next((bought for bought in free if suits(bought)), None)) is not None:
            free.remove(one)
            dealt[one.number] = mishap
    return dealt


def _read(timed: Timed[Post], channels: dict[str, Channel], shows: datetime) -> Purchase:
    at = shows + timedelta(seconds=timed.after)
    letter = Letter(sender=timed.what.kind, headers=timed.what.headers_at(at), body=timed.what.body, received_at=at)
    (bought,) = channels[timed.what.kind].read(letter).purchases
    return bought


def _call(one: _Told, shows: datetime) -> Call:
    """As the customer tells it, some minutes after it was ordered."""
    bought = one.bought
    form = HandOrder(
        name=bought.customer.name,
        phone=bought.customer.phone,
        address=bought.customer.address,
        channel=one.timed.what.kind,
        number=bought.number,
        note=bought.note,
        lines=tuple(
            HandLine(name=line.name, quantity=line.quantity, sku=line.sku, barcode=line.barcode, price=line.unit_price)
            for line in bought.lines
        ),
    )
    return Call(at=shows + timedelta(seconds=one.timed.after - TOLD_LATE_BY / 2), form=form)
