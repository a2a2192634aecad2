"""Troubles at the counter: F8 leads through the script, page 8 shows what recurs."""

from core.domain.goods_back import Onward
from core.domain.ids import OrderId, ProblemId
from tests import samples
from tests.samples import SHOPS
from tests.tui.play import Player, playing

SHOP = SHOPS["on_the_way"]
WEEK = samples.sample_troubles


async def trouble(player: Player, number: str) -> None:
    player.page.choose(OrderId(number))
    await player.press("f8")
    await player.until(lambda: player.in_dialog)


def facts(player: Player) -> str:
    return "\n".join(str(label.render()) for label in player.app.screen.query(".facts"))


async def test_the_script_stands_at_its_step_and_says_who_pays() -> None:
    async with playing(SHOP) as player:
        await trouble(player, "1061")
        told = facts(player)
        assert "▶ Ring once more, and send a message." in told
        assert "✓ Ring the customer: first try." in told
        assert "who pays: the customer" in told


async def test_a_step_that_is_done_is_told_with_what_came_of_it() -> None:
    async with playing(SHOP) as player:
        await trouble(player, "1061")
        await player.press("down", "enter")
        await player.until(lambda: bool(player.app.screen.query("Input")))
        await player.type("no answer")
        await player.press("enter")
        await player.until(lambda: bool(player.asked))
        assert player.asked == [("step_done", "p1061", "no answer")]


async def test_an_order_on_its_way_without_trouble_can_be_given_one() -> None:
    async with playing(SHOP) as player:
        await trouble(player, "1064")
        await player.press("down", "down", "enter")
        await player.until(lambda: bool(player.app.screen.query("Input")))
        await player.press("enter")
        await player.until(lambda: bool(player.asked))
        assert player.asked == [("name_trouble", "1064", "unreachable", "")]


async def test_escape_leaves_a_trouble_as_it_is() -> None:
    async with playing(SHOP) as player:
        await trouble(player, "1062")
        await player.press("escape")
        assert (player.asked, player.in_dialog) == ([], False)


async def test_the_money_for_goods_back_is_chosen_where_they_are_counted() -> None:
    async with playing(SHOPS["returns"]) as player:
        player.page.choose(OrderId("1027"))
        await player.press("i")
        await player.until(lambda: bool(player.app.screen.query("LineList")) and player.in_dialog)
        await player.press("end", "space", "enter")
        await player.until(lambda: bool(player.asked))
        assert player.asked[0][2].onward is Onward.REFUND_ALL


async def test_what_recurs_leads_to_its_troubles_and_their_record() -> None:
    async with playing(SHOP) as player:
        player.desk.records = {ProblemId("t7"): WEEK.record()}
        await player.press("8")
        await player.until(lambda: "Most often: the delivery is late, 6 of 11" in player.text("list"))
        assert set(player.asked) == {("recurring", 7)}
        await player.press("down", "enter")
        await player.until(lambda: "#907" in player.text("list"))
        await player.press("enter")
        await player.until(lambda: player.in_dialog)
        assert "sent a gift back" in facts(player)
        await player.press("escape", "escape")
        await player.until(lambda: "BY COURIER" in player.text("list"))


async def test_f_counts_thirty_days_and_seven_again() -> None:
    async with playing(SHOP) as player:
        await player.press("8", "f")
        await player.until(lambda: player.asked[-1] == ("recurring", 30))
        await player.press("f")
        await player.until(lambda: player.asked[-1] == ("recurring", 7))


def test_the_sample_week_has_a_habit() -> None:
    assert WEEK.RECURRING.habit is not None
