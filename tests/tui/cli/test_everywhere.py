"""The options that work everywhere, before and behind a command; and how commands end."""

import pytest

from core.domain.payment import Payment
from tests.tui.cli.till import Till
from tui.cli.everywhere import BadUsage, Everywhere, split


@pytest.mark.parametrize(
    "words",
    [
        ["--config", "c.toml", "--json", "order", "list"],
        ["order", "--config=c.toml", "list", "--json"],
        ["order", "list", "--json", "--config", "c.toml"],
    ],
)
def test_an_option_may_stand_before_within_and_behind(words: list[str]) -> None:
    assert split(words) == (Everywhere(config="c.toml", as_json=True), ["order", "list"])


def test_the_last_word_on_an_option_counts() -> None:
    assert split(["--lang", "en", "order", "--lang", "zh-Hant"])[0].lang == "zh-Hant"


def test_behind_two_dashes_everything_is_a_plain_word() -> None:
    assert split(["order", "show", "--", "--json"]) == (Everywhere(), ["order", "show", "--", "--json"])


def test_an_option_without_its_value_is_wrong_usage() -> None:
    with pytest.raises(BadUsage, match="--data needs a value"):
        split(["order", "list", "--data"])


def test_before_and_behind_answer_alike(till: Till) -> None:
    till.take()
    where = ("--config", str(till.config), "--data", str(till.data))
    before, behind = till.bare(*where, "--json", "order", "list"), till.bare("order", "list", *where, "--json")
    assert before == behind
    assert len(before.told) == 1


def test_the_environment_leads_to_the_shop(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    till.take()
    monkeypatch.setenv("ORDERBELL_CONFIG", str(till.config))
    monkeypatch.setenv("ORDERBELL_DATA", str(till.data))
    assert len(till.bare("order", "list", "--json").told) == 1


def test_done_is_0(till: Till) -> None:
    assert till.run("order", "list").code == 0


def test_help_is_0_and_names_the_commands(till: Till) -> None:
    said = till.bare("--help")
    assert said.code == 0
    assert {"order", "serve", "demo", "simulate", "init", "doctor"} <= set(said.out.split())


@pytest.mark.parametrize("command", ["order", "serve", "demo", "simulate", "init", "doctor"])
def test_every_command_has_help(command: str, till: Till) -> None:
    said = till.bare(command, "--help")
    assert (said.code, said.err) == (0, "")
    assert f"orderbell {command}" in said.out


def test_a_refusal_is_1_and_names_the_rule(till: Till) -> None:
    till.take(payment=Payment.UNPAID)
    said = till.run("order", "accept", "1042")
    assert (said.code, said.out) == (1, "")
    assert said.err == "orderbell: order 1042: payment is unpaid, allowed paid [C20]\n"


@pytest.mark.parametrize(
    "words",
    [
        ("bogus",),
        ("order", "bogus"),
        ("order", "accept"),
        ("order", "reject", "1042"),
        ("order", "show", "1042", "--bogus"),
        ("order", "list", "--stage", "bogus"),
        ("order", "list", "--limit", "0"),
        ("order", "check", "1042"),
        ("order", "check", "1042", "--check", "bogus"),
        ("order", "partial", "1042", "--line", "TEA"),
        ("order", "partial", "1042", "--line", "TEA=-1"),
        ("order", "handover", "1042"),
        ("demo", "--orders", "0"),
        ("demo", "--hours", "x"),
        ("simulate", "--port", "70000"),
        ("--data",),
    ],
)
def test_wrong_usage_is_2(words: tuple[str, ...], till: Till) -> None:
    till.take()
    said = till.run(*words) if words != ("--data",) else till.bare(*words)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("orderbell: ")


def test_a_config_that_is_not_there_is_3(till: Till) -> None:
    till.config.unlink()
    said = till.run("order", "list")
    assert said.code == 3
    assert f"{till.config}: there is no config yet; `orderbell init` writes one" in said.err


def test_a_wrong_config_is_3_with_file_line_and_key(till: Till) -> None:
    till.settings["store"]["orders_per_hour"] = 0
    till.write()
    said = till.run("order", "list")
    assert said.code == 3
    assert f"{till.config}:5: store.orders_per_hour: found 0; " in said.err


def test_a_file_that_is_no_database_is_3(till: Till) -> None:
    till.data.mkdir()
    (till.data / "orderbell.db").write_bytes(b"not a database at all, and long enough" * 100)
    said = till.run("order", "list")
    assert said.code == 3
    assert "orderbell.db: file is not a database" in said.err


def test_a_data_folder_that_cannot_be_made_is_3(till: Till) -> None:
    till.data.write_text("a file is in the way")
    said = till.run("order", "list")
    assert said.code == 3
    assert f"{till.data}: cannot be made: File exists" in said.err


def test_an_unknown_kind_of_courier_is_3(till: Till) -> None:
    till.take()
    till.settings["couriers"]["uber"] = {"kind": "uber_dirct"}
    till.write()
    said = till.run("order", "accept", "1042")
    assert said.code == 3
    assert "couriers.uber.kind: found 'uber_dirct'; allowed are " in said.err
    assert "uber_direct" in said.err.rpartition("allowed are")[2]


def test_a_couriers_mistake_is_named_without_its_secrets(till: Till) -> None:
    till.take()
    till.settings["couriers"]["uber"] |= {"undeliverable_action": "leave_at_door", "cutomer_id": "c"}
    till.write()
    said = till.run("order", "accept", "1042")
    assert said.code == 3
    assert "couriers.uber.cutomer_id: unknown key; did you mean 'customer_id'?" in said.err
    assert "hidden-words" not in said.err


def test_a_clash_of_two_keys_shows_no_secret(till: Till) -> None:
    till.take()
    till.settings["couriers"]["uber"] = {**dict(reversed(till.settings["couriers"]["uber"].items()))}
    till.settings["couriers"]["uber"] |= {"undeliverable_action": "leave_at_door"}
    till.write()
    said = till.run("order", "accept", "1042")
    assert said.code == 3
    assert "couriers.uber: found a section; pin = true does not go with goods left at the door" in said.err
    assert "hidden" not in said.err


def test_an_accident_is_one_line_and_no_traceback(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.cli.order_list.show_list", _fall)
    said = till.run("order", "list")
    assert (said.code, said.err) == (1, "orderbell: a cable was pulled\n")


def test_debug_shows_the_accident_itself(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.cli.order_list.show_list", _fall)
    with pytest.raises(RuntimeError, match="a cable was pulled"):
        till.run("order", "list", "--debug")


def _fall(*_: object) -> None:
    raise RuntimeError("a cable was pulled")
