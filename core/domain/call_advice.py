"""When to call the driver, so that driver and goods wait as little as may be expected (product.md, no. 6)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from core.domain.ids import CourierName
from core.domain.purchase import OrderType
from core.domain.spread import gap, middle
from core.domain.stage import IN_THE_SHOP, Stage
from core.domain.timing import Leads, Timings

SOONEST: Final = 15.0  # minutes from call to store where no records tell it (C45, C46)
FOR_LATER: Final = timedelta(hours=2)  # from accept, or ready, to the promise: so much is no order for now
TO_DOOR: Final = 20.0  # and from store to door (C47)


@dataclass(frozen=True, kw_only=True)
class TimerRules:
    """From `[dispatch.timer]`. `driver_weight`: minutes of waiting goods that a driver's one minute is worth."""

    records_needed: int = 10
    driver_weight: float = 1.0
    is_auto: bool = False  # the station calls by itself (Y4)

    @property
    def share(self) -> float:
        """The share of cases in which goods should wait for the driver, and not he for them: a newsvendor's."""
        return self.driver_weight / (1 + self.driver_weight)


class CallVerdict(StrEnum):
    """What to do about a driver."""

    NOW = "now"
    LATER = "later"
    TOO_FEW = "too_few"  # records to say so before the goods are ready


@dataclass(frozen=True, kw_only=True)
class Work:
    """How far an order is, as far as a driver is concerned; `since` is when it was accepted, or became ready."""

    stage: Stage
    type: OrderType
    pieces: int
    picked: int
    since: datetime
    is_changed: bool = False
    is_called: bool = False  # a call is owed, or a courier has the job
    promised_from: datetime | None = None

    @property
    def wants_driver(self) -> bool:
        """In the shop, to be delivered, and nobody called yet."""
        return self.stage in IN_THE_SHOP and self.type is OrderType.DELIVERY and not (self.is_called or self.is_changed)


@dataclass(frozen=True, kw_only=True)
class Advice:
    """`call_at` is None with too few records. The medians of both ways say why, with how many they rest on."""

    courier: CourierName
    call_at: datetime | None
    needed: int
    rides: int = 0
    rides_this_hour: int = 0
    packings: int = 0
    lead: timedelta | None = None  # from call to store
    ready_at: datetime | None = None  # when the goods should be; None: they are
    is_approximate: bool = False  # the courier never tells that a driver came, only that he left
    is_guess: bool = False  # quotes decide who it is in the end
    is_for_promise: bool = False  # sooner, the customer would have it before the promised time

    def verdict(self, now: datetime) -> CallVerdict:
        """It becomes NOW by itself."""
        if self.call_at is None:
            return CallVerdict.TOO_FEW
        return CallVerdict.NOW if self.call_at <= now else CallVerdict.LATER


def advise(now: datetime, work: Work, courier: CourierName, timings: Timings, rules: TimerRules) -> Advice | None:
    """Never a time that is over; None where no driver is to be called."""
    if not work.wants_driver:
        return None
    told = _known(courier, timings.leads_of(courier), timings, now, rules)
    if work.stage is not Stage.READY:
        return _while_packing(told, now, work, timings, rules)
    return _not_before(replace(told, call_at=now), work, timings.leads_of(courier))


def _known(courier: CourierName, leads: Leads, timings: Timings, now: datetime, rules: TimerRules) -> Advice:
    hour, is_enough = timings.hour(now), len(leads.samples) >= rules.records_needed
    return Advice(
        courier=courier,
        call_at=None,
        needed=rules.records_needed,
        rides=len(leads.samples),
        rides_this_hour=leads.in_hour(hour),
        packings=len(timings.packings.samples),
        lead=_minutes(middle(leads.at(hour))) if is_enough else None,
        is_approximate=leads.is_approximate,
    )


def _while_packing(told: Advice, now: datetime, work: Work, timings: Timings, rules: TimerRules) -> Advice:
    """The goods are ready after a while nobody knows, the driver comes after another: between the two costs."""
    if told.lead is None or told.packings < told.needed:
        return told
    hour, leads = timings.hour(now), timings.leads_of(told.courier)
    elapsed = max(0, int((now - work.since).total_seconds() // 60))
    left = timings.packings.left(hour=hour, pieces=work.pieces, picked=work.picked, elapsed=elapsed)
    # Counted in whole minutes from accept, so that the time stands still while nothing happens.
    start = now if work.picked else max(work.since, work.since + timedelta(minutes=elapsed))
    best = start + _minutes(gap(left, leads.at(hour), rules.share))
    ready_at = start + _minutes(middle(left))
    return _not_before(replace(told, call_at=max(now, best), ready_at=max(now, ready_at)), work, leads)


def _not_before(advice: Advice, work: Work, leads: Leads) -> Advice:
    """Goods promised for the evening are not brought at noon; who ordered for soon is glad of every minute."""
    if advice.call_at is None or work.promised_from is None or work.promised_from - work.since < FOR_LATER:
        return advice
    lead = advice.lead or timedelta(minutes=SOONEST)
    door = timedelta(minutes=TO_DOOR) if leads.door_minutes is None else _minutes(leads.door_minutes)
    earliest = work.promised_from - lead - door
    return advice if earliest <= advice.call_at else replace(advice, call_at=earliest, is_for_promise=True)


def _minutes(count: float) -> timedelta:
    return timedelta(minutes=count)
