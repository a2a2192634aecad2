"""How long drivers take to come and goods to be packed, as this shop's own records tell."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import cached_property
from math import exp2
from typing import Final

from core.domain.ids import CourierName
from core.domain.spread import Spread, spread_of

HALF_LIFE: Final = 14.0  # days after which a record counts half: shops, seasons and couriers change
OF_ALL_HOURS: Final = 6.0  # records that all other hours together weigh beside those of the hour
FEW_LONGER: Final = 5  # orders that took even longer, below which that is no guide
GRACE: Final = 1.0  # minutes: who fetches goods so long after they were ready came later than that
MOST: Final = 180.0  # minutes; anything beyond is a forgotten bag, or a clock that was wrong
_MINUTE: Final = 60.0
_DAY: Final = 86_400.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Ride:
    """One driver who was called and came; `ready_at` is when the goods were."""

    courier: CourierName
    called_at: datetime
    at_store_at: datetime | None = None  # some couriers never tell it
    picked_up_at: datetime | None = None
    delivered_at: datetime | None = None
    ready_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Packing:
    """One order that was packed: accepted, first piece in the bag, ready."""

    accepted_at: datetime
    ready_at: datetime
    pieces: int
    begun_at: datetime | None = None


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


def timings_of(rides: Iterable[Ride], packings: Iterable[Packing], zone: tzinfo, now: datetime, needed: int) -> Timings:
    """What rides and packings of the past teach. With `needed` arrivals told, no others are guessed."""
    by_courier: dict[CourierName, list[Ride]] = {}
    for ride in rides:
        by_courier.setdefault(ride.courier, []).append(ride)
    leads = {courier: _leads(some, zone, now, needed) for courier, some in by_courier.items()}
    packed = (_packed(one, zone, now) for one in packings)
    return Timings(zone, leads, Packings(_in_order(one for one in packed if one.minutes <= MOST)))


def _leads(rides: list[Ride], zone: tzinfo, now: datetime, needed: int) -> Leads:
    told = _usable((one, _minutes(one.called_at, one.at_store_at)) for one in rides if one.at_store_at is not None)
    guessed = _usable(_guessed(rides)) if len(told) < needed else []
    samples = (
        Sample(minutes, ride.called_at.astimezone(zone).hour, _worth(ride.called_at, now))
        for ride, minutes in (*told, *guessed)
    )
    ways = (_minutes(one.picked_up_at, one.delivered_at) for one in rides if one.picked_up_at and one.delivered_at)
    return Leads(_in_order(samples), tuple(sorted(ways)), is_approximate=bool(guessed))


def _guessed(rides: Iterable[Ride]) -> list[tuple[Ride, float]]:
    """For a coming that was not told: when goods were fetched. One who found them just ready may have waited, so
    that his coming is somewhere before: as the drivers who came later, and were no slower than that."""
    fetched = [
        (one, _minutes(one.called_at, one.picked_up_at), _may_have_waited(one))
        for one in rides
        if one.at_store_at is None and one.picked_up_at is not None
    ]
    sure = sorted(minutes for _ride, minutes, is_late in fetched if not is_late)
    return [(ride, _sooner(sure, minutes) if is_late else minutes) for ride, minutes, is_late in fetched]


def _may_have_waited(ride: Ride) -> bool:
    fetched = ride.picked_up_at
    return fetched is not None and ride.ready_at is not None and _minutes(ride.ready_at, fetched) < GRACE


def _sooner(sure: list[float], most: float) -> float:
    known = sure[: bisect_right(sure, most)]
    return known[len(known) // 2] if known else most


def _usable(timed: Iterable[tuple[Ride, float]]) -> list[tuple[Ride, float]]:
    return [(ride, minutes) for ride, minutes in timed if minutes <= MOST]


def _packed(one: Packing, zone: tzinfo, now: datetime) -> Sample:
    minutes = _minutes(one.accepted_at, one.ready_at)
    begun = minutes if one.begun_at is None else _minutes(one.begun_at, one.ready_at)
    pieces = max(1, one.pieces)
    # The first piece marks the beginning: the others and the closing are as many steps as there are pieces.
    each = begun / (pieces if one.begun_at else pieces + 1)
    return Sample(minutes, one.accepted_at.astimezone(zone).hour, _worth(one.ready_at, now), pieces, each)


def _in_order(samples: Iterable[Sample]) -> Samples:
    return tuple(sorted(samples, key=lambda one: one.minutes))


def _minutes(start: datetime, end: datetime) -> float:
    return max(0.0, (end - start).total_seconds() / _MINUTE)


def _worth(at: datetime, now: datetime) -> float:
    return exp2(-max(0.0, (now - at).total_seconds()) / _DAY / HALF_LIFE)
