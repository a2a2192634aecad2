"""Looking at odd orders on the screen: what is shown, what A leads to, and that nothing passes that must not."""

from core.domain.ids import OrderId
from core.domain.refusal import BadAddress, InReview
from tests.samples import SHOPS
from tests.tui.play import Player, playing
from tui.screens.ask_customer import AskCustomer
from tui.screens.dialogs import PickOne, PickReason

ODD = SHOPS["reviews"]


def dialog(player: Player) -> list[str]:
    """What the question in front says."""
    return [str(label.render()) for label in player.app.screen.query("Label")]


def choose(player: Player, number: str) -> None:
    player.page.choose(OrderId(number))  # type: ignore[attr-defined]


async def test_the_panel_says_what_was_found_and_what_to_do() -> None:
    async with playing(ODD) as player:
        await player.until(lambda: "LOOK FIRST" in player.text("panel"))
        text = " ".join(player.text("panel").replace("▐", " ").split())
        assert "The address says nothing: letters without sense." in text
        assert "Without one it cannot pass." in text
        assert "Call 1: Not reached, again at 14:32" in text
        assert "first order" in text


async def test_an_odd_order_stands_among_the_new_ones_and_says_which_key() -> None:
    async with playing(ODD) as player:
        row = next(line for line in player.text("queue").splitlines() if "#1071" in line)
        assert " A  look at it" in row
        assert "1:40" in row


async def test_a_twin_is_let_pass_by_two_keys() -> None:
    async with playing(ODD) as player:
        await player.press("down", "a")
        await player.until(lambda: isinstance(player.app.screen, PickOne))
        assert "The same customer and the same goods as #1069, within 30 min." in " ".join(dialog(player))
        await player.press("enter")
        await player.until(lambda: player.asked == [("let_pass", "1072")])


async def test_nonsense_offers_no_way_to_let_it_pass() -> None:
    async with playing(ODD) as player:
        await player.press("a")
        await player.until(lambda: isinstance(player.app.screen, PickOne))
        options = player.app.screen.query_one("OptionList")
        said = [str(options.get_option_at_index(at).prompt) for at in range(options.option_count)]  # type: ignore[attr-defined]
        assert not any("pass" in words for words in said)
        await player.press("escape")
        assert player.asked == []


async def test_a_right_address_is_put_in_and_a_wrong_one_may_be_mended() -> None:
    async with playing(ODD) as player:
        player.desk.refuse("complete", BadAddress("nobody there", found="says_nothing"))
        await player.press("a", "down", "enter")
        await player.until(lambda: isinstance(player.app.screen, AskCustomer))
        player.field("address").value = "test"
        await player.press("enter", "enter")
        await player.until(lambda: "Nobody could be found by that address" in " ".join(dialog(player)))
        assert player.field("address").value == "test"
        player.desk.refusals.clear()
        player.field("address").value = "中山區南京西路 12 號"
        await player.press("enter", "enter")
        await player.until(lambda: not player.in_dialog)
        assert player.asked[-1] == ("complete", "1071", "中山區南京西路 12 號", None)


async def test_a_call_shows_the_words_to_say_and_keeps_how_it_went() -> None:
    async with playing(ODD) as player:
        await player.press("a", "enter")
        await player.until(lambda: any("Am I speaking to Mr Lin?" in words for words in dialog(player)))
        assert any("street, number, floor" in words for words in dialog(player))
        await player.press("down", "down", "down", "enter")
        await player.until(lambda: player.asked == [("called_back", "1071", "not_reached")])


async def test_what_changed_is_put_right_after_the_call() -> None:
    async with playing(ODD) as player:
        await player.press("a", "enter")
        await player.until(lambda: any("Am I speaking" in words for words in dialog(player)))
        await player.press("down", "down", "enter")
        await player.until(lambda: isinstance(player.app.screen, AskCustomer))
        assert player.asked == [("called_back", "1071", "changed")]


async def test_the_shop_s_words_can_be_taken_after_all() -> None:
    async with playing(ODD) as player:
        choose(player, "1073")
        await player.until(lambda: "信義區松仁路 7 號" in player.text("panel"))
        await player.press("a", "down", "down", "enter")
        await player.until(lambda: player.asked == [("take_told", "1073")])


async def test_it_is_refused_from_there_as_by_its_own_key() -> None:
    async with playing(ODD) as player:
        await player.press("a", "up", "up", "enter")
        await player.until(lambda: isinstance(player.app.screen, PickReason))


async def test_trouble_leads_to_the_same_look() -> None:
    async with playing(ODD) as player:
        await player.press("f8")
        await player.until(lambda: isinstance(player.app.screen, PickOne))
        assert "Look at #1071 first" in " ".join(dialog(player))


async def test_of_several_that_are_accepted_the_odd_one_is_named() -> None:
    async with playing(ODD) as player:
        refusal = InReview("first", found="duplicate")
        refusal.number = "1072"
        player.desk.refuse("accept", refusal)
        await player.press("down", "m", "m", "a")
        await player.until(lambda: any("#1072 is to be looked at first: same as" in words for words in player.toasts()))
