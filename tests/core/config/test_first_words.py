"""What is read of the config before it is checked is what the check finds, or it is not used at all."""

from pathlib import Path

import pytest

from core.config.first_words import FirstWords, first_words
from core.config.load import load, store_rules
from core.domain.staff import Role
from tests.core.config.example import FILE

ORDINARY = {
    "nothing said": "",
    "a store": '[store]\nname = "台北南西店"\nlanguage = "zh-Hant"\ntimezone = "Asia/Tokyo"\ncurrency = "JPY"\n',
    "looks": '[screen]\ntheme = "contrast"\nrows = "large"\nscanner_gap_ms = 80\n',
    "people": '[staff.mei]\nname = "Mei"\nrole = "manager"\npin = "1234"\n[staff.a]\nname = "A"\n',
    "a database elsewhere": '[database]\nurl = "postgresql://db/shop"\n',
    "the example": FILE.read_text(encoding="utf-8"),
}
ODD = {
    "not TOML": "[store",
    "another type": "[store]\nname = 5\n",
    "a section that is none": "store = 5\n",
    "people that are none": "[staff]\nmei = 5\n",
    "no such zone": '[store]\ntimezone = "Mars/Olympus"\n',
    "remapped keys": '[keys]\n"order.accept" = "f6"\n',
    "a scanner's first key": '[screen]\nscanner_prefix = "f6"\n',
    "a practice shop": "[practice]\nspeed = 5.0\nshows = 2026-03-02T11:30:00+08:00\n",
    "bytes that are no text": b"\xff\xfe",
}


def told(folder: Path, text: str | bytes) -> FirstWords | None:
    config = folder / "config.toml"
    config.write_bytes(text.encode() if isinstance(text, str) else text)
    return first_words(config, folder / "data")


@pytest.mark.parametrize("text", ORDINARY.values(), ids=ORDINARY.keys())
def test_it_says_what_the_checked_config_says(tmp_path: Path, text: str) -> None:
    words = told(tmp_path, text)
    config = load(tmp_path / "config.toml", tmp_path / "data").config
    rules, screen = store_rules(config), config.screen
    managers = tuple(person.id for person in rules.staff if person.role is Role.MANAGER)
    own = tmp_path / "data" / "orderbell.db" if config.database.url == "sqlite" else None
    assert words == FirstWords(
        store=rules.name,
        zone=rules.zone,
        language=config.store.language,
        currency=rules.currency,
        theme=screen.theme,
        rows=screen.rows,
        scanner_gap_ms=screen.scanner_gap_ms,
        managers=managers,
        file=own,
    )


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_what_is_out_of_the_ordinary_is_left_to_the_check(tmp_path: Path, text: str | bytes) -> None:
    assert told(tmp_path, text) is None


def test_where_there_is_no_config_there_are_no_words(tmp_path: Path) -> None:
    assert first_words(tmp_path / "none.toml", tmp_path) is None
