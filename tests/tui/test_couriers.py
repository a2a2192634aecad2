"""E shows how each courier answers; lamps say it in half a second."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from core.board.board import Board
from core.board.lamps import LampKind, LampLine, Light, courier_lamp
from core.domain.circuit import Circuit
from core.domain.vitals import Allowance, TokenLife, Vitals
from tests.samples import CALM, COURIERS, NOW, WELL, ZONE, ago, failing
from tests.tui.play import Player, lines_of, playing
from tui import i18n, labels
from tui.screens.couriers import CouriersScreen
from tui.widgets.cells import width_of
from tui.widgets.line_list import LineList


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    i18n.use("en")
    yield
    i18n.use("en")


def state(vitals: Vitals, seconds: float = 0, pace: float = 1.0) -> str:
    return labels.courier_state(vitals, NOW + timedelta(seconds=seconds), ZONE, pace)


def lines(vitals: Vitals) -> dict[str, str]:
    return dict(labels.vitals_lines(vitals, NOW, ZONE))


def with_lamps(*lamps: LampLine) -> Board:
    return replace(CALM.board, lamps=lamps)


def uber(vitals: Vitals, name: str = "uber") -> LampLine:
    return courier_lamp(name, vitals, NOW)


STATION = LampLine(kind=LampKind.STATION, name="station", light=Light.OK, heard_at=ago(0, 1))


# Words


def test_what_is_the_matter_is_one_phrase() -> None:
    assert state(WELL) == ""
    assert state(failing(1)) == "no answer"
    assert state(failing(3)) == "no answer, next try in 3 s"
    assert state(failing(3), seconds=9) == "no answer, trying now"
    assert state(WELL.locked_out("401 unauthorized: no", NOW)) == "keys refused"
    assert state(WELL.limited(NOW, timedelta(seconds=3))) == "rate limit, until 14:32:10"
    assert state(WELL.limited(NOW, timedelta(seconds=3)), seconds=3) == ""
    assert state(WELL.wrote(NOW, "not JSON")) == "a webhook nobody can read: not JSON"


def test_a_practice_shop_counts_down_the_seconds_of_the_wall() -> None:
    assert state(failing(3), pace=2.0) == "no answer, next try in 6 s"


def test_for_want_of_room_only_the_next_try_is_told() -> None:
    short = labels.courier_state(failing(3), NOW, ZONE, is_short=True)
    assert short == "next try in 3 s"
    assert labels.courier_state(failing(1), NOW, ZONE, is_short=True) == "no answer"


def test_a_token_that_lasts_for_weeks_ends_on_a_day() -> None:
    lasting = replace(WELL, token=TokenLife(since=ago(12), ends=NOW + timedelta(days=30)))
    assert lines(lasting)["token"] == "12 min old, ends on Mon, Dec 21"


def test_words_of_theirs_are_cut_in_a_lamp_and_whole_below() -> None:
    said = "500 oops: " + "x" * 90
    assert len(state(failing(1, said))) <= 40
    assert lines(failing(1, said))["last trouble"] == said


def test_everything_that_is_known_is_told() -> None:
    assert lines(WELL) == {
        "last answer": "20 s ago, it took 0.2 s",
        "failed calls": "1 of the last 20",
        "calls": "going out",
        "rate limit": "48 of 50 calls left, anew at 14:32:47",
        "token": "12 min old, ends at 15:20, in 48 min",
        "webhook": "41 s ago",
    }


def test_what_is_not_known_is_no_guess() -> None:
    assert lines(Vitals()) == {
        "last answer": "none yet",
        "failed calls": "the station has not called it yet",
        "calls": "going out",
        "rate limit": "it names none",
        "token": "no token",
        "webhook": "none yet",
    }


@pytest.mark.parametrize(
    ("calls", "words"),
    [
        ("+", "none: the last one was answered"),
        ("+" * 20, "none of the last 20"),
        ("-", "the last one"),
        ("+-", "1 of the last 2"),
    ],
)
def test_failed_calls_are_counted_in_plain_words(calls: str, words: str) -> None:
    assert lines(Vitals(circuit=Circuit(calls=calls)))["failed calls"] == words


@pytest.mark.parametrize(
    ("vitals", "name", "words"),
    [
        (failing(3), "calls", "not until 14:32:10, in 3 s"),
        (replace(WELL, allowance=Allowance(left=7)), "rate limit", "7 calls left"),
        (replace(WELL, allowance=Allowance(left=0, most=9, anew_at=NOW)), "rate limit", "counted anew since 14:32:07"),
        (WELL.limited(NOW, timedelta(seconds=3)), "rate limit", "it asked for a pause until 14:32:10"),
        (
            replace(WELL, token=TokenLife(since=ago(60), ends=ago(1))),
            "token",
            "ended at 14:31; the next call gets another",
        ),
        (replace(WELL, took=None), "last answer", "20 s ago"),
        (replace(WELL, took=12.34), "last answer", "20 s ago, it took 12.3 s"),
    ],
)
def test_each_fact_has_its_words(vitals: Vitals, name: str, words: str) -> None:
    assert lines(vitals)[name] == words


def test_how_fast_an_answer_was_is_said_while_it_is_news() -> None:
    assert labels.answer_time(WELL, NOW) == "0.2 s"
    assert labels.answer_time(WELL, NOW + timedelta(hours=2)) == "2 h"
    assert labels.answer_time(Vitals(), NOW) == ""


def test_only_who_can_do_something_is_told_what() -> None:
    assert labels.courier_advice(WELL) == ""
    assert "office" in labels.courier_advice(WELL.locked_out("401", NOW))
    assert "by itself" in labels.courier_advice(failing(3))


# Lamps


async def test_lamps_that_are_well_show_how_fast_they_answer() -> None:
    async with playing(CALM) as player:
        assert "● uber 0.2 s" in player.text("status")


async def test_a_lamp_counts_down_to_the_next_try_without_news() -> None:
    async with playing(CALM, size=(160, 40)) as player:
        await player.tell(with_lamps(STATION, uber(failing(3))))
        assert "▲ uber: no answer, next try in 3 s" in player.text("status")
        assert " E " in player.text("status")
        player.app.clock.go(2)
        await player.until(lambda: "next try in 1 s" in player.text("status"))
        player.app.clock.go(1)
        await player.until(lambda: "no answer, trying now" in player.text("status"))


async def test_the_worst_lamp_comes_first_and_none_is_left_out() -> None:
    async with playing(COURIERS, size=(200, 60)) as player:
        words = player.text("status")
        assert words.index("✗ pandago: keys refused") < words.index("▲ lalamove: no answer, next try in")
        assert "▲ doordash: rate limit, until 14:33:32" in words
        assert "● 3 ok" in words


async def test_with_less_room_words_go_before_names() -> None:
    async with playing(COURIERS, size=(120, 40)) as player:
        words = player.text("status")
        assert "✗ pandago: keys refused  ▲ lalamove  ▲ doordash  ○ stuart  ● 3 ok" in words


async def test_a_lamp_keeps_the_next_try_before_the_reason() -> None:
    async with playing(CALM, size=(120, 40)) as player:
        await player.tell(with_lamps(STATION, uber(failing(3, "500 internal_server_error: x"), name="uber_direct")))
        assert "▲ uber_direct: next try in 3 s  ● 1 ok" in player.text("status")


async def test_with_least_room_the_worst_is_named_and_the_others_are_counted() -> None:
    async with playing(COURIERS, size=(80, 24)) as player:
        assert "✗ pandago  ▲ 2  ○ 1  ● 3" in player.text("status")


# The page


def shown(player: Player) -> str:
    return "\n".join(lines_of(player.app.screen.query_one(LineList)))


async def test_the_key_shows_all_couriers_the_worst_first() -> None:
    async with playing(COURIERS, size=(200, 60)) as player:
        await player.press("e")
        assert isinstance(player.app.screen, CouriersScreen)
        await player.until(lambda: "stuart" in shown(player))
        words = shown(player)
        order = [words.index(name) for name in ("pandago", "lalamove", "doordash", "stuart", "uber")]
        assert order == sorted(order)
        assert "Call the office: the keys in the config are refused." in words
        assert player.asked == []


@pytest.mark.parametrize("key", ["escape", "e", "E", "enter"])
async def test_every_way_out_leads_out(key: str) -> None:
    async with playing(COURIERS) as player:
        await player.press("e")
        assert player.in_dialog
        await player.press(key)
        assert not player.in_dialog


async def test_a_key_that_means_nothing_there_says_so() -> None:
    async with playing(COURIERS) as player:
        await player.press("e", "x")
        assert player.toasts() == ["Finish this first, or press Esc."]


async def test_what_comes_meanwhile_is_shown_and_seconds_run() -> None:
    async with playing(CALM) as player:
        await player.tell(with_lamps(STATION, uber(failing(3))))
        await player.press("e")
        await player.until(lambda: "not until 14:32:10, in 3 s" in shown(player))
        player.app.clock.go(2)
        await player.until(lambda: "in 1 s" in shown(player))
        player.app.feed.tell(with_lamps(STATION, uber(WELL)))
        await player.until(lambda: "22 s ago, it took 0.2 s" in shown(player))


async def test_what_comes_meanwhile_scrolls_nothing() -> None:
    async with playing(COURIERS, size=(80, 24)) as player:
        await player.press("e")
        await player.until(lambda: "pandago" in shown(player))
        await player.press("down", "down", "down")
        listed = player.app.screen.query_one(LineList)
        assert listed.top == 3
        player.app.feed.tell(replace(COURIERS.board, lamps=COURIERS.board.lamps[1:]))
        player.app.clock.go(1)
        await player.until(lambda: "8 s ago" in shown(player))
        assert listed.top == 3


@pytest.mark.parametrize(
    ("lamps", "words"),
    [
        ((STATION,), "No courier is known yet."),
        ((replace(STATION, light=Light.FAIL),), "No station runs: nobody calls couriers."),
    ],
)
async def test_where_there_is_nothing_to_show_it_says_why(lamps: tuple[LampLine, ...], words: str) -> None:
    async with playing(CALM) as player:
        await player.tell(with_lamps(*lamps))
        await player.press("e")
        await player.until(lambda: words in shown(player))


async def test_outside_words_are_no_markup() -> None:
    async with playing(CALM) as player:
        await player.tell(with_lamps(uber(failing(1, "[red]x[/red]\x1b[2J"), name="[b]u[/b]")))
        await player.press("e")
        await player.until(lambda: "[b]u[/b]" in shown(player))
        assert "\x1b" not in shown(player) + player.text("status")


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
@pytest.mark.parametrize("tag", list(i18n.LANGUAGES))
async def test_it_fits_in_every_language(tag: str, size: tuple[int, int]) -> None:
    async with playing(COURIERS, size=size, language=tag) as player:
        await player.press("e")
        listed = player.app.screen.query_one(LineList)
        await player.until(lambda: len(listed.rows) > 0)
        width = listed.content_size.width - 2
        rows = [listed.rows.row(y, width) for y in range(len(listed.rows))]
        assert all(width_of(row.left) <= width for row in rows)
