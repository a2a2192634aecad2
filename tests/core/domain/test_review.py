"""What is looked at, what stops an order, what settles it, in plain values (H1–H6)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain import review_moves
from core.domain.arrival import told_again
from core.domain.events import CustomerCalledBack, CustomerCompleted, ReviewAsked, ReviewPassed
from core.domain.money import Money
from core.domain.order import Order
from core.domain.phone import PhoneSense
from core.domain.purchase import Customer, OrderType
from core.domain.refusal import BadAddress, IllegalMove, NothingNew, ReviewOpen
from core.domain.review import (
    GENTLE,
    Finding,
    FindingKind,
    ReviewRules,
    Weight,
    barring,
    findings_of,
    first_stop,
    read,
)
from core.domain.review_exam import Known, examine
from core.domain.review_moves import CallResult, called, examined, let_pass, put_words
from core.domain.stage import Stage
from tests.builders import AT_STAGE, BO, MEI, RULES, after, line, minutes, new, preparing, purchase, told_later

GOOD = Known(phone=PhoneSense.GOOD, is_known_buyer=True)
CHEN = Customer(name="Chen", phone="+886912000111", address="台北市大同區 2 號")
STOPS = [Finding(kind=kind, stops=True) for kind in FindingKind]


def found(known: Known = GOOD, rules: ReviewRules | None = None, **facts: object) -> list[tuple[FindingKind, bool]]:
    order = new(**facts)
    return [(one.kind, one.stops) for one in examine(order, known, rules or ReviewRules())]


def in_review(*stops: FindingKind, **facts: object) -> Order:
    findings = [Finding(kind=kind, stops=True) for kind in stops]
    return examined(new(**facts), findings, after(0))[0]


def test_a_known_buyer_with_nothing_odd_passes_by_itself() -> None:
    assert found() == []


def test_a_nonsense_address_stops_an_order_that_goes_to_a_door() -> None:
    nowhere = replace(CHEN, address="asdf")
    assert found(customer=nowhere) == [(FindingKind.NONSENSE_ADDRESS, True)]
    assert found(customer=nowhere, type=OrderType.PICKUP) == []


def test_an_unclear_address_is_a_note_and_with_a_place_on_the_map_none() -> None:
    vague = replace(CHEN, address="台北市大同區")
    assert found(customer=vague) == [(FindingKind.UNCLEAR_ADDRESS, False)]
    assert found(customer=replace(vague, latitude=25.06, longitude=121.51)) == []


@pytest.mark.parametrize(
    ("sense", "kinds"),
    [
        (PhoneSense.GOOD, []),
        (PhoneSense.UNKNOWN, []),
        (PhoneSense.ODD, [(FindingKind.ODD_PHONE, False)]),
        (PhoneSense.HIDDEN, [(FindingKind.NO_PHONE, False)]),
        (PhoneSense.MISSING, [(FindingKind.NO_PHONE, False)]),
        (PhoneSense.IMPOSSIBLE, [(FindingKind.IMPOSSIBLE_PHONE, True)]),
    ],
)
def test_only_an_impossible_phone_stops(sense: PhoneSense, kinds: list[tuple[FindingKind, bool]]) -> None:
    assert found(replace(GOOD, phone=sense)) == kinds


def test_a_twin_stops_and_names_the_other_order() -> None:
    (finding,) = examine(new(), replace(GOOD, twin="1041"), ReviewRules())
    assert (finding.kind, finding.found, finding.allowed, finding.stops) == (FindingKind.DUPLICATE, "1041", "30", True)


def test_a_first_order_and_an_invoice_are_notes_unless_switched_on() -> None:
    stranger = replace(GOOD, is_known_buyer=False)
    kinds = [FindingKind.FIRST_ORDER, FindingKind.INVOICE]
    assert found(stranger, wants_invoice=True) == [(kind, False) for kind in kinds]
    strict = ReviewRules(weights=dict(GENTLE) | dict.fromkeys(kinds, Weight.STOP))
    assert found(stranger, strict, wants_invoice=True) == [(kind, True) for kind in kinds]


def test_a_buyer_without_a_number_is_not_called_new() -> None:
    assert found(replace(GOOD, is_known_buyer=False, can_be_known=False)) == []


def test_what_is_switched_off_is_not_found() -> None:
    off = ReviewRules(weights={})
    assert found(Known(phone=PhoneSense.IMPOSSIBLE, twin="1"), off, customer=Customer(), wants_invoice=True) == []


@pytest.mark.parametrize(
    ("usual", "most", "is_huge"),
    [
        (None, None, False),
        (Money(24_800, "TWD"), None, False),  # five times as much is allowed
        (Money(24_799, "TWD"), None, True),
        (None, Money(124_000, "TWD"), False),
        (None, Money(123_999, "TWD"), True),
        (Money(1, "USD"), Money(1, "USD"), False),  # of another currency nobody can say
    ],
)
def test_a_sum_above_the_usual_or_above_the_amount_is_large(
    usual: Money | None, most: Money | None, is_huge: bool
) -> None:
    expected = [(FindingKind.HUGE, False)] if is_huge else []
    assert found(replace(GOOD, usual=usual), ReviewRules(huge_amount=most)) == expected


def test_very_many_of_one_thing_are_noticed_with_both_numbers() -> None:
    assert found(lines=(line("1", 20), line("2", 20))) == []
    (finding,) = examine(new(lines=(line("1", 21),)), GOOD, ReviewRules())
    assert (finding.kind, finding.found, finding.allowed) == (FindingKind.QUANTITY, "21", "20")


@pytest.mark.parametrize("entry", ["CHEN", "0912-000-111", "台北市 大同區2號"])
def test_a_customer_on_the_list_is_found_by_name_phone_or_address(entry: str) -> None:
    assert found(rules=ReviewRules(barred=("Somebody Else", entry))) == [(FindingKind.BARRED, True)]
    assert found(rules=ReviewRules(barred=("Somebody Else",))) == []


@pytest.mark.parametrize("stops", [True, False])
@pytest.mark.parametrize("kind", FindingKind)
def test_a_finding_comes_back_from_its_code(kind: FindingKind, stops: bool) -> None:
    for found_words, allowed in (("", ""), ("1041", "30"), ("12,400 TWD", ""), ("a:b|c", "5")):
        finding = Finding(kind=kind, found=found_words, allowed=allowed, stops=stops)
        assert read(finding.code) == finding


def test_a_kind_of_a_newer_version_is_left_out() -> None:
    assert findings_of(replace(new(), review=("!of_tomorrow:1|2", "invoice"))) == (Finding(kind=FindingKind.INVOICE),)


def test_what_stops_an_order_sends_it_to_review_and_the_clock_runs_on() -> None:
    order, events = examined(new(), STOPS, after(0))
    assert (order.stage, order.accept_by, order.opened_at) == (Stage.REVIEW, new().accept_by, new().opened_at)
    assert events == (ReviewAsked(order_id=order.id, at=after(0), findings=tuple(FindingKind)),)
    assert first_stop(order) == FindingKind.BARRED


def test_it_rings_in_review_as_a_new_order_does() -> None:
    order = in_review(FindingKind.DUPLICATE)
    assert order.may_ring(after(0))


def test_notes_stay_with_an_order_that_is_new() -> None:
    order, events = examined(new(), [Finding(kind=FindingKind.FIRST_ORDER)], after(0))
    assert (order.stage, order.review, events) == (Stage.NEW, ("first_order",), ())


@pytest.mark.parametrize("stage", sorted(set(Stage) - {Stage.NEW, Stage.REVIEW}))
def test_an_order_that_is_further_on_is_left_alone(stage: Stage) -> None:
    order = AT_STAGE[stage]()
    assert examined(order, STOPS, after(1)) == (order, ())


def test_letting_pass_is_one_s_own_word_and_stops_the_bell() -> None:
    order, events = let_pass(in_review(FindingKind.DUPLICATE), by=MEI, at=after(1))
    assert (order.stage, order.reviewed_by, order.reviewed_at) == (Stage.NEW, MEI, after(1))
    assert (order.seen_by, barring(order)) == (MEI, ())
    assert events == (ReviewPassed(order_id=order.id, by=MEI, at=after(1), findings=("duplicate",)),)


@pytest.mark.parametrize("kind", [FindingKind.NONSENSE_ADDRESS, FindingKind.IMPOSSIBLE_PHONE, FindingKind.RETOLD])
def test_nobody_s_word_lets_pass_what_needs_other_words(kind: FindingKind) -> None:
    with pytest.raises(ReviewOpen) as refusal:
        let_pass(in_review(FindingKind.DUPLICATE, kind), by=MEI, at=after(1))
    assert refusal.value.found == kind


@pytest.mark.parametrize("stage", sorted(set(Stage) - {Stage.REVIEW}))
def test_only_an_order_in_review_can_be_let_pass(stage: Stage) -> None:
    with pytest.raises(IllegalMove):
        let_pass(AT_STAGE[stage](), by=MEI, at=after(1))


def test_what_a_person_let_pass_does_not_stop_it_again() -> None:
    passed, _events = let_pass(in_review(FindingKind.DUPLICATE), by=MEI, at=after(1))
    again, events = examined(passed, [Finding(kind=FindingKind.DUPLICATE, stops=True)], after(2))
    assert (again.stage, events) == (Stage.NEW, ())
    other, events = examined(
        passed, [Finding(kind=FindingKind.DUPLICATE, found="7", allowed="30", stops=True)], after(2)
    )
    assert (other.stage, len(events)) == (Stage.REVIEW, 1)


def test_an_order_that_is_odd_no_more_passes_by_itself() -> None:
    order, events = examined(in_review(FindingKind.NONSENSE_ADDRESS), [], after(1))
    assert (order.stage, order.reviewed_by) == (Stage.NEW, None)
    assert events == (ReviewPassed(order_id=order.id, at=after(1), findings=("nonsense_address",)),)


def test_own_words_stand_in_the_place_of_the_channel_s() -> None:
    order, events = put_words(new(customer=replace(CHEN, address="asdf")), address=CHEN.address, by=MEI, at=after(1))
    assert order.purchase.customer == CHEN
    assert order.completed is not None
    assert (order.completed.told_address, order.completed.phone) == ("asdf", None)
    assert events == (CustomerCompleted(order_id=order.id, by=MEI, at=after(1), fields=("address",)),)


def test_own_words_must_not_be_nonsense_either() -> None:
    with pytest.raises(BadAddress) as refusal:
        put_words(new(), address="test", by=MEI, at=after(1))
    assert refusal.value.found == "says_nothing"


def test_the_same_words_again_are_no_news() -> None:
    with pytest.raises(NothingNew):
        put_words(new(), address=CHEN.address, by=MEI, at=after(1))


@pytest.mark.parametrize("stage", [Stage.OUT, Stage.COMPLETED, Stage.REJECTED, Stage.CANCELLED, Stage.RETURNED])
def test_words_are_put_in_while_the_goods_are_here(stage: Stage) -> None:
    with pytest.raises(IllegalMove):
        put_words(AT_STAGE[stage](), address="台北市大同區 3 號", by=MEI, at=after(1))


def test_the_place_on_the_map_stays_when_the_address_was_only_completed() -> None:
    placed = replace(CHEN, address="台北市大同區", latitude=25.06, longitude=121.51)
    completed, _events = put_words(new(customer=placed), address="台北市大同區 2 號 3 樓", by=MEI, at=after(1))
    assert completed.purchase.customer.latitude == 25.06
    moved, _events = put_words(new(customer=placed), address="高雄市三民區 2 號", by=MEI, at=after(1))
    assert moved.purchase.customer.latitude is None


def test_the_channel_s_later_telling_overwrites_no_words_put_in_here() -> None:
    order, _events = put_words(new(customer=replace(CHEN, address="asdf")), address=CHEN.address, by=MEI, at=after(1))
    later = told_later(purchase(customer=replace(CHEN, address="asdf"), note="ring twice"), 2)
    again, _events = told_again(order, later, after(2), RULES.accept_within)
    assert (again.purchase.customer.address, again.purchase.note) == (CHEN.address, "ring twice")
    assert again.completed is not None
    assert not again.completed.is_retold


def test_other_words_of_the_channel_want_a_choice_and_change_nothing_by_themselves() -> None:
    order, _events = put_words(new(customer=replace(CHEN, address="asdf")), address=CHEN.address, by=MEI, at=after(1))
    later = told_later(purchase(customer=replace(CHEN, address="高雄市三民區 9 號")), 2)
    again, events = told_again(order, later, after(2), RULES.accept_within)
    assert again.purchase.customer.address == CHEN.address
    assert again.completed is not None
    assert (again.completed.is_retold, again.completed.told_address) == (True, "高雄市三民區 9 號")
    assert [getattr(event, "fields", ()) for event in events] == [("customer",)]
    assert FindingKind.RETOLD in {finding.kind for finding in examine(again, GOOD, ReviewRules())}


def test_after_accept_other_words_are_a_change_to_be_read() -> None:
    order, _events = put_words(preparing(), address="台北市大同區 2 號 3 樓", by=MEI, at=after(1))
    later = told_later(purchase(customer=replace(CHEN, address="高雄市三民區 9 號")), 2)
    again, _events = told_again(order, later, after(2), RULES.accept_within)
    assert again.changed == {"customer"}


def test_a_channel_that_comes_to_agree_wants_no_choice() -> None:
    order, _events = put_words(new(customer=replace(CHEN, address="asdf")), address=CHEN.address, by=MEI, at=after(1))
    for count, told in ((2, "高雄市三民區 9 號"), (3, "台北市大同區2號")):
        later = told_later(purchase(customer=replace(CHEN, address=told)), count)
        order, _events = told_again(order, later, after(count), RULES.accept_within)
    assert order.completed is not None
    assert not order.completed.is_retold


def test_taking_either_word_ends_the_choice() -> None:
    order, _events = put_words(new(customer=replace(CHEN, address="asdf")), address=CHEN.address, by=MEI, at=after(1))
    later = told_later(purchase(customer=replace(CHEN, address="高雄市三民區 9 號")), 2)
    order, _events = told_again(order, later, after(2), RULES.accept_within)
    for words in (CHEN.address, "高雄市三民區 9 號"):
        chosen, _events = put_words(order, address=words, by=BO, at=after(3))
        assert chosen.purchase.customer.address == words
        assert chosen.completed is not None
        assert not chosen.completed.is_retold


def test_a_customer_who_is_not_reached_is_tried_again_in_time_for_the_deadline() -> None:
    order, tries, at = in_review(FindingKind.DUPLICATE), [], after(0)
    for _ in range(3):
        event = called(order, CallResult.NOT_REACHED, history=tries, again=minutes(2), by=MEI, at=at)
        assert event.again_at is not None
        assert event.again_at > at
        tries.append(event)
        at += timedelta(seconds=40)
    assert [event.attempt for event in tries] == [1, 2, 3]
    assert all(event.again_at is not None and event.again_at < order.accept_by for event in tries)


def test_past_the_deadline_there_is_still_another_try() -> None:
    order = in_review(FindingKind.DUPLICATE)
    event = called(order, CallResult.NOT_REACHED, history=(), again=minutes(2), by=MEI, at=after(30))
    assert event.again_at == after(32)


@pytest.mark.parametrize("result", [CallResult.RIGHT, CallResult.CHANGED])
def test_who_was_reached_is_not_called_again(result: CallResult) -> None:
    event = called(in_review(FindingKind.HUGE), result, history=(), again=minutes(2), by=MEI, at=after(1))
    assert event == CustomerCalledBack(
        order_id=new().id, by=MEI, at=after(1), answer=result.value, attempt=1, again_at=None
    )


def test_a_call_is_kept_of_orders_that_are_looked_at_only() -> None:
    with pytest.raises(IllegalMove):
        review_moves.require_review(new())
