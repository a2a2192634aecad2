"""`orderbell demo` before a person: the first bell, a whole order by keyboard, and nobody left behind."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from signal import SIGKILL

from tests.end_to_end.practice import Practice, open_practice
from tests.end_to_end.shop import eventually
from tests.end_to_end.terminal import Terminal
from tui.keys import BY_ID, cap

WITH_DRIVER = ("heading_to_store", "at_store")


def press(terminal: Terminal, *ids: str) -> None:
    """Keys by their id."""
    for name in ids:
        terminal.press(BY_ID[name].key.split(",")[0])


def pack(practice: Practice) -> None:
    """Every line and check, then the bag is closed."""
    for _ in practice.order()["lines"]:
        press(practice.terminal, "line.tick")
    press(practice.terminal, "check.all")
    eventually(lambda: all(practice.order()["checks"].values()))
    press(practice.terminal, "order.ready")
    practice.becomes("ready")


def leave(practice: Practice) -> None:
    """Quit, and mean it."""
    press(practice.terminal, "quit")
    practice.terminal.shows("Quit Orderbell?")
    practice.terminal.press("tab", "enter")


def test_the_first_bell_comes_by_itself_and_names_the_key(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    with open_practice(tmp_path, speed=12) as practice:
        terminal = practice.terminal
        terminal.shows("台北南西店", "ORDERS")
        eventually(lambda: terminal.screen.bells or "RINGING" in terminal.text)
        record_property("seconds_to_first_bell", round(time.monotonic() - terminal.begun, 1))  # meant: ten at most
        text = terminal.shows("#1001", "PRACTICE")
        (hint,) = [line for line in text.splitlines() if line.startswith(" PRACTICE")]
        assert cap("order.accept") in hint.split()
        eventually(lambda: terminal.screen.bells)
        press(terminal, "order.accept")
        practice.becomes("preparing")
        eventually(lambda: "RINGING" not in terminal.text)


def test_what_was_drawn_bit_by_bit_is_what_is_drawn_anew(tmp_path: Path) -> None:
    with open_practice(tmp_path, speed=0.01) as practice:
        practice.terminal.shows("#1001", "MAY I ACCEPT?")
        press(practice.terminal, "order.accept")
        practice.becomes("preparing")
        practice.terminal.shows("CHECKS", "NEXT: pick")
        press(practice.terminal, "line.tick")
        practice.terminal.shows("[✓]")
        bit_by_bit = eventually(lambda: still(practice.terminal))
        practice.terminal.resize(119, 40)
        eventually(lambda: practice.terminal.text != bit_by_bit)
        practice.terminal.resize(120, 40)
        eventually(lambda: still(practice.terminal) == bit_by_bit)


def still(terminal: Terminal) -> str:
    """The screen below its first line, when it was the same for a while; else nothing."""
    before = terminal.text.partition("\n")[2]
    time.sleep(0.7)
    return before if terminal.text.partition("\n")[2] == before else ""


def test_a_held_call_is_undone_in_time(tmp_path: Path) -> None:
    with open_practice(tmp_path, speed=24) as practice:
        practice.terminal.shows("#1001")
        press(practice.terminal, "order.accept")
        practice.becomes("preparing")
        pack(practice)
        press(practice.terminal, "order.ship")
        eventually(lambda: practice.order()["send"])
        press(practice.terminal, "order.undo")
        eventually(lambda: practice.order()["send"] is None)
        assert practice.order()["delivery"] is None


def test_a_whole_order_goes_by_keyboard_alone_and_nobody_is_left(tmp_path: Path) -> None:
    with open_practice(tmp_path, speed=80) as practice:
        practice.terminal.shows("#1001")
        family = practice.terminal.family()
        assert len(family) >= 2  # town and station
        press(practice.terminal, "order.accept")
        practice.becomes("preparing")
        pack(practice)
        press(practice.terminal, "order.ship")
        order = practice.awaits(*WITH_DRIVER)
        hand_over(practice, order["delivery"])
        practice.becomes("completed")
        leave(practice)
        assert practice.terminal.ended() == 0
        eventually(lambda: not practice.terminal.family())


def hand_over(practice: Practice, delivery: dict[str, str]) -> None:
    """What the form asks for, field by field."""
    terminal = practice.terminal
    terminal.shows(f"{cap('order.hand_over')}  hand over")
    press(terminal, "order.hand_over")
    terminal.shows("Waybill", delivery["waybill"])
    for words in (delivery["waybill"], "1", delivery["pin"]):
        terminal.type(words)
        terminal.press("enter")
    eventually(lambda: "Waybill" not in terminal.text)
    practice.becomes("out")


def test_a_station_that_is_killed_is_started_anew_and_the_order_goes_on(tmp_path: Path) -> None:
    with open_practice(tmp_path, speed=60) as practice:
        terminal = practice.terminal
        terminal.shows("#1001", "MAY I ACCEPT?")
        (first,) = stations(terminal)
        os.kill(first, SIGKILL)
        terminal.shows("station: broken")
        eventually(lambda: stations(terminal) - {first})
        eventually(lambda: "station: broken" not in terminal.text)
        press(terminal, "order.accept")
        practice.becomes("preparing")
        pack(practice)
        press(terminal, "order.ship")
        practice.awaits(*WITH_DRIVER)
        leave(practice)
        assert terminal.ended() == 0
        eventually(lambda: not terminal.family(), patience=40)


def stations(terminal: Terminal) -> set[int]:
    """The processes that take in and send."""
    return {pid for pid, words in terminal.family().items() if " serve " in f"{words} "}


def test_a_counter_killed_without_a_word_leaves_nobody_behind(tmp_path: Path) -> None:
    with open_practice(tmp_path, speed=12) as practice:
        practice.terminal.shows("#1001")
        family = practice.terminal.family()
        assert len(family) >= 2
        os.kill(practice.terminal.process.pid, SIGKILL)
        practice.terminal.ended()
        eventually(lambda: not practice.terminal.family(), patience=40)
