"""How long a simulated ride takes: by chance inside the usual ranges, or by the robot's timetable."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from adapters.simulators.rides import MINUTE, SECOND, Pace
from adapters.simulators.uber_direct_bodies import Robo
from adapters.simulators.uber_direct_faults import bad_params
from adapters.simulators.uber_direct_windows import Windows


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What the ride waits for, step by step."""

    matching: timedelta
    approach: timedelta
    at_store: timedelta
    loading: timedelta
    riding: timedelta
    at_door: timedelta

    @property
    def to_pickup(self) -> timedelta:
        """From the driver's yes to goods in the bag."""
        return self.approach + self.at_store

    @property
    def to_door(self) -> timedelta:
        """From there until the customer has them."""
        return self.loading + self.riding + self.at_door

    @classmethod
    def by_chance(cls, pace: Pace, chance: Random) -> "Plan":
        """Each leg's length is drawn from its range; waiting at the store and at the door are parts of it."""
        matching, to_store, to_door = (
            chance.uniform(*leg) * MINUTE for leg in (pace.matching, pace.to_store, pace.to_door)
        )
        waiting, loading, at_door = to_store * chance.uniform(0.1, 0.3), to_door * 0.02, to_door * 0.05
        return cls(
            matching=matching,
            approach=to_store - waiting,
            at_store=waiting,
            loading=loading,
            riding=to_door - loading - at_door,
            at_door=at_door,
        )

    @classmethod
    def by_robot(cls, robo: Robo, windows: Windows, now: datetime) -> "Plan":
        """Section 10; raises the fault of an impossible timetable."""
        start = windows.pickup_ready_dt or (windows.dropoff_ready_dt and windows.dropoff_ready_dt - 10 * MINUTE) or now
        moments = [start + step * SECOND for step in (30, 60, 90, 120, 150)]
        if robo.mode == "custom":
            moments = _timetable(robo, windows, now)
        enroute, imminent, picked, at_door, done = moments
        return cls(
            matching=enroute - now,
            approach=imminent - enroute,
            at_store=picked - imminent,
            loading=min(SECOND, at_door - picked),
            riding=at_door - picked - min(SECOND, at_door - picked),
            at_door=done - at_door,
        )


def _timetable(robo: Robo, windows: Windows, now: datetime) -> list[datetime]:
    named = (robo.enroute_for_pickup_at, robo.pickup_imminent_at, robo.pickup_at)
    moments = [moment for moment in (*named, robo.dropoff_imminent_at, robo.dropoff_at) if moment]
    if len(moments) < 5:
        raise bad_params(test_specifications="custom needs all five times")
    enroute, imminent, picked, at_door, done = moments
    latest = windows.filled(now)[1] if windows.pickup_ready_dt else now + 30 * MINUTE
    if not now <= enroute <= latest or not enroute <= imminent <= picked <= at_door <= done <= picked + 480 * MINUTE:
        raise bad_params(test_specifications="the robot's times are out of order")
    return moments
