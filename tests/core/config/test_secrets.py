"""Secrets come from four places, and are never shown."""

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringLocked

from core.config.load import parse
from core.config.places import ConfigError, Source


class MemoryKeyring(KeyringBackend):
    """A system's keyring that holds one word."""

    priority = 1  # type: ignore[assignment]

    def get_password(self, service: str, username: str) -> str | None:
        return "from the keyring" if (service, username) == ("orderbell", "WEB") else None

    def set_password(self, service: str, username: str, password: str) -> None:
        raise NotImplementedError

    def delete_password(self, service: str, username: str) -> None:
        raise NotImplementedError


class LockedKeyring(MemoryKeyring):
    """One whose owner is away."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked


@pytest.fixture
def ring() -> Iterator[MemoryKeyring]:
    before, ours = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(ours)
    yield ours
    keyring.set_keyring(before)


def secret(said: str, folder: Path) -> str:
    """What becomes of a secret that is said like this in a config of that folder."""
    found: str = parse(Source(folder / "config.toml", f"[channels.web]\nsecret = '{said}'")).channels["web"]["secret"]
    return found


def complaint(said: str, folder: Path) -> str:
    with pytest.raises(ConfigError) as caught:
        secret(said, folder)
    return str(caught.value)


def test_a_literal_is_the_secret_itself(tmp_path: Path) -> None:
    assert secret("whsec_abc", tmp_path) == "whsec_abc"


def test_a_literal_may_hold_a_colon(tmp_path: Path) -> None:
    assert secret("a:b", tmp_path) == "a:b"


def test_it_may_stand_in_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEB_SECRET", "from the environment")
    assert secret("env:WEB_SECRET", tmp_path) == "from the environment"


def test_it_may_stand_in_a_file_beside_the_config(tmp_path: Path) -> None:
    (tmp_path / "web.key").write_text("from the file\n", encoding="utf-8")
    assert secret("file:web.key", tmp_path) == "from the file"


def test_it_may_stand_in_a_file_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "web.key").write_text("from the file", encoding="utf-8")
    assert secret(f"file:{tmp_path}/web.key", tmp_path / "other") == "from the file"


@pytest.mark.usefixtures("ring")
def test_it_may_stand_in_the_keyring(tmp_path: Path) -> None:
    assert secret("keyring:WEB", tmp_path) == "from the keyring"


def test_each_of_a_list_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OLD", "old one")
    text = "[channels.web]\nsecret = ['env:OLD', 'new one']"
    assert parse(Source(tmp_path / "config.toml", text)).channels["web"]["secret"] == ["old one", "new one"]


def test_a_pin_may_be_a_reference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEI_PIN", "4711")
    config = parse(Source(tmp_path / "config.toml", "[staff.mei]\nname = 'Mei'\npin = 'env:MEI_PIN'"))
    assert config.staff["mei"].pin.get_secret_value() == "4711"


@pytest.mark.parametrize("value", [None, ""])
def test_a_variable_that_is_not_set_is_named(
    value: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WEB_SECRET", raising=False)
    if value is not None:
        monkeypatch.setenv("WEB_SECRET", value)
    found = complaint("env:WEB_SECRET", tmp_path)
    assert ":2: channels.web.secret: the environment variable WEB_SECRET is not set" in found


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert f"{tmp_path}/web.key cannot be read: FileNotFoundError" in complaint("file:web.key", tmp_path)


@pytest.mark.usefixtures("ring")
def test_a_name_the_keyring_lacks_is_said_with_the_mend(tmp_path: Path) -> None:
    assert "the keyring has no 'SHOP': keyring set orderbell SHOP" in complaint("keyring:SHOP", tmp_path)


@pytest.mark.usefixtures("ring")
@pytest.mark.parametrize("broken", [LockedKeyring, NoKeyring])
def test_a_keyring_that_does_not_answer_is_said(broken: type[KeyringBackend], tmp_path: Path) -> None:
    keyring.set_keyring(broken())
    found = complaint("keyring:WEB", tmp_path)
    assert ":2: channels.web.secret: the system's keyring does not answer" in found
    assert "use file: or env:" in found


def test_no_complaint_shows_a_secret(tmp_path: Path) -> None:
    text = "[staff.mei]\nname = 'Mei'\npin = 4711\n[database]\nurl = 'mysql://shop:hunt@er2@host/x'"
    with pytest.raises(ConfigError) as caught:
        parse(Source(tmp_path / "config.toml", text))
    assert "4711" not in str(caught.value)
    assert "hunt" not in str(caught.value)
    assert "er2" not in str(caught.value)
    assert "staff.mei.pin: found (hidden);" in str(caught.value)


def test_the_settings_printed_show_no_pin() -> None:
    config = parse(Source(Path("config.toml"), "[staff.mei]\nname = 'Mei'\npin = '4711'"))
    assert "4711" not in repr(config)
