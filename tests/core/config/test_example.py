"""The example holds every key there is, and no other, each with its real default."""

import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from adapters import registry
from core.config.load import load, parse
from core.config.places import Source
from core.config.sections import (
    Config,
    DispatchRule,
    GoodsSection,
    OverdueSection,
    SearchSection,
    StaffSection,
    TimerSection,
)
from tests.core.config import example

FIXED = ("store", "accept", "tell", "database", "station", "web", "dispatch", "sound", "screen", "practice")
EXAMPLES = {
    ("web", "token"),
    ("tell", "secret"),
    ("store", "latitude"),
    ("store", "longitude"),
    ("dispatch", "max_fee"),
    ("dispatch", "max_minutes_to_door"),
    ("dispatch", "rules"),
    ("practice", "started_at"),
    ("practice", "shows"),
}
SETTINGS = {
    **{("channels", kind): registry.channel_settings(kind) for kind in registry.channel_kinds()},
    **{("couriers", kind): registry.courier_settings(kind) for kind in registry.courier_kinds()},
}


def of_kind(family: str, kind: str) -> dict[str, Any]:
    """The example's section for an adapter."""
    found = [section for section in example.sections()[family].values() if section["kind"] == kind]
    assert len(found) == 1, f"{family} {kind}: `python -m tests.core.config.example` writes its section"
    return found[0]


def needed(family: str, kind: str) -> dict[str, Any]:
    """Something for each key that has no default; what couriers take, their simulators know."""
    settings = SETTINGS[family, kind].model_fields
    names = {name for name, field in settings.items() if field.is_required()}
    if family == "channels":
        return dict.fromkeys(names, "x")
    simulator = registry.simulator(kind, seed=1, speed=1.0, webhook_url=None)
    return {name: value for name, value in simulator.settings("https://example.invalid").items() if name in names}


def defaults(model: type[BaseModel]) -> dict[str, Any]:
    """What holds when nothing is said; needed keys have none."""
    told = {name: field.get_default(call_default_factory=True) for name, field in model.model_fields.items()}
    return {name: default for name, default in told.items() if default is not PydanticUndefined}


def said(section: dict[str, Any]) -> dict[str, Any]:
    """The keys whose value is meant as it stands."""
    return {key: value for key, value in section.items() if not str(value).startswith("env:")}


def test_the_example_loads_as_it_stands(tmp_path: Path) -> None:
    assert load(example.FILE, tmp_path).config == Config()


def test_the_packaged_copy_is_the_same_text() -> None:
    assert (Path("core/config/example.toml")).read_text(encoding="utf-8") == example.TEXT


def test_with_every_key_written_out_it_still_loads(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in example.references():
        monkeypatch.setenv(name, "whsec_c2VjcmV0c2VjcmV0")
    config = parse(Source(example.FILE, example.written_out()))
    assert set(config.channels) == {"web", "shopify", "own"}
    assert config.staff["mei"].role == "manager"


def test_every_section_stands_in_it() -> None:
    assert set(example.sections()) == set(Config.model_fields)


@pytest.mark.parametrize("name", FIXED)
def test_every_key_of_a_section_stands_in_it_and_no_other(name: str) -> None:
    model = type(getattr(Config(), name))
    assert set(example.sections()[name]) == set(model.model_fields)


@pytest.mark.parametrize("name", FIXED)
def test_the_default_named_is_the_real_one(name: str) -> None:
    shown = {key: value for key, value in example.sections()[name].items() if (name, key) not in EXAMPLES}
    real = getattr(Config(), name).model_dump()
    assert shown == {key: real[key] for key in shown}


@pytest.mark.parametrize(("name", "key"), sorted(EXAMPLES))
def test_a_key_shown_by_an_example_is_off_by_default(name: str, key: str) -> None:
    assert getattr(getattr(Config(), name), key) in (None, [])


def test_the_timer_of_dispatch_has_the_keys_shown() -> None:
    assert set(example.sections()["dispatch"]["timer"]) == set(TimerSection.model_fields)


def test_what_is_done_for_a_search_has_the_keys_shown() -> None:
    assert set(example.sections()["dispatch"]["search"]) == set(SearchSection.model_fields)


def test_what_is_overdue_has_the_keys_shown() -> None:
    assert set(example.sections()["dispatch"]["overdue"]) == set(OverdueSection.model_fields)


def test_a_rule_of_dispatch_has_the_keys_shown() -> None:
    (rule,) = example.sections()["dispatch"]["rules"]
    assert set(rule) == set(DispatchRule.model_fields)


def test_an_article_has_the_keys_shown() -> None:
    assert set(example.sections()["goods"]["TEA_600"]) == set(GoodsSection.model_fields)


def test_a_person_has_the_keys_shown() -> None:
    assert set(example.sections()["staff"]["mei"]) == set(StaffSection.model_fields)


@pytest.mark.parametrize(("family", "kind"), SETTINGS)
def test_every_adapter_has_its_section_with_every_key_and_no_other(family: str, kind: str) -> None:
    assert set(of_kind(family, kind)) == set(SETTINGS[family, kind].model_fields)


@pytest.mark.parametrize(("family", "kind"), SETTINGS)
def test_an_adapters_defaults_are_the_real_ones(family: str, kind: str) -> None:
    model, section = SETTINGS[family, kind], of_kind(family, kind)
    wanted = needed(family, kind)
    shown, bare = model.model_validate(wanted | said(section)), model.model_validate(wanted | {"kind": kind})
    assert shown == bare


@pytest.mark.parametrize(("family", "kind"), SETTINGS)
def test_the_example_says_which_keys_have_no_default(family: str, kind: str) -> None:
    model = SETTINGS[family, kind]
    wanted = {name for name, field in model.model_fields.items() if field.is_required()}
    lines = {line.split("=")[0].strip("# "): line for line in example.TEXT.splitlines() if "no default" in line}
    assert wanted <= set(lines)
    assert not set(lines) & set(defaults(model))


def test_every_key_says_something_about_itself() -> None:
    keys = [line for line in example.written_out().splitlines() if re.match(r'"?[\w.]+"? = ', line)]
    assert [line for line in keys if not re.search(r"\s# \S", line) and not line.startswith("kind =")] == []


@pytest.mark.parametrize(("family", "kind"), SETTINGS)
def test_a_section_can_be_written_from_the_settings(family: str, kind: str) -> None:
    model = SETTINGS[family, kind]
    text = example.section(family, kind, model)
    assert set(example.read(text)[family][kind]) == set(model.model_fields)


def test_a_missing_section_is_written_after_the_others_of_its_family(monkeypatch: pytest.MonkeyPatch) -> None:
    names = list(example.sections()["couriers"])
    without = re.sub(rf"(?m)^# \[couriers\.{names[-1]}\]\n(#.*\n)+\n", "", example.TEXT)
    monkeypatch.setattr(example, "TEXT", without)
    assert list(example.read(example.written(without))["couriers"])[:-1] == names[:-1]
    assert len(list(example.bare())) == 1
