"""`orderbell doctor`: a line for everything a shop depends on, and how to mend it."""

from typing import Any

import pytest

from tests.tui.cli.till import Till


@pytest.fixture(autouse=True)
def _quiet(till: Till) -> None:
    """No courier of the real world is asked, and no loudspeaker."""
    till.settings["couriers"] = {}
    till.write()


def findings(till: Till) -> dict[str, dict[str, Any]]:
    """By what they are about."""
    return {finding["subject"]: finding for finding in till.run("doctor", "--json").told}


def test_nothing_broken_is_0(till: Till) -> None:
    assert till.run("doctor").code == 0


def test_each_line_has_a_grade_a_subject_and_what_was_found(till: Till) -> None:
    lines = till.run("doctor").out.splitlines()
    assert {line.split()[0] for line in lines} <= {"ok", "warn", "fail"}
    assert f"ok    config             {till.config}" in lines


def test_everything_is_looked_at(till: Till) -> None:
    looked = set(findings(till))
    assert {"config", "config file", "store", "station", "disk", "clock", "sound", "channels", "couriers"} <= looked


def test_what_is_not_ok_says_how_to_mend_it(till: Till) -> None:
    assert all(finding["mend"] for finding in findings(till).values() if finding["grade"] != "ok")


def test_no_station_is_a_warning(till: Till) -> None:
    assert findings(till)["station"]["grade"] == "warn"


def test_a_channel_with_its_secret_is_ok(till: Till) -> None:
    till.settings["channels"] = {"web": {"kind": "standard", "secret": "whsec_c2VjcmV0"}}
    till.write()
    assert findings(till)["channel web"]["found"] == "standard, listens at /channels/web"


def test_a_channel_without_secret_fails_and_so_does_the_command(till: Till) -> None:
    till.settings["channels"] = {"web": {"kind": "standard"}}
    till.write()
    said = till.run("doctor")
    assert said.code == 1
    assert "fail  channel web" in said.out
    assert "→ set its secret" in said.out


def test_a_wrong_config_is_a_finding_not_an_accident(till: Till) -> None:
    till.settings["store"]["hours"] = "9 to 5"
    till.write()
    said = till.run("doctor")
    assert said.code == 3
    assert said.out.startswith("fail  config")
    assert "store.hours: found '9 to 5'" in said.out


@pytest.mark.parametrize(
    ("section", "settings", "words"),
    [
        ("keys", {"order.accept": "r"}, "keys.order.accept: 'r' is the key of 'order.reject' too; free are "),
        ("keys", {"order.acept": "y"}, "keys.order.acept: no key has this id; did you mean 'order.accept'?"),
        ("screen", {"scanner_prefix": "nonsense"}, "screen.scanner_prefix: found 'nonsense'; allowed is f1 to f12"),
        ("web", {"host": "not a host"}, "web.host: found 'not a host'"),
    ],
)
def test_what_a_counter_refuses_fails_here_too(section: str, settings: dict[str, str], words: str, till: Till) -> None:
    till.settings[section] = settings
    till.write()
    said = till.run("doctor")
    assert said.code == 3
    assert words in said.out
    assert "ok    config  " not in said.out


def test_behind_a_wrong_key_the_rest_is_still_looked_at(till: Till) -> None:
    till.settings["keys"] = {"order.accept": "r"}
    till.write()
    assert findings(till)["disk"]["grade"] == "ok"


def test_a_missing_config_is_a_finding_too(till: Till) -> None:
    till.config.unlink()
    said = till.run("doctor")
    assert (said.code, "there is no config yet" in said.out) == (3, True)


@pytest.mark.parametrize("family", ["channels", "couriers"])
def test_an_unknown_kind_fails_and_the_rest_is_still_looked_at(family: str, till: Till) -> None:
    till.settings[family] = {"web": {"kind": "nothing"}}
    till.write()
    found = findings(till)
    assert found[family]["grade"] == "fail"
    assert "allowed are" in found[family]["found"]
    assert found["disk"]["grade"] == "ok"


def test_a_store_that_is_no_database_fails(till: Till) -> None:
    till.data.mkdir()
    (till.data / "orderbell.db").write_bytes(b"no database, but long enough to be looked at" * 100)
    said = till.run("doctor")
    assert said.code == 3
    assert "fail  store" in said.out
    assert "ok    disk" in said.out


def test_a_config_others_may_read_is_a_warning(till: Till) -> None:
    till.settings["channels"] = {"web": {"kind": "standard", "secret": "whsec_c2VjcmV0"}}
    till.write()
    till.config.chmod(0o644)
    assert findings(till)["config file"]["mend"] == f"chmod 600 {till.config}"


def test_no_secret_is_printed(till: Till) -> None:
    till.settings["channels"] = {"web": {"kind": "standard", "secret": "whsec_c2VjcmV0"}}
    till.write()
    assert "c2VjcmV0" not in till.run("doctor").out
