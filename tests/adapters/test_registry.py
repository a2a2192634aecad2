"""Adapters are found by the name of their file, and only those asked for are imported."""

import subprocess
import sys
from datetime import UTC, datetime

import pytest
from pydantic import BaseModel, ValidationError

from adapters import registry
from tests.fakes import FakeClock

UBER = {"kind": "uber_direct", "customer_id": "c", "client_id": "i", "client_secret": "s"}
STANDARD = {"kind": "standard", "secret": "whsec_c2VjcmV0"}


def test_every_file_is_a_kind() -> None:
    assert {"standard", "shopify", "cyberbiz"} <= set(registry.channel_kinds())
    assert "uber_direct" in registry.courier_kinds()


@pytest.mark.parametrize("kind", registry.channel_kinds())
def test_a_channel_has_settings_that_refuse_unknown_keys(kind: str) -> None:
    model = registry.channel_settings(kind)
    assert issubclass(model, BaseModel)
    with pytest.raises(ValidationError, match="extra_forbidden"):
        model.model_validate({"kind": kind, "bogus": 1})


@pytest.mark.parametrize("kind", registry.courier_kinds())
def test_a_courier_has_settings_that_refuse_unknown_keys(kind: str) -> None:
    with pytest.raises(ValidationError, match="extra_forbidden"):
        registry.courier_settings(kind).model_validate({"kind": kind, "bogus": 1})


@pytest.mark.parametrize("kind", [None, "", "nothing", "__init__", "../http", 3, ["standard"]])
def test_an_unknown_kind_names_those_there_are(kind: object) -> None:
    with pytest.raises(registry.UnknownKind, match="allowed are cyberbiz, shopify, standard"):
        registry.channel_settings(kind)


def test_a_courier_is_no_channel() -> None:
    with pytest.raises(registry.UnknownKind):
        registry.channel_settings("uber_direct")
    with pytest.raises(registry.UnknownKind):
        registry.courier_settings("standard")


def test_a_channel_is_built_from_its_section() -> None:
    built = registry.channel("web", STANDARD, currency="TWD")
    assert (built.name, built.kind) == ("web", "standard")


async def test_a_courier_is_built_from_its_section() -> None:
    built = registry.courier("uber", UBER, clock=FakeClock(datetime(2026, 3, 2, tzinfo=UTC)))
    assert (built.name, built.kind) == ("uber", "uber_direct")
    await built.close()


def test_what_is_missing_from_a_section_is_said() -> None:
    with pytest.raises(ValidationError, match="client_secret"):
        registry.courier("uber", {key: UBER[key] for key in UBER if key != "client_secret"}, clock=FakeClock())


def test_a_section_without_kind_is_refused() -> None:
    with pytest.raises(registry.UnknownKind, match="found None"):
        registry.channel("web", {}, currency="TWD")


def test_only_the_kind_asked_for_is_imported() -> None:
    words = "import sys; from adapters import registry; registry.channel_settings('standard'); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True).stdout.split()
    assert "adapters.channels.standard" in loaded
    assert "adapters.channels.shopify" not in loaded
    assert "adapters.couriers.uber_direct" not in loaded
