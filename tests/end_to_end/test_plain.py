"""The counter line by line: a whole order over a pipe and at a real terminal, and how it ends."""

import os
import re
import signal
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.end_to_end.listener import Listener, at_terminal, controls, piped
from tests.end_to_end.practice import SEED
from tests.end_to_end.program import run
from tests.end_to_end.shop import Shop, eventually

Open = Callable[..., AbstractContextManager[Listener]]
WAYS = pytest.mark.parametrize("opened", [piped, at_terminal], ids=["pipe", "terminal"])
ALLOWED = {piped: b"\n", at_terminal: b"\r\n\a"}
FACTS = re.compile(r"The order's waybill is (\S+)\. It has (\d+) parcel")


def demo(folder: Path, speed: float) -> list[str]:
    words = ["demo", "--plain", "--orders", "1", "--seed", str(SEED), "--speed", str(speed), "--lang", "en"]
    return [*words, "--data", str(folder)]


@WAYS
def test_from_the_bell_to_the_door_by_what_is_said(tmp_path: Path, opened: Open) -> None:
    with opened(*demo(tmp_path, speed=240)) as listener:
        listener.hears("New order 1001")
        listener.says("next", "Next: accept, type a.")
        listener.says("a", "Next, item 1")
        while not any("Next: check quantity" in line for line in listener.asks("tick")):
            pass
        listener.says("t", "Next: close the bag, type d.")
        listener.says("d", "Next: call uber now, type s.")
        listener.says("s", "leaves in")
        listener.hears("driver on the way")
        hand_over(listener)
        listener.hears("Order 1001, the customer has it.")
        listener.says("quit", "Yes or no?")
        listener.says("yes", "Goodbye.")
        assert listener.ended() == 0
        assert controls(listener.raw, ALLOWED[opened]) == set()
        assert listener.errors() == ""


def hand_over(listener: Listener) -> None:
    """What is compared is read out first."""
    listener.says("h 1001", "Hand over order 1001")
    facts = FACTS.search(listener.hears("The order's waybill is"))
    assert facts is not None
    listener.hears("Waybill: scan or type")
    listener.says(facts[1], "Parcels counted?")
    listener.says(facts[2], "PIN, if one is given")
    listener.says("", "Handed over, order 1001.")


@WAYS
def test_the_end_of_the_input_ends_it_politely_and_nobody_is_left(tmp_path: Path, opened: Open) -> None:
    with opened(*demo(tmp_path, speed=12)) as listener:
        listener.hears("New order 1001")
        if opened is piped:
            listener.leave()
        else:
            listener.type("\x04")
        listener.hears("Goodbye.")
        assert listener.ended() == 0


def test_ctrl_c_drops_a_line_that_was_begun_and_then_ends(tmp_path: Path) -> None:
    with at_terminal(*demo(tmp_path, speed=12)) as listener:
        listener.hears("New order 1001")
        listener.type("a 10")
        eventually(lambda: listener.text.endswith("a 10"))
        listener.process.send_signal(signal.SIGINT)
        eventually(lambda: not listener.text.endswith("a 10"))
        listener.says("back", "needs your hand")
        listener.process.send_signal(signal.SIGINT)
        listener.hears("Goodbye.")
        assert listener.ended() == 0


def test_the_terminal_is_left_as_it_was_found(tmp_path: Path) -> None:
    import pty
    import subprocess
    import termios

    from tests.end_to_end.program import PATIENCE, PROGRAM, surroundings

    master, slave = pty.openpty()
    before = termios.tcgetattr(slave)
    process = subprocess.Popen(
        [*PROGRAM, *demo(tmp_path, speed=12)], stdin=slave, stdout=slave, stderr=slave, env=surroundings()
    )
    try:
        eventually(lambda: termios.tcgetattr(slave) != before)
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
        assert termios.tcgetattr(slave) == before
    finally:
        process.kill()
        process.wait()
        os.close(master)
        os.close(slave)


def test_the_terminal_s_bell_rings_until_somebody_has_the_order(shop: Shop) -> None:
    shop.settings["sound"] = {"backend": "bell", "check_after_minutes": 0}
    shop.write()
    shop.serve()
    with at_terminal(*shop.words("--plain", "--lang", "en")) as listener:
        listener.hears("Nothing needs your hand")
        assert listener.raw.count(b"\a") == 0
        shop.post("1042")
        listener.hears("New order 1042")
        eventually(lambda: listener.raw.count(b"\a") >= 2)
        listener.says("g", "You have it, order 1042, the bell stops.")


def test_a_pipe_hears_no_bell_but_that_there_is_none(shop: Shop) -> None:
    shop.settings["sound"] = {"backend": "bell", "check_after_minutes": 0}
    shop.write()
    shop.serve()
    shop.post("1042")
    with piped(*shop.words("--plain", "--lang", "en")) as listener:
        listener.hears("NO SOUND")
        assert controls(listener.raw, b"\n") == set()


def test_what_is_taken_back_is_said_again_and_news_wait_for_the_line(tmp_path: Path) -> None:
    with at_terminal(*demo(tmp_path, speed=12)) as listener:
        listener.hears("New order 1001")
        listener.type("a 1009\x7f1")
        eventually(lambda: listener.text.endswith("a 1001"))
        listener.says("", "Accepted, order 1001.")
        assert controls(listener.raw, b"\r\n\a") == set()


def test_a_list_of_commands_is_worked_through_to_its_end(shop: Shop) -> None:
    shop.serve()
    shop.post("1042")
    said = shop.run("--plain", "--lang", "en", typed="list\na 1042\nnonsense\nshow 1042")
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert "Accepted, order 1042." in lines
    assert lines[-1] == "Goodbye."
    assert shop.look("1042")["stage"] == "preparing"


def test_a_reader_that_goes_away_ends_it_without_a_word(shop: Shop) -> None:
    shop.serve()
    with piped(*shop.words("--plain")) as listener:
        listener.hears("Orderbell")
        os.close(listener._reads)
        listener.type("list\nlist\n")
        assert listener.ended() == 0
        assert listener.errors() == ""


@pytest.mark.parametrize(
    "words",
    [("--plain", "order", "list"), ("serve", "--plain"), ("--plain", "--json"), ("demo", "--plain", "--headless")],
)
def test_plain_with_nonsense_is_refused(words: tuple[str, ...]) -> None:
    said = run(words)
    assert said.code == 2
    assert "--plain" in said.err
    assert "Traceback" not in said.err
