"""When an order nobody accepts is reminded of: by its deadline, whoever set it."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, strategies as some

from core.domain import arrival, fulfilment, reminders
from core.domain.events import OrderReminded
from core.domain.payment import Payment
from core.domain.reminders import ReminderRules
from tests.builders import BO, MEI, NOON, after, minutes, new, purchase, told_later

USUAL = ReminderRules()
SPANS = some.timedeltas(min_value=timedelta(seconds=1), max_value=timedelta(hours=3))


def seconds(rules: ReminderRules, window: float) -> list[float]:
    """After the order opened, when so many minutes are given."""
    return [(at - NOON).total_seconds() for at in rules.steps(NOON, after(window))]


def test_three_reminders_then_a_person_then_the_deadline() -> None:
    assert seconds(USUAL, 5) == [120, 165, 210, 255, 300]


def test_an_earlier_deadline_of_the_channel_shifts_them() -> None:
    assert seconds(USUAL, 2) == [40, 60, 80, 100, 120]


def test_a_later_one_begins_at_its_own_end() -> None:
    assert seconds(USUAL, 11.5) == [510, 555, 600, 645, 690]


def test_without_reminders_a_person_is_told_at_once_when_they_would_begin() -> None:
    rules = ReminderRules(most=0)
    assert seconds(rules, 5) == [120, 300]
    assert (rules.telling, rules.last) == (1, 2)


def test_an_order_told_after_its_deadline_has_all_of_it_due() -> None:
    assert USUAL.due(NOON, after(-1), NOON) == USUAL.last


@given(first=SPANS, apart=SPANS, most=some.integers(0, 10), window=SPANS)
def test_they_follow_each_other_within_the_time_there_is(
    first: timedelta, apart: timedelta, most: int, window: timedelta
) -> None:
    rules = ReminderRules(first=first, apart=apart, most=most)
    steps = rules.steps(NOON, NOON + window)
    assert len(steps) == rules.last
    assert list(steps) == sorted(steps)
    assert steps[-1] == NOON + window
    assert steps[0] >= NOON + window / 3 - timedelta(microseconds=1)
    assert rules.due(NOON, NOON + window, NOON) == 0
    assert rules.due(NOON, NOON + window, NOON + window) == rules.last


def test_what_somebody_has_seen_rings_again_until_it_is_seen_again() -> None:
    seen, _ = fulfilment.see(new(), by=MEI, at=after(1))
    assert not seen.may_ring(after(2.5))
    reminded, (event,) = reminders.remind(seen, 2, USUAL, after(2.5))
    assert event == OrderReminded(order_id=seen.id, at=after(2.5), nth=2, most=3, deadline=after(5))
    assert reminded.may_ring(after(2.5))
    again, _ = fulfilment.see(reminded, by=BO, at=after(2.6))
    assert (again.seen_by, again.may_ring(after(2.7))) == (BO, False)


def test_a_deadline_the_channel_moves_is_counted_anew() -> None:
    order = replace(new(accept_by=after(3)), reminders=2)
    later = told_later(order.purchase, 2, accept_by=after(4.5))
    assert arrival.told_again(order, later, after(2), minutes(5))[0].reminders == 0


def test_an_order_that_is_not_paid_after_all_begins_anew() -> None:
    order = replace(new(), reminders=2, reminded_at=after(2))
    unpaid = told_later(purchase(), 3, payment=Payment.UNPAID)
    told, _ = arrival.told_again(order, unpaid, after(3), minutes(5))
    assert (told.reminders, told.reminded_at) == (0, None)
