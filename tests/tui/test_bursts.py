"""Bursts before the whole app: nothing in them is ever a key, or a reason."""

import pytest
from textual.events import Paste
from textual.widgets import Input

from tests.samples import FIRST_BELL, PICKING
from tests.tui.play import Player, playing
from tui.screens.scanned import LONGEST


async def reading(player: Player, code: str) -> None:
    """It was taken for a code, whole, and looked for."""
    await player.until(lambda: player.toasts()[-1:] == [f"Nothing is called “{code}”."])
    await player.rest(0.2)


@pytest.mark.parametrize(
    ("burst", "last"),
    [("4710001\rA\r", "A"), ("4710001\rAR", "AR"), ("4710001\rA", "A"), ("A\r4710001\r", "A 4710001")],
)
async def test_a_second_line_of_any_length_presses_nothing(burst: str, last: str) -> None:
    async with playing(FIRST_BELL) as player:
        await player.scan(burst, enter=False)
        await reading(player, last)
        assert not player.asked
        assert not player.in_dialog


async def test_letters_right_behind_a_paste_press_nothing() -> None:
    async with playing(FIRST_BELL) as player:
        player.app.post_message(Paste("garb"))
        await player.scan("a", enter=False)
        await reading(player, "a")
        assert not player.asked


async def test_a_code_of_three_thousand_letters_is_said_in_a_few_lines() -> None:
    async with playing(FIRST_BELL) as player:
        await player.scan("argx" * 750)
        await player.until(lambda: bool(player.toasts()))
        assert all(len(words) < 2 * LONGEST for words in player.toasts())
        assert not player.asked


async def test_words_of_three_thousand_letters_that_nobody_has_are_said_in_a_few_lines() -> None:
    async with playing(FIRST_BELL) as player:
        await player.press("slash")
        await player.until(lambda: player.in_dialog)
        player.field("words").value = "x" * 3000
        await player.press("enter")
        await player.until(lambda: bool(player.toasts()))
        assert all(len(words) < 2 * LONGEST for words in player.toasts())


@pytest.mark.parametrize("code", ["TEA", "K-100", "4710001"])
async def test_a_short_code_is_never_a_reason(code: str) -> None:
    async with playing(FIRST_BELL) as player:
        await player.press("r")
        await player.until(lambda: player.in_dialog)
        player.app.screen.query_one(Input).focus()
        await player.press("o", "u", "t")
        await player.scan(code)
        await player.until(lambda: bool(player.toasts()))
        assert player.in_dialog
        assert not player.asked
        assert player.app.screen.query_one(Input).value == "out"


async def test_own_words_at_the_pace_of_fingers_are_a_reason() -> None:
    async with playing(FIRST_BELL) as player:
        await player.press("r")
        await player.until(lambda: player.in_dialog)
        player.app.screen.query_one(Input).focus()
        await player.press(*"flood", "enter")
        await player.until(lambda: player.asked == [("reject", "1042", "flood")])


async def test_a_short_code_is_never_a_count() -> None:
    async with playing(PICKING) as player:
        await player.press("k")
        await player.until(lambda: player.in_dialog)
        await player.scan("TEA")
        await player.until(lambda: ("scan", "1040", "TEA") in player.asked)
        assert player.in_dialog
        assert not [one for one in player.asked if one[0] == "ready"]


async def test_a_short_code_is_still_what_is_looked_for() -> None:
    async with playing(FIRST_BELL) as player:
        await player.press("slash")
        await player.until(lambda: player.in_dialog)
        await player.scan("7F2K")
        await player.until(lambda: player.toasts() == ["Nothing is called “7F2K”."])
