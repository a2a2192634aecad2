"""The usual day, the busiest hour, what to expect, and the numbers of a day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.board.day_load import DayLoad, HourLine, Usual, added_up, usual_of
from core.board.day_numbers import DayNumbers, Passage, StageCount, day_numbers
from core.board.load import LoadLine
from core.domain.day import hours_of
from core.domain.stage import Stage
from tests.builders import TAIPEI, after, minutes

TODAY = date(2026, 3, 2)  # a Monday
SPANS = hours_of(TODAY, TAIPEI)


def day(**facts: object) -> DayLoad:
    """From midnight to midnight, with the facts of its hours by number."""
    of_hour = {int(name[1:]): found for name, found in facts.items()}
    hours = tuple(replace(HourLine(span=span), **of_hour.get(at, {})) for at, span in enumerate(SPANS))
    return DayLoad(at=after(0), cap=50, hours=hours, usual=Usual(days=4))


def back(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_the_usual_day_is_the_mean_of_the_same_weekday() -> None:
    usual = usual_of({back(7): {12: 10}, back(14): {12: 20, 13: 4}, back(1): {12: 90}}, TODAY)
    assert (usual.days, usual.is_weekday) == (2, True)
    assert (usual.at(12), usual.at(13), usual.at(14)) == (15, 2, 0)


def test_where_the_weekday_has_few_records_all_days_are_taken() -> None:
    usual = usual_of({back(7): {12: 10}, back(1): {12: 20}, back(2): {12: 30}}, TODAY)
    assert (usual.days, usual.is_weekday, usual.at(12)) == (3, False, 20)


def test_days_on_which_the_shop_was_shut_do_not_count() -> None:
    usual = usual_of({back(7): {12: 10}, back(14): {12: 20}, back(21): {12: 0}}, TODAY)
    assert (usual.days, usual.at(12)) == (2, 15)


def test_without_records_nothing_is_usual_and_nothing_expected() -> None:
    assert usual_of({back(7): {}}, TODAY).at(12) is None
    assert DayLoad(at=after(0), cap=50).expected(after(0)) is None


def test_an_hour_that_comes_twice_counts_as_one() -> None:
    assert added_up([0, 1, 1, 2], [5, 2, 3, 4]) == {0: 5, 1: 5, 2: 4}


def test_the_next_sixty_minutes_are_parts_of_two_hours() -> None:
    usual = day(_12={"usual": 40.0}, _13={"usual": 20.0})
    assert [usual.expected(after(late)) for late in (0, 15, 30, 60)] == [40, 35, 30, 20]


def test_the_busiest_hour_is_the_earliest_of_the_fullest() -> None:
    busy = day(_11={"accepted": 7}, _12={"accepted": 9}, _14={"accepted": 9})
    assert busy.busiest is not None
    assert busy.busiest.span == SPANS[12]
    assert day().busiest is None


def test_only_hours_that_say_something_are_shown_and_those_between() -> None:
    shown = day(_9={"is_open": True}, _12={"usual": 1.0}).shown
    assert [hour.span for hour in shown] == list(SPANS[9:13])
    assert day().shown == ()


def test_the_running_hour_is_as_the_newest_board_has_it() -> None:
    load = LoadLine(cap=50, accepted=(after(-10), after(0), after(20)))
    live = day(_11={"accepted": 30}, _12={"accepted": 1}).with_board(load, after(25))
    assert [live.hours[at].accepted for at in (11, 12, 13)] == [30, 2, 0]


def passage(stage: Stage = Stage.COMPLETED, **times: float) -> Passage:
    return Passage(stage=stage, **{name: after(minute) for name, minute in times.items()})


def test_the_numbers_of_a_day() -> None:
    counts = [StageCount(stage=Stage.COMPLETED, orders=2, accepted=2)]
    counts += [StageCount(stage=Stage.REJECTED, orders=1, accepted=0)]
    counts += [StageCount(stage=Stage.CANCELLED, orders=2, accepted=1)]
    found = day_numbers(
        counts,
        [
            passage(opened_at=0, accepted_at=1, ready_at=9, ended_at=30, promised_to=40),
            passage(opened_at=0, accepted_at=3, ready_at=9, ended_at=50, promised_to=40),
            passage(Stage.REJECTED, opened_at=0, ended_at=2, promised_to=40),
            passage(Stage.CANCELLED, opened_at=0, accepted_at=2, ended_at=5, promised_to=40),
            passage(Stage.NEW, opened_at=50),
        ],
        after(60),
    )
    assert found == DayNumbers(
        orders=5, accepted=3, rejected=1, cancelled=2, to_accept=minutes(2), prep=minutes(7), on_time=0.5
    )


@pytest.mark.parametrize(
    ("one", "share"),
    [
        (passage(Stage.OUT, accepted_at=0, promised_to=40), None),
        (passage(Stage.OUT, accepted_at=0, promised_to=20), 0.0),
        (passage(Stage.COMPLETED, accepted_at=0, ended_at=29), None),
        (passage(Stage.COMPLETED, accepted_at=0, ended_at=29, promised_to=29), 1.0),
        (passage(Stage.NEW, promised_to=20), None),
    ],
    ids=["still in time", "late and not over", "nothing promised", "to the minute", "never taken on"],
)
def test_only_promises_that_are_over_are_judged(one: Passage, share: float | None) -> None:
    assert day_numbers([], [one], after(30)).on_time == share


def test_a_day_without_orders_has_no_medians() -> None:
    assert day_numbers([], [], after(0)) == DayNumbers()
