"""The queue shows what fits, and hides nothing that rings without saying so."""

from dataclasses import replace

import pytest

from core.board.orders import in_order
from tests import samples
from tests.samples import BUSY, EMPTY, FIRST_BELL
from tests.tui.play import Player, playing
from tui.widgets.queue_filter import fits, sifted

LINE = replace(
    BUSY.board.queue[0],
    number="SP-1042",
    customer="陳怡君 Chen",
    phone="+886 912 345 671",
    channel="uber_eats",
    waybill="7F2K-88",
)


@pytest.mark.parametrize(
    "words",
    ["1042", "#SP-10", "sp-1042", "怡君", "chen", "671", "345671", "uber", "7f2k88", "2K-8", "chen uber", " 1042 ", ""],
)
def test_number_name_last_digits_channel_and_waybill_fit(words: str) -> None:
    assert fits(LINE, words)


@pytest.mark.parametrize("words", ["1043", "345", "71", "陳怡婷", "chen web", "7f2k89", "#"])
def test_what_is_neither_does_not_fit(words: str) -> None:
    assert not fits(LINE, words) or words == "#"


def test_nothing_looked_for_is_everything() -> None:
    assert sifted(BUSY.board.queue, "  ") is BUSY.board.queue


def orders(player: Player) -> list[str]:
    return [line.number for line in player.page._index(player.page.picture).queue]


async def test_with_every_letter_the_queue_shows_what_fits_and_says_how_many() -> None:
    async with playing(BUSY) as player:
        await player.press("f")
        await player.type("ms y")
        await player.until(lambda: orders(player) == ["1035"])
        assert "filter: ms y · 1 of 14 · Esc shows all" in player.text("queue")
        assert player.page.order_id == "1035"


async def test_enter_goes_back_to_the_keys_with_the_filter_on_and_escape_shows_all() -> None:
    async with playing(BUSY) as player:
        await player.press("f", "1", "0", "4", "3", "enter")
        assert player.page.order_id == "1043"
        await player.press("a")
        assert player.asked == [("accept", "1043")]
        await player.press("escape")
        assert "ORDERS 14" in player.text("queue")
        assert player.page.order_id == "1043"


async def test_escape_while_typing_shows_all_again() -> None:
    async with playing(BUSY) as player:
        await player.press("f", "z", "escape")
        assert "ORDERS 14" in player.text("queue")
        assert player.app.focused is player.rows("queue")


async def test_letters_typed_into_the_filter_are_no_keys() -> None:
    async with playing(BUSY) as player:
        await player.press("f")
        await player.type("argxdsq")
        assert not player.asked
        assert not player.in_dialog
        assert "Nothing fits. Esc shows all." in player.text("queue")


async def test_what_rings_outside_is_said_in_the_title_and_the_banner() -> None:
    async with playing(BUSY) as player:
        await player.press("f", "1", "0", "4", "0", "enter")
        assert "♪ +3 rings" in player.text("queue")
        assert "3 NEW ORDERS" in player.text("banner")


async def test_an_order_that_arrives_outside_the_filter_is_counted_and_moves_nothing() -> None:
    async with playing(BUSY) as player:
        await player.press("f", "1", "0", "4", "0", "enter")
        fresh = replace(FIRST_BELL.board.queue[0], order_id="9", number="9", customer="x")
        await player.tell(replace(BUSY.board, queue=in_order([*BUSY.board.queue, fresh])))
        await player.until(lambda: "♪ +4 rings" in player.text("queue"))
        assert "1 of 15" in player.text("queue")
        assert player.page.order_id == "1040"


async def test_going_to_an_order_that_is_hidden_shows_all_again() -> None:
    async with playing(BUSY) as player:
        await player.press("f", "1", "0", "4", "0", "enter", "n")
        assert player.page.order_id == "1042"
        assert "ORDERS 14" in player.text("queue")


async def test_a_scanned_order_leaves_the_filter_s_field() -> None:
    async with playing(BUSY) as player:
        player.desk.found["SHOP-001029"] = ["1029"]
        await player.press("f", "1", "0", "4", "3")
        await player.scan("SHOP-001029")
        await player.until(lambda: player.page.order_id == "1029")
        assert "ORDERS 14" in player.text("queue")


async def test_arrows_go_over_the_queue_while_words_are_typed() -> None:
    async with playing(BUSY) as player:
        await player.press("f", "m", "s", "down")
        assert player.page.order_id == "1037"


async def test_from_another_page_the_filter_opens_at_the_counter() -> None:
    async with playing(BUSY) as player:
        await player.press("f2", "f")
        await player.until(lambda: player.app.current_mode == "counter" and player.app.focused is not None)
        await player.until(lambda: player.app.focused.id == "filter-words")


async def test_an_empty_queue_says_what_to_do() -> None:
    async with playing(EMPTY) as player:
        assert "No open orders. They come by themselves, and ring." in player.text("queue")


async def test_marks_are_counted_in_the_title_also_while_they_are_hidden() -> None:
    async with playing(BUSY) as player:
        await player.press("m", "m", "f", "1", "0", "4", "0", "enter")
        assert "✚ 2 marked" in player.text("queue")


@pytest.mark.parametrize("words", ["[red]", "\x1b[2J", "{0}", "'", "\\"])
async def test_hostile_words_do_no_harm(words: str) -> None:
    async with playing(samples.HOSTILE) as player:
        await player.press("f")
        player.app.focused.value = words
        await player.rest(0.1)
        assert "filter:" in player.text("queue")
