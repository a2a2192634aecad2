"""One store's parts, joined from its config: the same for counter, station and command line."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from adapters import registry
from core.config.load import Loaded, load, store_rules
from core.config.places import ConfigError, complaint, explain
from core.domain.ids import CourierName
from core.domain.limits import CourierLimits
from core.domain.store_rules import StoreRules
from core.ports.channel import Channel
from core.ports.clock import Clock
from core.ports.courier import Courier
from core.services.aftermath import Aftermath
from core.services.care import CareService
from core.services.desk import Services
from core.services.dispatch import DispatchService
from core.services.intake import Intake
from core.services.journeys import Journeys
from core.services.load import LoadService
from core.services.looking import LookingService
from core.services.orders import OrderService
from core.services.packing import PackingService
from core.store import migrate
from core.store.database import Database, StoreUnusable, sqlite_url
from tui.wiring.clocks import WallClock, clock_of

T = TypeVar("T")


@dataclass(frozen=True)
class Shop:
    """Everything that follows from one config; adapters are built when first asked for."""

    loaded: Loaded
    rules: StoreRules
    clock: Clock

    @cached_property
    def database(self) -> Database:
        """The store, in the shape this version needs; raises `StoreUnusable`."""
        url = self.loaded.config.database.url
        database = Database(_file_of(self.loaded.data) if url == "sqlite" else url)
        migrate.ensure(database, WallClock().now())
        return database

    @cached_property
    def channels(self) -> dict[str, Channel]:
        """Every configured order feed."""
        currency = self.rules.currency
        return self._built(
            "channels",
            self.loaded.config.channels,
            registry.channel_settings,
            lambda name, section: registry.channel(name, section, currency=currency),
        )

    @cached_property
    def couriers(self) -> dict[CourierName, Courier]:
        """Every configured courier, in the order of the config: the first that can is asked."""
        built = self._built(
            "couriers",
            self.loaded.config.couriers,
            registry.courier_settings,
            lambda name, section: registry.courier(name, section, clock=self.clock),
        )
        return {CourierName(name): courier for name, courier in built.items()}

    @cached_property
    def carriers(self) -> dict[CourierName, CourierLimits]:
        """What each courier can carry."""
        return {name: courier.limits for name, courier in self.couriers.items()}

    @cached_property
    def services(self) -> Services:
        """The drawers of the desk."""
        orders = OrderService(self.rules, Aftermath())
        return Services(
            orders=orders,
            packing=PackingService(),
            dispatch=DispatchService(self.rules, self.carriers),
            care=CareService(),
            looking=LookingService(orders),
            load=LoadService(self.rules),
        )

    @cached_property
    def intake(self) -> Intake:
        """What becomes of letters."""
        return Intake(self.rules, Journeys(), Aftermath())

    def _built(
        self,
        family: str,
        sections: Mapping[str, Mapping[str, Any]],
        model_of: Callable[[object], type[BaseModel]],
        build: Callable[[str, Mapping[str, Any]], T],
    ) -> dict[str, T]:
        return {name: self._one(family, name, section, model_of, build) for name, section in sections.items()}

    def _one(
        self,
        family: str,
        name: str,
        section: Mapping[str, Any],
        model_of: Callable[[object], type[BaseModel]],
        build: Callable[[str, Mapping[str, Any]], T],
    ) -> T:
        source = self.loaded.source
        try:
            return build(name, section)
        except registry.UnknownKind as error:
            raise ConfigError(complaint(source, [family, name, "kind"], str(error))) from error
        except ValidationError as error:
            raise explain(error, source, model_of(section.get("kind")), [family, name]) from error


def _file_of(data: Path) -> str:
    try:
        return sqlite_url(data)
    except OSError as error:
        raise StoreUnusable(f"{data}: cannot be made: {error.strerror}; say another with --data") from error


def open_shop(config: Path | None = None, data: Path | None = None) -> Shop:
    """Raises `ConfigError`."""
    loaded = load(config, data)
    return Shop(loaded, store_rules(loaded.config), clock_of(loaded.config.practice))
