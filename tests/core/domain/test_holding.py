"""A hold bars the next step outward: who puts it on, who lifts it, when it ends."""

from collections.abc import Callable

import pytest

from core.domain import arrival, fulfilment, holding
from core.domain.events import HoldLifted, HoldPutOn, HoldRanOut
from core.domain.hold import HOLDABLE, Hold, end_of
from core.domain.order import Order
from core.domain.refusal import BadTime, HeldAlready, IllegalMove, NoReason, NotHeld, OnHold
from core.domain.staff import Role
from core.domain.stage import Stage
from tests.builders import AT_STAGE, BO, MEI, TAIPEI, after, minutes, new, preparing, ready, told_later


def hold(reason: str = "address unclear", until: float | None = None, **more: object) -> Hold:
    """Put on by Mei, two minutes past noon."""
    ends = None if until is None else after(until)
    return Hold(reason=reason, by=MEI, at=after(2), until=ends, **more)  # type: ignore[arg-type]


def held(order: Order | None = None, until: float | None = None) -> Order:
    return holding.put_on(order or new(), hold(until=until))[0]


def test_a_hold_says_why_who_and_until_when() -> None:
    order, (event,) = holding.put_on(new(), hold(" customer phones back ", until=30, lifted_by=Role.MANAGER))
    assert order.hold == hold("customer phones back", until=30, lifted_by=Role.MANAGER)
    assert event == HoldPutOn(
        order_id=order.id, at=after(2), by=MEI, reason="customer phones back", until=after(30), lifted_by="manager"
    )


@pytest.mark.parametrize("stage", sorted(Stage))
def test_only_goods_that_are_here_can_be_held(stage: Stage) -> None:
    order = AT_STAGE[stage]()
    if stage in HOLDABLE:
        assert held(order).is_held(after(3))
    else:
        with pytest.raises(IllegalMove):
            held(order)


def test_a_hold_needs_a_reason() -> None:
    with pytest.raises(NoReason):
        holding.put_on(new(), hold("  "))


def test_a_hold_that_is_over_already_is_none() -> None:
    with pytest.raises(BadTime):
        holding.put_on(new(), hold(until=2))


def test_the_second_to_hold_an_order_hears_who_was_first() -> None:
    with pytest.raises(HeldAlready) as refused:
        holding.put_on(held(), Hold(reason="too heavy", by=BO, at=after(3)))
    assert (refused.value.found, refused.value.allowed) == ("address unclear", MEI)


def test_one_that_ran_out_makes_room_for_another() -> None:
    again, _ = holding.put_on(held(until=4), Hold(reason="too heavy", by=BO, at=after(4)))
    assert again.hold is not None
    assert again.hold.reason == "too heavy"


def test_a_held_order_cannot_be_accepted_until_it_is_lifted() -> None:
    with pytest.raises(OnHold):
        fulfilment.accept(held(), by=BO, ready_by=after(18), at=after(3))
    free, (lifted,) = holding.lift(held(), by=BO, at=after(4))
    assert isinstance(lifted, HoldLifted)
    assert fulfilment.accept(free, by=BO, ready_by=after(19), at=after(4))[0].stage is Stage.PREPARING


def test_when_its_time_has_come_it_bars_nothing_though_nobody_wrote_that_down() -> None:
    order = held(until=10)
    assert fulfilment.accept(order, by=BO, ready_by=after(30), at=after(10))[0].stage is Stage.PREPARING
    with pytest.raises(OnHold):
        fulfilment.accept(order, by=BO, ready_by=after(30), at=after(9.99))


def test_that_its_time_has_come_is_written_down_once() -> None:
    order = held(until=10)
    assert holding.run_out(order, after(9)) == (order, ())
    free, (event,) = holding.run_out(order, after(10))
    assert event == HoldRanOut(order_id=order.id, at=after(10), reason="address unclear")
    assert holding.run_out(free, after(11)) == (free, ())


def test_what_is_not_held_cannot_be_lifted() -> None:
    for order in (new(), held(until=3)):
        with pytest.raises(NotHeld):
            holding.lift(order, by=BO, at=after(5))


def test_a_held_order_is_silent_and_rings_anew_when_it_is_free() -> None:
    assert not held().may_ring(after(3))
    assert held(until=4).may_ring(after(4))
    assert not held(until=30).may_ring(after(4.9))  # nor in its last minute


@pytest.mark.parametrize("order", [preparing, ready])
def test_packing_goes_on_under_a_hold(order: Callable[[], Order]) -> None:
    kept = held(order())
    if kept.stage is Stage.PREPARING:
        assert fulfilment.pick(kept, kept.lines[0].id, 1, by=BO, at=after(3))[0].picked == 1
    else:
        assert fulfilment.reopen_packing(kept, by=BO, at=after(3))[0].stage is Stage.PREPARING


def test_a_held_order_can_be_refused_and_called_off() -> None:
    assert fulfilment.reject(held(), by=BO, reason="fraud", at=after(3))[0].stage is Stage.REJECTED
    assert fulfilment.cancel(held(ready()), by=BO, reason="fraud", at=after(3))[0].stage is Stage.CANCELLED


def test_what_the_channel_tells_later_keeps_the_hold() -> None:
    order = held()
    told, _ = arrival.told_again(order, told_later(order.purchase, 3, note="side door"), after(3), minutes(5))
    assert told.hold == order.hold


@pytest.mark.parametrize(
    ("said", "minutes_past_noon"),
    [("", None), (" 20 ", 22), ("+5", 7), ("12:30", 30), ("9:05", 21 * 60 + 5), ("12:02", 24 * 60 + 2)],
)
def test_people_say_an_end_as_a_clock_or_as_minutes(said: str, minutes_past_noon: int | None) -> None:
    """It is 12:02 in Taipei; what a clock shows next may be tomorrow."""
    expected = None if minutes_past_noon is None else after(minutes_past_noon)
    assert end_of(said, after(2), TAIPEI) == expected


@pytest.mark.parametrize("said", ["soon", "0", "24:00", "12:60", "-5", "12.30", "99999", "１５：３０ Uhr"])
def test_anything_else_is_no_time(said: str) -> None:
    with pytest.raises(BadTime):
        end_of(said, after(2), TAIPEI)
