"""The program as a shell meets it: exit codes, no traceback, both ways to start it."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.end_to_end.program import PATIENCE, run, surroundings
from tests.end_to_end.shop import Shop


def test_before_and_behind_the_options_mean_the_same(shop: Shop) -> None:
    where = ["--config", str(shop.config), "--data", str(shop.data)]
    before = run([*where, "--json", "order", "list"], env=shop.env)
    behind = run(["order", "list", "--json", *where], env=shop.env)
    assert before == behind
    assert (before.code, before.told) == (0, [])


def test_the_installed_program_is_the_same(shop: Shop) -> None:
    words = [str(Path(sys.executable).with_name("orderbell")), *shop.words("order", "list", "--json")]
    ended = subprocess.run(words, capture_output=True, text=True, timeout=PATIENCE, env=shop.env, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "[]\n", "")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("order", "list"), 0),
        (("order", "show", "1"), 1),
        (("order", "accept"), 2),
        (("nonsense",), 2),
    ],
)
def test_the_exit_code_is_the_processs_own(words: tuple[str, ...], code: int, shop: Shop) -> None:
    said = shop.run(*words)
    assert said.code == code
    assert "Traceback" not in said.err


def test_a_relative_folder_is_found_by_the_station_too(shop: Shop) -> None:
    said = run(["order", "list", "--json", "--config", "config.toml", "--data", "data"], env=shop.env, cwd=shop.folder)
    assert said.told == []


def test_without_a_terminal_the_counter_says_what_to_do(shop: Shop) -> None:
    said = shop.run()
    assert (said.code, said.out) == (1, "")
    assert "the counter needs a terminal" in said.err


def test_without_config_init_makes_a_shop_that_works(tmp_path: Path) -> None:
    env = surroundings(ORDERBELL_CONFIG=str(tmp_path / "c.toml"), ORDERBELL_DATA=str(tmp_path / "d"))
    assert run(["init"], env=env).code == 0
    assert run(["order", "list", "--json"], env=env).told == []


def test_a_reader_that_goes_away_is_no_accident(shop: Shop) -> None:
    words = " ".join([sys.executable, "-m", "tui", *shop.words("order", "list", "--json")])
    ended = subprocess.run(
        ["/bin/sh", "-c", f"{words} | true"],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        env=shop.env,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.parametrize("words", [("order", "list"), ("order", "list", "--json")])
def test_a_terminal_that_lacks_letters_is_no_accident(words: tuple[str, ...], shop: Shop) -> None:
    shop.serve()
    shop.post("1042")
    said = run(shop.words(*words), env={**shop.env, "PYTHONIOENCODING": "ascii"})
    assert (said.code, said.err) == (0, "")
    assert "1042" in said.out
    assert "--json" not in words or said.told[0]["customer"]["name"] == "陳怡君"


def test_a_practice_day_without_screen_ends_with_its_report(tmp_path: Path) -> None:
    words = ["demo", "--headless", "--orders", "3", "--hours", "0.1", "--speed", "1000", "--json"]
    said = run([*words, "--data", str(tmp_path)])
    assert said.code == 0, said.err
    assert said.told["orders"] >= 2
    assert not (tmp_path / "orderbell.db").exists()
