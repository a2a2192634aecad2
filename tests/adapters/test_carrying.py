"""What couriers carry, as config.toml says it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from adapters import registry
from adapters.carrying import Carrying
from core.config.load import parse
from core.config.places import ConfigError, Source, explain
from core.domain.limits import CAI_MM3, CourierLimits, Vehicle
from core.domain.measures import Box

BEFORE, AFTER = date(2026, 12, 31), date(2027, 1, 1)


def limits(text: str) -> CourierLimits:
    """Of a courier section with this text."""
    source = Source(Path("config.toml"), f"[couriers.moto]\n{text}")
    section = parse(source).couriers["moto"]
    try:
        return Carrying.model_validate(section).limits
    except ValidationError as error:
        raise explain(error, source, Carrying, ["couriers", "moto"]) from error


def complaint(text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        limits(text)
    return str(caught.value)


def test_the_keys_of_the_section_are_its_only_vehicle() -> None:
    told = limits("max_weight_kg = 12.5\nboxes_cm = [[30, 60, 40.5]]\nmax_cai = 2")
    assert told == CourierLimits(max_weight_g=12_500, boxes=(Box(300, 600, 405),), max_mm3=2 * CAI_MM3)
    only = Vehicle(max_weight_g=12_500, boxes=(Box(300, 600, 405),), max_mm3=2 * CAI_MM3)
    assert told.on(AFTER) == (only,)


def test_nothing_said_is_no_limit() -> None:
    assert limits("").on(AFTER) == (Vehicle(),)


VEHICLES = """
[[couriers.moto.vehicles]]
name = "motorcycle"
max_weight_kg = 13
[[couriers.moto.vehicles]]
name = "motorcycle"
from = 2027-01-01
max_weight_kg = 15
max_parcels = 2
[[couriers.moto.vehicles]]
name = "car"
until = 2026-12-31
boxes_cm = [[100, 80, 60]]
"""


@pytest.mark.parametrize(
    ("day", "most"), [(BEFORE, {"motorcycle": 13_000, "car": None}), (AFTER, {"motorcycle": 15_000})]
)
def test_limits_change_on_their_day(day: date, most: dict[str, int | None]) -> None:
    assert {vehicle.name: vehicle.max_weight_g for vehicle in limits(VEHICLES).on(day)} == most


def test_limits_that_have_ended_do_not_bring_back_older_ones() -> None:
    text = VEHICLES + '[[couriers.moto.vehicles]]\nname = "car"\nfrom = 2026-01-01\nuntil = 2026-06-30\n'
    assert "car" not in {vehicle.name for vehicle in limits(text).on(BEFORE)}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("max_weight_kg = 0", ":2: couriers.moto.max_weight_kg: found 0;"),
        ("max_weight_kg = inf", ":2: couriers.moto.max_weight_kg: found inf;"),
        ("max_cai = -1", ":2: couriers.moto.max_cai: found -1;"),
        ("boxes_cm = [[30, 60]]", ":2: couriers.moto.boxes_cm.0"),
        ("boxes_cm = [[30, 60, 0]]", ":2: couriers.moto.boxes_cm.0.2: found 0;"),
        (VEHICLES + "max_cai = 2\nmax_weight = 3", ":16: couriers.moto.vehicles.2.max_weight: unknown key; did you"),
        ("[[couriers.moto.vehicles]]\nmax_weight_kg = 3", ":2: couriers.moto.vehicles.0.name: missing"),
        (VEHICLES + 'from = "2027-01-01"', ":15: couriers.moto.vehicles.2.from: found '2027-01-01'; input should be"),
        (VEHICLES + "from = 2027-01-01", ":11: couriers.moto.vehicles.2: found a section; found from = 2027-01-01"),
        (VEHICLES + "fro = 2027-01-01", ":15: couriers.moto.vehicles.2.fro: unknown key; did you mean 'from'?"),
        ("max_cai = 2" + VEHICLES, "found max_cai beside vehicles; allowed: the keys inside each vehicle"),
        (VEHICLES + '[[couriers.moto.vehicles]]\nname = "motorcycle"', "found vehicle 'motorcycle' from always twice"),
    ],
)
def test_a_mistake_is_named_with_its_line(text: str, words: str) -> None:
    assert words in complaint(text)


SHIPPED: dict[str, CourierLimits] = {
    "uber_direct": CourierLimits(max_weight_g=13_000, boxes=(Box(300, 600, 400), Box(400, 400, 400))),
    "pandago": CourierLimits(max_weight_g=20_000, boxes=(Box(300, 600, 400),), max_mm3=2 * CAI_MM3),
}


@pytest.mark.parametrize("kind", SHIPPED)
def test_the_shipped_limits_are_those_of_the_rules(kind: str) -> None:
    fields = registry.courier_settings(kind).model_fields
    keys = ("max_weight_kg", "boxes_cm", "max_cai")
    told: dict[str, Any] = {name: fields[name].get_default() for name in keys}
    assert Carrying.model_validate(told).limits == SHIPPED[kind]


@pytest.mark.parametrize("kind", registry.courier_kinds())
def test_every_courier_takes_vehicles(kind: str) -> None:
    settings: type[BaseModel] = registry.courier_settings(kind)
    assert issubclass(settings, Carrying)
