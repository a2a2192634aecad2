"""The load page, the bar on top of every page, and the chart."""

from asyncio import sleep
from dataclasses import replace
from datetime import timedelta

import pytest

from core.board.day_load import DayLoad
from core.board.load import LoadLine
from core.domain.ids import OrderId
from tests import samples
from tests.samples import BUSY, EMPTY, NOW, RULES, TROUBLE, ZONE
from tests.tui.play import Player, playing
from tui import i18n
from tui.screens.day_reader import DayReader
from tui.widgets.cells import width_of
from tui.widgets.load_chart import Chart, usual_words
from tui.widgets.rows import Fixed

SIZES = [(80, 24), (120, 40), (200, 60)]
TODAY = BUSY.today


@pytest.fixture(autouse=True)
def _english() -> None:
    i18n.use("en")


def drawn(day: DayLoad, width: int = 60, height: int = 12) -> list[str]:
    """The chart's rows as text, the hours below."""
    chart = Chart(day, NOW, ZONE, width, height)
    rows = [*(chart.line(y) for y in range(height)), chart.times()]
    assert {width_of(row) for row in rows} == {width}
    return ["".join(piece.text for piece in row) for row in rows]


async def opened(player: Player) -> None:
    """The page, drawn with its numbers."""
    await player.press("f4")
    await player.until(lambda: player.app.current_mode == "load" and player.page.picture is not None)
    await player.until(lambda: "as of" in player.text("facts"))


def bar_of(rows: list[str], hour: str) -> str:
    """What stands over an hour, from top to bottom."""
    at = rows[-1].index(hour)
    return "".join(row[at] for row in rows[:-1])


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_page_says_how_full_the_hour_is_and_how_the_day_went(size: tuple[int, int]) -> None:
    async with playing(BUSY, size=size) as player:
        await opened(player)
        await player.until(lambda: "191" in player.text("facts"))
        facts = player.text("facts")
        assert "37 of 50" in facts
        assert "room for 13 more" in facts
        assert "accepting these 3 makes 40" in facts
        assert "12:00–13:00" in facts
        assert all(found in facts for found in ("179", "0:52", "7:40", "96 %"))


async def test_a_digit_leads_there_too_and_escape_back() -> None:
    async with playing(BUSY) as player:
        await player.press("4")
        await player.until(lambda: player.app.current_mode == "load")
        await player.press("escape")
        await player.until(lambda: player.app.current_mode == "counter")


async def test_enter_goes_to_the_orders() -> None:
    async with playing(BUSY) as player:
        await player.press("f4", "enter")
        await player.until(lambda: player.app.current_mode == "counter")


async def test_at_the_cap_the_page_says_when_the_next_order_fits_and_what_more_would_make() -> None:
    async with playing(TROUBLE) as player:
        await opened(player)
        facts = player.text("facts")
        assert "✗ FULL" in facts
        assert "14:37" in facts
        assert "✗ accepting these 2 makes 52 > 50" in facts


async def test_a_shop_without_a_past_says_that_there_are_too_few_records() -> None:
    async with playing(EMPTY) as player:
        await opened(player)
        await player.until(lambda: "too few records" in player.text("facts"))
        assert "none yet: they come by themselves" in player.text("facts")
        assert "nothing to accept" in player.text("facts")
        assert "usual: too few records" in player.text("day")


async def test_numbers_are_read_anew_when_somebody_looks() -> None:
    async with playing(BUSY) as player:
        await player.until(lambda: player.desk.days_read > 0)
        numbers = replace(TODAY.numbers, orders=4711)
        player.desk.today = replace(TODAY, numbers=numbers)
        await opened(player)
        await player.until(lambda: "4711" in player.text("facts"))


async def test_the_running_hour_counts_with_every_board() -> None:
    async with playing(BUSY) as player:
        await opened(player)
        await player.until(lambda: "14◂" in player.text("day"))
        load = replace(BUSY.board.load, accepted=(*BUSY.board.load.accepted, NOW, NOW))
        before = player.page.picture
        await player.tell(replace(BUSY.board, load=load))
        assert before is not None
        assert before.live_day is not None
        picture = player.page.picture
        assert picture is not None
        assert picture.live_day is not None
        assert picture.live_day.hours[14].accepted == before.live_day.hours[14].accepted + 2
        assert "39 of 50" in player.text("facts")


async def test_a_day_that_cannot_be_read_leaves_the_page_alive() -> None:
    async with playing(BUSY) as player:

        async def fail() -> DayLoad:
            raise OSError("gone")

        player.desk.day = fail  # type: ignore[method-assign]
        await player.press("f4", "escape", "f4")
        await player.until(lambda: player.app.current_mode == "load" and "37 of 50" in player.text("facts"))


async def test_the_bar_says_what_the_next_hour_brings_and_how_the_day_goes() -> None:
    async with playing(BUSY, size=(200, 60)) as player:
        await player.until(lambda: "next hour" in player.text("load"))
        words = "37 of 50 · next hour ≈ 26 · 9 in work · 3 waiting · open 09:00–21:00 · median prep 7:40 · on time 96 %"
        assert words in player.text("load")


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_no_fact_of_the_bar_is_cut(size: tuple[int, int], language: str) -> None:
    async with playing(TROUBLE, size=size, language=language) as player:
        await player.until(lambda: player.app.picture.day is not None)
        await player.until(lambda: "≈" in player.text("load") or size[0] < 100)
        assert "…" not in player.text("load")
        assert "14:37" in player.text("load")


