"""What stands on the counter, and what does not move."""

from asyncio import Event
from dataclasses import replace
from itertools import pairwise
from time import monotonic

import pytest

from core.board.orders import Lane, in_order
from core.domain.purchase import Customer
from tests import samples
from tests.samples import AT_THE_DOOR, BUSY, CALM, EMPTY, FIRST_BELL, HOSTILE, PICKING, TROUBLE, Shop, order, shop
from tests.tui.play import Player, lines_of, playing
from tui import i18n, keys
from tui.app import BEAT, OrderbellApp
from tui.widgets.line_list import LineList
from tui.widgets.picture import Picture

LONG = "Ring twice, wait, and leave it with the neighbour of the second floor. " * 12
LONG_WORDS = shop((order("1042", note=LONG, customer=Customer(name="Ms Chen", address=LONG)),))
SIZES = [(80, 24), (120, 40), (200, 60)]


async def test_two_hundred_arriving_orders_move_neither_choice_nor_line_nor_keyboard() -> None:
    shop = samples.many(60)
    async with playing(shop) as player:
        queue = player.rows("queue")
        queue.choose("00031")
        where, focus = (queue.chosen_at or 0) - queue.top, player.app.focused
        lines = list(shop.board.queue)
        for at in range(200):
            lines.append(replace(lines[0], order_id=f"new{at}", number=f"n{at}", due_at=samples.ago(at)))
            player.app.feed.tell(replace(shop.board, queue=in_order(lines)))
        await player.rest(0.3)
        assert len(queue.rows) > 200
        assert queue.chosen == "00031"
        assert (queue.chosen_at or 0) - queue.top == where
        assert player.app.focused is focus


async def test_a_burst_is_drawn_at_most_twenty_times_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    async with playing(BUSY) as player:
        player.app.stands_still = True
        drawn: list[tuple[float, Picture]] = []
        monkeypatch.setattr(player.page, "show", lambda picture: drawn.append((monotonic(), picture)))
        for at in range(100):
            player.app.feed.tell(replace(BUSY.board, seen=at))
            await player.rest(0.002)
        await player.until(lambda: bool(drawn) and drawn[-1][1].board.seen == 99)
        assert all(later - before > 0.045 for (before, _), (later, _) in pairwise(drawn))
        assert len(drawn) < 100


async def test_the_bell_hears_every_board_before_it_is_drawn() -> None:
    async with playing(EMPTY) as player:
        await player.tell(FIRST_BELL.board)
        assert player.app.alerts.heard[-1] is FIRST_BELL.board


async def test_an_arriving_order_shows_its_facts_in_the_banner_and_leaves_the_choice() -> None:
    async with playing(PICKING) as player:
        board = replace(PICKING.board, queue=in_order([*PICKING.board.queue, *FIRST_BELL.board.queue]))
        await player.tell(board)
        banner = player.text("banner")
        assert "NEW ORDER" in banner
        assert "Ms Chen · 4 items · NT$1,240 · web" in banner
        assert player.page.order_id == "1040"


@pytest.mark.parametrize("size", SIZES)
async def test_several_arrivals_at_once_say_how_many_and_take_no_keyboard(size: tuple[int, int]) -> None:
    async with playing(PICKING, size=size) as player:
        focus, first = player.app.focused, FIRST_BELL.board.queue[0]
        fresh = [replace(first, order_id=f"n{at}", number=f"77{at}", customer="[red]\x1b[2JBob") for at in range(3)]
        await player.tell(replace(PICKING.board, queue=in_order([*PICKING.board.queue, *fresh])))
        banner = player.text("banner")
        assert "3 NEW ORDERS" in banner
        assert "[red][2JBob" in banner
        assert player.page.order_id == "1040"
        assert player.app.focused is focus
        assert not player.in_dialog


async def test_the_banner_leads_to_an_order_that_is_not_chosen() -> None:
    async with playing(BUSY) as player:
        assert " N " not in player.text("banner")
        await player.press("end")
        assert " N  next → A accept    G  got it" in player.text("banner")
        await player.press("n")
        assert " A  accept    G  got it" in player.text("banner")
        assert " N " not in player.text("banner")


async def test_where_another_rings_and_is_chosen_g_is_for_that_one_and_stands_behind_n() -> None:
    async with playing(BUSY) as player:
        await player.press("down")
        assert player.page.line.number == "1043"
        assert " N  next → A accept, G got it" in player.text("banner")


@pytest.mark.parametrize("page", ["2", "4", "7"])
async def test_on_a_page_without_a_choice_the_banner_leads_to_the_order_and_so_does_a(page: str) -> None:
    async with playing(FIRST_BELL) as player:
        await player.press(page)
        assert " N  next → A accept    G  got it" in player.text("banner")
        await player.press("a")
        assert player.toasts() == ["Choose an order first. N goes to #1042."]
        await player.press("n", "a")
        assert player.asked == [("accept", "1042")]


