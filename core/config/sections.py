"""The sections of config.toml: a sentence, unit and default for each key, the same as in config.example.toml."""

import ipaddress
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import Annotated, Any, Final, Literal, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationInfo,
    field_validator,
    model_validator,
)

from core.domain.hours import BadHours, OpeningHours

SHORTEST_TOKEN: Final = 16  # letters; fewer can be guessed
_HOST: Final = re.compile(
    r"(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z]([a-z0-9-]{0,61}[a-z0-9])?", re.I
)


_STANDARD_SECRET: Final = re.compile(
    r"(whsec_)?([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2,3})={0,2}|(whsec_)?([A-Za-z0-9+/]{4})+"
)


def is_host(text: str) -> bool:
    """An address such as 127.0.0.1 or ::1, or a name that could be one; nobody is asked whether it exists."""
    with suppress(ValueError):
        ipaddress.ip_address(text)
        return True
    return bool(_HOST.fullmatch(text))


def _readable_host(text: str) -> str:
    if not is_host(text):
        raise ValueError("allowed is an address such as 127.0.0.1, or a host name")
    return text


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError(f"{name!r} is not a time zone; allowed is a name such as Asia/Taipei")
    return name


def _readable_hours(text: str) -> str:
    try:
        OpeningHours.parse(text, ZoneInfo("UTC"))
    except BadHours as error:
        raise ValueError(f"{error}; allowed is 09:00-21:00, or several spans with commas") from error
    return text


def _readable_hours_or_none(text: str) -> str:
    return _readable_hours(text) if text else text


Host = Annotated[str, AfterValidator(_readable_host)]
Volume = Annotated[float, Field(ge=0, le=1)]
WeightName = Literal["stop", "note", "off"]
PolicyName = Literal["preferred", "cheapest", "fastest"]
ChimeName = Literal["new", "reminder", "cancelled", "driver_here", "overdue", "feed_down", "check"]


