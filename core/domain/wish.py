"""What a store wants of a courier: a policy with limits, and others for some hours or distances."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.domain.hours import OpeningHours
from core.domain.ids import CourierName
from core.domain.money import Money
from core.domain.quote import Quote


class Policy(StrEnum):
    """What counts most."""

    PREFERRED = "preferred"
    CHEAPEST = "cheapest"
    FASTEST = "fastest"


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What the store wants of a courier; `prefer` names the best first, and breaks ties; fees are in `currency`."""

    policy: Policy = Policy.PREFERRED
    currency: str = "TWD"
    prefer: tuple[CourierName, ...] = ()
    max_fee: Money | None = None
    max_to_door: timedelta | None = None

    @property
    def needs_quotes(self) -> bool:
        """Preference alone asks nobody."""
        return self.policy is not Policy.PREFERRED or self.max_fee is not None or self.max_to_door is not None

    @property
    def has_limits(self) -> bool:
        """Some offers are for a person to take."""
        return self.max_fee is not None or self.max_to_door is not None

    def rank(self, courier: CourierName) -> tuple[int, str]:
        """The smaller the dearer to the store."""
        return self.prefer.index(courier) if courier in self.prefer else len(self.prefer), courier

    def allows(self, quote: Quote | None, now: datetime) -> bool:
        """Within the limits; what is not told, or told in other money, is held against nobody."""
        if quote is None:
            return True
        fee = self.minor(quote)
        is_dear = self.max_fee is not None and fee is not None and fee > self.max_fee.minor
        is_slow = self.max_to_door is not None and quote.at_door is not None and quote.at_door - now > self.max_to_door
        return not is_dear and not is_slow

    def minor(self, quote: Quote | None) -> int | None:
        """The fee in minor units; None when there is none, or none that compares."""
        return quote.fee.minor if quote is not None and quote.fee.currency == self.currency else None


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """A wish for some hours of the day, or some distances in metres; both must hold where both are given."""

    wish: Wish
    hours: OpeningHours | None = None
    min_m: float | None = None
    max_m: float | None = None

    def holds(self, now: datetime, metres: float | None) -> bool:
        """From `min_m` to just below `max_m`; an unknown distance is within none."""
        if self.hours is not None and not self.hours.is_open(now):
            return False
        if self.min_m is None and self.max_m is None:
            return True
        return metres is not None and (self.min_m or 0) <= metres and (self.max_m is None or metres < self.max_m)


@dataclass(frozen=True, kw_only=True)
class DispatchRules:
    """The store's wish, its exceptions (the first that holds wins), and how long couriers are waited for."""

    usual: Wish = Wish()
    occasions: tuple[Occasion, ...] = ()
    quotes_within: timedelta = timedelta(seconds=3)

    def wish(self, now: datetime, metres: float | None) -> Wish:
        """What counts just now, for a way so long."""
        held = (occasion.wish for occasion in self.occasions if occasion.holds(now, metres))
        return next(held, self.usual)
