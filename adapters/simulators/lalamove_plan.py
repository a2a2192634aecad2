"""How long a simulated way takes: by chance inside the usual ranges."""

from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Final

SECOND: Final = timedelta(seconds=1)
MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Pace:
    """Minutes, from and to: finding a driver, until pickup, from there to the door (C45–C47)."""

    matching: tuple[float, float] = (5, 15)
    to_store: tuple[float, float] = (10, 30)
    to_door: tuple[float, float] = (20, 60)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What an order waits for, step by step."""

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
