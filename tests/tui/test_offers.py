"""Offers and reasons in words, with the numbers that decided."""

import pytest

from core.domain.fit import Doubt, Fit, Unknown
from core.domain.ids import CourierName
from core.domain.money import Money
from core.domain.offer import Answer, Offer
from core.domain.why import Reason, Why
from tests.sample_offers import PANDAGO, TOO_HEAVY, UBER
from tui import i18n
from tui.labels import offers

SIZELESS = Fit(courier=UBER, unknowns=(Unknown(Doubt.SIZE, 2, 2),))
FEE, NEXT, LIMIT = Money(6_500, "TWD"), Money(8_200, "TWD"), Money(12_000, "TWD")


@pytest.fixture(autouse=True)
def _english() -> None:
    i18n.use("en")


@pytest.mark.parametrize(
    ("why", "words"),
    [
        (Why(reason=Reason.PREFERRED), "preferred"),
        (Why(reason=Reason.CHEAPEST, fee=FEE, next=PANDAGO, next_fee=NEXT), "cheapest: NT$65, next pandago NT$82"),
        (Why(reason=Reason.CHEAPEST, fee=FEE), "cheapest: NT$65"),
        (Why(reason=Reason.CHEAPEST), "nobody tells a price: the preferred one"),
        (Why(reason=Reason.FASTEST, minutes=24), "fastest to the door: 24 min"),
        (
            Why(reason=Reason.FASTEST, minutes=24, next=PANDAGO, next_minutes=31),
            "fastest to the door: 24 min, next pandago 31 min",
        ),
        (Why(reason=Reason.FASTEST), "nobody tells how long: the preferred one"),
        (Why(reason=Reason.WITHIN, fee=FEE, max_fee=LIMIT), "preferred; NT$65 within NT$120"),
        (Why(reason=Reason.WITHIN, minutes=24, max_minutes=60), "preferred; 24 min within 60 min"),
        (Why(reason=Reason.ONLY, fee=FEE), "the only one that answered; NT$65"),
        (Why(reason=Reason.NO_QUOTES), "no prices in time: the preferred one"),
        (Why(reason=Reason.NAMED, fee=FEE, minutes=24), "chosen by hand; NT$65; 24 min"),
        (
            Why(reason=Reason.OVER_LIMITS, next=PANDAGO, next_fee=NEXT, next_minutes=70, max_fee=FEE, max_minutes=60),
            "all are over the limits; nearest is pandago, NT$82, 70 min; allowed NT$65, 60 min",
        ),
    ],
)
def test_a_reason_is_said_with_its_numbers(why: Why, words: str) -> None:
    assert offers.reason(why) == words


@pytest.mark.parametrize(
    ("fits", "words"),
    [
        ((), "✓ fits"),
        ((Fit(courier=UBER),), "✓ fits"),
        ((SIZELESS,), "? 2 of 2 pieces have no size"),
        ((TOO_HEAVY, SIZELESS), "? 2 of 2 pieces have no size"),
        ((SIZELESS, Fit(courier=UBER, vehicle="car")), "✓ fits"),
    ],
)
def test_it_fits_only_where_one_vehicle_surely_takes_it(fits: tuple[Fit, ...], words: str) -> None:
    assert offers.standing(Offer(courier=UBER, answer=Answer.QUOTED, fits=fits)) == words


@pytest.mark.parametrize(
    ("doubt", "words"),
    [
        (Doubt.SIZE, "no size: 2 of 5"),
        (Doubt.WEIGHT, "no weight: 2 of 5"),
        (Doubt.TOGETHER, "all 5 together?"),
    ],
)
def test_every_doubt_is_said_in_a_few_words_too(doubt: Doubt, words: str) -> None:
    fits = (Fit(courier=UBER, unknowns=(Unknown(doubt, 2, 5),)),)
    assert offers.short_doubt(Offer(courier=UBER, answer=Answer.QUOTED, fits=fits)) == words


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_words_even_without_numbers(reason: Reason) -> None:
    assert offers.reason(Why(reason=reason))


@pytest.mark.parametrize("answer", Answer)
def test_every_answer_has_words(answer: Answer) -> None:
    assert offers.answer(Offer(courier=UBER, answer=answer))


@pytest.mark.parametrize("nasty", ["{x}", "{0}", "[red]x[/]", "\x1b[2J"])
def test_hostile_words_do_no_harm(nasty: str) -> None:
    assert nasty in offers.answer(Offer(courier=CourierName(nasty), answer=Answer.REFUSED, words=nasty))
    why = Why(reason=Reason.CHEAPEST, fee=FEE, next=CourierName(nasty), next_fee=NEXT)
    assert nasty in offers.reason(why)


def test_plain_preference_needs_no_words_beside_the_call() -> None:
    assert offers.kept_reason(Why(reason=Reason.PREFERRED).packed) == ""
    assert offers.kept_reason(Why(reason=Reason.CHEAPEST, fee=FEE).packed) == "cheapest: NT$65"
    assert offers.kept_reason('{"deed":"next"}') == ""
