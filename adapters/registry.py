"""Finds the one file of a channel or courier by its `kind`; only configured kinds are imported."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from pydantic import BaseModel

import adapters.channels
import adapters.couriers
import adapters.shops
import adapters.simulators
from core.ports.channel import Channel
from core.ports.clock import Clock
from core.ports.courier import Courier
from core.ports.shop import ShopDesk


class UnknownKind(LookupError):
    """No file has that name; `allowed` are those that exist."""

    def __init__(self, kind: object, allowed: tuple[str, ...]) -> None:
        super().__init__(f"found {kind!r:.60}; allowed are {', '.join(allowed)}")
        self.kind = kind
        self.allowed = allowed


@cache
def channel_kinds() -> tuple[str, ...]:
    """Every order feed there is a file for."""
    return _kinds(adapters.channels)


@cache
def courier_kinds() -> tuple[str, ...]:
    """Every courier there is a file for."""
    return _kinds(adapters.couriers)


def simulated_kinds() -> tuple[str, ...]:
    """Every courier there is a simulator for."""
    return tuple(kind for kind in _kinds(adapters.simulators) if kind in courier_kinds())


def channel_settings(kind: object) -> type[BaseModel]:
    """The settings a feed of this kind takes; raises `UnknownKind`."""
    return _settings(_module("channels", kind, channel_kinds()))


def courier_settings(kind: object) -> type[BaseModel]:
    """The settings a courier of this kind takes; raises `UnknownKind`."""
    return _settings(_module("couriers", kind, courier_kinds()))


def channel(name: str, section: Mapping[str, Any], *, currency: str) -> Channel:
    """A feed from its config section; raises `UnknownKind` and pydantic's `ValidationError`."""
    module = _module("channels", section.get("kind"), channel_kinds())
    built: Channel = module.build(name, _settings(module).model_validate(section), currency=currency)
    return built


def shop_desk(name: str, section: Mapping[str, Any], *, clock: Clock) -> ShopDesk | None:
    """A feed's outward half, None where it has none or its section sets no keys; raises as `channel`."""
    kind = section.get("kind")
    settings = channel_settings(kind).model_validate(section)
    if kind not in _kinds(adapters.shops):
        return None
    built: ShopDesk | None = import_module(f"adapters.shops.{kind}").build(name, settings, now=clock.now)
    return built


def courier(name: str, section: Mapping[str, Any], *, clock: Clock) -> Courier:
    """A courier from its config section; raises `UnknownKind` and pydantic's `ValidationError`."""
    module = _module("couriers", section.get("kind"), courier_kinds())
    built: Courier = module.build(name, _settings(module).model_validate(section), now=clock.now)
    return built


def simulator(kind: object, *, seed: int, speed: float, webhook_url: str | None) -> Any:
    """A courier's simulator, as its file builds it; raises `UnknownKind`."""
    module = _module("simulators", kind, simulated_kinds())
    return module.build(seed=seed, speed=speed, webhook_url=webhook_url)


def _kinds(package: ModuleType) -> tuple[str, ...]:
    return tuple(sorted(module.name for module in iter_modules(package.__path__)))


def _module(family: str, kind: object, allowed: tuple[str, ...]) -> ModuleType:
    if kind not in allowed:
        raise UnknownKind(kind, allowed)
    return import_module(f"adapters.{family}.{kind}")


def _settings(module: ModuleType) -> type[BaseModel]:
    settings: type[BaseModel] = module.Settings
    return settings
