"""What goes wrong on a practice day is the same for the same seed, and of each kind there is one."""

import pytest

from adapters import registry
from adapters.simulators.shop import KINDS, Post, Shop, Timed, mixed_day
from adapters.simulators.shop_day import Story
from tui.wiring.practice.mishap import Mishap, Mishaps, mishaps_of
from tui.wiring.practice.plan import SHOWS


def day(orders: int, seed: int) -> tuple[Timed[Post], ...]:
    return mixed_day(tuple(Shop(kind, start=SHOWS, channel=kind) for kind in KINDS), orders, 2.0, seed)


def dealt(orders: int, seed: int) -> Mishaps:
    shops = {kind: Shop(kind, start=SHOWS, channel=kind) for kind in KINDS}
    channels = {kind: registry.channel(kind, shop.settings(), currency="TWD") for kind, shop in shops.items()}
    return mishaps_of(day(orders, seed), channels, SHOWS)


@pytest.mark.parametrize("seed", range(1, 9))
def test_a_usual_day_has_one_of_each(seed: int) -> None:
    mishaps = dealt(36, seed)
    assert sorted(mishaps.by_number.values()) == sorted((*Mishap, Mishap.COMPLAINED))
    assert len(mishaps.calls) == 1
    assert len(mishaps.answers) == 1


def test_the_first_sale_goes_well() -> None:
    first = day(36, 7)[0].what
    assert first.number not in dealt(36, 7).by_number


def test_only_ordinary_sales_meet_a_mishap() -> None:
    free = (Story.ORDINARY, Story.NO_REFUND)
    ordinary = {timed.what.number for timed in day(36, 7) if timed.what.story in free}
    assert set(dealt(36, 7).by_number) <= ordinary


def test_a_short_day_has_the_rarest_only() -> None:
    assert set(dealt(8, 3).by_number.values()) <= {Mishap.SHORT, Mishap.SWAPPED}


def test_who_telephones_says_what_the_shop_system_tells_later() -> None:
    (late,) = [timed for timed in day(36, 7) if timed.what.story is Story.TOLD_LATE]
    (call,) = dealt(36, 7).calls
    assert call.form.number == late.what.number
    assert call.form.lines
    assert not call.form.lacking
    assert (call.at - SHOWS).total_seconds() < late.after
