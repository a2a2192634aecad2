"""What couriers charge, said a line each; one is chosen by its number."""

from core.domain.choice import Comparison, choose
from core.domain.offer import Answer, Offer
from core.domain.refusal import NoCourier
from core.domain.why import Reason, Why
from tests import samples
from tests.sample_offers import PANDAGO, UBER, quoted
from tests.samples import COMPARED, FIRST_BELL, NOW, PACKED
from tests.tui.plain.talk import said, talking

DONE = COMPARED[-1]


async def test_every_offer_is_said_and_the_stores_pick_comes_first() -> None:
    answer = await said(PACKED, "quotes 1038")
    assert answer[:6] == [
        "Asking the couriers.",
        "Doordash, does not fit: 14.2 > 13 kg.",
        "1: Our rule: uber, cheapest: NT$65, next pandago NT$82.",
        "2: uber, NT$65, 9 min to the store, 24 min to the door, holds 5 minutes.",
        "3: pandago, NT$82, 4 min to the store, 19 min to the door, holds 15 minutes.",
        "4: lalamove, no answer in time.",
    ]


async def test_the_first_number_calls_the_stores_pick_with_its_reason() -> None:
    async with talking(PACKED) as talk:
        await talk.type("w 1038", "1")
        choice = DONE.choice
        assert choice is not None
        assert talk.asked == [("quotes", "1038"), ("ship", "1038", UBER, choice.quote, choice.why)]


async def test_another_number_calls_that_courier_by_hand() -> None:
    async with talking(PACKED) as talk:
        await talk.type("w 1038", "3")
        name, order_id, courier, quote, why = talk.asked[-1]
        assert (name, order_id, courier, why.reason) == ("ship", "1038", PANDAGO, Reason.NAMED)  # type: ignore[attr-defined]
        assert quote is not None


async def test_a_late_one_is_called_without_a_price() -> None:
    async with talking(PACKED) as talk:
        await talk.type("w 1038", "4")
        assert talk.asked[-1] == ("ship", "1038", "lalamove", Why(reason=Reason.NAMED))


async def test_enter_alone_calls_nobody() -> None:
    async with talking(PACKED) as talk:
        assert (await talk.type("compare 1038", ""))[-1] == "Nothing was done."
        assert talk.asked == [("quotes", "1038")]


async def test_what_is_not_accepted_is_not_compared() -> None:
    async with talking(FIRST_BELL) as talk:
        assert "call a driver when the bag is closed" in (await talk.type("w 1042"))[0]
        assert talk.asked == []


async def test_when_all_are_over_the_limits_a_person_may_still_choose() -> None:
    async with talking(PACKED) as talk:
        wish = samples.sample_offers.limited(60)
        offers = (samples.sample_offers.over(quoted(UBER, 65, NOW)),)
        talk.desk.comparisons = [Comparison(offers=offers, choice=choose(offers, wish, NOW))]
        answer = await talk.type("w 1038")
        assert answer[1] == "Our rule: nobody, all are over the limits; nearest is uber, NT$65, 24 min; allowed NT$60."
        assert answer[2].endswith("over limit.")


async def test_nobody_to_call_is_said() -> None:
    async with talking(PACKED) as talk:
        no = Offer(courier=UBER, answer=Answer.REFUSED, words="too far")
        talk.desk.comparisons = [Comparison(offers=(no,), choice=choose((no,), samples.sample_offers.CHEAPEST, NOW))]
        answer = await talk.type("w 1038")
        assert answer[1:] == [
            "Uber, says no: too far.",
            "Our rule: nobody, nobody can carry it.",
            "No courier can be called.",
        ]


async def test_a_refusal_of_the_store_is_said() -> None:
    async with talking(PACKED) as talk:
        talk.desk.refuse("quotes", NoCourier("x", found="none", allowed="none is configured"))
        assert "No courier can carry" in (await talk.type("w 1038"))[-1]
