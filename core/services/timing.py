"""When to call a driver, by what this shop has timed so far; read again every few minutes, never for a key."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from time import monotonic
from typing import Final

from core.board.calls import work_in
from core.board.glance import glance_of
from core.domain.call_advice import Advice, TimerRules, Work, advise
from core.domain.ids import CourierName
from core.domain.order import Order
from core.domain.refusal import NotReady, TooEarly
from core.domain.stage import Stage
from core.domain.timed import timings_of
from core.domain.timing import Timings
from core.domain.wish import DispatchRules
from core.store.unit_of_work import UnitOfWork

LEARNED_FROM: Final = timedelta(days=90)
LASTS: Final = timedelta(minutes=5)  # of the shop's clock
SOON: Final = timedelta(minutes=1)  # before its time a call is as good as due: nobody presses to the second
REST: Final = 5.0  # seconds of ours between two reads, however fast a practice shop's clock runs


class Timing:
    """One for a process: what it has learned is shared by board, desk and command line.

    `couriers` are those configured, in that order.
    """

    def __init__(
        self,
        rules: TimerRules | None = None,
        dispatch: DispatchRules | None = None,
        couriers: Collection[CourierName] = (),
        zone: tzinfo = UTC,
    ) -> None:
        self.rules = rules or TimerRules()
        self._dispatch = dispatch or DispatchRules()
        self._couriers = tuple(couriers)
        self._zone = zone
        self._known: Timings | None = None
        self._learned_at: datetime | None = None
        self._read_at = 0.0

    def learn(self, uow: UnitOfWork, now: datetime) -> bool:
        """Read what was timed, if that is due; whether it was read."""
        if not self._is_due(now):
            return False
        since = now - LEARNED_FROM
        self._known = timings_of(
            uow.past.rides(since), uow.past.packings(since), self._zone, now, self.rules.records_needed
        )
        self._learned_at, self._read_at = now, monotonic()
        return True

    def advice(self, work: Work, now: datetime) -> Advice | None:
        """None where no driver is to be called, where no courier is configured, and before anything was read."""
        if self._known is None or not self._couriers or not work.wants_driver:
            return None
        likely, is_guess = self._likely(self._known, now)
        advice = advise(now, work, likely, self._known, self.rules)
        return replace(advice, is_guess=True) if advice and is_guess else advice

    def of(self, order: Order, now: datetime, *, is_called: bool) -> Advice | None:
        """The advice for an order that was read whole; `is_called`: a call is owed, or a courier has the job."""
        return self.advice(work_in(glance_of(order), is_called=is_called), now)

    def require_due(self, uow: UnitOfWork, order: Order, now: datetime) -> None:
        """Goods that are not ready are called for only when the timer says so; raises `TooEarly`, `NotReady` (C43)."""
        if self._known is None:
            self.learn(uow, now)
        advice = self.of(order, now, is_called=False)
        if advice is None or advice.call_at is None:
            raise NotReady(f"order {order.number} is {order.stage}", found=order.stage, allowed=Stage.READY)
        if advice.call_at > now + SOON:
            found, allowed = (f"{at.astimezone(self._zone):%H:%M}" for at in (now, advice.call_at))
            raise TooEarly(
                f"a driver for order {order.number} is to be called at {allowed}", found=found, allowed=allowed
            )

    def _is_due(self, now: datetime) -> bool:
        if self._learned_at is None:
            return True
        return abs(now - self._learned_at) >= LASTS and monotonic() - self._read_at >= REST

    def _likely(self, known: Timings, now: datetime) -> tuple[CourierName, bool]:
        """Who will be called: the preferred one, or, where that depends on quotes, who was called most of late."""
        wish = self._dispatch.wish(now, None)
        preferred = sorted(self._couriers, key=wish.rank)
        if not wish.needs_quotes or len(preferred) == 1:
            return preferred[0], False
        return max(preferred, key=lambda name: sum(one.worth for one in known.leads_of(name).samples)), True
