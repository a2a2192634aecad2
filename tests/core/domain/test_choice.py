"""The store's pick among couriers' offers: never beaten, never over the limits, whoever answered first."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, strategies as st

from core.domain.choice import Choice, choose, named, to_door
from core.domain.ids import CourierName
from core.domain.money import Money
from core.domain.offer import CLOSED, Answer, Offer
from core.domain.why import Reason
from core.domain.wish import Policy, Wish
from tests.conftest import NOON
from tests.sample_offers import DOORDASH, LALAMOVE, PANDAGO, UBER, quoted

ALL = (UBER, PANDAGO, LALAMOVE, DOORDASH)
USUAL = Wish(prefer=ALL)
CHEAPEST, FASTEST = replace(USUAL, policy=Policy.CHEAPEST), replace(USUAL, policy=Policy.FASTEST)
CHEAP, QUICK = quoted(UBER, 65, NOON, door=24), quoted(PANDAGO, 82, NOON, door=19)
HUNDRED_TWENTY = Money(12_000, "TWD")


def silent(courier: CourierName, answer: Answer = Answer.LATE) -> Offer:
    return Offer(courier=courier, answer=answer)


def pick(*offers: Offer, wish: Wish = CHEAPEST) -> Choice:
    return choose(offers, wish, NOON)


def test_the_cheapest_wins_and_names_the_next() -> None:
    why = pick(QUICK, CHEAP).why
    assert (why.reason, why.fee, why.next, why.next_fee) == (
        Reason.CHEAPEST,
        Money(6_500, "TWD"),
        PANDAGO,
        Money(8_200, "TWD"),
    )


def test_the_fastest_to_the_door_wins_whatever_it_costs() -> None:
    choice = pick(CHEAP, QUICK, wish=FASTEST)
    assert (choice.courier, choice.why.reason, choice.why.minutes, choice.why.next_minutes) == (
        PANDAGO,
        Reason.FASTEST,
        19,
        24,
    )


def test_preference_without_limits_asks_for_nothing_and_takes_the_first() -> None:
    choice = pick(silent(UBER, Answer.ASKING), QUICK, wish=USUAL)
    assert (choice.courier, choice.why.reason, choice.quote) == (UBER, Reason.PREFERRED, None)


def test_preference_within_a_limit_says_both_numbers() -> None:
    choice = pick(CHEAP, QUICK, wish=replace(USUAL, max_fee=HUNDRED_TWENTY))
    assert (choice.courier, choice.why.reason) == (UBER, Reason.WITHIN)
    assert (choice.why.fee, choice.why.max_fee) == (Money(6_500, "TWD"), HUNDRED_TWENTY)


def test_a_preferred_courier_over_the_limit_is_passed_over() -> None:
    dear = quoted(UBER, 121, NOON)
    assert pick(dear, QUICK, wish=replace(USUAL, max_fee=HUNDRED_TWENTY)).courier == PANDAGO


def test_the_limit_itself_is_within() -> None:
    assert pick(quoted(UBER, 120, NOON), QUICK, wish=replace(USUAL, max_fee=HUNDRED_TWENTY)).courier == UBER


def test_minutes_to_the_door_have_a_limit_too() -> None:
    wish = replace(USUAL, max_to_door=timedelta(minutes=20))
    assert pick(CHEAP, QUICK, wish=wish).courier == PANDAGO


def test_when_all_are_over_the_limits_nobody_is_picked_and_the_nearest_is_named() -> None:
    choice = pick(quoted(UBER, 150, NOON), quoted(PANDAGO, 135, NOON), wish=replace(CHEAPEST, max_fee=HUNDRED_TWENTY))
    assert (choice.courier, choice.quote, choice.why.reason) == (None, None, Reason.OVER_LIMITS)
    assert (choice.why.next, choice.why.next_fee, choice.why.max_fee) == (
        PANDAGO,
        Money(13_500, "TWD"),
        HUNDRED_TWENTY,
    )


def test_the_only_one_that_answered_says_so() -> None:
    choice = pick(silent(UBER), QUICK)
    assert (choice.courier, choice.why.reason) == (PANDAGO, Reason.ONLY)


def test_when_nobody_answered_in_time_the_preferred_one_is_called_without_a_price() -> None:
    choice = pick(silent(PANDAGO), silent(UBER))
    assert (choice.courier, choice.quote, choice.why.reason) == (UBER, None, Reason.NO_QUOTES)


def test_one_that_is_down_comes_after_one_that_was_merely_late() -> None:
    assert pick(silent(UBER, Answer.DOWN), silent(PANDAGO)).courier == PANDAGO


@pytest.mark.parametrize("answer", sorted(CLOSED))
def test_who_cannot_or_will_not_is_never_picked(answer: Answer) -> None:
    choice = pick(silent(UBER, answer))
    assert (choice.courier, choice.why.reason) == (None, Reason.NOBODY)


def test_an_expired_quote_never_wins() -> None:
    gone = quoted(UBER, 1, NOON, holds=0)
    assert pick(gone, QUICK).courier == PANDAGO


def test_one_that_tells_no_price_is_taken_when_it_is_preferred() -> None:
    own = silent(UBER, Answer.UNPRICED)
    assert pick(own, QUICK, wish=replace(USUAL, max_fee=HUNDRED_TWENTY)).courier == UBER


def test_one_that_tells_no_price_is_not_cheaper_than_one_that_does() -> None:
    assert pick(silent(UBER, Answer.UNPRICED), QUICK).courier == PANDAGO


def test_a_fee_in_other_money_does_not_compare() -> None:
    assert CHEAP.quote is not None
    abroad = replace(CHEAP, quote=replace(CHEAP.quote, fee=Money(1, "USD")))
    assert pick(abroad, QUICK).courier == PANDAGO


def test_what_does_not_compare_is_not_named_as_the_next() -> None:
    assert CHEAP.quote is not None
    abroad = replace(CHEAP, courier=PANDAGO, quote=replace(CHEAP.quote, fee=Money(1, "USD")))
    assert (pick(CHEAP, abroad).why.next, pick(CHEAP, silent(PANDAGO, Answer.UNPRICED)).why.next) == (None, None)
    assert pick(CHEAP, quoted(PANDAGO, 1, NOON, door=None), wish=FASTEST).why.next is None


def test_one_that_tells_no_time_is_not_faster_than_one_that_does() -> None:
    assert pick(quoted(UBER, 65, NOON, door=None), QUICK, wish=FASTEST).courier == PANDAGO


def test_of_equal_offers_the_preferred_wins_and_then_the_name() -> None:
    same = [quoted(name, 65, NOON) for name in ALL]
    assert pick(*same, wish=replace(CHEAPEST, prefer=(LALAMOVE,))).courier == LALAMOVE
    assert pick(*same, wish=replace(CHEAPEST, prefer=())).courier == DOORDASH


def test_a_person_may_take_any_offer_and_an_expired_one_without_its_price() -> None:
    assert (named(CHEAP, NOON).quote, named(CHEAP, NOON).why.fee) == (CHEAP.quote, Money(6_500, "TWD"))
    assert named(quoted(UBER, 65, NOON, holds=0), NOON).quote is None


def test_a_begun_minute_counts() -> None:
    assert CHEAP.quote is not None
    assert to_door(CHEAP.quote, NOON + timedelta(seconds=1)) == 24
    assert to_door(CHEAP.quote, NOON + timedelta(hours=1)) == 0


PRICES = st.integers(1, 200)
MINUTES = st.none() | st.integers(-5, 90)


@st.composite
def offers(draw: st.DrawFn) -> list[Offer]:
    """Up to six couriers with any answers."""
    names = draw(st.lists(st.sampled_from([*ALL, CourierName("own"), CourierName("stuart")]), unique=True))
    return [draw(offer_of(name)) for name in names]


@st.composite
def offer_of(draw: st.DrawFn, name: CourierName) -> Offer:
    answer = draw(st.sampled_from(Answer))
    if answer is not Answer.QUOTED:
        return Offer(courier=name, answer=answer)
    return quoted(name, draw(PRICES), NOON, door=draw(MINUTES), holds=draw(st.integers(-2, 5)))


WISHES = st.builds(
    Wish,
    policy=st.sampled_from(Policy),
    prefer=st.permutations(ALL).map(tuple),
    max_fee=st.none() | PRICES.map(lambda dollars: Money(dollars * 100, "TWD")),
    max_to_door=st.none() | st.integers(0, 90).map(lambda count: timedelta(minutes=count)),
)


@given(offers(), WISHES)
def test_the_winner_is_never_beaten_by_another_that_may_win(many: list[Offer], wish: Wish) -> None:
    choice = choose(many, wish, NOON)
    if choice.quote is None or not wish.needs_quotes:
        return
    rivals = [one.quote for one in many if one.quote and one.stands(NOON) and wish.allows(one.quote, NOON)]
    assert choice.quote in rivals
    if wish.policy is Policy.CHEAPEST:
        assert choice.quote.fee.minor == min(rival.fee.minor for rival in rivals)
    if wish.policy is Policy.FASTEST and (known := [rival.at_door for rival in rivals if rival.at_door]):
        assert choice.quote.at_door == min(known)
    if wish.policy is Policy.PREFERRED:
        assert wish.rank(choice.quote.courier) == min(wish.rank(rival.courier) for rival in rivals)


@given(offers(), WISHES, st.randoms())
def test_it_makes_no_difference_who_answered_first(many: list[Offer], wish: Wish, chance) -> None:
    shuffled = list(many)
    chance.shuffle(shuffled)
    assert choose(shuffled, wish, NOON) == choose(many, wish, NOON)


@given(offers(), WISHES)
def test_nobody_over_the_limits_or_out_is_ever_picked(many: list[Offer], wish: Wish) -> None:
    choice = choose(many, wish, NOON)
    if choice.courier is None:
        return
    (chosen,) = [one for one in many if one.courier == choice.courier]
    assert chosen.may_be_called
    if wish.needs_quotes and chosen.stands(NOON):
        assert wish.allows(chosen.quote, NOON)


@given(offers(), WISHES)
def test_somebody_is_picked_unless_all_are_out_or_over_the_limits(many: list[Offer], wish: Wish) -> None:
    able = [one for one in many if one.may_be_called]
    fine = [one for one in able if not wish.needs_quotes or not one.stands(NOON) or wish.allows(one.quote, NOON)]
    assert (choose(many, wish, NOON).courier is not None) == bool(fine)


@given(offers(), WISHES)
def test_no_expired_quote_goes_with_the_call(many: list[Offer], wish: Wish) -> None:
    quote = choose(many, wish, NOON).quote
    assert quote is None or quote.expires_at > NOON
