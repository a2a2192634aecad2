"""Where config and data are, and what the trade makes of them."""

from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from core.config.load import load, parse, store_rules
from core.config.paths import config_path, data_path
from core.config.places import ConfigError, Source
from core.domain.staff import Role
from core.domain.store_rules import StoreRules

FULL = """
[store]
name = "台北南西店"
timezone = "Asia/Taipei"
currency = "TWD"
phone = "+886225550000"
latitude = 25.0523
longitude = 121.5202
hours = "09:00-12:00, 13:30-21:00"
orders_per_hour = 40
accept_within_minutes = 2.5
prep_minutes = 20
max_order_weight_kg = 12.5
max_order_items = 8
hold_seconds = 0

[staff.mei]
name = "Mei"
role = "manager"
pin = "4711"

[staff.bo]
name = "Bo"
"""


def rules(text: str = FULL) -> StoreRules:
    return store_rules(parse(Source(Path("config.toml"), text)))


def test_the_flag_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ORDERBELL_CONFIG", "/elsewhere/config.toml")
    monkeypatch.setenv("ORDERBELL_DATA", "/elsewhere")
    assert config_path(tmp_path / "a.toml") == tmp_path / "a.toml"
    assert data_path(tmp_path) == tmp_path


def test_the_environment_wins_over_the_platform(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORDERBELL_CONFIG", "/elsewhere/config.toml")
    monkeypatch.setenv("ORDERBELL_DATA", "/elsewhere/data")
    assert config_path() == Path("/elsewhere/config.toml")
    assert data_path() == Path("/elsewhere/data")


def test_the_platforms_folders_come_last(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("ORDERBELL_CONFIG", raising=False)
    monkeypatch.delenv("ORDERBELL_DATA", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "c"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "d"))
    assert config_path().parent.name == "orderbell"
    assert data_path().name == "orderbell"


def test_a_relative_path_is_meant_from_here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert config_path(Path("c.toml")) == tmp_path / "c.toml"
    assert data_path(Path("d")) == tmp_path / "d"


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nowhere\.toml: there is no config yet; `orderbell init`"):
        load(tmp_path / "nowhere.toml", tmp_path)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load(tmp_path, tmp_path)


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes('[store]\nname = "台北"'.encode("big5"))
    with pytest.raises(ConfigError, match=r"config\.toml: cannot be read"):
        load(path, tmp_path)


def test_an_empty_file_means_all_defaults() -> None:
    assert rules("").name == "My store"


def test_a_file_saved_by_windows_is_read(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b'\xef\xbb\xbf[store]\r\nname = "Till"\r\n')
    assert load(path, tmp_path).config.store.name == "Till"


def test_minutes_and_kilograms_become_the_trades_units() -> None:
    found = rules()
    assert (found.accept_within, found.prep_time) == (timedelta(minutes=2.5), timedelta(minutes=20))
    assert (found.max_order_weight_g, found.max_order_pieces) == (12_500, 8)
    assert (found.orders_per_hour, found.hold_sends) == (40, timedelta())


def test_the_store_keeps_its_zone_and_place() -> None:
    found = rules()
    assert found.zone == ZoneInfo("Asia/Taipei")
    assert (found.latitude, found.longitude) == (25.0523, 121.5202)


def test_staff_come_with_role_and_pin() -> None:
    mei, bo = rules().staff
    assert (mei.id, mei.role, mei.pin) == ("mei", Role.MANAGER, "4711")
    assert (bo.id, bo.role, bo.pin) == ("bo", Role.CASHIER, "")
