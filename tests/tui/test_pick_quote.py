"""Which courier: rows fill in as answers come, the choice stays where it is, and every key answers."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.choice import Comparison, choose
from core.domain.fit import Doubt, Fit, Unknown
from core.domain.offer import Answer, Offer
from core.domain.refusal import NoCourier, OverLimits
from core.domain.why import Reason, Why
from tests import sample_offers, samples
from tests.sample_offers import PANDAGO, UBER, quoted
from tests.samples import BUSY, COMPARED, NOW, PACKED
from tests.tui.play import Player, lines_of, playing
from tui.screens.pick_quote import PickQuote
from tui.widgets.line_list import LineList
from tui.widgets.offer_rows import OURS

DONE = COMPARED[-1]
CHOSEN = DONE.choice
assert CHOSEN is not None


def offers(player: Player) -> LineList:
    return player.app.screen.query_one("#offers", LineList)


def told(player: Player) -> str:
    return "\n".join(line.rstrip() for line in lines_of(offers(player)))


def trouble(player: Player) -> str:
    return str(player.app.screen.query_one(".trouble").render())


@asynccontextmanager
async def comparing(comparisons: Sequence[Comparison] = COMPARED, *, slowly: bool = False) -> AsyncIterator[Player]:
    """The dialog over the counter; slowly: each answer comes when `next_answer` is set."""
    async with playing(PACKED) as player:
        player.desk.comparisons = comparisons
        player.desk.next_answer = asyncio.Event() if slowly else None
        await player.press("n", "w")
        await player.until(lambda: isinstance(player.app.screen, PickQuote) and offers(player).view > 0)
        await player.until(lambda: "courier" in told(player) and (slowly or "asking" not in told(player)))
        yield player


async def next_answer(player: Player, word: str) -> None:
    assert player.desk.next_answer is not None
    player.desk.next_answer.set()
    await player.until(lambda: word in told(player))


async def test_every_offer_has_its_numbers_and_the_pick_its_reason() -> None:
    async with comparing() as player:
        rows = told(player).splitlines()
        assert "★ Our rule: uber" in rows[0]
        assert "cheapest: NT$65, next pandago NT$82" in rows[1]
        assert rows[4].split() == ["★", "uber", "NT$65", "9", "min", "24", "min", "5:00", "✓", "fits"]
        assert rows[5].split() == ["○", "pandago", "NT$82", "4", "min", "19", "min", "15", "min", "✓", "fits"]
        assert "▲ lalamove" in rows[6]
        assert "no answer in time" in rows[6]
        assert "does not fit: 14.2 > 13 kg" in rows[7]


async def test_goods_without_a_size_are_no_sure_fit() -> None:
    sizeless = Fit(courier=UBER, unknowns=(Unknown(Doubt.SIZE, 2, 2),))
    unsure = [replace(offer, fits=(sizeless,)) if offer.courier == UBER else offer for offer in DONE.offers]
    async with comparing([replace(DONE, offers=tuple(unsure))]) as player:
        rows = told(player).splitlines()
        assert rows[4].endswith("? no size: 2 of 2")
        assert rows[5].endswith("✓ fits")


async def test_it_opens_at_once_and_fills_in_as_answers_come() -> None:
    async with comparing(slowly=True) as player:
        assert told(player).count("asking …") == 3
        assert "Our rule: asking, 0 of 3 answered" in told(player)
        await next_answer(player, "NT$82")
        assert "Our rule: asking, 1 of 3 answered" in told(player)
        assert told(player).count("asking …") == 2


async def test_the_chosen_row_stays_chosen_whatever_comes() -> None:
    async with comparing(slowly=True) as player:
        assert offers(player).chosen == OURS
        await player.press("down", "down")
        assert offers(player).chosen == "pandago"
        await next_answer(player, "NT$82")
        await next_answer(player, "NT$65")
        await next_answer(player, "Our rule: uber")
        assert offers(player).chosen == "pandago"


async def test_no_row_moves_while_answers_come() -> None:
    async with comparing(slowly=True) as player:
        places = [told(player).splitlines().index(line) for line in told(player).splitlines() if "lalamove" in line]
        await next_answer(player, "NT$82")
        await next_answer(player, "NT$65")
        await next_answer(player, "Our rule: uber")
        assert [at for at, line in enumerate(told(player).splitlines()) if "lalamove" in line] == places


async def test_enter_calls_the_stores_pick_and_the_reason_goes_with_it() -> None:
    async with comparing() as player:
        await player.press("enter")
        await player.until(lambda: len(player.asked) == 2)
        assert player.asked == [("quotes", "1038"), ("ship", "1038", UBER, CHOSEN.quote, CHOSEN.why)]
        await player.until(lambda: player.toasts() == ["#1038 goes with uber · cheapest: NT$65, next pandago NT$82"])


async def test_another_row_is_called_by_hand() -> None:
    async with comparing() as player:
        await player.press("down", "down", "enter")
        await player.until(lambda: len(player.asked) == 2)
        quote = quoted(PANDAGO, 82, NOW, store=4, door=19, holds=15).quote
        why = Why(reason=Reason.NAMED, fee=quote.fee if quote else None, minutes=19)
        assert player.asked[1] == ("ship", "1038", PANDAGO, quote, why)


async def test_escape_calls_nobody() -> None:
    async with comparing() as player:
        await player.press("escape")
        assert not player.in_dialog
        assert player.asked == [("quotes", "1038")]


async def test_what_does_not_fit_cannot_be_chosen() -> None:
    async with comparing() as player:
        await player.press("end")
        assert offers(player).chosen == "lalamove"


async def test_enter_before_all_have_answered_waits_for_the_pick() -> None:
    async with comparing(slowly=True) as player:
        await player.press("enter")
        assert "as soon as all have answered" in trouble(player)
        await next_answer(player, "NT$82")
        await next_answer(player, "NT$65")
        assert player.desk.next_answer is not None
        player.desk.next_answer.set()
        await player.until(lambda: len(player.asked) == 2)
        assert player.asked[1][:3] == ("ship", "1038", UBER)


async def test_one_that_is_still_asked_is_not_called() -> None:
    async with comparing(slowly=True) as player:
        await player.press("down", "enter")
        assert trouble(player) == "uber is still being asked."
        assert player.asked == [("quotes", "1038")]


async def test_one_that_says_no_meanwhile_keeps_the_bar_and_says_why() -> None:
    no = Comparison(offers=(Offer(courier=UBER, answer=Answer.REFUSED, words="too far"), *COMPARED[0].offers[1:]))
    async with comparing((COMPARED[0], no), slowly=True) as player:
        await player.press("down")
        await next_answer(player, "too far")
        assert offers(player).chosen == "uber"
        await player.press("enter")
        assert trouble(player) == "uber cannot be called: says no: too far."


async def test_over_the_limits_nobody_is_picked_and_a_person_may_choose() -> None:
    many = (sample_offers.over(quoted(UBER, 65, NOW)),)
    done = Comparison(offers=many, choice=choose(many, sample_offers.limited(60), NOW))
    async with comparing((done,)) as player:
        assert "Our rule: nobody" in told(player)
        nearest = "all are over the limits; nearest is uber, NT$65, 24 min; allowed NT$60"
        await player.until(lambda: nearest in told(player))  # laid out, and as wide as it will be
        await player.press("enter")
        assert trouble(player).startswith("Our rule calls nobody.")
        await player.press("down", "enter")
        await player.until(lambda: len(player.asked) == 2)
        assert player.asked[1][:3] == ("ship", "1038", UBER)


@pytest.mark.parametrize("downs", [0, 1])
async def test_an_expired_price_is_asked_for_again(downs: int) -> None:
    async with comparing() as player:
        player.app.clock.at = NOW + timedelta(minutes=6)
        await player.press(*["down"] * downs, "enter")
        await player.until(lambda: player.asked == [("quotes", "1038")] * 2)
        assert trouble(player) == "That price has expired: asking again."


async def test_prices_run_out_before_the_eyes() -> None:
    async with comparing() as player:
        player.app.clock.at = NOW + timedelta(minutes=4)
        await player.until(lambda: "1:00" in told(player))
        player.app.clock.at = NOW + timedelta(minutes=5)
        await player.until(lambda: "▲ expired" in told(player))


async def test_a_refusal_of_the_desk_is_said_in_the_dialog() -> None:
    async with playing(PACKED) as player:
        player.desk.refuse("quotes", NoCourier("x", found="none", allowed="none is configured"))
        await player.press("n", "w")
        await player.until(lambda: player.in_dialog and "No courier can carry #1038" in trouble(player))


async def test_what_is_not_accepted_or_called_already_is_not_compared() -> None:
    async with playing(BUSY) as player:
        player.page.choose("1042")  # type: ignore[attr-defined]
        await player.press("w")
        await player.until(lambda: any("when the bag is closed" in toast for toast in player.toasts()))
        player.page.choose("1034")  # type: ignore[attr-defined]
        await player.press("w")
        await player.until(lambda: any("called already" in toast for toast in player.toasts()))
        assert player.asked == []


async def test_s_by_preference_alone_says_nothing_more_than_the_row() -> None:
    async with playing(PACKED) as player:
        await player.press("n", "s")
        await player.until(lambda: player.asked == [("ship", "1038")])
        assert player.toasts() == []


async def test_s_says_who_and_why_where_prices_count() -> None:
    async with playing(PACKED) as player:
        player.desk.choice = CHOSEN
        await player.press("n", "s")
        await player.until(lambda: player.toasts() == ["#1038 goes with uber · cheapest: NT$65, next pandago NT$82"])


async def test_while_couriers_are_asked_it_says_so_and_other_keys_go_on() -> None:
    async with playing(PACKED) as player:
        player.desk.gate = asyncio.Event()
        await player.press("n", "s")
        await player.until(lambda: player.toasts() == ["Asking couriers what they charge for #1038 …"])
        player.desk.gate = None
        await player.press("b")
        await player.until(lambda: ("reopen", "1038") in player.asked)


async def test_undo_while_couriers_are_asked_takes_the_call_back_that_comes_of_it() -> None:
    async with playing(PACKED) as player:
        gate = player.desk.gate = asyncio.Event()
        await player.press("n", "s")
        await player.until(lambda: bool(player.toasts()))
        await player.press("u")
        await player.until(lambda: any("as soon as the couriers have answered" in toast for toast in player.toasts()))
        assert ("take_back", "1038") not in player.asked
        player.desk.gate = None
        gate.set()
        await player.until(lambda: ("take_back", "1038") in player.asked)


async def test_over_the_limits_s_calls_nobody_and_says_the_numbers() -> None:
    why = choose((quoted(UBER, 65, NOW),), sample_offers.limited(60), NOW).why
    async with playing(PACKED) as player:
        player.desk.refuse("ship", OverLimits(why))
        await player.press("n", "s")
        await player.until(
            lambda: any("nearest is uber, NT$65, 24 min; allowed NT$60" in one for one in player.toasts())
        )


async def test_the_held_call_says_why_in_the_panel() -> None:
    held = replace(samples.held_call("1038"), why=CHOSEN.why.packed)
    shop = samples.shop((samples.ready("1038"),), sends=(held,))
    async with playing(shop) as player:
        await player.until(lambda: "cheapest: NT$65, next pandago NT$82" in player.text("panel"))
