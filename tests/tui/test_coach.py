"""X: a customer calls. The coach asks why, says who pays and what to say, and does what was agreed."""

import pytest

from core.domain.agreement import Agreement
from core.domain.cause import Cause
from core.domain.coaching import Action
from core.domain.ids import OrderId, StaffId
from core.domain.money import Money
from core.domain.phase import Phase
from core.domain.refusal import Conflict, NotAManager
from tests import samples
from tests.tui.play import Player, playing

LIN = StaffId("Lin")


def words_of(player: Player) -> str:
    """Everything the dialog in front says."""
    from textual.widgets import Label, OptionList

    screen = player.app.screen
    labels = [str(label.render()) for label in screen.query(Label)]
    options = [str(option.prompt) for one in screen.query(OptionList) for option in one.options]
    return "\n".join([*labels, *options])


async def says(player: Player, words: str) -> str:
    """A dialog that says so comes up; all that it says."""
    await player.until(lambda: words in words_of(player))
    return words_of(player)


def agreed(player: Player) -> Agreement:
    (call,) = [asked for asked in player.asked if asked[0] == "agree"]
    assert isinstance(call[2], Agreement)
    return call[2]


async def about(player: Player, number: str, *pressed: str) -> None:
    """The coach for an order, and keys in it."""
    player.page.choose(OrderId(number))  # type: ignore[attr-defined]
    for key in ("x", *pressed):
        before = player.app.screen
        await player.press(key)
        await player.until(lambda: player.app.screen is not before)  # noqa: B023 - awaited in the same turn
        await player.rest()


async def test_it_names_the_stage_the_causes_who_pays_and_what_to_say() -> None:
    async with playing(samples.PACKED) as player:
        await about(player, "1038")
        said = await says(player, "#1038 Mr Chang calls:")
        assert "packed · paid NT$1,240" in said
        assert "give you NT$620 back" in said
        await player.press("0")
        said = await says(player, "Who pays: ■ the store (C26)")
        assert "You get all of your money back" in said
        assert "Called off: the goods go back on the shelf." in said


async def test_a_new_order_is_called_off_with_all_money_after_one_more_question() -> None:
    async with playing(samples.BUSY) as player:
        await about(player, "1043", "1", "enter")
        await says(player, "Call it off, all money back? NT$1,240")
        await player.press("right", "enter")
        await player.until(lambda: bool(player.asked))
        assert agreed(player) == Agreement(cause=Cause.CHANGED_MIND, action=Action.CANCEL, phase=Phase.BEFORE_ACCEPT)
        assert player.toasts() == ["#1043: called off, all money back · NT$1,240"]


async def test_no_is_the_answer_under_the_bar() -> None:
    async with playing(samples.BUSY) as player:
        await about(player, "1043", "1", "enter")
        await says(player, "Call it off, all money back? NT$1,240")
        await player.press("enter")
        await says(player, "↑ ↓ or a digit")
        assert player.asked == []


async def test_escape_leads_back_step_by_step() -> None:
    async with playing(samples.BUSY) as player:
        await about(player, "1043", "1")
        await says(player, "Another cause")
        await player.press("escape")
        await says(player, "↑ ↓ or a digit")
        await player.press("escape")
        await player.until(lambda: not player.in_dialog)
        assert player.asked == []


async def test_part_of_the_money_is_agreed_on_within_limits_that_are_shown() -> None:
    async with playing(samples.PACKED) as player:
        await about(player, "1038", "1", "enter")
        await says(player, "Suggested NT$620. From NT$310 to NT$930 without a manager; NT$1,240 is left of the money.")
        await says(player, "Sum, or %")
        player.field("sum").value = "60%"
        await player.press("enter", *"next week", "enter")
        await player.until(lambda: bool(player.asked))
        assert agreed(player) == Agreement(
            cause=Cause.CHANGED_MIND,
            action=Action.CANCEL_PART,
            phase=Phase.PACKED,
            refund=Money(74_400, "TWD"),
            words="next week",
        )


@pytest.mark.parametrize(("typed", "said"), [("1300", "NT$1,300 is more than is left: NT$1,240."), ("x", "A sum like")])
async def test_a_sum_that_cannot_be_is_refused_where_it_is_typed(typed: str, said: str) -> None:
    async with playing(samples.PACKED) as player:
        await about(player, "1038", "1", "enter")
        await says(player, "Sum, or %")
        player.field("sum").value = typed
        await player.press("enter", "enter")
        await says(player, said)
        assert player.asked == []