async def test_marked_orders_say_what_accepting_them_would_make() -> None:
    async with playing(BUSY) as player:
        player.page.marked = frozenset({OrderId("1042"), OrderId("1043")})
        player.page.redraw_all()
        assert "accepting these 2 makes 39" in player.text("load")


async def test_the_chart_stands_on_the_widest_counter() -> None:
    async with playing(BUSY, size=(200, 60)) as player:
        await player.until(lambda: "14◂" in player.text("chart"))
        assert "HOUR BY HOUR" in player.text("chart")


def test_today_stands_beside_the_usual_day_in_another_shape() -> None:
    rows = drawn(TODAY)
    assert "█" in bar_of(rows, "12")
    assert "░" not in bar_of(rows, "12")
    at = rows[-1].index("12")
    assert "░" in "".join(row[at + 2] for row in rows[:-1])


def test_bars_are_as_high_as_their_numbers() -> None:
    rows = drawn(TODAY)
    heights = [bar_of(rows, hour).count("█") for hour in ("09", "10", "11", "13", "12")]
    assert heights == sorted(heights)
    assert heights[0] < heights[-1]


def test_hours_to_come_show_what_is_promised_and_what_is_usual() -> None:
    rows = drawn(TODAY)
    assert "▒" in bar_of(rows, "15")
    assert "+5" in "".join(rows)
    assert "█" not in bar_of(rows, "18")


def test_the_cap_is_a_line_across_the_day() -> None:
    quiet = replace(TODAY, hours=tuple(replace(hour, accepted=0, usual=None, promised=0) for hour in TODAY.hours))
    (line,) = [row for row in drawn(quiet) if "▔▔▔" in row]
    assert line.strip().startswith("50 ▔")


def test_an_hour_past_the_cap_reaches_over_the_line() -> None:
    hours = tuple(replace(hour, accepted=100) if at == 12 else hour for at, hour in enumerate(TODAY.hours))
    rows = drawn(replace(TODAY, hours=hours))
    assert bar_of(rows, "12").count("█") >= 10
    assert "100" in "".join(rows)


@pytest.mark.parametrize("width", [8, 20, 40, 77, 140])
@pytest.mark.parametrize("height", [2, 3, 9, 30])
def test_a_chart_of_any_size_keeps_its_width(width: int, height: int) -> None:
    assert len(drawn(TODAY, width, height)) == height + 1


def test_a_whole_day_finds_room_on_eighty_cells() -> None:
    hours = tuple(replace(hour, is_open=True) for hour in TODAY.hours)
    assert all(f"{hour:02}" in drawn(replace(TODAY, hours=hours), 78)[-1] for hour in range(24))


def test_hours_without_room_are_named_every_other_one_and_the_running_one_always() -> None:
    hours = tuple(replace(hour, is_open=True) for hour in TODAY.hours)
    day = replace(TODAY, hours=hours)
    assert drawn(day, 62)[-1].split() == [f"{hour:02}" if hour != 14 else "14◂" for hour in range(0, 24, 2)]
    later = Chart(day, NOW + timedelta(hours=1), ZONE, 62, 9).times()
    assert "10  12    15◂   18  20" in "".join(piece.text for piece in later)


@pytest.mark.parametrize("height", [5, 7, 12, 30])
@pytest.mark.parametrize("busiest", [50, 57, 90, 200])
def test_an_hour_as_full_as_the_cap_ends_at_its_line(height: int, busiest: int) -> None:
    counts = {9: 50, 10: busiest}
    hours = tuple(
        replace(hour, accepted=counts.get(at, 0), usual=None, promised=0) for at, hour in enumerate(TODAY.hours)
    )
    rows = drawn(replace(TODAY, hours=hours, cap=50), height=height)
    (line,) = [y for y, row in enumerate(rows) if row.startswith(" 50 ▔")]
    assert next(y for y, row in enumerate(rows) if row[rows[-1].index("09")] == "█") == line
    over = [y for y, row in enumerate(rows[:line]) if row[rows[-1].index("10")] in "▁▂▃▄▅▆▇█"]
    assert bool(over) == (busiest > 50)


def test_where_the_usual_day_comes_from_is_said() -> None:
    assert usual_words(TODAY) == "this weekday, 4 weeks"
    assert usual_words(replace(TODAY, usual=replace(TODAY.usual, is_weekday=False, days=1))) == "1 day"
    assert usual_words(samples.NO_DAY) == "too few records"


async def test_the_day_is_read_when_it_is_wanted_and_again_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.screens.day_reader.AT_LEAST", 0.01)
    async with playing(BUSY) as player:
        player.app.clock.pace = 0.0
        reader = DayReader(player.desk, player.app.clock)
        told: list[DayLoad | None] = []
        player.app.run_worker(reader.follow(lambda: told.append(reader.day)))
        await sleep(0.05)
        assert told == []
        reader.want()
        await player.until(lambda: len(told) > 2)
        assert told[0] is BUSY.today


def test_a_day_of_no_hours_draws_nothing_and_breaks_nothing() -> None:
    bare = DayLoad(at=NOW, cap=0)
    assert drawn(bare)[-1].strip() == ""
    assert bare.with_board(LoadLine(cap=0), NOW + timedelta(days=1)) == bare
    assert RULES.orders_per_hour == 50
    assert Fixed().rows == ()
