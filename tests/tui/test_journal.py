"""The journal page: follows, stands still for whoever looks, leafs into the past."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from core.board.journal import JournalLine
from core.domain.events import KINDS, Event, OrderSeen, ProblemOpened
from core.domain.ids import OrderId
from tests import samples
from tests.core.store.test_journal import one_of
from tests.fakes import RecordingDesk
from tests.samples import BUSY, CHINESE, EMPTY, HOSTILE, MEI, Shop
from tests.tui.play import Player, playing
from tui import i18n
from tui.labels.marks import MARKS, mark
from tui.screens.journal_reader import JournalReader
from tui.widgets.journal_list import JournalRows

SIZES = [(80, 24), (120, 40), (200, 60)]
ORDER = OrderId("1042")


@pytest.fixture(autouse=True)
def _english() -> None:
    i18n.use("en")


def seen(number: int, order_id: OrderId | None = ORDER) -> JournalLine:
    """Somebody saw an order, `number` seconds past a day ago."""
    event = OrderSeen(order_id=order_id, at=samples.ago(1440, -number), by=MEI)
    return JournalLine(seen=number, event=event, number="1042" if order_id else "")


def shop_with(lines: Sequence[JournalLine]) -> Shop:
    return replace(BUSY, happened=tuple(lines), board=replace(BUSY.board, seen=lines[-1].seen if lines else 0))


def keys_in_view(player: Player) -> list[str | None]:
    page = player.rows("list")
    return [page.rows.key(y) for y in range(page.top, min(page.top + page.view, len(page.rows)))]


async def happens(player: Player, *lines: JournalLine) -> None:
    """More is noted, and the board says so."""
    player.desk.happened += lines
    before = player.page.picture
    assert before is not None
    await player.tell(replace(before.board, seen=lines[-1].seen))


async def opened(player: Player) -> None:
    await player.press("f7")
    await player.until(lambda: player.app.current_mode == "journal" and bool(player.rows("list").rows))
    await player.until(lambda: player.rows("list").rows.key(1) is not None)


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_what_happened_stands_newest_first_in_sentences(size: tuple[int, int]) -> None:
    async with playing(BUSY, size=size) as player:
        await opened(player)
        text = player.text("list")
        assert "What happened, newest first." in text
        assert "#1033   trouble: no driver for long" in text
        assert text.index("14:32:06") < text.index("14:31:07") < text.index("14:30:07")
        assert "· Mei" in text


async def test_days_stand_apart() -> None:
    async with playing(shop_with([seen(1), replace(seen(90_000), seen=2)])) as player:
        await opened(player)
        assert player.text("list").index("Nov 21") < player.text("list").index("Nov 20")


async def test_an_empty_journal_says_what_will_stand_there() -> None:
    async with playing(EMPTY) as player:
        await player.press("7")
        await player.until(lambda: player.app.current_mode == "journal" and player.page.picture is not None)
        await player.until(lambda: "Nothing has happened yet." in player.text("list"))
        assert "is noted here" in player.text("list")


async def test_whoever_looks_at_the_newest_sees_them_come() -> None:
    async with playing(shop_with([seen(at) for at in range(1, 120)])) as player:
        await opened(player)
        await happens(player, seen(500))
        await player.until(lambda: "500" in keys_in_view(player))
        assert player.rows("list").top == 0


async def test_the_chosen_line_stays_where_it_is_and_the_title_says_how_many_are_newer() -> None:
    async with playing(shop_with([seen(at) for at in range(1, 120)])) as player:
        await opened(player)
        await player.press("down", "down", "down")
        page = player.rows("list")
        chosen, where = page.chosen, (page.chosen_at or 0) - page.top
        await happens(player, *(seen(at) for at in range(500, 530)))
        await player.until(lambda: page.rows.find("529") is not None)
        assert (page.chosen, (page.chosen_at or 0) - page.top) == (chosen, where)
        await player.until(lambda: "29 newer above" in player.text("list"))


async def test_whoever_has_scrolled_without_choosing_is_left_in_peace_too() -> None:
    async with playing(shop_with([seen(at) for at in range(1, 120)])) as player:
        await opened(player)
        page = player.rows("list")
        page._scroll(9)
        before = keys_in_view(player)
        await happens(player, seen(500), seen(501))
        await player.until(lambda: page.rows.find("501") is not None)
        assert keys_in_view(player) == before
        assert page.chosen is None


async def test_escape_leads_back_to_the_newest_and_then_to_the_counter() -> None:
    async with playing(shop_with([seen(at) for at in range(1, 120)])) as player:
        await opened(player)
        await player.press("pagedown", "pagedown")
        assert player.rows("list").top > 0
        await player.press("escape")
        await player.until(lambda: (player.rows("list").top, player.rows("list").chosen) == (0, None))
        await player.press("escape")
        await player.until(lambda: player.app.current_mode == "counter")


async def test_leafing_reads_the_past_page_by_page_down_to_the_first_line() -> None:
    async with playing(shop_with([seen(at) for at in range(1, 451)])) as player:
        player.desk.page = 100
        await opened(player)
        assert player.rows("list").rows.find("1") is None
        for _ in range(40):
            await player.press("pagedown")
            if player.rows("list").chosen == "1":
                break
        await player.until(lambda: player.rows("list").rows.find("1") is not None)
        assert all(isinstance(before, int) or before is None for before, _after, _of in player.desk.leafed)
        keys = [player.rows("list").rows.key(y) for y in range(len(player.rows("list").rows))]
        assert [key for key in keys if key] == [str(at) for at in range(450, 0, -1)]


async def test_enter_goes_to_the_order() -> None:
    async with playing(BUSY) as player:
        await opened(player)
        await player.press("down", "enter")
        await player.until(lambda: player.app.current_mode == "counter" and player.page.order_id == "1038")


async def test_a_click_goes_to_the_order() -> None:
    async with playing(BUSY) as player:
        await opened(player)
        await player.pilot.click("#list", offset=(30, 2))
        await player.until(lambda: player.app.current_mode == "counter" and player.page.order_id == "1038")


async def test_keys_for_orders_work_on_the_chosen_lines_order() -> None:
    async with playing(shop_with([seen(1)])) as player:
        await opened(player)
        await player.press("down", "g")
        await player.until(lambda: ("see", "1042") in player.asked)


async def test_every_key_that_cannot_act_says_why() -> None:
    async with playing(shop_with([seen(1, None)])) as player:
        await opened(player)
        await player.press("enter")
        await player.until(lambda: "Choose a line first" in player.toasts()[-1])
        await player.press("down", "enter")
        await player.until(lambda: "about the shop" in player.toasts()[-1])
        await player.press("f")
        await player.until(lambda: "Choose a line of an order first." in player.toasts()[-1])


async def test_one_orders_lines_can_be_shown_alone_and_all_again() -> None:
    shop = shop_with([seen(1), seen(2, OrderId("1043")), seen(3), seen(4, None)])
    async with playing(shop) as player:
        await opened(player)
        await player.press("down", "down", "f")
        await player.until(lambda: "only #1042" in player.text("list"))
        assert [key for key in keys_in_view(player) if key] == ["3", "1"]
        await happens(player, replace(seen(5), seen=5), seen(6, OrderId("1043")))
        await player.until(lambda: [key for key in keys_in_view(player) if key] == ["5", "3", "1"])
        await player.press("escape")
        await player.until(lambda: len([key for key in keys_in_view(player) if key]) == 6)


async def test_words_of_strangers_are_shown_and_never_read_as_markup() -> None:
    async with playing(HOSTILE) as player:
        await opened(player)
        assert "[red]markup[/red]" in player.text("list") or "[bold]" not in player.text("list")
        assert "\x1b" not in player.text("list")


async def test_the_newest_lines_stand_on_the_widest_counter_and_a_click_goes_there() -> None:
    async with playing(BUSY, size=(200, 60)) as player:
        await player.until(lambda: "no driver for long" in player.text("news"))
        await happens(player, JournalLine(seen=900, event=replace(seen(1).event, at=samples.NOW), number="1042"))
        await player.until(lambda: "seen, the bell stops" in player.text("news").splitlines()[1])
        await player.pilot.click("#news", offset=(20, 3))
        await player.until(lambda: player.page.order_id == "1033")


async def test_a_counter_without_room_reads_no_journal() -> None:
    async with playing(BUSY, size=(120, 40)) as player:
        await player.tell(replace(BUSY.board, seen=900))
        await player.rest(0.1)
        assert player.desk.leafed == []


async def test_chinese_lines_stand_in_columns() -> None:
    async with playing(CHINESE, language="zh-Hant", size=(80, 24)) as player:
        await opened(player)
        page = player.rows("list")
        assert {page.render_line(y).cell_length for y in range(page.content_size.height)} == {page.content_size.width}


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_every_event_has_a_mark_and_a_line(kind: type[Event]) -> None:
    event = one_of(kind)
    line = JournalLine(seen=1, event=event, number="1042")
    shown = "".join(piece.text for piece in JournalRows((line,), samples.ZONE).row(1, 80).left)
    assert len(mark(event).sign) == 1
    assert "#1042" in shown


def test_marks_stand_for_events_there_are() -> None:
    assert set(MARKS) <= set(KINDS.values())
    assert MARKS[ProblemOpened].sign == "▲"


async def test_what_came_while_nobody_looked_is_read_without_a_gap() -> None:
    desk = RecordingDesk(happened=[seen(at) for at in range(1, 11)])
    desk.page = 3
    reader = JournalReader(desk)
    await reader.read_new(10)
    assert [line.seen for line in reader.lines] == [10, 9, 8]
    desk.happened += [seen(at) for at in range(11, 31)]
    await reader.read_new(30)
    assert [line.seen for line in reader.lines] == list(range(30, 7, -1))
    while await reader.read_older():
        pass
    assert [line.seen for line in reader.lines] == list(range(30, 0, -1))


async def test_only_so_many_lines_are_kept_and_the_rest_can_be_read_again() -> None:
    desk = RecordingDesk(happened=[seen(at) for at in range(1, 11)])
    reader = JournalReader(desk, kept=4)
    await reader.read_new(10)
    reader.forget_old()
    assert [line.seen for line in reader.lines] == [10, 9, 8, 7]
    assert await reader.read_older()
    assert [line.seen for line in reader.lines] == list(range(10, 0, -1))


async def test_a_number_already_known_of_asks_nobody() -> None:
    desk = RecordingDesk(happened=[seen(1)])
    reader = JournalReader(desk)
    await reader.read_new(1)
    await reader.read_new(1)
    assert len(desk.leafed) == 1