async def test_beyond_the_limits_a_manager_is_asked_and_leaving_does_nothing() -> None:
    async with playing(samples.PACKED) as player:
        await about(player, "1038", "1", "enter")
        await says(player, "Sum, or %")
        player.field("sum").value = "1240"
        await player.press("enter", "enter")
        await says(player, "A manager's word is needed")
        await player.press("escape")
        assert player.asked == []


async def test_goods_on_the_way_are_persuaded_first_and_brought_back_with_a_manager() -> None:
    async with playing(samples.CALM) as player:
        await about(player, "1029", "1")
        said = await says(player, "Would you take it all the same?")
        said = await says(player, "The goods come back")
        assert said.index("It goes on") < said.index("The goods come back")
        await player.press("down", "enter")
        await says(player, "The money goes back when the goods are here.")
        await player.press("enter", "enter")
        await says(player, "A manager's word is needed")
        player.field("pin").value = "12"
        player.field("reason").value = "firmly refused"
        player.field("reason").focus()
        await player.press("enter")
        await player.until(lambda: bool(player.asked))
        wanted = agreed(player)
        assert (wanted.action, wanted.refund) == (Action.BRING_BACK, Money(49_600, "TWD"))
        assert wanted.permission is not None
        assert (wanted.permission.manager, wanted.permission.reason) == (LIN, "firmly refused")


async def test_a_customer_who_takes_it_costs_two_keys() -> None:
    async with playing(samples.CALM) as player:
        await about(player, "1029", "1", "enter")
        await player.until(lambda: bool(player.asked))
        assert agreed(player).action is Action.GO_ON
        assert player.toasts() == ["#1029: it goes on"]


async def test_an_order_that_moved_on_meanwhile_is_said() -> None:
    async with playing(samples.CALM) as player:
        player.desk.refuse("agree", Conflict("moved on"))
        await about(player, "1029", "1", "enter")
        await player.until(lambda: bool(player.toasts()))
        assert "someone else was first" in player.toasts()[0]


async def test_a_wrong_pin_of_a_manager_is_asked_again() -> None:
    async with playing(samples.PACKED) as player:
        player.desk.refuse("agree", NotAManager("no", found="Lin"))
        await about(player, "1038", "1", "enter")
        await says(player, "Sum, or %")
        player.field("sum").value = "1240"
        await player.press("enter", "enter")
        for times in (1, 2):
            await player.until(lambda: bool(player.app.screen.query("#reason")))
            player.field("reason").value = "good customer"
            player.field("reason").focus()
            await player.press("enter")
            await player.until(lambda: len(player.asked) == times)  # noqa: B023 - awaited in the same turn
        assert [asked[0] for asked in player.asked] == ["agree", "agree"]
        await says(player, "This needs a manager's name, PIN and reason.")


async def test_hostile_words_of_a_customer_are_only_words() -> None:
    async with playing(samples.HOSTILE) as player:
        await about(player, "667", "1")
        await says(player, "[bold]Bob[/] calls:")


async def test_page_nine_shows_the_table_place_by_place() -> None:
    async with playing(samples.CALM, size=(80, 24)) as player:
        await player.press("9")
        assert "◀ not accepted yet ▶ 2/12" in player.text()
        await player.press("right", "right", "right")
        text = player.text()
        assert "◀ packed ▶ 5/12" in text
        assert "Call it off, part of the money back 50 % (25–75 %)" in text
        await player.press("down")
        assert "Promise a coupon" in player.text()
        await player.press("left", "left", "left", "left", "left")
        assert "◀ called off or rejected ▶ 12/12" in player.text()


async def test_page_nine_fits_a_small_terminal_in_every_place() -> None:
    async with playing(samples.CALM, size=(80, 24)) as player:
        await player.press("9")
        from tui.widgets.line_list import LineList

        table = player.page.query_one("#list", LineList)
        for _place in Phase:
            await player.press("right")
            for _cause in Cause:
                assert len(table.rows) <= table.view
                table.action_move(1)
            table.action_edge(-1)
