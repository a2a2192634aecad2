"""One store's parts, joined from its config: the same for counter, station and command line."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from adapters import registry
from core.config.load import (
    Loaded,
    catalogue,
    dispatch_rules,
    load,
    review_rules,
    search_rules,
    store_rules,
    timer_rules,
)
from core.config.places import ConfigError, complaint, explain
from core.domain.handover import Custom, PinAt
from core.domain.ids import ChannelName, CourierName
from core.domain.limits import CourierLimits
from core.domain.store_rules import StoreRules
from core.domain.wish import DispatchRules
from core.ports.channel import Channel
from core.ports.clock import Clock
from core.ports.courier import Ability, Courier
from core.ports.shop import ShopDesk
from core.services.aftermath import Aftermath
from core.services.care import CareService
from core.services.choosing import Choosing
from core.services.coaching import Coaching
from core.services.comparing import Comparing
from core.services.desk import Services
from core.services.dispatch import DispatchService
from core.services.entering import Entering
from core.services.fitting import Fitting
from core.services.handing import HandingService
from core.services.health import Told
from core.services.holding import HoldingService
from core.services.intake import Intake
from core.services.joining import Joining
from core.services.journeys import Journeys
from core.services.load import LoadService
from core.services.looking import LookingService
from core.services.orders import OrderService
from core.services.packing import PackingService
from core.services.receiving import Receiving
from core.services.refunding import Refunding
from core.services.reviewing import Reviewing
from core.services.searching import Searching, able
from core.services.shorting import Shorting
from core.services.spared import Spared
from core.services.station_lease import running
from core.services.telling import Telling
from core.services.timing import Timing
from core.services.troubles import Troubles
from core.services.undoing import Undoing
from core.store import migrate
from core.store.database import Database, StoreUnusable, sqlite_url
from core.store.unit_of_work import reading
from tui.wiring.aside import Aside
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
    def shop_desks(self) -> dict[ChannelName, ShopDesk]:
        """Every shop system that can be told what becomes of its orders."""
        built = self._built(
            "channels",
            self.loaded.config.channels,
            registry.channel_settings,
            lambda name, section: registry.shop_desk(name, section, clock=self.clock),
        )
        return {ChannelName(name): desk for name, desk in built.items() if desk is not None}

    @cached_property
    def couriers(self) -> dict[CourierName, Courier]:
        """Every configured courier, in the order of the config."""
        return self._new_couriers()

    def _new_couriers(self) -> dict[CourierName, Courier]:
        """With connections of their own: those of one loop are of no use on another."""
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
    def customs(self) -> dict[CourierName, Custom]:
        """How each courier takes goods over."""
        return {name: _custom(courier.abilities) for name, courier in self.couriers.items()}

    @cached_property
    def asking(self) -> Aside:
        """Who asks couriers for their prices; close it when done."""
        spared = Spared(self._new_couriers, self.told_by_station, self.clock)
        return Aside(spared.couriers, self._dispatch.quotes_within)

    def told_by_station(self) -> Told:
        """How the world stands, as far as one runs."""
        try:
            with reading(self.database) as uow:
                station = running(uow)
        except StoreUnusable:
            return {}
        return station.health if station else {}

    @cached_property
    def services(self) -> Services:
        """The drawers of the desk."""
        orders = OrderService(self.rules, Aftermath(self.refunding), self.telling)
        choosing = self._choosing
        dispatch = DispatchService(self.rules, choosing, self.timing)
        return Services(
            orders=orders,
            packing=PackingService(self.telling),
            dispatch=dispatch,
            undoing=Undoing(dispatch, self.telling, self.shorting),
            shorting=self.shorting,
            refunding=self.refunding,
            care=CareService(Receiving(self.telling, self.refunding)),
            looking=LookingService(
                orders,
                customs=self.customs,
                phone=self.rules.phone,
                folder=str(self.loaded.data),
                timing=self.timing,
                fitting=Fitting(self.carriers),
            ),
            load=LoadService(self.rules),
            comparing=Comparing(self.rules, choosing, self.asking, self.clock),
            handing=HandingService(self.customs, self.rules.staff, self.telling),
            joining=self.joining,
            entering=Entering(self.rules, self.joining, catalogue(self.loaded.config)),
            holding=HoldingService(self.rules.staff),
            coaching=Coaching(self.rules, Aftermath(self.refunding), self.telling, self.refunding),
            reviewing=self._reviewing,
            troubles=Troubles(self.rules.usual_minutes),
        )

    @cached_property
    def joining(self) -> Joining:
        """What becomes of copies of orders that were keyed in by hand."""
        return Joining(self.rules, Aftermath(self.refunding), self.telling, catalogue(self.loaded.config))

    @cached_property
    def timing(self) -> Timing:
        """When to call a driver; one for board, desk and command line."""
        couriers = tuple(CourierName(name) for name in self.loaded.config.couriers)
        return Timing(timer_rules(self.loaded.config), self._dispatch, couriers, self.rules.zone)

    @cached_property
    def searching(self) -> Searching:
        """What is done when a driver is long in coming."""
        abilities = {name: courier.abilities for name, courier in self.couriers.items()}
        return Searching(search_rules(self.loaded.config), able(self._choosing), abilities, self._choosing.wish)

    @cached_property
    def journeys(self) -> Journeys:
        """What becomes of couriers' words."""
        return Journeys(self.customs, self.searching, self.telling)

    @cached_property
    def telling(self) -> Telling:
        """What each feed's own system is told."""
        abilities = {name: desk.abilities for name, desk in self.shop_desks.items()}
        refunding = [name for name, desk in self.shop_desks.items() if desk.cancel_refunds]
        return Telling(abilities, self.rules.hold_sends, refunding)

    @cached_property
    def refunding(self) -> Refunding:
        """The one way for money to go back."""
        return Refunding(self.telling)

    @cached_property
    def shorting(self) -> Shorting:
        """What is done where not all of an order is there."""
        return Shorting(self.refunding, catalogue(self.loaded.config), self.rules.hold_sends)

    @cached_property
    def _choosing(self) -> Choosing:
        return Choosing(self.rules, self.carriers, self._dispatch)

    @cached_property
    def _dispatch(self) -> DispatchRules:
        return dispatch_rules(self.loaded.config)

    @cached_property
    def intake(self) -> Intake:
        """What becomes of letters."""
        goods = catalogue(self.loaded.config)
        return Intake(self.rules, self.journeys, Aftermath(self.refunding), goods, self._reviewing, self.joining)

    @cached_property
    def _reviewing(self) -> Reviewing:
        return Reviewing(review_rules(self.loaded.config), self.rules.phone)

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


def _custom(abilities: Collection[Ability]) -> Custom:
    at_the_door = PinAt.DOOR if Ability.PIN in abilities else PinAt.NONE
    pin = PinAt.PICKUP if Ability.PICKUP_PIN in abilities else at_the_door
    return Custom(pin=pin, has_proofs=Ability.PROOF in abilities)


def _file_of(data: Path) -> str:
    try:
        return sqlite_url(data)
    except OSError as error:
        raise StoreUnusable(f"{data}: cannot be made: {error.strerror}; say another with --data") from error


def open_shop(config: Path | None = None, data: Path | None = None) -> Shop:
    """Raises `ConfigError`."""
    loaded = load(config, data)
    return Shop(loaded, store_rules(loaded.config), clock_of(loaded.config.practice))
