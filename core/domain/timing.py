"""How long drivers take to come and goods to be packed, as this shop's own records tell."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import cached_property
from typing import Final

from core.domain.ids import CourierName
from core.domain.spread import Spread, spread_of

OF_ALL_HOURS: Final = 6.0  # records that all other hours together weigh beside those of the hour
FEW_LONGER: Final = 5  # orders that took even longer, below which that is no guide


@dataclass(frozen=True, slots=True)
class Sample:
    """So many minutes, once, in an hour of the shop's clock; `worth` is 1 for a fresh one, less for an older."""

    minutes: float
    hour: int
    worth: float = 1.0
    pieces: int = 1
    each: float = 0.0  # minutes for a piece, from the first one in the bag


Samples = tuple[Sample, ...]
"""Ascending by minutes."""


@dataclass(frozen=True, eq=False)
class Leads:
    """From the call to the driver at the store. Approximate: the courier only tells when goods were fetched."""

    samples: Samples = ()
    to_door: tuple[float, ...] = ()  # minutes from the store to the customer, ascending
    is_approximate: bool = False
    _made: dict[int, Spread] = field(default_factory=dict, repr=False)

    def at(self, hour: int) -> Spread:
        """What may be expected of a call in this hour; needs a sample."""
        if hour not in self._made:
            everywhere = OF_ALL_HOURS / len(self.samples)
            weights = [one.worth * ((one.hour == hour) + everywhere) for one in self.samples]
            self._made[hour] = spread_of([one.minutes for one in self.samples], weights)
        return self._made[hour]

    def in_hour(self, hour: int) -> int:
        """How many rides of the very hour there are."""
        return self._hours[hour]

    @cached_property
    def _hours(self) -> Counter[int]:
        return Counter(one.hour for one in self.samples)

    @property
    def door_minutes(self) -> float | None:
        """The median from store to door."""
        return self.to_door[len(self.to_door) // 2] if self.to_door else None


@dataclass(frozen=True, eq=False)
class Packings:
    """From accept, and from a bag half full, to ready."""

    samples: Samples = ()
    _made: dict[tuple[int, int, int, int], Spread] = field(default_factory=dict, repr=False)
    _weighed: dict[tuple[int, int, bool], list[float]] = field(default_factory=dict, repr=False)

    def left(self, *, hour: int, pieces: int, picked: int, elapsed: int) -> Spread:
        """Minutes that an order of so many pieces, accepted `elapsed` minutes ago, still needs; needs a sample."""
        key = (hour, pieces, picked, 0 if picked else elapsed)
        if key not in self._made:
            self._made[key] = self._begun(hour, pieces, picked) if picked else self._untouched(hour, pieces, elapsed)
        return self._made[key]

    def _untouched(self, hour: int, pieces: int, elapsed: int) -> Spread:
        """As orders that took longer than this one has by now; past all of them only the work itself is left."""
        first = bisect_right(self.samples, float(elapsed), key=lambda one: one.minutes)
        longer = self.samples[first:]
        if len(longer) < FEW_LONGER:
            return self._begun(hour, pieces, 0)
        weights = self._weights(hour, pieces, by_pace=False)
        return spread_of([one.minutes - elapsed for one in longer], weights[first:])

    def _begun(self, hour: int, pieces: int, picked: int) -> Spread:
        """The pieces left, and closing the bag, which takes about as long as one more."""
        work = max(0, pieces - picked) + 1
        return spread_of([one.each * work for one in self._paces], self._weights(hour, pieces, by_pace=True))

    @cached_property
    def _paces(self) -> Samples:
        return tuple(sorted(self.samples, key=lambda one: one.each))

    def _weights(self, hour: int, pieces: int, *, by_pace: bool) -> list[float]:
        """Orders of the same size count whole, others the less the more they differ."""
        key = (hour, pieces, by_pace)
        if key not in self._weighed:
            everywhere = OF_ALL_HOURS / len(self.samples)
            self._weighed[key] = [
                one.worth * ((one.hour == hour) + everywhere) / (1 + (one.pieces - pieces) ** 2)
                for one in (self._paces if by_pace else self.samples)
            ]
        return self._weighed[key]


@dataclass(frozen=True, eq=False)
class Timings:
    """All a shop has learned, as of one moment; `zone` is the shop's."""

    zone: tzinfo
    leads: Mapping[CourierName, Leads] = field(default_factory=dict)
    packings: Packings = field(default_factory=Packings)

    def leads_of(self, courier: CourierName) -> Leads:
        """Nothing for a courier nobody called yet."""
        return self.leads.get(courier) or Leads()

    def hour(self, at: datetime) -> int:
        """On the shop's wall."""
        return at.astimezone(self.zone).hour
