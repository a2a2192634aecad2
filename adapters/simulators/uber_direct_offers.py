"""Quotes of the simulated Uber Direct: what they cost, how long they hold, who may use them (3.3)."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import cos, hypot, radians
from random import Random
from typing import Final

from adapters.simulators.rides import Pace
from adapters.simulators.uber_direct_bodies import DeliveryBody, QuoteBody
from adapters.simulators.uber_direct_faults import Fault, bad_params
from adapters.simulators.uber_direct_ids import Ids
from adapters.simulators.uber_direct_plan import Plan
from adapters.simulators.uber_direct_rider import written
from adapters.simulators.uber_direct_windows import MINUTE

LIFE: Final = timedelta(minutes=15)
FARTHEST_KM: Final = 30.0
BASE_FEE: Final = 6500  # hundredths of a unit
FEE_A_KM: Final = 1200
KM_A_DEGREE: Final = 111.2


def distance_km(body: QuoteBody) -> float:
    """From store to door as the crow flies; 2 where a coordinate is missing."""
    ends = (body.pickup_latitude, body.pickup_longitude, body.dropoff_latitude, body.dropoff_longitude)
    if None in ends:
        return 2.0
    lat, lng, far_lat, far_lng = (end or 0.0 for end in ends)
    return KM_A_DEGREE * hypot(far_lat - lat, (far_lng - lng) * cos(radians(lat)))


def price(body: QuoteBody) -> int:
    """Hundredths of a unit, whole units only."""
    return round((BASE_FEE + FEE_A_KM * distance_km(body)) / 100) * 100


def _addresses(body: QuoteBody) -> list[object]:
    texts = (body.pickup_address, body.dropoff_address)
    return [json.loads(text) if text.startswith("{") else text for text in texts]


@dataclass
class Offer:
    """A quote given."""

    body: QuoteBody
    plan: Plan
    expires: datetime
    is_used: bool = False


class Offers:
    """All quotes of one account."""

    def __init__(self, *, ids: Ids, chance: Random, pace: Pace, currency: str) -> None:
        self._ids = ids
        self._chance = chance
        self._pace = pace
        self._currency = currency
        self._given: dict[str, Offer] = {}

    def make(self, body: QuoteBody, now: datetime) -> dict[str, object]:
        """A new quote as it goes out; raises the fault of a way too long."""
        if distance_km(body) > FARTHEST_KM:
            raise Fault("address_undeliverable", "The specified location is not in a deliverable area.")
        offer = Offer(body, Plan.by_chance(self._pace, self._chance), now + LIFE)
        self._given[ref := self._ids.new("dqt")] = offer
        return self._told(ref, offer, now)

    def take(self, body: DeliveryBody, now: datetime) -> Plan:
        """Use up the quote a job names, or make its terms now; raises the faults of a quote that does not hold."""
        if not body.quote_id:
            return self._given[str(self.make(body, now)["id"])].plan
        if (offer := self._given.get(body.quote_id)) is None:
            raise bad_params(quote_id="unknown")
        if _addresses(offer.body) != _addresses(body):
            raise Fault("mismatched_price_quote", "The quote was made for other addresses.")
        if offer.is_used or now >= offer.expires:
            raise Fault("used_quote" if offer.is_used else "expired_quote")
        offer.is_used = True
        return offer.plan

    def _told(self, ref: str, offer: Offer, now: datetime) -> dict[str, object]:
        pickup = offer.plan.matching + offer.plan.approach
        door = offer.plan.matching + offer.plan.to_pickup + offer.plan.to_door
        return {
            "kind": "delivery_quote",
            "id": ref,
            "created": written(now),
            "expires": written(offer.expires),
            "fee": price(offer.body),
            "currency": self._currency.lower(),
            "currency_type": self._currency,
            "dropoff_eta": written(now + door),
            "duration": round(door / MINUTE),
            "pickup_duration": round(pickup / MINUTE),
            "dropoff_deadline": written(offer.body.filled(now)[3]),
        }
