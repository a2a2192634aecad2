"""Orders somebody wants to wait, on the screen: put on, lifted, shown; and those nobody accepts."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.board.orders import NextStep
from core.domain.ids import StaffId
from core.domain.refusal import HeldAlready, NotAManager
from core.domain.staff import Permission
from tests import samples
from tests.sample_waiting import held, waiting
from tests.samples import SEEN, ahead, order, preparing
from tests.tui.gallery import app_of
from tests.tui.play import Player, playing
from tui.screens.ask_hold import AskHoldTerms
from tui.screens.forms import AskManager

ONE = samples.shop((order("7", **SEEN),))
HELD = samples.shop((held(order("7", accept_by=ahead(0, 30), **SEEN), "the address is not clear"),))
BY_MANAGER = samples.SHOPS["waiting"]


async def chosen_terms(player: Player) -> None:
    """The second reason, then the question about its end."""
    await player.press("exclamation_mark", "down", "down", "enter")
    await player.until(lambda: isinstance(player.app.screen, AskHoldTerms))


async def test_a_hold_needs_a_reason_and_enter_leaves_the_rest_open() -> None:
    async with playing(ONE) as player:
        await chosen_terms(player)
        await player.press("enter", "enter")
        assert player.asked == [("hold", "7", "the address is not clear", None, "cashier")]


async def test_it_may_end_by_itself_and_be_a_managers() -> None:
    async with playing(ONE) as player:
        await chosen_terms(player)
        player.field("until").value = "20"
        player.field("lifter").value = "manager"
        await player.press("enter", "enter")
        ends = samples.NOW + timedelta(minutes=20)
        assert player.asked == [("hold", "7", "the address is not clear", ends, "manager")]


async def test_what_is_no_time_is_said_so_and_nothing_is_asked() -> None:
    async with playing(ONE) as player:
        await chosen_terms(player)
        player.field("until").value = "soon"
        await player.press("enter", "enter")
        assert player.asked == []
        assert "15:30" in str(player.app.screen.query_one(".trouble").render())


async def test_escape_holds_nothing() -> None:
    async with playing(ONE) as player:
        await chosen_terms(player)
        await player.press("escape")
        assert player.asked == []


async def test_the_same_key_lifts_it() -> None:
    async with playing(HELD) as player:
        await player.press("exclamation_mark")
        assert player.asked == [("lift", "7")]
        assert any("the address is not clear" in toast for toast in player.toasts())


async def test_a_managers_hold_asks_for_the_manager_until_the_pin_is_right() -> None:
    async with playing(BY_MANAGER) as player:
        player.page.choose("1036")  # type: ignore[attr-defined]
        player.desk.refuse("lift", NotAManager("no"))
        await player.press("exclamation_mark")
        await player.until(lambda: isinstance(player.app.screen, AskManager))
        for name, words in (("manager", "Amy"), ("pin", "1"), ("reason", "checked")):
            player.field(name).value = words
        await player.press("enter", "enter", "enter")
        await player.until(lambda: len(player.asked) == 1 and isinstance(player.app.screen, AskManager))
        assert player.asked == [("lift", "1036", Permission(manager=StaffId("Amy"), pin="1", reason="checked"))]


async def test_who_was_second_hears_who_was_first() -> None:
    async with playing(ONE) as player:
        player.desk.refuse("hold", HeldAlready("held", found="phone back", allowed="Bo"))
        await chosen_terms(player)
        await player.press("enter", "enter")
        assert any("held already: phone back (Bo)" in toast for toast in player.toasts())


async def test_goods_that_have_left_cannot_be_held() -> None:
    async with playing(samples.shop((samples.out("7"),))) as player:
        await player.press("exclamation_mark")
        assert any("on the way" in toast for toast in player.toasts())


async def test_sign_word_reason_and_deadline_are_seen_and_nothing_rings() -> None:
    async with playing(HELD) as player:
        text = player.text()
        for part in ("‖ #7", "on hold", "0:30", "ON HOLD", "the address is not clear", "Until somebody lifts it."):
            assert part in text
        assert "♪ #7" not in text
        assert "Nothing needs a hand" in text


async def test_packing_goes_on_and_says_that_it_is_held() -> None:
    async with playing(samples.shop((held(preparing("7"), "goods are still coming"),))) as player:
        assert "· held" in player.text()
        await player.press("space")
        assert [asked[0] for asked in player.asked] == ["pick"]


def test_a_held_order_waits_for_a_word_only_where_the_next_step_goes_outward() -> None:
    steps = {line.number: line.next_step for line in waiting().board.queue}
    assert [number for number, step in steps.items() if step is NextStep.WAIT_FOR_WORD] == ["1044", "1036", "1038"]
    assert steps["1041"] is NextStep.PICK


async def test_an_order_nobody_accepts_is_louder_than_a_new_one() -> None:
    async with playing(waiting()) as player:
        text = player.text()
        for part in ("NOBODY ACCEPTS IT", "accept · reminded", "nobody has accepted it in time"):
            assert part in text


@pytest.mark.parametrize(("reminders", "calls"), [(2, 0), (3, 1)])
async def test_only_the_last_reminders_are_called_out_on_the_desktop(reminders: int, calls: int) -> None:
    loud = replace(order("7", **SEEN), reminders=reminders, reminded_at=samples.NOW)
    app = app_of(samples.shop((loud,)))
    app.write_to_terminal = (written := list[str]()).append  # type: ignore[assignment]
    async with app.run_test(size=(120, 40)) as pilot:
        player = Player(pilot, app)
        await player.until(lambda: "#7" in player.text())
        assert len([codes for codes in written if "time runs out" in codes]) == calls
