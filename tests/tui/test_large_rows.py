"""Rows of three lines, read from two metres: the same orders, the same keys, the same mouse."""

from dataclasses import replace

import pytest

from tests import samples
from tests.samples import BUSY, HOSTILE, TROUBLE
from tests.tui.play import lines_of, playing
from tui.keys import KEYS, cap
from tui.widgets.big import LETTERS, LINES, big, is_drawable
from tui.widgets.large_row import NUMBER, TALL

SIZES = [(80, 24), (120, 40), (200, 60)]


def test_every_big_letter_has_three_lines_of_one_width() -> None:
    for letter in LETTERS:
        assert len({len(line) for line in big(letter)}) == 1, letter
        assert len(big(letter)) == LINES


def test_no_two_big_letters_look_the_same() -> None:
    assert len(set(LETTERS.values())) == len(LETTERS)


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.id)
def test_every_key_of_one_letter_can_be_drawn(key: object) -> None:
    shown = cap(key.id)
    assert is_drawable(shown) or len(shown) > 2


def test_four_digits_fit_their_column() -> None:
    assert all(len(line) < NUMBER for line in big("8888"))


async def test_number_key_and_time_left_stand_in_three_lines() -> None:
    async with playing(BUSY, rows="large") as player:
        rows = lines_of(player.rows("queue"))[2 : 2 + TALL]
        for y, row in enumerate(rows):
            assert big("1042")[y] in row
            assert big("A")[y] in row
            assert big("3:12")[y] in row


async def test_what_is_late_has_a_big_minus() -> None:
    async with playing(TROUBLE, rows="large") as player:
        assert all(line in player.text("queue") for line in big("-0:48"))


async def test_l_switches_and_the_same_order_stays_chosen_and_in_view() -> None:
    async with playing(samples.many(60), size=(80, 24)) as player:
        await player.press(*["down"] * 9)
        chosen = player.page.order_id
        for _ in range(2):
            await player.press("l")
            queue = player.rows("queue")
            await player.until(lambda queue=queue: 0 <= (queue.chosen_at or 0) - queue.top < queue.view)
            assert player.page.order_id == chosen


async def test_from_another_page_l_goes_to_the_counter_and_switches() -> None:
    async with playing(BUSY) as player:
        await player.press("f2", "l")
        await player.until(lambda: player.app.current_mode == "counter" and player.page.has_class("-large"))


async def test_arrows_pages_and_ends_go_by_orders() -> None:
    async with playing(BUSY, rows="large", size=(80, 24)) as player:
        await player.press("down")
        assert player.page.order_id == "1043"
        await player.press("end")
        assert player.page.order_id == "1045"
        await player.press("up")
        assert player.page.order_id == "1029"
        await player.press("home")
        assert player.page.order_id == "1042"


async def test_a_click_on_any_line_of_an_order_chooses_it() -> None:
    for part in range(TALL):
        async with playing(BUSY, rows="large") as player:
            await player.pilot.click("#queue", offset=(6, 2 + TALL + part))
            await player.until(lambda player=player: player.page.order_id == "1043")


async def test_the_chosen_order_lies_on_its_ground_with_all_its_lines() -> None:
    async with playing(BUSY, rows="large") as player:
        bars = [row[0] for row in lines_of(player.rows("queue"))]
        assert bars.count("▌") == TALL


async def test_a_number_that_is_no_number_is_written_small() -> None:
    line = replace(BUSY.board.queue[0], number="ア-77é")
    async with playing(replace(BUSY, board=replace(BUSY.board, queue=(line,))), rows="large") as player:
        assert "#ア-77é" in player.text("queue")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("shop", [BUSY, HOSTILE, samples.CHINESE], ids=["busy", "hostile", "chinese"])
@pytest.mark.parametrize("language", ["en", "zh-Hant"])
async def test_every_line_is_as_wide_as_its_place(shop: samples.Shop, size: tuple[int, int], language: str) -> None:
    async with playing(shop, size=size, rows="large", language=language) as player:
        queue = player.rows("queue")
        assert {queue.render_line(y).cell_length for y in range(queue.content_size.height)} == {
            queue.content_size.width
        }


async def test_the_waiting_lane_shows_a_time_of_day_small() -> None:
    async with playing(BUSY, rows="large", size=(200, 60)) as player:
        assert "15:20" in player.text("queue")
