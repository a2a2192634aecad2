"""Who rides, as far as couriers tell: their words come late, twice and out of order."""

from dataclasses import dataclass, fields, replace
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Driver:
    """The person who rides; texts tidied, empty when not told."""

    name: str = ""
    phone: str = ""
    vehicle: str = ""
    plate: str = ""

    def may_be(self, other: "Driver") -> bool:
        """Nothing that both are told by differs; phones may, for couriers lend numbers."""
        plates = (self.plate.casefold(), other.plate.casefold())
        return _is_short_of(self.name, other.name) and (not all(plates) or plates[0] == plates[1])

    def with_words(self, newer: "Driver") -> "Driver":
        """The same person, told of again: what is left out stays."""
        kept = {one.name: getattr(newer, one.name) or getattr(self, one.name) for one in fields(Driver)}
        return Driver(**kept)


@dataclass(frozen=True)
class Rider:
    """The newest driver told of, None for nobody; all times are the courier's.

    `at`: the newest word on it. `since`: the oldest word that named this one. `former`: the name of the one before.
    """

    who: Driver | None = None
    at: datetime | None = None
    since: datetime | None = None
    former: str = ""

    def told(self, who: Driver | None, at: datetime) -> "Rider":
        """In any sequence the newest word stands."""
        if self.at is None:
            return Rider(who, at, at)
        if _same(self.who, who):
            return self._again(who, at)
        return self._another(who, at) if (at, _name(who)) > (self.at, _name(self.who)) else self._before(who, at)

    @property
    def is_another(self) -> bool:
        """Somebody else was to come, or had it."""
        return bool(self.former)

    def _again(self, who: Driver | None, at: datetime) -> "Rider":
        newest, oldest = max(self.at or at, at), min(self.since or at, at)
        older, newer = (who, self.who) if at < newest else (self.who, who)
        return replace(self, who=older.with_words(newer) if older and newer else newer, at=newest, since=oldest)

    def _another(self, who: Driver | None, at: datetime) -> "Rider":
        former = _name(self.who) or self.former
        return Rider(who, at, at, "" if former == _name(who) else former)

    def _before(self, who: Driver | None, at: datetime) -> "Rider":
        """What is heard late of one who rode before: nothing older than that is said of this one."""
        since = self.at if self.since is None or self.since < at else self.since
        return replace(self, since=since, former=self.former or _name(who))


def _is_short_of(one: str, other: str) -> bool:
    """As "Han W." is of "Han Wu": some couriers spell a driver in full in one place, with an initial in another."""
    words = [[word.rstrip(".") for word in name.casefold().split()] for name in (one, other)]
    if not all(words):
        return True
    return len(words[0]) == len(words[1]) and all(map(_is_initial_of, *words))


def _is_initial_of(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])


def _same(one: Driver | None, other: Driver | None) -> bool:
    return one is other if one is None or other is None else one.may_be(other)


def _name(who: Driver | None) -> str:
    return "" if who is None else who.name or who.plate or who.phone
