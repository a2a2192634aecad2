"""Makes the calls we owe, each exactly once: written down before it leaves, asked after when its answer was lost."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from core.domain.delivery import Report
from core.domain.events import SendDone, SendPostponed, SendRefused, SendStarted, SendTakenBack
from core.domain.ids import CourierName, SendId
from core.domain.job import Job
from core.domain.moment import Moment
from core.domain.problem import ProblemKind
from core.domain.send import Send, SendKind, SendState
from core.domain.stage import Stage
from core.domain.store_rules import StoreRules
from core.ports.clock import Clock
from core.ports.courier import Courier, CourierDown, CourierLockedOut, CourierProblem, CourierRefused
from core.services import steps
from core.services.jobs import job_for
from core.services.journeys import Journeys
from core.services.station_lease import StationLease
from core.store.unit_of_work import UnitOfWork
from core.store.writer import Writer

logger = logging.getLogger(__name__)
LOCKED_OUT_PAUSE: Final = 300.0  # seconds: a person must act first
TROUBLE_AFTER: Final = 3  # silent tries before staff are told


@dataclass(frozen=True)
class Claimed:
    """A send that is ours to make; `job` is None when the booking is no longer wanted."""

    send: Send
    job: Job | None = None


class Sending:
    """Runs in the station alone; `lease` is checked in the transaction that claims a send."""

    def __init__(
        self,
        writer: Writer,
        couriers: Mapping[CourierName, Courier],
        journeys: Journeys,
        rules: StoreRules,
        clock: Clock,
        lease: StationLease,
    ) -> None:
        self._writer = writer
        self._couriers = couriers
        self._journeys = journeys
        self._rules = rules
        self._clock = clock
        self._lease = lease
        self._under_way: dict[SendId, asyncio.Task[None]] = {}

    def start_due(self, due: list[Send]) -> None:
        """Begin every call that is due and not under way; each runs by itself, none waits for another."""
        for send in due:
            if send.id not in self._under_way:
                task = asyncio.create_task(self._make(send.id), name=f"send-{send.kind}")
                self._under_way[send.id] = task
                task.add_done_callback(lambda _, id=send.id: self._under_way.pop(id, None))  # type: ignore[misc]

    async def stop(self) -> None:
        """Give calls under way a moment to be answered; what is not is asked after at the next start."""
        tasks = list(self._under_way.values())
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=3)
            for task in late:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _make(self, send_id: SendId) -> None:
        try:
            claimed = await self._writer.do(lambda uow: self._claim(uow, send_id))
            if claimed is not None:
                await self._call(claimed)
        except Exception:
            logger.exception("a send failed; it is tried again")
            await asyncio.sleep(1)

    def _claim(self, uow: UnitOfWork, send_id: SendId) -> Claimed | None:
        """Write down that the call is leaving; None when it was taken back, or the lease is lost."""
        send, now = uow.outbox.get(send_id), self._now()
        if not send.is_open or send.due_at > now.at or not self._lease.is_held(uow):
            return None
        order = uow.orders.get(send.order_id)
        wanted = send.kind is SendKind.CANCEL_COURIER or (order.stage is Stage.READY and not send.is_unwanted)
        if not wanted and not send.may_have_left:
            uow.outbox.save(send.taken_back())
            uow.journal.add([SendTakenBack(order_id=send.order_id, at=now.at, send_id=send.id, kind=send.kind)])
            return None
        started = send.started()
        uow.outbox.save(started)
        uow.journal.add(
            [SendStarted(order_id=send.order_id, at=now.at, send_id=send.id, kind=send.kind, attempt=started.attempts)]
        )
        return Claimed(started, job_for(order, send.key, self._rules) if wanted else None)

    async def _call(self, claimed: Claimed) -> None:
        send = claimed.send
        try:
            report = await self._ask(self._courier(send), claimed)
        except CourierRefused as refusal:
            message = str(refusal)
            await self._writer.do(lambda uow: self._refused(uow, send.id, message))
        except CourierProblem as trouble:
            await self._postpone(send, trouble)
        except Exception as error:
            logger.exception("a call to %s failed here", send.courier)
            await self._postpone(send, CourierDown(f"something failed here: {type(error).__name__}"))
        else:
            await self._writer.do(lambda uow: self._answered(uow, send.id, report))

    def _courier(self, send: Send) -> Courier:
        courier = self._couriers.get(send.courier)
        if courier is None:
            raise CourierRefused(f"no courier is called {send.courier} in the config any more")
        return courier

    async def _postpone(self, send: Send, trouble: CourierProblem) -> None:
        await self._writer.do(lambda uow: self._postponed(uow, send.id, trouble))

    async def _ask(self, courier: Courier, claimed: Claimed) -> Report | None:
        """A booking that may have left before is looked up by our key first; None: it never arrived, nor is wanted."""
        send = claimed.send
        if send.kind is SendKind.CANCEL_COURIER:
            return await courier.cancel(send.ref)
        if send.attempts > 1 and (found := await self._find(courier, send.key)) is not None:
            return found
        return await courier.book(claimed.job) if claimed.job else None

    async def _find(self, courier: Courier, key: str) -> Report | None:
        """A no to the question is no answer about the booking: only patience keeps a second driver away."""
        try:
            return await courier.find(key)
        except CourierRefused as refusal:
            raise CourierDown(f"does not say whether it was booked: {refusal}", code=refusal.code) from refusal

    def _answered(self, uow: UnitOfWork, send_id: SendId, report: Report | None) -> None:
        send, now = uow.outbox.get(send_id), self._now()
        steps.settle_problem(uow, ProblemKind.COURIER_DOWN, send.order_id, "answers again", now)
        steps.settle_problem(uow, ProblemKind.COURIER_LOCKED_OUT, send.order_id, "answers again", now)
        if report is None:
            self._came_to_nothing(uow, send, "no longer wanted, and never arrived")
        elif send.kind is SendKind.BOOK_COURIER:
            self._journeys.booked(uow, send, report, now)
        else:
            uow.outbox.save(send.done(report.ref))
            uow.journal.add(
                [SendDone(order_id=send.order_id, at=now.at, send_id=send.id, kind=send.kind, ref=report.ref)]
            )
            self._journeys.hear(uow, report, now)

    def _refused(self, uow: UnitOfWork, send_id: SendId, reason: str) -> None:
        send, now = uow.outbox.get(send_id), self._now()
        if not send.is_open:  # the courier's own call came first and settled it
            return
        self._came_to_nothing(uow, send, reason)
        booking = send.kind is SendKind.BOOK_COURIER
        kind = ProblemKind.COURIER_REFUSED if booking else ProblemKind.RECALL_REFUSED
        if booking or not self._has_ended(uow, send):
            steps.open_problem(uow, kind, now, order_id=send.order_id, detail=f"{send.courier}: {reason}")

    def _came_to_nothing(self, uow: UnitOfWork, send: Send, reason: str) -> None:
        uow.outbox.save(send.refused(reason))
        refused = SendRefused(
            order_id=send.order_id, at=self._clock.now(), send_id=send.id, kind=send.kind, reason=reason
        )
        uow.journal.add([refused])

    def _has_ended(self, uow: UnitOfWork, send: Send) -> bool:
        delivery = uow.deliveries.known_as(send.courier, send.ref)
        return delivery is not None and not delivery.is_live

    def _postponed(self, uow: UnitOfWork, send_id: SendId, trouble: CourierProblem) -> None:
        send, now = uow.outbox.get(send_id), self._now()
        if send.state is not SendState.CALLING:
            return
        locked_out = isinstance(trouble, CourierLockedOut)
        wait = trouble.retry_after if isinstance(trouble, CourierDown) else LOCKED_OUT_PAUSE
        later = send.postponed(str(trouble), now.at, wait)
        uow.outbox.save(later)
        postponed = SendPostponed(
            order_id=send.order_id,
            at=now.at,
            send_id=send.id,
            kind=send.kind,
            reason=later.reason,
            until=later.due_at,
        )
        uow.journal.add([postponed])
        if locked_out or send.attempts >= TROUBLE_AFTER:
            kind = ProblemKind.COURIER_LOCKED_OUT if locked_out else ProblemKind.COURIER_DOWN
            steps.open_problem(uow, kind, now, order_id=send.order_id, detail=f"{send.courier}: {later.reason}")

    def _now(self) -> Moment:
        return Moment(self._clock.now())
