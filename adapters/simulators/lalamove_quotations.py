"""Quotations of the simulated Lalamove: what they cost, how long they hold, who may use them (3.1)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from random import Random
from typing import Final

from adapters.simulators.lalamove_bodies import QuotationBody
from adapters.simulators.lalamove_faults import Fault
from adapters.simulators.lalamove_market import FREE_KM as FREE, REQUESTS, VEHICLES, City, Market, distance_km
from adapters.simulators.lalamove_order import Stop, distance, price_of
from adapters.simulators.lalamove_rider import written
from adapters.simulators.rides import Pace, Plan

LIFE: Final = timedelta(minutes=5)
FARTHEST: Final = timedelta(days=30)


@dataclass
class Quotation:
    """One that was given."""

    id: str
    body: QuotationBody
    market: Market
    city: City
    stops: list[Stop]
    fare: Decimal
    plan: Plan
    made: datetime
    is_used: bool = False

    def wire(self) -> dict[str, object]:
        """The quotation object."""
        return {
            "quotationId": self.id,
            "scheduleAt": written(self.body.scheduleAt or self.made),
            "expiresAt": written(self.made + LIFE),
            "serviceType": self.body.serviceType,
            "specialRequests": self.body.specialRequests,
            "language": self.body.language.upper(),
            "stops": [stop.place() for stop in self.stops],
            "isRouteOptimized": self.body.isRouteOptimized,
            "priceBreakdown": price_of(self.market, self.fare),
            "distance": distance(self.stops),
        }


class Quotations:
    """All of one account; `slack` is what a call itself may take before a time in it counts as past."""

    def __init__(self, *, new_id: Callable[[], str], chance: Random, pace: Pace, slack: timedelta) -> None:
        self._new_id = new_id
        self._chance = chance
        self._pace = pace
        self._slack = slack
        self._given: dict[str, Quotation] = {}

    def make(self, body: QuotationBody, market: Market, now: datetime) -> Quotation:
        """A new one; raises the fault of what is not offered."""
        self._check(body, market, now)
        stops = [Stop(id=self._new_id(), spot=at.coordinates.spot, address=at.address) for at in body.stops]
        city, *_ = [market.city_of(stop.spot) for stop in stops]
        plan = Plan.by_chance(self._pace, self._chance)
        made = Quotation(self._new_id(), body, market, city, stops, _fare(body, market, stops), plan, now)
        self._given[made.id] = made
        return made

    def find(self, ref: str) -> Quotation:
        """One that was given; raises the fault of one that was not."""
        if (found := self._given.get(ref)) is None:
            raise Fault("ERR_INVALID_QUOTATION_ID", "Invalid quotation id.")
        return found

    def take(self, ref: str, now: datetime, *, again: bool) -> Quotation:
        """Use one up; `again`: also one that has been."""
        found = self.find(ref)
        if now > found.made + LIFE + self._slack or (found.is_used and not again):
            raise Fault("ERR_INVALID_QUOTATION_ID", "Invalid quotation id.")
        found.is_used = True
        return found

    def _check(self, body: QuotationBody, market: Market, now: datetime) -> None:
        when = body.scheduleAt
        faults = {
            "ERR_INVALID_SERVICE_TYPE": body.serviceType not in VEHICLES,
            "ERR_INVALID_SPECIAL_REQUEST": not set(body.specialRequests) <= set(REQUESTS),
            "ERR_INVALID_FIELD": body.language not in market.languages,
            "ERR_INVALID_SCHEDULE_TIME": when is not None and not now - self._slack <= when <= now + FARTHEST,
        }
        if wrong := next((code for code, is_so in faults.items() if is_so), None):
            raise Fault(wrong, detail="/data/language" if wrong == "ERR_INVALID_FIELD" else "")


def _fare(body: QuotationBody, market: Market, stops: list[Stop]) -> Decimal:
    km = sum(distance_km(a.spot, b.spot) for a, b in pairwise(stops))
    times = VEHICLES[body.serviceType][2]
    return market.rounded(times * (market.base + market.a_km * Decimal(max(0.0, km - FREE))))
