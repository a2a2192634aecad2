"""Keying in a call at the counter: by keyboard alone, kept as it is typed, read back, confirmed by another key."""

from dataclasses import replace

import pytest

from core.domain.events import OrderJoined
from core.domain.handwritten import HandOrder
from core.domain.joining import Sign
from core.domain.keyed import Draft
from core.domain.problem import ProblemKind
from core.domain.refusal import CameAlready, JoinFirst
from tests import samples
from tests.tui.play import Player, playing
from tui.screens.new_order import NewOrder
from tui.screens.read_back import ReadBack, large

UNSURE = samples.shop((samples.order("7"),), problems=(samples.problem("7", ProblemKind.JOIN_UNSURE, 1, "H2B1F"),))
HALF = Draft(form=samples.HALF_KEYED, by=samples.MEI, kept_at=samples.NOW)


async def at_form(player: Player, draft: bool = False) -> None:
    if draft:
        player.desk.kept[HALF.form.id] = HALF
    await player.press("ctrl+n")
    if draft:
        await player.until(lambda: player.in_dialog)
        await player.press("enter")
    await player.until(lambda: isinstance(player.app.screen, NewOrder) and player.app.focused is not None)


async def read_back(player: Player) -> None:
    await player.press("enter")
    await player.until(lambda: isinstance(player.app.screen, ReadBack))


def kept(player: Player) -> HandOrder:
    (draft,) = player.desk.kept.values()
    return draft.form


def entered(player: Player) -> HandOrder:
    (call,) = [asked for asked in player.asked if asked[0] == "enter"]
    form = call[1]
    assert isinstance(form, HandOrder)
    return form


async def test_a_call_is_keyed_in_by_keyboard_alone() -> None:
    async with playing(samples.BUSY, channels=("web",), scanner_gap=0.001) as player:
        await at_form(player)
        await player.type("Chen")
        await player.press("enter")
        await player.type("0912345671")
        await player.press("enter", "right", "enter", "enter", "enter", "right", "enter")  # pickup, when, address, web
        await player.type("1047")
        await player.press("enter", "enter", "enter", "enter")
        await player.type("2 oo")
        await player.press("down", "enter")
        await read_back(player)
        await player.press("y")
        await player.until(lambda: not player.in_dialog)
        form = entered(player)
    assert (form.name, form.phone, form.type.value, form.channel, form.number) == (
        "Chen",
        "0912345671",
        "pickup",
        "web",
        "1047",
    )
    assert [(line.quantity, line.sku) for line in form.lines] == [(2, "OOL-350")]


async def test_nothing_is_entered_by_the_key_that_led_there() -> None:
    async with playing(samples.BUSY) as player:
        await at_form(player, draft=True)
        await read_back(player)
        await player.press("enter", "enter", "enter", "space")
        assert player.asked == []
        await player.press("escape")
        await player.until(lambda: isinstance(player.app.screen, NewOrder))
        assert player.asked == []


async def test_every_word_is_kept_and_leaving_loses_none() -> None:
    async with playing(samples.BUSY) as player:
        await at_form(player)
        await player.type("Ms")
        await player.until(lambda: bool(player.desk.kept) and kept(player).name == "Ms")
        await player.press("escape")
        await player.until(lambda: not player.in_dialog)
        await player.press("ctrl+n", "enter")
        await player.until(lambda: isinstance(player.app.screen, NewOrder))
        assert player.field("name").value == "Ms"


async def test_a_scan_adds_one_wherever_the_focus_is() -> None:
    async with playing(samples.BUSY) as player:
        await at_form(player, draft=True)
        await player.scan("4710088412345")
        await player.until(lambda: any(line.sku == "RICE-CRK" for line in kept(player).lines))


async def test_what_is_missing_is_said_and_gone_to() -> None:
    async with playing(samples.BUSY) as player:
        player.desk.kept["x"] = replace(HALF, form=replace(HALF.form, phone=""))
        await player.press("ctrl+n", "enter")
        await player.until(lambda: isinstance(player.app.screen, NewOrder))
        player.app.screen.query_one("#goods").focus()
        await player.press("enter")
        assert player.app.focused is player.field("phone")


async def test_what_came_in_by_itself_is_asked_about_first() -> None:
    async with playing(samples.BUSY) as player:
        player.desk.likely = (samples.LIKELY,)
        await at_form(player, draft=True)
        await player.press("enter")
        await player.until(lambda: not isinstance(player.app.screen, NewOrder))
        await player.press("down", "enter")
        await player.until(lambda: not player.in_dialog)
        assert [asked[0] for asked in player.asked] == ["drop_draft"]
        assert player.page.order_id == "1042"


async def test_another_order_is_entered_and_said_to_be_another() -> None:
    async with playing(samples.BUSY) as player:
        player.desk.likely = (samples.LIKELY,)
        await at_form(player, draft=True)
        await player.press("enter")
        await player.until(lambda: not isinstance(player.app.screen, NewOrder))
        await player.press("down", "down")
        await read_back(player)
        await player.press("y")
        await player.until(lambda: not player.in_dialog)
        assert player.asked[-1] == ("enter", samples.HALF_KEYED, ("1042",))


async def test_of_the_very_same_number_nobody_can_say_it_is_another() -> None:
    async with playing(samples.BUSY) as player:
        player.desk.likely = (replace(samples.LIKELY, is_sure=True, signs=frozenset({Sign.NUMBER})),)
        await at_form(player, draft=True)
        await player.press("enter")
        await player.until(lambda: not isinstance(player.app.screen, NewOrder))
        assert player.app.screen.query_one("OptionList").option_count == 2  # type: ignore[attr-defined]


async def test_what_comes_in_while_it_is_read_back_leads_back_to_the_form() -> None:
    async with playing(samples.BUSY) as player:
        player.desk.refuse("enter", CameAlready("came", found="1042", ids=(), is_sure=True))
        await at_form(player, draft=True)
        await read_back(player)
        await player.press("y")
        await player.until(lambda: isinstance(player.app.screen, NewOrder))
        await player.until(lambda: any("1042" in words for words in player.toasts()))


@pytest.mark.parametrize(("pressed", "hand"), [(("down", "enter"), "1042"), (("down", "down", "enter"), None)])
@pytest.mark.parametrize("key", ["a", "f8"])
async def test_a_copy_that_may_be_one_is_decided(key: str, pressed: tuple[str, ...], hand: str | None) -> None:
    async with playing(UNSURE) as player:
        player.desk.likely = (samples.LIKELY,)
        player.desk.refuse("accept", JoinFirst("first", found="H2B1F", order_id=samples.order("7").id))
        await player.press(key)
        await player.until(lambda: player.in_dialog)
        await player.press(*pressed)
        await player.until(lambda: not player.in_dialog)
        assert player.asked[-1] == ("decide_join", "7", hand)


async def test_a_copy_joined_by_itself_is_noted() -> None:
    async with playing(samples.BUSY) as player:
        joined = OrderJoined(order_id=None, at=samples.NOW, channel="web", number="1047", hand_number="HB2F1")
        player.app.feed.tell(replace(samples.BUSY.board, seen=9), joined)
        await player.until(lambda: any("HB2F1" in words for words in player.toasts()))


def test_what_can_be_drawn_large_is() -> None:
    assert len(large("0912 345 671", 90)) == 3
    assert "█" in large("2", 90)[0]
    assert large("凍頂烏龍茶", 90) == ["", "凍頂烏龍茶", ""]
