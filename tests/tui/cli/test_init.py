"""`orderbell init`: a commented config and an empty store; nothing is ever overwritten."""

from pathlib import Path

import pytest

from tests.core.config import example
from tests.tui.cli.till import Till


@pytest.fixture
def fresh(till: Till) -> Till:
    """No config yet."""
    till.config.unlink()
    return till


def test_it_writes_the_commented_example(fresh: Till) -> None:
    assert fresh.run("init").code == 0
    assert fresh.config.read_text(encoding="utf-8") == example.TEXT


def test_it_makes_the_store(fresh: Till) -> None:
    fresh.run("init")
    assert (fresh.data / "orderbell.db").exists()


def test_nobody_else_may_read_the_config(fresh: Till) -> None:
    fresh.run("init")
    assert fresh.config.stat().st_mode & 0o777 == 0o600


def test_folders_on_the_way_are_made(fresh: Till, tmp_path: Path) -> None:
    config = tmp_path / "a" / "b" / "config.toml"
    assert fresh.bare("init", "--config", str(config), "--data", str(tmp_path / "c" / "d")).code == 0
    assert config.exists()


def test_a_second_time_leaves_everything_as_it_is(till: Till) -> None:
    till.take()
    before = till.config.read_bytes()
    said = till.run("init")
    assert (said.code, "was there, left as it is" in said.out) == (0, True)
    assert till.config.read_bytes() == before
    assert len(till.order("list")) == 1


def test_it_says_in_json_what_it_did(fresh: Till) -> None:
    told = fresh.run("init", "--json").told
    assert told["config"] == str(fresh.config)
    assert (told["written"], told["data"]) == (True, str(fresh.data))
    assert not fresh.run("init", "--json").told["written"]


def test_a_folder_in_its_place_is_said(fresh: Till) -> None:
    fresh.config.mkdir()
    said = fresh.run("init")
    assert (said.code, said.err) == (3, f"orderbell: {fresh.config}: cannot be written: File exists\n")


def test_a_file_where_its_folder_should_be_is_said(fresh: Till, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    said = fresh.bare("init", "--config", str(tmp_path / "file" / "config.toml"), "--data", str(fresh.data))
    assert (said.code, "config.toml: cannot be written: " in said.err) == (3, True)


def test_an_existing_wrong_config_is_named_and_kept(till: Till) -> None:
    till.config.write_text("[store]\nnam = 'x'\n", encoding="utf-8")
    said = till.run("init")
    assert (said.code, "store.nam: unknown key; did you mean 'name'?" in said.err) == (3, True)
    assert till.config.read_text(encoding="utf-8") == "[store]\nnam = 'x'\n"