class Section(BaseModel):
    """Strict: an unknown key or a wrong type is an error, never a guess."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class StoreSection(Section):
    """The store: who it is and what it allows."""

    name: str = Field(default="My store", min_length=1, max_length=60)
    timezone: Annotated[str, AfterValidator(_known_zone)] = "Asia/Taipei"
    currency: str = Field(default="TWD", pattern="^[A-Z]{3}$")
    language: Literal["zh-Hant", "zh-Hans", "en", "es", "pt-BR"] = "en"
    phone: str = Field(default="", pattern=r"^(\+[0-9]{6,15})?$")
    address: str = Field(default="", max_length=200)
    latitude: float | None = Field(default=None, ge=-90, le=90)
    longitude: float | None = Field(default=None, ge=-180, le=180)
    hours: Annotated[str, AfterValidator(_readable_hours)] = "09:00-21:00"
    orders_per_hour: int = Field(default=50, ge=1, le=10_000)
    accept_within_minutes: float = Field(default=5, gt=0, le=24 * 60)
    prep_minutes: float = Field(default=15, gt=0, le=24 * 60)
    max_order_weight_kg: float = Field(default=20, gt=0, le=10_000)
    max_order_items: int = Field(default=10, ge=1, le=10_000)
    hold_seconds: float = Field(default=5, ge=0, le=120)


class AcceptSection(Section):
    """What happens while nobody accepts an order."""

    remind_minutes: float = Field(default=3, gt=0, le=24 * 60)
    again_seconds: float = Field(default=45, gt=0, le=24 * 3600)
    reminders: int = Field(default=3, ge=0, le=10)


class TellSection(Section):
    """How a person is reached who is not at the counter."""

    command: list[str] = []
    url: str = Field(default="", pattern=r"^(https?://[^\s/]+\S*)?$")
    secret: SecretStr | None = Field(default=None, min_length=1)
    style: Literal["text", "json"] = "text"

    @field_validator("command")
    @classmethod
    def _names_a_program(cls, command: list[str]) -> list[str]:
        if command and not command[0].strip():
            raise ValueError("found no program; allowed is its name or path first, then its words")
        return command

    @field_validator("secret")
    @classmethod
    def _can_sign(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is not None and not _STANDARD_SECRET.fullmatch(secret.get_secret_value()):
            raise ValueError("allowed is a Standard Webhooks secret: whsec_ followed by base64")
        return secret


class DatabaseSection(Section):
    """Where orders are kept."""

    url: str = Field(default="sqlite", pattern=r"^(sqlite|sqlite:///.+|postgres(ql)?://.+)$")


class StationSection(Section):
    """Where the station listens."""

    host: Host = "127.0.0.1"
    port: int = Field(default=8750, ge=0, le=65535)


class WebSection(Section):
    """Where browser tabs come in."""

    host: Host = "127.0.0.1"
    port: int = Field(default=8751, ge=0, le=65535)
    token: SecretStr | None = Field(default=None, min_length=SHORTEST_TOKEN)


class DispatchRule(Section):
    """A policy for some hours or distances; what it leaves out is as in `[dispatch]`."""

    hours: Annotated[str, AfterValidator(_readable_hours_or_none)] = ""
    min_km: float | None = Field(default=None, ge=0, le=20_000)
    max_km: float | None = Field(default=None, gt=0, le=20_000)
    policy: PolicyName | None = None
    prefer: list[str] = []
    max_fee: float | None = Field(default=None, gt=0)
    max_minutes_to_door: float | None = Field(default=None, gt=0, le=24 * 60)


class TimerSection(Section):
    """When the driver is called."""

    auto: bool = False
    driver_weight: float = Field(default=1, gt=0, le=100)
    records_needed: int = Field(default=10, ge=1, le=500)


class OverdueSection(Section):
    """From when on a delivery takes too long, a key a state."""

    matching: int = Field(default=15, ge=1, le=24 * 60)
    heading_to_store: int = Field(default=30, ge=1, le=24 * 60)
    at_store: int = Field(default=30, ge=1, le=24 * 60)
    picked_up: int = Field(default=60, ge=1, le=24 * 60)


class SearchSection(Section):
    """What is done by itself when a driver is long in coming; 0 is never."""

    warn_minutes: float = Field(default=30, gt=0, le=24 * 60)
    tip_minutes: float = Field(default=0, ge=0, le=24 * 60)
    tip: float = Field(default=0, ge=0, le=1_000_000)
    tip_most: float = Field(default=0, ge=0, le=1_000_000)
    again_minutes: float = Field(default=0, ge=0, le=24 * 60)
    again_most: int = Field(default=0, ge=0, le=10)
    next_minutes: float = Field(default=0, ge=0, le=24 * 60)
    next_when_refused: bool = True
    give_up_minutes: float = Field(default=0, ge=0, le=24 * 60)
    extra_most: float = Field(default=0, ge=0, le=1_000_000)

    @model_validator(mode="after")
    def _says_how_much(self) -> Self:
        """What costs has its limits beside it."""
        if self.tip_minutes and not 0 < self.tip <= self.tip_most <= self.extra_most:
            found = f"tip = {self.tip:g}, tip_most = {self.tip_most:g}, extra_most = {self.extra_most:g}"
            raise ValueError(f"found {found}; with tip_minutes allowed are 0 < tip <= tip_most <= extra_most")
        if self.again_minutes and not self.again_most:
            raise ValueError("found again_most = 0; with again_minutes allowed are 1 to 10")
        return self


class DispatchSection(Section):
    """Which courier is called, and when."""

    policy: PolicyName = "preferred"
    prefer: list[str] = []
    max_fee: float | None = Field(default=None, gt=0)
    max_minutes_to_door: float | None = Field(default=None, gt=0, le=24 * 60)
    quote_seconds: float = Field(default=3, gt=0, le=30)
    timer: TimerSection = TimerSection()
    overdue: OverdueSection = OverdueSection()
    search: SearchSection = SearchSection()
    rules: list[DispatchRule] = []

    @property
    def named(self) -> Iterator[str]:
        """Every courier it speaks of."""
        yield from self.prefer
        for rule in self.rules:
            yield from rule.prefer


class ReviewSection(Section):
    """Each finding stops the order, is a note, or is off."""

    nonsense_address: WeightName = "stop"
    unclear_address: WeightName = "note"
    retold: WeightName = "stop"
    impossible_phone: WeightName = "stop"
    odd_phone: WeightName = "note"
    no_phone: WeightName = "note"
    first_order: WeightName = "note"
    invoice: WeightName = "note"
    duplicate: WeightName = "stop"
    duplicate_minutes: float = Field(default=30, gt=0, le=24 * 60)
    huge: WeightName = "note"
    huge_times: float = Field(default=5, ge=0, le=10_000)
    huge_amount: float | None = Field(default=None, gt=0)
    quantity: WeightName = "note"
    most_pieces: int = Field(default=20, ge=0, le=10_000)
    barred: WeightName = "stop"
    barred_list: list[str] = []
    call_again_minutes: float = Field(default=2, gt=0, le=24 * 60)


class SoundSection(Section):
    """How it rings."""

    backend: Literal["auto", "simpleaudio", "miniaudio", "system", "bell", "off"] = "auto"
    volume: Volume = 1.0
    volumes: dict[ChimeName, Volume] = {}
    quiet_hours: Annotated[str, AfterValidator(_readable_hours_or_none)] = ""
    quiet_new: bool = False
    check_after_minutes: float = Field(default=120, ge=0, le=24 * 60)


class ScreenSection(Section):
    """How it looks."""

    theme: Literal["dark", "light", "contrast"] = "dark"
    rows: Literal["normal", "large"] = "normal"
    scanner_gap_ms: int = Field(default=50, ge=5, le=500)
    scanner_prefix: str = ""


class StaffSection(Section):
    """One person; the section's name is the id."""

    name: str = Field(min_length=1, max_length=40)
    role: Literal["cashier", "packer", "manager"] = "cashier"
    pin: SecretStr = SecretStr("")