async def test_before_an_empty_filter_a_says_where_the_order_is() -> None:
    async with playing(BUSY) as player:
        await player.press("f", "z", "z", "enter")
        assert " N  next → A accept" in player.text("banner")
        await player.press("a")
        assert player.toasts() == ["Choose an order first. N goes to #1042."]


async def test_a_step_of_another_order_stands_behind_n_too() -> None:
    shop = samples.shop((samples.preparing("1"), samples.preparing("2")))
    async with playing(shop) as player:
        await player.press("end")
        assert " N  next → Space tick" in player.text("banner")


async def test_the_banner_flashes_once_a_second_and_no_faster() -> None:
    assert BEAT >= 0.5
    async with playing(FIRST_BELL) as player:
        player.app.stands_still = True
        looks = [look_of_the_banner(player)]
        for _ in range(4):
            OrderbellApp._beat(player.app)
            player.app.feed.tell(replace(FIRST_BELL.board, seen=len(looks) + 1))  # news makes it no faster
            await player.until(lambda: player.page.picture.board.seen == len(looks) + 1)
            looks.append(look_of_the_banner(player))
        assert looks[0] == looks[2] == looks[4]
        assert looks[1] == looks[3]
        assert looks[0] != looks[1]


def look_of_the_banner(player: Player) -> str:
    return str(player.page.query_one("#banner").render_line(1)._segments[0].style)


async def test_nothing_to_do_is_said_calmly() -> None:
    async with playing(CALM) as player:
        assert "Nothing needs a hand." in player.text("banner")
        assert "1 order with a driver." in player.text("banner")


async def test_a_driver_at_the_door_comes_before_other_work() -> None:
    async with playing(AT_THE_DOOR) as player:
        assert "driver at the door" in player.text("banner")


async def test_lanes_have_headings_with_counts() -> None:
    async with playing(BUSY) as player:
        queue = player.text("queue")
        for heading in ("NEW 3", "PREPARING 4", "READY 5", "ON THE WAY 1", "WAITING FOR PAYMENT 1"):
            assert heading in queue


async def test_each_order_says_in_words_what_to_press() -> None:
    async with playing(BUSY) as player:
        queue = player.text("queue")
        for words in ("A  accept", "D  close the bag", "T  check", "Space  pick 3/4", "H  hand over", "U  undo 4 s"):
            assert words in queue


async def test_the_clock_counts_down_without_a_new_board() -> None:
    async with playing(FIRST_BELL) as player:
        assert "3:12" in player.text("queue")
        player.app.clock.go(13)
        await player.until(lambda: "2:59" in player.text("queue"))
        assert "14:32:20" in player.text("status")


async def test_the_panel_shows_what_must_be_known_before_accepting() -> None:
    async with playing(FIRST_BELL) as player:
        panel = player.text("panel")
        for words in ("NT$1,240", "✓ paid", "ALLERGENS", "peanuts", "ring twice", "1.76 of 20 kg", "4 of 10 items"):
            assert words in panel


async def test_a_sheet_that_does_not_come_leaves_no_other_order_s_words_beside_the_choice() -> None:
    async with playing(BUSY) as player:
        del player.desk.sheets["1043"]
        assert "ALLERGENS" in player.text("panel")
        await player.press("down")
        await player.until(lambda: "ALLERGENS" not in player.text("panel"), within=1.0)
        assert "#1043  Mr Wu" in player.text("panel")


@pytest.mark.parametrize("shop", [HOSTILE, LONG_WORDS], ids=["hostile", "long"])
async def test_long_words_leave_the_rules_in_view_until_the_order_is_opened(shop: Shop) -> None:
    async with playing(shop) as player:
        assert "MAY I ACCEPT?" in player.text("panel")
        assert "more lines: Enter" in player.text("panel")
        await player.press("enter")
        await player.until(lambda: "more lines: Enter" not in player.text("panel"))
        await player.press("escape")
        await player.until(lambda: "more lines: Enter" in player.text("panel"))


async def test_a_click_into_the_panel_shows_no_more_lines_for_it_may_tick_one() -> None:
    async with playing(LONG_WORDS) as player:
        await player.pilot.click("#panel", offset=(8, 3))
        await player.until(lambda: player.rows("panel").has_focus)
        assert "more lines: Enter" in player.text("panel")
        await player.press("enter")
        await player.until(lambda: "more lines: Enter" not in player.text("panel"))


async def test_allergens_are_never_cut() -> None:
    allergens = ", ".join(f"nut{at:03}" for at in range(80))
    async with playing(shop((order("1", allergens=allergens),)), size=(120, 50)) as player:
        assert all(f"nut{at:03}" in player.text("panel") for at in range(80))


