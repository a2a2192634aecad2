"""Reads config.toml and makes of it what the rest of the house uses."""

import re
import tomllib
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from core.config.paths import config_path, data_path
from core.config.places import ConfigError, Source, explain
from core.config.secrets import resolved
from core.config.sections import Config, DispatchRule, GoodsSection
from core.domain.alert import Chime, SoundRules
from core.domain.call_advice import TimerRules
from core.domain.catalogue import Article
from core.domain.delivery import USUAL_MINUTES, DeliveryState
from core.domain.hours import OpeningHours
from core.domain.ids import CourierName, StaffId
from core.domain.measures import Box
from core.domain.money import Money
from core.domain.reminders import ReminderRules
from core.domain.review import FindingKind, ReviewRules, Weight
from core.domain.search import SearchRules
from core.domain.staff import Role, Staff
from core.domain.store_rules import StoreRules
from core.domain.wish import DispatchRules, Occasion, Policy, Wish


@dataclass(frozen=True)
class Loaded:
    """The settings, the file they came from, and where the data are."""

    config: Config
    source: Source
    data: Path


def load(config: Path | None = None, data: Path | None = None) -> Loaded:
    """Raises `ConfigError`."""
    source = read(config_path(config))
    return Loaded(parse(source), source, data_path(data))


