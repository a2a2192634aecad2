"""When to call the driver, as the counter shows it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.board.calls import with_call
from core.domain.refusal import TooEarly
from tests.samples import CALLS, NOW, call
from tests.tui.play import Player, playing
from tui import i18n, labels
from tui.labels.calls import call_reasons, call_title, call_words


@pytest.fixture(autouse=True)
def _english_again():
    yield
    i18n.use("en")


def row(player: Player, number: str) -> str:
    return next(line for line in player.text("queue").splitlines() if f"#{number}" in line)


async def test_a_wide_row_says_when_in_words() -> None:
    async with playing(CALLS, size=(80, 24)) as player:
        shown = {number: row(player, number) for number in ("1040", "1041", "1039", "1038", "1032")}
        assert "call uber now" in shown["1040"]
        assert "driver ≈ 9 min" in shown["1040"]
        assert "pick 0/4" in shown["1041"]
        assert "call in 4 min" in shown["1041"]
        assert "too few records" in shown["1039"]
        assert "call uber now" in shown["1038"]
        assert "call in 2h15" in shown["1032"]


async def test_a_narrow_row_says_the_minutes() -> None:
    async with playing(CALLS, size=(120, 40)) as player:
        assert "call uber now ≈9 min" in row(player, "1040")
        assert "pick 0/4 ▷ 4 min" in row(player, "1041")
        assert "call later ▷ 2h15" in row(player, "1032")


@pytest.mark.parametrize("tag", i18n.LANGUAGES)
async def test_minutes_that_find_no_room_beside_the_step_are_left_out_whole(tag: str) -> None:
    async with playing(CALLS, size=(120, 40), language=tag) as player:
        shown = row(player, "1041")
        assert "0/4" in shown
        assert "…" not in shown


async def test_a_row_counts_down_by_itself() -> None:
    async with playing(CALLS, size=(80, 24)) as player:
        player.app.clock.at = NOW + timedelta(minutes=2, seconds=30)
        await player.until(lambda: "call in 2 min" in row(player, "1041"))


async def test_the_board_makes_it_the_next_step_and_nothing_moves() -> None:
    async with playing(CALLS, size=(80, 24)) as player:
        player.page.choose(next(line.order_id for line in CALLS.board.queue if line.number == "1041"))
        before = player.page.order_id
        due = NOW + timedelta(minutes=4)
        queue = tuple(with_call(line, line.call, due) for line in CALLS.board.queue)
        await player.tell(replace(CALLS.board, queue=queue, seen=99))
        assert "call uber now" in row(player, "1041")
        assert player.page.order_id == before
        await player.press("s")
        assert ("ship", "1041") in player.asked


async def test_the_panel_says_why() -> None:
    async with playing(CALLS, size=(120, 60)) as player:
        player.page.choose(CALLS.board.queue[3].order_id)
        await player.until(lambda: "DRIVER" in player.text("panel"))
        shown = player.text("panel")
        assert "call in 4 min, at 14:36" in shown
        assert "uber needs about 9 min (24 rides at this hour, 180 in all)." in shown
        assert "Packing needs about 13 min more (310 orders)." in shown
        assert shown.index("ITEMS") < shown.index("DRIVER")


async def test_what_is_due_stands_above_the_items() -> None:
    async with playing(CALLS, size=(120, 60)) as player:
        player.page.choose(CALLS.board.queue[2].order_id)
        await player.until(lambda: "call now" in player.text("panel"))
        assert player.text("panel").index("call now") < player.text("panel").index("ITEMS")


async def test_a_driver_who_waits_for_the_bag_is_what_needs_a_hand_most() -> None:
    async with playing(CALLS) as player:
        assert "driver waits: finish packing" in player.text("banner")
        assert "driver is waiting" in row(player, "1037")
        await player.press("n")
        assert player.page.number == "1037"


async def test_the_bag_of_a_driver_on_the_way_is_packed_on() -> None:
    async with playing(CALLS, size=(80, 24)) as player:
        assert "pick 3/4" in row(player, "1036")
        assert "4 of 10–30 min" in row(player, "1036")


async def test_large_rows_say_it_too() -> None:
    async with playing(CALLS, size=(120, 60), rows="large") as player:
        await player.until(lambda: "call uber now" in player.text("queue"))


async def test_too_early_names_both_times() -> None:
    async with playing(CALLS) as player:
        player.desk.refuse("ship", TooEarly("early", found="14:32", allowed="14:36"))
        player.page.choose(CALLS.board.queue[3].order_id)
        await player.press("s")
        assert "A driver called before 14:36 would wait; it is 14:32. (C43)" in player.toasts()[-1]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, "uber needs about 9 min (24 rides at this hour, 180 in all)."),
        ({"ready_at": NOW + timedelta(minutes=6, seconds=1)}, "Packing needs about 7 min more (310 orders)."),
        ({"is_guess": True}, "Which courier it is, their prices decide when you call."),
        ({"is_for_promise": True}, "Called sooner, it would be there before the promised time."),
    ],
)
def test_the_reasons_are_sentences(facts: dict[str, object], said: str) -> None:
    assert said in list(call_reasons(call(4, **facts), NOW))


def test_with_too_few_records_it_says_how_many_there_are_and_what_to_do() -> None:
    few = call(None)
    assert (call_words(few, NOW), call_title(few, NOW, CALLS.board.queue[0].since.tzinfo)) == (  # type: ignore[arg-type]
        "too few records",
        "call when the bag is closed",
    )
    assert list(call_reasons(few, NOW)) == [
        "Too few records of uber: 3 of 10 rides.",
        "Too few records of packing: 8 of 10 orders.",
    ]


def test_a_courier_whose_price_decides_is_not_named() -> None:
    i18n.use("en")
    line = next(line for line in CALLS.board.queue if line.number == "1038")
    assert labels.step(replace(line, call=call(0, is_guess=True))).text == "call driver now"
