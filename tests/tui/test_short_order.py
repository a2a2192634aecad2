"""The short-order wizard by keyboard alone: made up, looked at once more, done; after it only return and refund."""

from textual.widgets import Label

from core.domain.short import Short
from core.domain.swap import Swap
from tests import samples
from tests.tui.play import Player, playing
from tui.screens.give_back import GiveBack
from tui.screens.pick_goods import PickGoods
from tui.screens.short_look import ShortLook
from tui.screens.short_order import ShortOrder

TEA, CRACKER, GIFT = samples.TEA.id, samples.CRACKER.id, samples.GIFT.id
IN_THE_BAG = {TEA: 1, CRACKER: 0, GIFT: 1}
SHOP = samples.SHOPS["shorts"]


def words(player: Player, name: str) -> str:
    return str(player.app.screen.query_one(name, Label).content)


async def open_wizard(player: Player) -> None:

    player.page.choose("1041")  # type: ignore[attr-defined]
    await player.until(lambda: player.page.sheet is not None and player.page.sheet.order.id == "1041")
    await player.press("p")
    await player.until(lambda: isinstance(player.app.screen, ShortOrder))


async def test_it_starts_with_what_is_in_the_bag_and_ends_with_a_last_look() -> None:
    async with playing(SHOP) as player:
        await open_wizard(player)
        await player.press("y", "enter")
        await player.until(lambda: isinstance(player.app.screen, ShortLook))
        assert not player.asked
        await player.press("right", "enter")
        await player.until(lambda: bool(player.asked))
        assert player.asked == [("ship_short", "1041", Short(goes=IN_THE_BAG, is_asked=True))]


async def test_the_safe_answer_goes_back_to_what_was_made_up() -> None:
    async with playing(SHOP) as player:
        await open_wizard(player)
        await player.press("minus", "y", "enter")
        await player.until(lambda: isinstance(player.app.screen, ShortLook))
        await player.press("enter")
        await player.until(lambda: isinstance(player.app.screen, ShortOrder))
        assert words(player, "#state").startswith("Y ☑")
        await player.press("escape")
        await player.until(lambda: not player.in_dialog)
        assert not player.asked


async def test_something_else_is_found_by_typing_and_its_difference_goes_back() -> None:
    async with playing(SHOP) as player:
        await open_wizard(player)
        await player.press("s")
        await player.until(lambda: isinstance(player.app.screen, PickGoods))
        await player.type("green")
        await player.press("enter")
        await player.until(lambda: isinstance(player.app.screen, ShortOrder))
        assert "NT$4 back" in words(player, "#call")
        await player.press("y", "f", "enter", "right", "enter")
        await player.until(lambda: bool(player.asked))
        ((_, _, short),) = player.asked
        assert isinstance(short, Short)
        assert short.swaps == (Swap(line_id=TEA, sku="TEA-GRN", quantity=1),)
        assert short.fee is not None


async def test_an_allergy_bars_the_way_until_somebody_says_that_the_customer_said_yes() -> None:
    async with playing(SHOP) as player:
        await open_wizard(player)
        await player.press("s", "enter", "enter")
        await player.until(lambda: "allergy" in words(player, ".trouble"))
        assert isinstance(player.app.screen, ShortOrder)
        assert "peanuts" in words(player, "#told")


async def test_a_scan_of_another_article_goes_in_the_place_of_what_is_missing() -> None:
    async with playing(SHOP) as player:
        await open_wizard(player)
        await player.scan("4710018000248")
        await player.until(lambda: "Green tea" in words(player, "#call"))


async def test_nothing_at_all_is_called_a_cancel() -> None:
    async with playing(SHOP) as player:
        await open_wizard(player)
        await player.press("minus", "down", "minus", "down", "minus", "enter")
        await player.until(lambda: "Cancel it" in words(player, ".trouble"))


async def test_a_second_time_offers_return_and_refund_alone() -> None:
    shop = samples.shop((samples.sample_shorts.DONE,))
    async with playing(shop) as player:
        await player.press("p", "down", "enter")
        await player.until(lambda: isinstance(player.app.screen, GiveBack))
        await player.press("plus", "enter", "down", "enter")
        await player.until(lambda: bool(player.asked))
        assert player.asked == [("refund", "1040", None, "came back to the store", {TEA: 1})]


async def test_on_a_small_terminal_all_of_it_is_in_view() -> None:
    async with playing(SHOP, size=(80, 24)) as player:
        await open_wizard(player)
        await player.press("s", "enter")
        await player.until(lambda: isinstance(player.app.screen, ShortOrder))
        for part in ("#told", "#call", "#state", "#sum"):
            region = player.app.screen.query_one(part, Label).region
            assert region.height > 0
            assert region.bottom < 24


async def test_u_takes_back_a_partial_shipment_that_no_system_is_told_of() -> None:
    async with playing(samples.shop((samples.sample_shorts.DONE,))) as player:
        await player.press("u")
        await player.until(lambda: bool(player.asked))
        assert player.asked == [("take_back", "1040")]
