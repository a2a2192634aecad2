"""The policy for searches: one table over what was done so far."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.delivery import Delivery, DeliveryState, Driver
from core.domain.ids import CourierName
from core.domain.money import Money
from core.domain.search import Cause, Deed, Search, SearchRules, Step, deed_of
from core.domain.search_steps import after_refusal, next_step
from core.domain.send import Send, SendKind, SendState
from tests.builders import UBER, after, delivery, send

S = DeliveryState
PANDA = CourierName("panda")
ALL = SearchRules(
    tip_after=timedelta(minutes=4),
    tip=Money(2000, "TWD"),
    tip_most=Money(5000, "TWD"),
    extra_most=Money(5000, "TWD"),
    call_again_after=timedelta(minutes=10),
    calls_most=2,
    next_after=timedelta(minutes=20),
    give_up_after=timedelta(minutes=60),
)
BOTH = frozenset({UBER, PANDA})


def booked(minute: float = 0, **more: object) -> Delivery:
    at = after(minute)
    facts = {"booked_at": at, "at": at, "state_since": at, "key": "K1", "ref": "J1"} | more
    return delivery(**facts)


def call(job: Delivery, why: Step | None = None, **more: object) -> Send:
    facts = {"state": SendState.DONE, "created_at": job.booked_at, "why": why.packed if why else ""}
    return send(**facts | {"courier": job.courier, "key": job.key, "ref": job.ref} | more)


def recall(job: Delivery, why: Step | None = None, **more: object) -> Send:
    return call(job, why, kind=SendKind.CANCEL_COURIER, key=f"R-{job.ref}", **more)


def tip(job: Delivery, minor: int, **more: object) -> Send:
    return call(job, kind=SendKind.TIP_COURIER, key=f"T-{minor}", tip=Money(minor, "TWD"), **more)


def search(*jobs: Delivery, sends: tuple[Send, ...] = (), **more: object) -> Search:
    """Jobs newest first, each with its call."""
    calls = tuple(call(job) for job in jobs if not any(one.key == job.key for one in sends))
    made = sorted((*sends, *calls), key=lambda one: (one.created_at, one.is_open), reverse=True)
    facts = {"others": (UBER, PANDA), "may_tip": BOTH, "may_recall": BOTH, "told_at": after(0)} | more
    return Search(jobs=jobs, sends=tuple(made), **facts)


def step(given: Search, minute: float, rules: SearchRules = ALL) -> Step | None:
    return next_step(given, rules, after(minute))


def deed(given: Search, minute: float, rules: SearchRules = ALL) -> Deed | None:
    found = step(given, minute, rules)
    return found.deed if found else None


def because(deed: Deed) -> Step:
    return Step(deed=deed, cause=Cause.UNTAKEN, courier=UBER)


def test_by_default_nothing_is_done_but_telling_a_person_after_half_an_hour() -> None:
    silent = search(booked(), told_at=None)
    assert step(silent, 29.9, SearchRules()) is None
    told = step(silent, 30, SearchRules())
    assert told == Step(deed=Deed.TELL, cause=Cause.UNTAKEN, courier=UBER, ref="J1", minutes=30)


def test_a_person_is_told_once_a_search() -> None:
    assert step(search(booked(), told_at=after(30)), 90, SearchRules()) is None
    assert deed(search(booked(40), told_at=after(30)), 70, SearchRules()) is Deed.TELL


@pytest.mark.parametrize("state", sorted(set(S) - {S.MATCHING}))
def test_nothing_is_done_about_a_job_somebody_has_taken_or_that_is_over(state: S) -> None:
    ended = after(5) if state in (S.DELIVERED, S.RETURNED) else None
    job = replace(booked(), state=state, ended_at=ended, picked_up_at=after(3))
    assert step(search(job, told_at=None), 500) is None


@pytest.mark.parametrize(
    ("minute", "wanted"),
    [(3.9, None), (4, Deed.TIP), (10, Deed.CALL_AGAIN), (20, Deed.NEXT_COURIER), (60, Deed.GIVE_UP)],
)
def test_each_has_its_time_and_the_weightier_goes_first(minute: float, wanted: Deed | None) -> None:
    assert deed(search(booked()), minute) is wanted


@pytest.mark.parametrize("by_itself", ["is_wanted", "is_read"])
def test_nothing_is_called_for_an_order_that_is_off_or_holds_unread_news(by_itself: str) -> None:
    assert deed(search(booked(), **{by_itself: False}), 15) is not Deed.CALL_AGAIN


def test_the_tip_rises_by_its_steps_up_to_the_most() -> None:
    job, no_calls = booked(), replace(ALL, call_again_after=None, next_after=None)
    first = step(search(job), 4, no_calls)
    assert first is not None
    assert first.tip == Money(2000, "TWD")
    once = replace(job, tip=Money(2000, "TWD"))
    assert step(search(once, sends=(tip(job, 2000),)), 7.9, no_calls) is None
    second = step(search(once, sends=(tip(job, 2000),)), 8, no_calls)
    assert second is not None
    assert second.tip == Money(4000, "TWD")
    last = step(search(once, sends=(tip(job, 2000), tip(job, 4000))), 12, no_calls)
    assert last is not None
    assert last.tip == Money(5000, "TWD")
    all_given = tuple(tip(job, minor) for minor in (2000, 4000, 5000))
    assert step(search(once, sends=all_given), 500, replace(no_calls, give_up_after=None)) is None


@pytest.mark.parametrize("state", [SendState.HELD, SendState.CALLING, SendState.REFUSED, SendState.TAKEN_BACK])
def test_a_tip_that_is_asked_or_was_refused_is_not_asked_again(state: SendState) -> None:
    job = booked()
    assert deed(search(job, sends=(tip(job, 2000, state=state),)), 9) is None


def test_who_takes_no_tips_is_offered_none() -> None:
    assert deed(search(booked(), may_tip=frozenset()), 9) is None


def test_what_was_lost_on_jobs_called_off_is_taken_from_the_tip() -> None:
    lost = booked(0, key="K0", ref="J0", state=S.FAILED, ended_at=after(1), cancel_fee=Money(4000, "TWD"))
    job = booked(2)
    found = step(search(job, lost), 6)
    assert found is not None
    assert found.tip == Money(1000, "TWD")


def test_once_as_much_is_lost_as_may_be_nobody_is_called_by_itself() -> None:
    lost = booked(0, key="K0", ref="J0", state=S.FAILED, ended_at=after(1), cancel_fee=Money(5000, "TWD"))
    assert deed(search(booked(2), lost, told_at=after(2)), 50) is None
    assert (
        deed(search(booked(2), lost, told_at=after(2)), 63) is Deed.GIVE_UP
    )  # which costs nothing while nobody has it


def test_a_courier_is_called_again_only_so_often_for_one_order() -> None:
    twice = tuple(
        call(booked(minute, key=f"K{minute}", ref=f"J{minute}"), because(Deed.CALL_AGAIN)) for minute in (1, 2)
    )
    job = booked(2, key="K2", ref="J2")
    assert deed(search(job, sends=(*twice, call(booked(0, key="K0", ref="J0")))), 13) is not Deed.CALL_AGAIN


@pytest.mark.parametrize("state", [SendState.REFUSED, SendState.TAKEN_BACK, SendState.DONE])
def test_a_recall_is_asked_for_once_a_job(state: SendState) -> None:
    job = booked()
    assert deed(search(job, sends=(recall(job, state=state),)), 19) is not Deed.CALL_AGAIN


def test_while_a_recall_is_under_way_only_a_person_is_told() -> None:
    job = booked()
    under_way = search(job, sends=(recall(job, because(Deed.CALL_AGAIN), state=SendState.CALLING),), told_at=None)
    assert deed(under_way, 59) is Deed.TELL
    assert step(replace(under_way, told_at=after(59)), 90) is None


def test_a_courier_that_lets_nobody_recall_keeps_its_job() -> None:
    assert deed(search(booked(), may_recall=frozenset(), may_tip=frozenset()), 90) is None


def test_the_next_courier_has_its_turn_counted_over_all_jobs_of_the_one_before() -> None:
    first = booked(0, key="K0", ref="J0", state=S.FAILED, ended_at=after(10))
    again = booked(10)
    calls = (call(first), call(again, because(Deed.CALL_AGAIN)))
    assert deed(search(again, first, sends=calls), 19) is Deed.TIP
    assert deed(search(again, first, sends=calls), 20) is Deed.NEXT_COURIER


def test_there_is_no_next_courier_when_all_had_their_turn() -> None:
    assert deed(search(booked(), others=(UBER,)), 25) is Deed.CALL_AGAIN


def test_the_clock_of_a_search_begins_anew_when_a_driver_had_it() -> None:
    dropped = booked(0, key="K0", ref="J0", state=S.FAILED, ended_at=after(10), driver=Driver(name="A-Ming"))
    again = booked(10)
    calls = (call(dropped), call(again, because(Deed.CALL_AGAIN)))
    assert search(again, dropped, sends=calls).since() == after(10)
    assert search(booked(0, state_since=after(7))).since() == after(7)


def test_a_persons_new_call_is_a_new_search() -> None:
    before = booked(0, key="K0", ref="J0", state=S.FAILED, ended_at=after(10))
    assert search(booked(12), before).since() == after(12)
    assert search(booked(12), before).untried == (PANDA,)


def ended(why: Step | None = None, **more: object) -> tuple[Delivery, tuple[Send, ...]]:
    """A job that failed before pick-up, called off or not."""
    job = booked(0, state=S.FAILED, ended_at=after(5), **more)
    return job, (call(job), *((recall(job, why, created_at=after(4)),) if why else ()))


def after_the_end(job: Delivery, sends: tuple[Send, ...], rules: SearchRules = ALL, **more: object) -> Step | None:
    return step(search(job, sends=sends, **more), 5, rules)


def test_a_job_that_failed_by_itself_is_called_again_then_the_next_has_its_turn() -> None:
    job, sends = ended()
    found = after_the_end(job, sends)
    assert found is not None
    assert (found.deed, found.cause, found.courier, found.ref) == (Deed.CALL_AGAIN, Cause.FAILED, UBER, "")
    other = after_the_end(job, sends, replace(ALL, calls_most=0))
    assert other is not None
    assert (other.deed, other.courier) == (Deed.NEXT_COURIER, PANDA)


def test_by_default_a_job_that_failed_is_a_persons() -> None:
    assert after_the_end(*ended(), SearchRules()) is None


@pytest.mark.parametrize("left", ["picked_up_at", "handed_over_at"])
def test_goods_that_have_left_are_never_called_for_again(left: str) -> None:
    assert after_the_end(*ended(**{left: after(3)})) is None


@pytest.mark.parametrize(
    ("why", "wanted", "courier"),
    [(Deed.CALL_AGAIN, Deed.CALL_AGAIN, UBER), (Deed.NEXT_COURIER, Deed.NEXT_COURIER, PANDA)],
)
def test_a_recall_is_followed_by_what_it_was_for(why: Deed, wanted: Deed, courier: CourierName) -> None:
    found = after_the_end(*ended(because(why)))
    assert found is not None
    assert (found.deed, found.cause, found.courier) == (wanted, Cause.UNTAKEN, courier)


def test_a_search_that_was_given_up_is_told_to_a_person() -> None:
    found = after_the_end(*ended(because(Deed.GIVE_UP)))
    assert found is not None
    assert (found.deed, found.cause) == (Deed.TELL, Cause.GIVEN_UP)


@pytest.mark.parametrize("more", [{"others": (UBER,)}, {"is_read": False}])
def test_where_nobody_may_be_called_any_more_a_person_is_told(more: dict[str, object]) -> None:
    job, sends = ended(because(Deed.NEXT_COURIER))
    found = after_the_end(job, sends, replace(ALL, calls_most=0), **more)
    assert found is not None
    assert (found.deed, found.cause) == (Deed.TELL, Cause.UNTAKEN)


def test_what_a_person_called_off_stays_off() -> None:
    job, _ = ended()
    assert after_the_end(job, (call(job), recall(job))) is None


def test_a_recall_that_was_taken_back_says_nothing_about_a_failure_later() -> None:
    job, _ = ended()
    taken_back = recall(job, because(Deed.GIVE_UP), state=SendState.TAKEN_BACK)
    found = after_the_end(job, (call(job), taken_back))
    assert found is not None
    assert found.deed is Deed.CALL_AGAIN


def test_whoever_was_called_since_is_waited_for() -> None:
    job, sends = ended(because(Deed.CALL_AGAIN))
    later = send(key="K2", created_at=after(5) + timedelta(seconds=1), state=SendState.TAKEN_BACK)
    assert after_the_end(job, (*sends, later)) is None


def refused(state: SendState = SendState.REFUSED) -> tuple[Send, ...]:
    return (send(key="K1", state=state, created_at=after(0)),)


def test_a_courier_that_refuses_is_followed_by_the_next_at_once() -> None:
    found = after_refusal(search(sends=refused()), SearchRules(), after(0), Cause.REFUSED)
    assert found is not None
    assert (found.deed, found.cause, found.courier) == (Deed.NEXT_COURIER, Cause.REFUSED, PANDA)


@pytest.mark.parametrize(
    ("rules", "more"),
    [
        (replace(ALL, next_when_refused=False), {}),
        (ALL, {"others": (UBER,)}),
        (ALL, {"is_wanted": False}),
        (ALL, {"is_read": False}),
    ],
)
def test_else_a_refusal_is_a_persons(rules: SearchRules, more: dict[str, object]) -> None:
    assert after_refusal(search(sends=refused(), **more), rules, after(0), Cause.REFUSED) is None


def test_silence_is_followed_by_the_next_only_where_a_search_goes_on_by_itself() -> None:
    assert after_refusal(search(sends=refused()), SearchRules(), after(0), Cause.SILENT) is None
    assert after_refusal(search(sends=refused()), ALL, after(0), Cause.SILENT) is not None


@pytest.mark.parametrize("why", ["", "not ours", '{"reason":"preferred"}', '{"deed":"of another version"}', "[1]"])
def test_only_our_own_reason_is_ours(why: str) -> None:
    assert deed_of(send(why=why)) is None


@pytest.mark.parametrize("made", Deed)
def test_a_send_tells_what_it_was_made_for(made: Deed) -> None:
    assert deed_of(send(why=because(made).packed)) is made


def test_the_soonest_time_is_when_a_look_is_worth_it() -> None:
    assert SearchRules().soonest == timedelta(minutes=30)
    assert ALL.soonest == timedelta(minutes=4)
