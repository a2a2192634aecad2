"""A call whose answer was lost: what a person saw at the courier's own site."""

from textual.widgets import OptionList

from core.domain.problem import ProblemKind
from tests import samples
from tests.tui.play import Player, playing
from tui.screens.forms import AskText

DOUBT = samples.shop(
    (samples.ready("7"),), problems=(samples.problem("7", ProblemKind.BOOKING_UNSURE, 3, "panda: no answer"),)
)


async def choose(player: Player, *keys: str) -> None:
    await player.press("f8", *keys)


async def test_the_question_says_what_to_do_and_offers_nothing_else() -> None:
    async with playing(DOUBT) as player:
        await player.press("f8")
        assert "was the driver booked?" in str(player.app.screen.query_one(".question").render())
        box = player.app.screen.query_one(OptionList)
        offered = [str(box.get_option_at_index(at).prompt) for at in range(box.option_count)]
        assert offered == ["◁ Back", "It was booked: type its number there …", "The call never arrived there …"]


async def test_the_number_there_is_handed_on() -> None:
    async with playing(DOUBT) as player:
        await choose(player, "down", "enter")
        assert isinstance(player.app.screen, AskText)
        player.field("words").value = "p-4711"
        await player.press("enter")
        assert player.asked == [("settle_booking", "7", "p-4711")]
        await player.until(lambda: "if it knows no such job, the problem says so" in "".join(player.toasts()))


async def test_that_there_is_none_is_asked_once_more_with_the_safe_answer_first() -> None:
    async with playing(DOUBT) as player:
        await choose(player, "down", "down", "enter")
        assert "two drivers come" in str(player.app.screen.query_one(".facts").render())
        await player.press("enter")
        assert player.asked == []


async def test_a_second_yes_says_that_it_never_arrived() -> None:
    async with playing(DOUBT) as player:
        await choose(player, "down", "down", "enter")
        await player.press("tab", "enter")
        assert player.asked == [("settle_booking", "7", "")]


async def test_escape_leaves_the_doubt_as_it_is() -> None:
    async with playing(DOUBT) as player:
        await choose(player, "down", "enter")
        await player.press("escape")
        assert player.asked == []
