"""A day of the simulated shop: when sales come, and what becomes of each."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random
from typing import Final

from adapters.simulators.marks import (
    CALLED_OFF_MARK,
    DELAYED_MARK,
    GIVEN_BACK_MARK,
    NO_DRIVER_MARK,
    NO_REFUND_MARK,
    NOT_AT_HOME_MARK,
    SPILLED_MARK,
)
from adapters.simulators.shop_sale import Event, MoneyState, Sale, a_sale, of


class Story(StrEnum):
    """What becomes of a sale."""

    ORDINARY = "ordinary"
    PAID_LATER = "paid_later"
    CANCELLED_NEW = "cancelled_new"
    CHANGED_PACKING = "changed_packing"
    TOO_HEAVY = "too_heavy"
    TOO_MANY = "too_many"
    NO_DRIVER = "no_driver"
    TEST = "test"
    CASH = "cash"
    TOLD_TWICE = "told_twice"
    GIVEN_BACK = "given_back"  # the first driver gives the job back
    NOT_AT_HOME = "not_at_home"  # nobody opens, the goods come back
    SPILLED = "spilled"  # ruined on the way
    DELAYED = "delayed"  # the driver is held up
    CALLED_OFF = "called_off"  # by the courier, when a driver was found
    NONSENSE_ADDRESS = "nonsense_address"
    NO_REFUND = "no_refund"  # its payment can't be given back
    TOLD_LATE = "told_late"  # its shop system is down for a while


@dataclass(frozen=True, kw_only=True)
class Telling:
    """A sale as told so many seconds after the day began."""

    after: float
    story: Story
    sale: Sale


_Told = tuple[tuple[float, Sale], ...]  # seconds after the sale was made
TOLD_LATE_BY: Final = 1500  # seconds
_REPEAT_EVERY: Final = 60  # sales; a long day has each story more than once
_FIRST_SPECIAL: Final = 2


def _paid_later(sale: Sale, rng: Random) -> _Told:
    wait = rng.randrange(120, 360)
    unpaid = replace(sale, event=Event.CREATED, money=MoneyState.UNPAID)
    return (0.0, unpaid), (wait, unpaid.later(wait, Event.PAID, MoneyState.PAID))


def _cancelled_new(sale: Sale, rng: Random) -> _Told:
    wait = rng.randrange(45, 120)
    return (0.0, sale), (wait, sale.later(wait, Event.CANCELLED, MoneyState.REFUNDED))


def _changed_packing(sale: Sale, rng: Random) -> _Told:
    wait = rng.randrange(240, 420)
    return (0.0, sale), (wait, sale.one_more().later(wait, Event.UPDATED, MoneyState.PAID))


def _too_heavy(sale: Sale, rng: Random) -> _Told:
    return ((0.0, replace(sale, items=of(("RIC-WHT-5", 3), ("WAT-SPR-2L", 4)))),)


def _too_many(sale: Sale, rng: Random) -> _Told:
    return ((0.0, replace(sale, items=of(("BUN-PNA", 8), ("TEA-OOL-600", 4)))),)


def _marked(mark: str) -> Callable[[Sale, Random], _Told]:
    return lambda sale, rng: ((0.0, replace(sale, note=f"{sale.note} {mark}".strip())),)


def _nonsense_address(sale: Sale, rng: Random) -> _Told:
    return (
        (0.0, replace(sale, person=replace(sale.person, zip="", city="", district="", street="asdf asdf", floor=""))),
    )


def _told_late(sale: Sale, rng: Random) -> _Told:
    return ((float(TOLD_LATE_BY), sale),)


def _test(sale: Sale, rng: Random) -> _Told:
    return ((0.0, replace(sale, is_test=True)),)


def _cash(sale: Sale, rng: Random) -> _Told:
    return ((0.0, replace(sale, event=Event.CREATED, money=MoneyState.COD)),)


def _told_twice(sale: Sale, rng: Random) -> _Told:
    return (0.0, sale), (rng.randrange(2, 20), sale)


_TELL: Final[dict[Story, Callable[[Sale, Random], _Told]]] = {
    Story.ORDINARY: lambda sale, rng: ((0.0, sale),),
    Story.PAID_LATER: _paid_later,
    Story.CANCELLED_NEW: _cancelled_new,
    Story.CHANGED_PACKING: _changed_packing,
    Story.TOO_HEAVY: _too_heavy,
    Story.TOO_MANY: _too_many,
    Story.NO_DRIVER: _marked(NO_DRIVER_MARK),
    Story.TEST: _test,
    Story.CASH: _cash,
    Story.TOLD_TWICE: _told_twice,
    Story.GIVEN_BACK: _marked(GIVEN_BACK_MARK),
    Story.NOT_AT_HOME: _marked(NOT_AT_HOME_MARK),
    Story.SPILLED: _marked(SPILLED_MARK),
    Story.DELAYED: _marked(DELAYED_MARK),
    Story.CALLED_OFF: _marked(CALLED_OFF_MARK),
    Story.NO_REFUND: _marked(NO_REFUND_MARK),
    Story.NONSENSE_ADDRESS: _nonsense_address,
    Story.TOLD_LATE: _told_late,
}
# The most telling first: a short day has only the beginning of the list.
_SPECIAL: Final = (
    *(Story.PAID_LATER, Story.NO_DRIVER, Story.TOO_HEAVY, Story.CANCELLED_NEW, Story.CHANGED_PACKING),
    *(Story.TEST, Story.TOO_MANY, Story.CASH, Story.TOLD_TWICE, Story.NOT_AT_HOME, Story.SPILLED),
    *(Story.NONSENSE_ADDRESS, Story.TOLD_LATE, Story.CALLED_OFF, Story.NO_REFUND),
    *(Story.GIVEN_BACK, Story.DELAYED),
)


def plan(
    orders: int, hours: float, seed: int, start: datetime, *, without: frozenset[Story] = frozenset()
) -> tuple[Telling, ...]:
    """A day of `orders` sales within `hours`, in the order of telling; the first is ordinary, paid and at once."""
    rng = Random(seed)
    offsets = sorted(rng.uniform(0, hours * 3600) for _ in range(orders - 1))
    moments = zip((0.0, *offsets)[:orders], _stories(orders, without), strict=True)
    tellings = [
        telling for place, (after, story) in enumerate(moments) for telling in _life(rng, place, after, story, start)
    ]
    return tuple(sorted(tellings, key=lambda telling: (telling.after, telling.sale.place)))


def _life(rng: Random, place: int, after: float, story: Story, start: datetime) -> Iterator[Telling]:
    # Shop systems tell whole seconds.
    sale = a_sale(rng, place, (start + timedelta(seconds=after)).replace(microsecond=0))
    for wait, told in _TELL[story](sale, rng):
        yield Telling(after=after + wait, story=story, sale=told)


def _stories(orders: int, without: frozenset[Story]) -> list[Story]:
    """From the third sale on every third has a story until all were told, in a short day every one; then again."""
    told = [story for story in _SPECIAL if story not in without]
    stories = [Story.ORDINARY] * orders
    for begin in range(0, orders, _REPEAT_EVERY):
        free = range(begin + _FIRST_SPECIAL, min(begin + _REPEAT_EVERY, orders))
        step = max(1, min(3, len(free) // len(told)))
        for place, story in zip(free[::step], told, strict=False):
            stories[place] = story
    return stories