async def test_a_broken_rule_is_a_cross_with_both_numbers() -> None:
    async with playing(TROUBLE) as player:
        await player.press("down")
        assert "✗ 24 of 20 kg" in player.text("panel")
        assert "✗ 12 of 10 items" in player.text("panel")


async def test_a_full_hour_says_when_the_next_order_fits() -> None:
    async with playing(TROUBLE) as player:
        assert "50 of 50 · FULL, next free 14:37" in player.text("load")


async def test_sound_that_cannot_be_heard_is_red_with_the_reason() -> None:
    async with playing(TROUBLE) as player:
        assert "✗ NO SOUND: no sound device" in player.text("status")


async def test_the_sound_lamp_turns_within_a_second() -> None:
    async with playing(EMPTY) as player:
        assert "SOUND OK 09:02 Mei" in player.text("status")
        player.app.alerts.lamp = samples.SILENT
        await player.until(lambda: "NO SOUND: no sound device" in player.text("status"), within=1.5)


async def test_a_lost_feed_tells_the_time_of_the_last_true_picture_and_comes_back() -> None:
    async with playing(BUSY) as player:
        player.app.feed.lose()
        await player.until(lambda: "THE STORE CANNOT BE READ" in player.text("banner"))
        assert "14:32:07" in player.text("banner")
        assert player.page.has_class("-lost")
        player.app.feed.mend()
        await player.until(lambda: not player.page.has_class("-lost"))
        assert player.app.feed.asked >= 2


async def test_keys_answer_while_the_desk_is_slow() -> None:
    async with playing(BUSY) as player:
        player.desk.gate = Event()
        await player.press("a", "down")
        assert player.page.order_id == "1043"
        player.desk.gate.set()


async def test_outside_words_are_drawn_as_they_are_never_as_markup_or_commands() -> None:
    async with playing(HOSTILE) as player:
        shown = player.text()
        assert "[red]markup[/red]" in shown
        assert "\x1b" not in shown
        assert "\u202e" not in shown


async def test_outside_words_in_answers_and_questions_are_no_markup() -> None:
    async with playing(HOSTILE) as player:
        await player.press("f8")
        assert player.in_dialog
        await player.press("escape", "/")
        await player.type("[red]")
        await player.press("enter")
        assert player.toasts() == ["Nothing is called “[red]”."]


@pytest.mark.parametrize("size", SIZES)
async def test_every_line_is_as_wide_as_its_place_also_in_chinese(size: tuple[int, int]) -> None:
    async with playing(samples.CHINESE, size=size, language="zh-Hant") as player:
        for widget in player.page.query("Painted"):
            for y in range(widget.content_size.height):
                assert widget.render_line(y).cell_length == widget.content_size.width


async def test_a_small_terminal_shows_the_queue_and_enter_opens_the_order() -> None:
    async with playing(PICKING, size=(80, 24)) as player:
        assert not player.rows("panel").region
        await player.press("enter")
        assert "Oolong tea" in player.text("panel")
        await player.press("space", "escape")
        assert player.asked == [("pick", "1040", "Gift cup", 1)]
        assert player.rows("queue").region


async def test_a_click_chooses_and_a_second_one_opens() -> None:
    async with playing(BUSY, size=(80, 24)) as player:
        await player.pilot.click("#queue", offset=(6, 3))
        await player.rest()
        assert player.page.order_id == "1043"
        await player.pilot.click("#queue", offset=(6, 3))
        await player.rest()
        assert player.page.has_class("-opened")


async def test_a_click_on_an_item_ticks_it() -> None:
    async with playing(PICKING) as player:
        panel = player.rows("panel")
        y = next(y for y in range(panel.content_size.height) if "Gift cup" in panel.render_line(y).text)
        await player.pilot.click("#panel", offset=(8, y))
        await player.rest()
        assert player.asked == [("pick", "1040", "Gift cup", 1)]


async def test_a_click_on_a_key_in_the_footer_presses_it() -> None:
    async with playing(FIRST_BELL) as player:
        await player.pilot.click("#keys", offset=(3, 0))
        await player.rest()
        assert player.asked == [("accept", "1042")]


async def test_a_click_on_a_driver_goes_to_the_order() -> None:
    async with playing(BUSY) as player:
        await player.pilot.click("#drivers", offset=(8, 1))
        await player.rest()
        assert player.page.order_id == "1035"


async def test_remapped_keys_act_and_are_printed_everywhere() -> None:
    async with playing(FIRST_BELL, keys={"order.accept": "8"}) as player:
        await player.press("a")
        assert not player.asked
        await player.press("8")
        assert player.asked == [("accept", "1042")]
        assert " 8  accept" in player.text("keys")
        assert " 8  accept" in player.text("queue")


