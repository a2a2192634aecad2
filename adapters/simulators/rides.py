"""What every simulated way has: points on the map, stretches of road, and how long things take."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import cos, hypot, radians
from random import Random
from typing import Final

Spot = tuple[float, float]  # latitude and longitude in degrees
METRES_A_DEGREE: Final = 111_200
SECOND: Final = timedelta(seconds=1)
MINUTE: Final = timedelta(minutes=1)
NAMES: Final = ("王大明", "Mei Lin", "Wei Chen", "Jia Hsu", "Han Wu", "Ting Ko")


def metres(start: Spot, end: Spot) -> float:
    """As the crow flies."""
    return METRES_A_DEGREE * hypot(end[0] - start[0], (end[1] - start[1]) * cos(radians(start[0])))


@dataclass(frozen=True)
class Leg:
    """A stretch of road."""

    start: Spot
    end: Spot
    leaves: datetime
    arrives: datetime

    def spot(self, at: datetime) -> Spot:
        """Where one is on a straight line."""
        length = (self.arrives - self.leaves).total_seconds()
        done = min(max((at - self.leaves).total_seconds() / length, 0.0), 1.0) if length > 0 else 1.0
        (north, east), (far_north, far_east) = self.start, self.end
        return north + (far_north - north) * done, east + (far_east - east) * done


@dataclass(frozen=True, kw_only=True)
class Pace:
    """Minutes, from and to: finding a driver, until pickup, from there to the door (C45–C47)."""

    matching: tuple[float, float] = (5, 15)
    to_store: tuple[float, float] = (10, 30)
    to_door: tuple[float, float] = (20, 60)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a job waits for, step by step."""

    matching: timedelta
    approach: timedelta
    at_store: timedelta
    riding: timedelta
    at_door: timedelta

    @classmethod
    def by_chance(cls, pace: Pace, chance: Random) -> "Plan":
        """Each part's length is drawn from its range; waiting at the store and at the door belong to them."""
        matching, to_store, to_door = (
            chance.uniform(*leg) * MINUTE for leg in (pace.matching, pace.to_store, pace.to_door)
        )
        waiting, at_door = to_store * chance.uniform(0.1, 0.3), to_door * 0.05
        return cls(
            matching=matching, approach=to_store - waiting, at_store=waiting, riding=to_door - at_door, at_door=at_door
        )