def read(path: Path) -> Source:
    """The file's text; raises `ConfigError` that says how to make one."""
    try:
        return Source(path, path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        message = f"{path}: there is no config yet; `orderbell init` writes one, `orderbell demo` needs none"
        raise ConfigError(message) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from error


def parse(source: Source) -> Config:
    """Raises `ConfigError` with file, line, key, what was found and what is allowed."""
    try:
        raw: dict[str, Any] = tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        raise ConfigError(f"{source.path}:{line[1] if line else 1}: not TOML: {error}") from error
    settings = resolved(raw, source)
    try:
        return Config.model_validate(settings)
    except ValidationError as error:
        raise explain(error, source, Config) from error


def store_rules(config: Config) -> StoreRules:
    """The `[store]` and `[staff]` sections in the trade's own units."""
    store, zone = config.store, ZoneInfo(config.store.timezone)
    return StoreRules(
        name=store.name,
        phone=store.phone,
        address=store.address,
        latitude=store.latitude,
        longitude=store.longitude,
        currency=store.currency,
        zone=zone,
        hours=OpeningHours.parse(store.hours, zone),
        orders_per_hour=store.orders_per_hour,
        accept_within=timedelta(minutes=store.accept_within_minutes),
        prep_time=timedelta(minutes=store.prep_minutes),
        max_order_weight_g=round(store.max_order_weight_kg * 1000),
        max_order_pieces=store.max_order_items,
        hold_sends=timedelta(seconds=store.hold_seconds),
        staff=_staff(config),
        usual_minutes=_usual_minutes(config),
    )


def _usual_minutes(config: Config) -> dict[DeliveryState, tuple[int, int]]:
    """The usual ranges with the store's own upper ends (X8); a range never begins past its end."""
    latest = {DeliveryState(name): most for name, most in config.dispatch.overdue}
    return {state: (min(USUAL_MINUTES[state][0], most), most) for state, most in latest.items()}


def reminder_rules(config: Config) -> ReminderRules:
    """What happens while nobody accepts an order: the `[accept]` section."""
    accept = config.accept
    return ReminderRules(
        first=timedelta(minutes=accept.remind_minutes),
        apart=timedelta(seconds=accept.again_seconds),
        most=accept.reminders,
    )


def sound_rules(config: Config) -> SoundRules:
    """What the shop wants to hear, and when: the `[sound]` section."""
    sound = config.sound
    return SoundRules(
        quiet=OpeningHours.parse(sound.quiet_hours, ZoneInfo(config.store.timezone)) if sound.quiet_hours else None,
        quiet_new=sound.quiet_new,
        never=frozenset(chime for chime, volume in volumes(config).items() if not volume),
        check_after=timedelta(minutes=sound.check_after_minutes) if sound.check_after_minutes else None,
    )


def review_rules(config: Config) -> ReviewRules:
    """What is looked at before an order may be accepted: the `[review]` section."""
    review = config.review
    return ReviewRules(
        weights={kind: Weight(getattr(review, kind.value)) for kind in FindingKind},
        duplicate_within=timedelta(minutes=review.duplicate_minutes),
        huge_times=review.huge_times,
        huge_amount=Money.parse(review.huge_amount, config.store.currency) if review.huge_amount else None,
        most_pieces=review.most_pieces,
        barred=tuple(review.barred_list),
        call_again=timedelta(minutes=review.call_again_minutes),
    )


def dispatch_rules(config: Config) -> DispatchRules:
    """Which courier is called: the `[dispatch]` section; couriers it does not name follow in the config's order."""
    dispatch = config.dispatch
    return DispatchRules(
        usual=_wish(config, DispatchRule()),
        occasions=tuple(_occasion(config, rule) for rule in dispatch.rules),
        quotes_within=timedelta(seconds=dispatch.quote_seconds),
    )


def timer_rules(config: Config) -> TimerRules:
    """When a driver is called: the `[dispatch.timer]` section."""
    timer = config.dispatch.timer
    return TimerRules(is_auto=timer.auto, driver_weight=float(timer.driver_weight), records_needed=timer.records_needed)


def search_rules(config: Config) -> SearchRules:
    """What is done when a driver is long in coming: the `[dispatch.search]` section."""
    search, currency = config.dispatch.search, config.store.currency
    return SearchRules(
        warn_after=timedelta(minutes=search.warn_minutes),
        tip_after=_minutes(search.tip_minutes),
        tip=Money.parse(search.tip, currency),
        tip_most=Money.parse(search.tip_most, currency),
        call_again_after=_minutes(search.again_minutes),
        calls_most=search.again_most,
        next_after=_minutes(search.next_minutes),
        next_when_refused=search.next_when_refused,
        give_up_after=_minutes(search.give_up_minutes),
        extra_most=Money.parse(search.extra_most, currency),
    )


def _minutes(count: float) -> timedelta | None:
    """0 is never."""
    return timedelta(minutes=count) if count else None


def _occasion(config: Config, rule: DispatchRule) -> Occasion:
    return Occasion(
        wish=_wish(config, rule),
        hours=OpeningHours.parse(rule.hours, ZoneInfo(config.store.timezone)) if rule.hours else None,
        min_m=rule.min_km * 1000 if rule.min_km is not None else None,
        max_m=rule.max_km * 1000 if rule.max_km is not None else None,
    )


def _wish(config: Config, rule: DispatchRule) -> Wish:
    usual, currency = config.dispatch, config.store.currency
    fee, most = rule.max_fee or usual.max_fee, rule.max_minutes_to_door or usual.max_minutes_to_door
    names = dict.fromkeys([*rule.prefer, *usual.prefer, *config.couriers])
    return Wish(
        policy=Policy(rule.policy or usual.policy),
        currency=currency,
        prefer=tuple(CourierName(name) for name in names),
        max_fee=Money.parse(fee, currency) if fee else None,
        max_to_door=timedelta(minutes=most) if most else None,
    )


def catalogue(config: Config) -> dict[str, Article]:
    """The `[goods]` sections in the trade's own units."""
    currency = config.store.currency
    return {sku: _article(goods, currency) for sku, goods in config.goods.items()}


def _article(goods: GoodsSection, currency: str) -> Article:
    return Article(
        name=goods.name,
        price=None if goods.price is None else Money.parse(goods.price, currency),
        barcode=goods.barcode,
        shelf=goods.shelf,
        weight_g=goods.weight_g,
        size=Box(*goods.size_mm) if goods.size_mm else None,
    )


def volumes(config: Config) -> dict[Chime, float]:
    """The chimes that have a volume of their own, 0 to 1."""
    return {Chime(name): volume for name, volume in config.sound.volumes.items()}


def _staff(config: Config) -> tuple[Staff, ...]:
    return tuple(
        Staff(id=StaffId(id), name=person.name, role=Role(person.role), pin=person.pin.get_secret_value())
        for id, person in config.staff.items()
    )