async def test_pages_are_reached_by_function_keys_and_digits() -> None:
    async with playing(BUSY) as player:
        for key, words in (("f2", "DRIVERS 5"), ("3", "PROBLEMS 1"), ("1", "ORDERS 14")):
            await player.press(key)
            await player.until(lambda words=words: words in player.text())


async def test_the_drivers_page_hands_over() -> None:
    async with playing(BUSY) as player:
        await player.press("f2", "h")
        assert player.in_dialog
        await player.press("escape", "enter")
        await player.until(lambda: "ORDERS" in player.text() and player.page.order_id == "1035")
        assert "ORDERS" in player.text()


async def test_the_problems_page_opens_what_can_be_done() -> None:
    async with playing(TROUBLE) as player:
        await player.press("f3", "down", "enter", "end", "enter", "down", "enter")
        assert player.asked == [("close_problem", "p1027", "customer told")]


async def test_help_lists_every_key_and_sign() -> None:
    async with playing(EMPTY, size=(120, 90)) as player:
        await player.press("?")
        shown = "\n".join(
            line.text for line in (player.app.screen.query_one("LineList").render_line(y) for y in range(80))
        )
        for words in ("Promise the chosen order", "A scanner works everywhere", "driver at the door"):
            assert words in shown
        await player.press("escape")
        assert not player.in_dialog


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
@pytest.mark.parametrize("width", [60, 80, 120])
async def test_no_sentence_of_the_help_is_cut(width: int, language: str) -> None:
    async with playing(EMPTY, size=(width, 150), page="help", language=language) as player:
        await player.until(lambda: player.in_dialog)
        shown = player.app.screen.query_one(LineList)
        await player.until(lambda: len(shown.rows) > len(keys.KEYS))
        words = "".join(line for line in lines_of(shown))
        assert "…" not in words
        for key in keys.KEYS:
            assert all(part in words for part in i18n._(key.tooltip).split() if part.isascii())


async def test_hints_teach_the_next_key_where_they_are_wanted() -> None:
    async with playing(PICKING, hint=True) as player:
        assert "Put the item into the bag" in player.text("hint")
    async with playing(PICKING) as player:
        assert not player.page.query_one("#hint").display


@pytest.mark.parametrize("page", ["load", "journal"])
async def test_where_no_order_is_chosen_the_hint_teaches_what_rings(page: str) -> None:
    async with playing(BUSY, hint=True, page=page) as player:
        await player.until(lambda: " N   A  Look at the ticks" in player.text("hint"))
    async with playing(EMPTY, hint=True, page=page) as player:
        await player.until(lambda: "Wait for the bell" in player.text("hint"))


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
async def test_keys_have_their_words_where_there_is_room_for_them(language: str) -> None:
    async with playing(EMPTY, size=(80, 24), language=language) as player:
        shown = player.text("keys")
        for name in ("help", "find", "quit"):
            assert f" {keys.cap(name)}  {i18n._(keys.BY_ID[name].label)} " in shown
        assert " F3 " in shown


async def test_keys_that_lead_on_come_before_words_of_the_others() -> None:
    async with playing(FIRST_BELL, size=(80, 24)) as player:
        shown = player.text("keys")
        assert all(words in shown for words in ("accept", "reject", "got it"))
        assert all(f" {cap} " in shown for cap in ("/", "?", "F2", "F3"))
        assert "…" not in shown


async def test_the_palette_holds_the_keys() -> None:
    async with playing(FIRST_BELL) as player:
        titles = [command.title for command in player.app.get_system_commands(player.page)]
        assert {"accept", "call driver", "find"} <= set(titles)


async def test_the_language_is_switched_in_mid_shift() -> None:
    async with playing(PICKING) as player:
        player.app.speak("zh-Hant")
        await player.rest()
        assert "備貨中 2" in player.text("queue")
        assert "揀貨" in player.text("banner")
        assert player.page.order_id == "1040"


async def test_another_look_is_drawn_at_once() -> None:
    async with playing(PICKING) as player:
        before = player.rows("queue").render_line(2)
        player.app.look("light")
        await player.rest()
        assert player.rows("queue").render_line(2) != before
        assert player.rows("queue").render_line(2).text == before.text


async def test_the_palette_presses_keys() -> None:
    async with playing(FIRST_BELL) as player:
        await player.press("ctrl+p")
        await player.type("accept")
        await player.rest(0.3)
        await player.press("down", "enter")
        await player.until(lambda: player.asked == [("accept", "1042")])


async def test_ten_thousand_orders_are_no_heavier_to_look_at() -> None:
    async with playing(samples.many(10_000)) as player:
        await player.press("end", "up", "pageup", "home", "down")
        assert "ORDERS 10000" in player.text("queue")
        assert player.page.order_id == player.page.picture.index.lane(Lane.NEW)[1].order_id
