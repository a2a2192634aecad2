"""When to call the driver: what may never be said, and which way each fact pulls."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from core.domain.call_advice import Advice, CallVerdict, TimerRules, Work, advise
from core.domain.purchase import OrderType
from core.domain.stage import Stage
from core.domain.timed import MOST, Packing, Ride, timings_of
from core.domain.timing import Timings
from tests.builders import PANDA, TAIPEI, UBER, after, minutes
from tests.conftest import NOON

RULES = TimerRules()
often = settings(deadline=None, max_examples=60)
SPANS = st.lists(st.floats(0, 90), min_size=10, max_size=40)
AGES = st.integers(0, 60)


def rides(*spans: float, courier: str = UBER) -> list[Ride]:
    """Of the days before, at this hour."""
    calls = [NOON - timedelta(days=day + 1) for day in range(len(spans))]
    return [
        Ride(courier=UBER if courier == UBER else PANDA, called_at=at, at_store_at=at + minutes(span))
        for at, span in zip(calls, spans, strict=True)
    ]


def packings(*spans: float, pieces: int = 3) -> list[Packing]:
    """Of the days before, at this hour; begun at half time."""
    begins = [NOON - timedelta(days=day + 1) for day in range(len(spans))]
    return [
        Packing(accepted_at=at, begun_at=at + minutes(span / 2), ready_at=at + minutes(span), pieces=pieces)
        for at, span in zip(begins, spans, strict=True)
    ]


def learned(driven: list[Ride], packed: list[Packing], needed: int = 10) -> Timings:
    return timings_of(driven, packed, TAIPEI, NOON, needed)


def work(**more: Any) -> Work:
    """Three pieces, accepted just now, nothing in the bag."""
    usual: dict[str, Any] = {
        "stage": Stage.PREPARING,
        "type": OrderType.DELIVERY,
        "pieces": 3,
        "picked": 0,
        "since": NOON,
    }
    return Work(**usual | more)


def asked(timings: Timings, rules: TimerRules = RULES, at: float = 0, **more: Any) -> Advice:
    advice = advise(after(at), work(**more), UBER, timings, rules)
    assert advice is not None
    return advice


USUAL = learned(rides(*[9.0] * 12), packings(*[15.0] * 12))


def test_the_driver_is_called_so_that_he_comes_when_the_bag_is_closed() -> None:
    advice = asked(USUAL)
    assert (advice.call_at, advice.lead, advice.ready_at) == (after(6), minutes(9), after(15))
    assert [advice.verdict(after(at)) for at in (0, 5.9, 6)] == [CallVerdict.LATER, CallVerdict.LATER, CallVerdict.NOW]


def test_the_time_stands_still_while_nothing_happens() -> None:
    assert asked(USUAL, at=3.5).call_at == after(6)


def test_pieces_in_the_bag_bring_the_call_nearer() -> None:
    ways = [asked(USUAL, picked=picked, at=1).ready_at for picked in (1, 2, 3)]
    assert ways == [after(8.5), after(6), after(3.5)]  # half the time is for three steps of packing


def test_it_says_how_many_records_it_rests_on() -> None:
    elsewhere = [replace(one, called_at=one.called_at - minutes(100)) for one in rides(*[9.0] * 4)]
    found = asked(learned(rides(*[9.0] * 12) + elsewhere, packings(*[15.0] * 31)))
    assert (found.rides, found.rides_this_hour, found.packings, found.needed) == (16, 12, 31, 10)


@pytest.mark.parametrize(("driven", "packed"), [(9, 12), (12, 9), (0, 0)])
def test_with_too_few_records_it_says_so(driven: int, packed: int) -> None:
    advice = asked(learned(rides(*[9.0] * driven), packings(*[15.0] * packed)))
    assert advice.verdict(NOON) is CallVerdict.TOO_FEW
    assert (advice.rides, advice.packings) == (driven, packed)


def test_goods_that_are_ready_wait_for_no_records() -> None:
    advice = asked(learned([], []), stage=Stage.READY)
    assert (advice.verdict(NOON), advice.lead, advice.ready_at) == (CallVerdict.NOW, None, None)


def test_rides_of_another_courier_teach_nothing() -> None:
    assert asked(learned(rides(*[9.0] * 12, courier=PANDA), packings(*[15.0] * 12))).call_at is None


@pytest.mark.parametrize(
    "facts",
    [
        {"stage": Stage.NEW},
        {"stage": Stage.OUT},
        {"type": OrderType.PICKUP},
        {"is_called": True},
        {"is_changed": True},
    ],
)
def test_there_is_no_advice_where_no_driver_is_to_be_called(facts: dict[str, Any]) -> None:
    assert advise(NOON, work(**facts), UBER, USUAL, RULES) is None


def test_goods_promised_for_the_evening_are_not_brought_at_noon() -> None:
    advice = asked(USUAL, stage=Stage.READY, promised_from=after(300))
    assert (advice.call_at, advice.is_for_promise) == (after(300 - 9 - 20), True)


@pytest.mark.parametrize("stage", [Stage.PREPARING, Stage.READY])
def test_who_ordered_for_soon_is_not_kept_waiting(stage: Stage) -> None:
    assert asked(USUAL, stage=stage, promised_from=after(119)) == asked(USUAL, stage=stage)


def test_a_waiting_driver_may_weigh_more_than_waiting_goods() -> None:
    spread = learned(rides(*range(4, 16)), packings(*range(10, 22)))
    calls = [asked(spread, replace(RULES, driver_weight=weight)).call_at for weight in (0.25, 1, 4)]
    assert calls == sorted(calls, key=str)
    assert len(set(calls)) == 3


def test_the_hour_counts_more_than_the_rest_of_the_day() -> None:
    slow = [replace(one, called_at=one.called_at + minutes(120)) for one in rides(*[9.0] * 20)]
    late = [replace(one, at_store_at=one.called_at + minutes(25)) for one in slow]
    both = learned(rides(*[9.0] * 20) + late, packings(*[15.0] * 12))
    assert asked(both).lead == minutes(9)
    assert asked(both, at=120, since=after(120)).lead == minutes(25)


def test_an_hour_without_rides_is_judged_by_the_others() -> None:
    assert asked(USUAL, at=300, since=after(300)).lead == minutes(9)


def test_new_records_count_more_than_old_ones() -> None:
    fresh, old = (
        rides(*[20.0] * 12),
        [
            replace(
                one,
                called_at=one.called_at - timedelta(days=60),
                at_store_at=one.called_at - timedelta(days=60) + minutes(5),
            )
            for one in rides(*[5.0] * 20)
        ],
    )
    assert asked(learned(fresh + old, packings(*[15.0] * 12))).lead == minutes(20)


def test_an_order_that_takes_longer_than_all_others_needs_at_least_the_work() -> None:
    advice = asked(USUAL, at=60)
    assert advice.ready_at == after(60 + 10)  # four steps of two and a half minutes


def test_who_never_tells_that_a_driver_came_is_judged_by_the_fetching() -> None:
    fetched = [replace(one, at_store_at=None, picked_up_at=one.at_store_at) for one in rides(*[9.0] * 12)]
    advice = asked(learned(fetched, packings(*[15.0] * 12)))
    assert (advice.lead, advice.is_approximate, advice.rides) == (minutes(9), True, 12)


def test_a_driver_who_had_to_wait_for_the_goods_came_sooner_than_he_left() -> None:
    prompt = [replace(one, at_store_at=None, picked_up_at=one.at_store_at) for one in rides(*[9.0] * 12)]
    kept = [
        replace(one, at_store_at=None, picked_up_at=one.called_at + minutes(30), ready_at=one.called_at + minutes(30))
        for one in rides(*[9.0] * 30)
    ]
    assert asked(learned(prompt + kept, packings(*[15.0] * 12))).lead == minutes(9)


@often
@given(SPANS, SPANS, st.integers(0, 3), st.floats(0, 200), st.floats(0.1, 10))
def test_it_never_advises_a_call_in_the_past(
    driven: list[float], packed: list[float], picked: int, at: float, weight: float
) -> None:
    rules = TimerRules(driver_weight=weight)
    advice = asked(learned(rides(*driven), packings(*packed)), rules, at, picked=picked)
    assert advice.call_at is not None
    assert advice.call_at >= after(at)


@often
@given(st.lists(st.floats(0, 2 * MOST), max_size=30), st.floats(0, 2 * MOST), st.booleans())
def test_one_more_ride_never_makes_them_too_few(driven: list[float], more: float, is_told: bool) -> None:
    packed, before = packings(*[15.0] * 12), rides(*driven)
    one = rides(*driven, more)[-1]
    another = one if is_told else replace(one, at_store_at=None, picked_up_at=one.at_store_at)
    verdicts = [asked(learned(some, packed)).call_at is not None for some in (before, [*before, another])]
    assert verdicts[1] >= verdicts[0]


@often
@given(SPANS, SPANS, st.floats(0, 60), st.integers(0, 3), st.floats(0, 60))
def test_slower_drivers_are_never_called_later(
    driven: list[float], packed: list[float], slower: float, picked: int, at: float
) -> None:
    ways = [rides(*driven), rides(*(span + slower for span in driven))]
    soon, sooner = (asked(learned(some, packings(*packed)), at=at, picked=picked).call_at for some in ways)
    assert soon is not None
    assert sooner is not None
    assert sooner <= soon + timedelta(microseconds=10)
