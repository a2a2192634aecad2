"""What goes wrong again and again, and where: counts by kind, courier, product, hour and person (L34)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum
from functools import cached_property
from typing import Final

from core.domain.ids import OrderId, ProblemId
from core.domain.money import Money
from core.domain.problem import ProblemKind

FEW: Final = 3  # fewer of a kind are no habit
LEAN: Final = 2  # so many times its usual share makes a place stand out, or half of all cases
HOURS: Final = 24


class Side(StrEnum):
    """What troubles are counted by."""

    KIND = "kind"
    COURIER = "courier"
    PRODUCT = "product"
    HOUR = "hour"
    PERSON = "person"


PLACES: Final = (Side.COURIER, Side.PRODUCT, Side.HOUR, Side.PERSON)


@dataclass(frozen=True, kw_only=True)
class Incident:
    """One trouble as it is counted; `person` packed the order, else accepted it. `cost` in the order's currency."""

    problem_id: ProblemId
    kind: ProblemKind
    opened_at: datetime
    order_id: OrderId | None = None
    number: str = ""
    detail: str = ""
    closed_at: datetime | None = None
    result: str = ""
    bearer: str = ""
    cost: Money | None = None
    courier: str = ""
    person: str = ""
    products: tuple[str, ...] = ()

    def values(self, side: Side, zone: tzinfo) -> tuple[str, ...]:
        """Where it counts: an order has several products, and what has no order no courier."""
        if side is Side.PRODUCT:
            return self.products
        one = {
            Side.KIND: self.kind.value,
            Side.COURIER: self.courier,
            Side.HOUR: f"{self.opened_at.astimezone(zone).hour:02d}",
            Side.PERSON: self.person,
        }[side]
        return (one,) if one else ()


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How often, and what it cost as far as is known; sums of one currency, that of most."""

    side: Side
    value: str
    count: int
    cost: Money | None = None


@dataclass(frozen=True, kw_only=True)
class Habit:
    """What recurs most, and the place where it stands out: so `many` of its `count`; no place where none does."""

    kind: ProblemKind
    count: int
    place: Side | None = None
    value: str = ""
    many: int = 0


@dataclass(frozen=True, kw_only=True)
class Recurring:
    """Troubles that began in so many days up to `until`, newest first; `is_cut`: there were more than are counted."""

    days: int
    until: datetime
    zone: tzinfo
    incidents: tuple[Incident, ...] = ()
    is_cut: bool = False

    def by(self, side: Side) -> tuple[Tally, ...]:
        """Most often first; hours by the clock."""
        return self._tallies[side]

    @cached_property
    def _tallies(self) -> Mapping[Side, tuple[Tally, ...]]:
        """Counted once, in whatever thread asks first."""
        return {side: self._counted(side) for side in Side}

    def _counted(self, side: Side) -> tuple[Tally, ...]:
        made = (self._tally(side, value, some) for value, some in self._sorted(side).items())
        order = (lambda one: (one.value,)) if side is Side.HOUR else (lambda one: (-one.count, one.value))
        return tuple(sorted(made, key=order))

    def of(self, side: Side, value: str) -> tuple[Incident, ...]:
        """The ones behind a count."""
        return tuple(self._sorted(side).get(value, ()))

    @cached_property
    def cost(self) -> Money | None:
        """Of all."""
        return _sum(self.incidents)

    def counted(self) -> "Recurring":
        """The same, with all its counts made: a screen only shows them."""
        _ = self._tallies, self.habit, self.cost
        return self

    @property
    def open_ones(self) -> int:
        """Not dealt with yet."""
        return sum(one.closed_at is None for one in self.incidents)

    @cached_property
    def habit(self) -> Habit | None:
        """None while nothing happened often enough to be called one."""
        kinds = self.by(Side.KIND)
        if not kinds or kinds[0].count < FEW:
            return None
        kind, cases = ProblemKind(kinds[0].value), self.of(Side.KIND, kinds[0].value)
        found = max(self._standing_out(cases), key=lambda one: one[0], default=None)
        if found is None:
            return Habit(kind=kind, count=len(cases))
        _, side, value, many = found
        return Habit(kind=kind, count=len(cases), place=side, value=value, many=many)

    def _standing_out(self, cases: Sequence[Incident]) -> Iterator[tuple[float, Side, str, int]]:
        """Places with more of these cases than their share of all troubles; where there is only one place, none."""
        for side in PLACES:
            everywhere = self._sorted(side)
            if len(everywhere) < LEAN:
                continue
            for value, some in _by(cases, side, self.zone).items():
                share, usual = len(some) / len(cases), len(everywhere[value]) / len(self.incidents)
                if len(some) >= FEW and (share >= 1 / LEAN or share >= LEAN * usual):
                    yield share - usual / LEAN, side, value, len(some)

    def _sorted(self, side: Side) -> Mapping[str, list[Incident]]:
        return self._places[side]

    @cached_property
    def _places(self) -> Mapping[Side, Mapping[str, list[Incident]]]:
        return {side: _by(self.incidents, side, self.zone) for side in Side}

    def _tally(self, side: Side, value: str, some: Sequence[Incident]) -> Tally:
        return Tally(side=side, value=value, count=len(some), cost=_sum(some))


def _by(incidents: Iterable[Incident], side: Side, zone: tzinfo) -> dict[str, list[Incident]]:
    found: dict[str, list[Incident]] = defaultdict(list)
    for incident in incidents:
        for value in incident.values(side, zone):
            found[value].append(incident)
    return dict(found)


def _sum(incidents: Iterable[Incident]) -> Money | None:
    sums: dict[str, int] = defaultdict(int)
    for incident in incidents:
        if incident.cost is not None:
            sums[incident.cost.currency] += incident.cost.minor
    currency = max(sums, key=lambda one: sums[one], default=None)
    return Money(sums[currency], currency) if currency is not None else None
