"""What was timed: rides to the store, bags that were packed, and what they teach."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from math import exp2
from typing import Final

from core.domain.ids import CourierName
from core.domain.timing import Leads, Packings, Sample, Samples, Timings

HALF_LIFE: Final = 14.0  # days after which a record counts half: shops, seasons and couriers change
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
