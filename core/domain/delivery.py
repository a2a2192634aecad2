"""The journey from the store to the customer, and what the courier last said of it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from core.domain.ids import CourierName, DeliveryId, OrderId
from core.domain.measures import Place
from core.domain.money import Money


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
ALONG: Final[dict[DeliveryState, int]] = {state: min(rank, 6) for rank, state in enumerate(_ALONG)}


@dataclass(frozen=True, kw_only=True)
class Driver:
    """The person who rides; texts tidied, empty when not told."""

    name: str = ""
    phone: str = ""
    vehicle: str = ""
    plate: str = ""


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

    @property
    def is_live(self) -> bool:
        """A driver may still come, ride or bring goods back."""
        return self.state not in ENDED

    def usual_minutes(self) -> tuple[int, int] | None:
        """The range this state usually lasts, in minutes (C45–C47)."""
        return USUAL_MINUTES.get(self.state)

    def is_overdue(self, now: datetime) -> bool:
        """Past the upper end of its range (X8)."""
        usual = self.usual_minutes()
        return usual is not None and now - self.state_since > timedelta(minutes=usual[1])

    def lacks_driver(self, now: datetime) -> bool:
        """Nobody took the job for half an hour (C64)."""
        return self.state is _D.MATCHING and now - self.state_since >= NO_DRIVER_AFTER

    def hear(self, report: Report) -> "Delivery":
        """Take in a report; an older one, or one after the end, changes nothing."""
        if not self.is_live or report.at < self.at:
            return self
        if report.state is _D.UNKNOWN:  # a position, or a word nobody knows: it must not bar a status still on its way
            return replace(self._told(report), word=report.word or self.word)
        return self._moved(report) if self._is_news(report) else self

    def by_our_clock(self, before: "Delivery", now: datetime) -> "Delivery":
        """With the times a move was noticed: a courier's clock puts reports in order, and measures nothing."""
        if self.state is before.state:
            return self
        return replace(
            self,
            state_since=now,
            picked_up_at=now if self.picked_up_at != before.picked_up_at else self.picked_up_at,
            ended_at=now if self.ended_at else None,
        )

    def _moved(self, report: Report) -> "Delivery":
        state = report.state
        return replace(
            self._told(report),
            state=state,
            word=report.word,
            at=report.at,
            state_since=self.state_since if state is self.state else report.at,
            picked_up_at=self.picked_up_at or (report.at if state is _D.PICKED_UP else None),
            ended_at=report.at if state in ENDED else None,
        )

    def _is_news(self, report: Report) -> bool:
        state = self.state if report.state is _D.UNKNOWN else report.state
        return (report.at, ALONG[state]) >= (self.at, ALONG[self.state])

    def _told(self, report: Report) -> "Delivery":
        """What the report adds; what it does not mention stays, but a lost driver is gone."""
        driver = None if report.state is _D.MATCHING else report.driver or self.driver
        return replace(
            self,
            driver=driver,
            place=report.place or self.place,
            eta_store=report.eta_store or self.eta_store,
            eta_door=report.eta_door or self.eta_door,
            waybill=report.waybill or self.waybill,
            tracking_url=report.tracking_url or self.tracking_url,
            fee=report.fee or self.fee,
            pin=report.pin or self.pin,
            reason=report.reason or self.reason,
            return_ref=report.return_ref or self.return_ref,
        )