class GoodsSection(Section):
    """One article: what no channel tells of it, and what may go in another's place; the section's name is its sku."""

    name: str = Field(default="", max_length=120)
    price: float | None = Field(default=None, ge=0, lt=1_000_000_000)
    barcode: str = Field(default="", max_length=60)
    shelf: str = Field(default="", max_length=20)
    weight_g: int | None = Field(default=None, ge=1, lt=1_000_000)
    size_mm: list[Annotated[int, Field(ge=1, lt=10_000)]] | None = Field(default=None, min_length=3, max_length=3)


class PracticeSection(Section):
    """The practice shop's clock."""

    speed: float = Field(default=1.0, gt=0, le=10_000)
    started_at: datetime | None = None
    shows: datetime | None = None


class Config(Section):
    """All of config.toml; channels and couriers are checked by their adapters' own settings."""

    store: StoreSection = StoreSection()
    accept: AcceptSection = AcceptSection()
    tell: TellSection = TellSection()
    database: DatabaseSection = DatabaseSection()
    station: StationSection = StationSection()
    web: WebSection = WebSection()
    channels: dict[str, dict[str, Any]] = {}
    couriers: dict[str, dict[str, Any]] = {}
    dispatch: DispatchSection = DispatchSection()
    review: ReviewSection = ReviewSection()
    sound: SoundSection = SoundSection()
    screen: ScreenSection = ScreenSection()
    keys: dict[str, str] = {}
    staff: dict[str, StaffSection] = {}
    goods: dict[str, GoodsSection] = {}
    practice: PracticeSection = PracticeSection()

    @field_validator("dispatch")
    @classmethod
    def _names_couriers(cls, dispatch: DispatchSection, info: ValidationInfo) -> DispatchSection:
        couriers = info.data.get("couriers")
        if couriers is not None and (unknown := [name for name in dispatch.named if name not in couriers]):
            allowed = ", ".join(couriers) or "none: no courier has a section"
            raise ValueError(f"prefer names {unknown[0]!r:.60}; allowed are {allowed}")
        return dispatch
