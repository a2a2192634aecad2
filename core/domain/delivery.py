"""The journey from the store to the customer, and what the courier last said of it."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from core.domain.ids import CourierName, DeliveryId, OrderId
from core.domain.measures import Place
from core.domain.money import Money
from core.domain.problem import ProblemKind
from core.domain.rider import Driver as Driver, Rider


class DeliveryState(StrEnum):
    """States of the public contract; `unknown` stays unknown."""

    MATCHING = "matching"
    HEADING_TO_STORE = "heading_to_store"
    AT_STORE = "at_store"
    PICKED_UP = "picked_up"
    DELIVERED = "delivered"
    RETURNING = "returning"
    RETURNED = "returned"
    FAILED = "failed"
    UNKNOWN = "unknown"


_D = DeliveryState
ENDED: Final = frozenset({_D.DELIVERED, _D.RETURNED, _D.FAILED})
COMING_BACK: Final = frozenset({_D.RETURNING, _D.RETURNED})
RECALLABLE: Final = frozenset({_D.MATCHING})  # C77
USUAL_MINUTES: Final[dict[DeliveryState, tuple[int, int]]] = {  # C45–C47
    _D.MATCHING: (5, 15),
    _D.HEADING_TO_STORE: (10, 30),
    _D.AT_STORE: (10, 30),
    _D.PICKED_UP: (20, 60),
}
NO_DRIVER_AFTER: Final = timedelta(minutes=30)  # C64
# How far along: of two reports of one instant the further one stands.
_ALONG: Final = (_D.UNKNOWN, _D.MATCHING, _D.HEADING_TO_STORE, _D.AT_STORE, _D.PICKED_UP, _D.RETURNING, *ENDED)
MENTIONED: Final = ("waybill", "tracking_url", "fee", "pin", "reason", "return_ref")  # stay until told otherwise
LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)
Times = tuple[datetime | None, datetime | None]
ALONG: Final[dict[DeliveryState, int]] = {state: min(rank, 6) for rank, state in enumerate(_ALONG)}


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a courier says of one job, by webhook or when asked. None: not said this time."""

    courier: CourierName
    ref: str  # the courier's own id of the job
    state: DeliveryState
    word: str  # what they really said, for the journal
    at: datetime
    our_key: str = ""  # the key or reference we gave when booking
    waybill: str = ""
    driver: Driver | None = None
    place: Place | None = None
    eta_store: datetime | None = None
    eta_door: datetime | None = None
    tracking_url: str = ""
    fee: Money | None = None
    pin: str = ""
    reason: str = ""
    return_ref: str = ""  # the job that brings the goods back
    cancel_fee: Money | None = None  # what calling it off costs, where they say so
    trouble: ProblemKind | None = None  # what `reason` comes to, where their words tell


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One courier job for one order. At most one is live at any instant (X6)."""

    id: DeliveryId
    order_id: OrderId
    courier: CourierName
    ref: str
    key: str  # our idempotency key, made before the first call
    state: DeliveryState
    word: str
    at: datetime  # of the newest report
    state_since: datetime
    booked_at: datetime
    waybill: str = ""
    driver: Driver | None = None
    place: Place | None = None
    eta_store: datetime | None = None
    eta_door: datetime | None = None
    tracking_url: str = ""
    fee: Money | None = None
    pin: str = ""
    reason: str = ""
    return_ref: str = ""
    handed_over_at: datetime | None = None
    picked_up_at: datetime | None = None
    ended_at: datetime | None = None
    at_store_at: datetime | None = None  # when the driver came to the store
    heard_at: datetime | None = None  # when the courier last said anything, by our clock
    eta_at: datetime | None = None  # when an expected time was last told, by our clock
    cancel_fee: Money | None = None  # what calling it off has cost
    tip: Money | None = None  # on top of the fee, in all
    received_at: datetime | None = None  # when goods that came back were checked in
    eta_told_at: datetime | None = None  # of the expected times, by the courier's clock
    driver_at: datetime | None = None  # of the newest word on who rides, by the courier's clock
    driver_from: datetime | None = None  # of the oldest word that named this driver, by the courier's clock
    former_driver: str = ""  # who was to come before this one
    driver_changed_at: datetime | None = None  # when another took over, or one gave it back, by our clock

    @property
    def is_live(self) -> bool:
        """A driver may still come, ride or bring goods back."""
        return self.state not in ENDED

    @property
    def whereabouts(self) -> Place | None:
        """The newest position told of this driver: that of one who rode before is nobody's."""
        place = self.place
        return place if place and is_of_now(place.at, self.driver_from) else None

    @property
    def expected(self) -> Times:
        """At the store and at the door; what was reckoned for a driver who was replaced is nobody's."""
        is_known = not self.former_driver or is_of_now(self.eta_told_at, self.driver_from)
        return (self.eta_store, self.eta_door) if is_known else (None, None)

    def usual_minutes(self) -> tuple[int, int] | None:
        """The range this state usually lasts, in minutes (C45–C47)."""
        return USUAL_MINUTES.get(self.state)

    def is_overdue(self, now: datetime) -> bool:
        """Past the upper end of its range (X8)."""
        usual = self.usual_minutes()
        return usual is not None and now - self.state_since > timedelta(minutes=usual[1])

    def hear(self, report: Report) -> "Delivery":
        """Take in a report; after the end none changes anything, but goods may come back from a failed way (C68).

        State, driver, place and expected times each have a clock: of each the newest word stands, in whatever sequence
        words come, and an older one still tells what no newer one did.
        """
        if not self.is_live and not self._comes_back(report):
            return self
        told = self._told(report)
        if report.state is _D.UNKNOWN:  # a position, or a word nobody knows: it must not bar a status still on its way
            word = report.word if report.at >= self.at else ""
            return replace(self, **told, word=word or self.word)
        return replace(self, **told, **(self._moved(report) if self._is_news(report) else {}))

    def _comes_back(self, report: Report) -> bool:
        return self.state is _D.FAILED and report.state in COMING_BACK and report.at >= self.at

    def by_our_clock(self, before: "Delivery", now: datetime) -> "Delivery":
        """With the times all this was noticed: a courier's clock puts reports in order, and measures nothing."""
        return replace(
            self,
            heard_at=now,
            eta_at=self.eta_at if self.eta_told_at == before.eta_told_at else now,
            driver_changed_at=now if self._has_swapped(before) else self.driver_changed_at,
            **({} if self.state is before.state else self._stepped(before, now)),
        )

    def _stepped(self, before: "Delivery", now: datetime) -> dict[str, Any]:
        return {
            "state_since": now,
            "picked_up_at": now if self.picked_up_at != before.picked_up_at else self.picked_up_at,
            "ended_at": now if self.ended_at else None,
            "at_store_at": self._came_at(before, now),
        }

    def waited(self, until: datetime) -> timedelta | None:
        """How long the driver stood in the store, up to the hand-over; None when nobody said when that began."""
        if self.at_store_at is None:
            return None
        return max(until - self.at_store_at, timedelta())

    def _has_swapped(self, before: "Delivery") -> bool:
        """Given back, or taken over; the first driver there is follows on nobody."""
        is_given_back = self.state is _D.MATCHING and before.state is not _D.MATCHING
        is_found_anew = bool(self.former_driver) and (self.driver is None) is not (before.driver is None)
        return is_given_back or is_found_anew or self.former_driver != before.former_driver

    def _came_at(self, before: "Delivery", now: datetime) -> datetime | None:
        """A driver who is replaced by another on the way has not come."""
        if self.state is _D.AT_STORE:
            return now
        return None if self.state in (_D.MATCHING, _D.HEADING_TO_STORE) else before.at_store_at

    def _moved(self, report: Report) -> dict[str, Any]:
        state = report.state
        return {
            "state": state,
            "word": report.word,
            "at": report.at,
            "state_since": self.state_since if state is self.state else report.at,
            "picked_up_at": self.picked_up_at or (report.at if state is _D.PICKED_UP else None),
            "ended_at": report.at if state in ENDED else None,
        }

    def _is_news(self, report: Report) -> bool:
        return (report.at, ALONG[report.state]) >= (self.at, ALONG[self.state])

    def _told(self, report: Report) -> dict[str, Any]:
        """What the report adds; what it does not mention stays, but a lost driver is gone."""
        rider, (newer, older) = self._rider_after(report), (report, self) if report.at >= self.at else (self, report)
        return {
            "driver": rider.who,
            "driver_at": rider.at,
            "driver_from": rider.since,
            "former_driver": rider.former,
            "place": _newer(self.place, report),
            **{name: getattr(newer, name) or getattr(older, name) for name in MENTIONED},
            **self._expected(report),
        }

    def _rider_after(self, report: Report) -> Rider:
        rider = Rider(self.driver, self.driver_at, self.driver_from, self.former_driver)
        if report.state is _D.MATCHING:
            return rider.told(None, report.at)
        return rider.told(report.driver, report.at) if report.driver not in (None, Driver()) else rider

    def _expected(self, report: Report) -> dict[str, Any]:
        """Both times are told together: one that is left out is not known any more."""
        told = (report.eta_store, report.eta_door)
        if told == (None, None) or not _outranks(report.at, told, self.eta_told_at, (self.eta_store, self.eta_door)):
            return {}
        return {"eta_store": told[0], "eta_door": told[1], "eta_told_at": report.at}


def is_of_now(told_at: datetime | None, driver_from: datetime | None) -> bool:
    """Whether what was told then is of the driver who rides now."""
    return told_at is None or driver_from is None or told_at >= driver_from


def _newer(known: Place | None, report: Report) -> Place | None:
    """An older position never replaces a newer one; one without a time is as old as its report."""
    told = report.place
    if told is None:
        return known
    told = told if told.at else replace(told, at=report.at)
    return told if known is None or _key(told) > _key(known) else known


def _key(place: Place) -> tuple[datetime, float, float]:
    return place.at or LONG_AGO, place.latitude, place.longitude


def _outranks(at: datetime, told: Times, known_at: datetime | None, known: Times) -> bool:
    """Of two words of one instant the later time stands: nobody is told to be ready too early."""
    return (at, *(one or LONG_AGO for one in told)) >= (known_at or LONG_AGO, *(one or LONG_AGO for one in known))
