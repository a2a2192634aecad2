"""What is asked of a courier: booked, called off, tipped; asked after first where an answer was lost."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from core.domain.delivery import DeliveryState, Report
from core.domain.ids import CourierName
from core.domain.job import Job
from core.domain.moment import Moment
from core.domain.order import Order
from core.domain.quote import Quote
from core.domain.send import Send, SendKind
from core.domain.store_rules import StoreRules
from core.domain.wish import Wish
from core.ports.clock import Clock
from core.ports.courier import NO_LOOKUP, Ability, Courier, CourierDown, CourierProblem, CourierRefused, NoSuchJob
from core.services import sends
from core.services.answers import Answers
from core.services.jobs import job_for
from core.services.searching import Searching
from core.store.unit_of_work import UnitOfWork
from core.store.writer import Writer

logger = logging.getLogger(__name__)
NOBODY_KNOWS: Final = "no longer wanted, and nobody knows whether it was taken"
TWICE: Final = 2
OVER_LIMITS: Final = "over_limits"
UNKNOWN_PAUSE: Final = 60.0  # seconds between two times that a courier does not know a job


@dataclass(frozen=True)
class Claimed:
    """A call that is ours to make; `job` is None when the booking is no longer wanted."""

    send: Send
    job: Job | None = None
    limits: Wish | None = None  # of a call made by itself: its price is asked first


class CourierCalls:
    """One side of sending; the other tells shops."""

    def __init__(
        self,
        writer: Writer,
        couriers: Mapping[CourierName, Courier],
        answers: Answers,
        searching: Searching,
        rules: StoreRules,
        clock: Clock,
    ) -> None:
        self._writer = writer
        self._couriers = couriers
        self._answers = answers
        self._searching = searching
        self._rules = rules
        self._clock = clock

    def must_wait(self, uow: UnitOfWork, send: Send) -> bool:
        """A first call leaves only when what was called off before is known to be off (X6)."""
        is_first = send.kind is SendKind.BOOK_COURIER and not send.may_have_left
        return is_first and uow.outbox.open_of(send.order_id, SendKind.CANCEL_COURIER) is not None

    def claim(self, uow: UnitOfWork, send: Send, now: Moment) -> Claimed | None:
        """Begun; None when it is not wanted any more, and nothing is to be asked after."""
        order = uow.orders.get(send.order_id)
        wanted = is_wanted(uow, send, order) and not is_barred(send, order, now)
        if not wanted and not (send.may_have_left and send.kind is SendKind.BOOK_COURIER):
            self._drop(uow, send, now)
            return None
        started = sends.begin(uow, send, now)
        job = job_for(order, send.key, self._rules) if wanted else None
        return Claimed(started, job, self._searching.limits(send, order, now))

    async def make(self, claimed: Claimed) -> None:
        """Call, and write the answer down."""
        send = claimed.send
        try:
            report = await self._ask(self._courier(send), claimed)
        except CourierRefused as refusal:
            await self._said_no(send, refusal)
        except CourierProblem as trouble:
            await self._postpone(send, trouble)
        except Exception as error:
            logger.exception("a call to %s failed here", send.courier)
            await self._postpone(send, CourierDown(f"something failed here: {type(error).__name__}"))
        else:
            await self._writer.do(lambda uow: self._answers.answered(uow, send.id, report, self._now()))

    def _drop(self, uow: UnitOfWork, send: Send, now: Moment) -> None:
        """Not wanted any more; a tip that may have been taken is not asked for again, and counts as spent."""
        if not send.may_have_left:
            return sends.take_back(uow, send, now)
        self._answers.tipped(uow, send)
        return self._answers.came_to_nothing(uow, send, NOBODY_KNOWS, now)

    async def _said_no(self, send: Send, refusal: CourierRefused) -> None:
        """A job that can't be called off because they do not know it: believed when they say so twice."""
        if not isinstance(refusal, NoSuchJob) or send.kind is not SendKind.CANCEL_COURIER:
            await self._writer.do(lambda uow: self._answers.refused(uow, send.id, refusal, self._now()))
        elif send.attempts < TWICE:
            await self._postpone(send, CourierDown(str(refusal), code=refusal.code, retry_after=UNKNOWN_PAUSE))
        else:
            await self._writer.do(lambda uow: self._answers.gone(uow, send.id, self._now()))

    def _courier(self, send: Send) -> Courier:
        courier = self._couriers.get(send.courier)
        if courier is not None:
            return courier
        words = f"no courier is called {send.courier} in the config any more"
        if send.kind is SendKind.BOOK_COURIER and send.attempts > 1:
            raise CourierDown(words, code=NO_LOOKUP)  # it may have been booked while there was one
        raise CourierRefused(words)

    async def _postpone(self, send: Send, trouble: CourierProblem) -> None:
        await self._writer.do(lambda uow: self._answers.postponed(uow, send, trouble, self._now()))

    async def _ask(self, courier: Courier, claimed: Claimed) -> Report | None:
        """A booking that may have left before is looked up by our key first; None: it never arrived, nor is wanted."""
        send = claimed.send
        if send.kind is SendKind.CANCEL_COURIER:
            return await courier.cancel(send.ref)
        if send.kind is SendKind.TIP_COURIER and send.tip is not None:
            return await courier.tip(send.ref, send.tip)
        if send.ref:
            return await self._named(courier, send)
        if send.attempts > 1 and (found := await self._find(courier, send)) is not None:
            return found
        return await courier.book(claimed.job, await self._offer(courier, claimed)) if claimed.job else None

    async def _offer(self, courier: Courier, claimed: Claimed) -> Quote | None:
        """What is booked; raises `CourierRefused` where that is over the limits and nobody has said yes to it."""
        limits, job, now = claimed.limits, claimed.job, self._clock.now()
        if limits is None or job is None or Ability.QUOTE not in courier.abilities:
            return claimed.send.offer_at(now)
        try:
            quote = await courier.quote(job)
        except CourierDown as down:
            down.may_have_happened = False  # a question books nothing
            raise
        if limits.allows(quote, now):
            return quote
        raise CourierRefused(f"{quote.fee.text} {quote.fee.currency} is over the store's limits", code=OVER_LIMITS)

    async def _find(self, courier: Courier, send: Send) -> Report | None:
        """A no to the question is no answer about the booking: only patience keeps a second driver away.

        One that was booked and forgotten comes to nothing, when they have said so twice.
        """
        try:
            return await courier.find(send.key)
        except CourierRefused as refusal:
            if isinstance(refusal, NoSuchJob) and send.attempts > TWICE:
                return None
            raise CourierDown(f"does not say whether it was booked: {refusal}", code=refusal.code) from refusal
        except CourierDown as down:
            down.may_have_happened = True  # the booking, whatever became of the question
            raise

    async def _named(self, courier: Courier, send: Send) -> Report:
        """The job that a person says it is; one that is not there, or another's, leaves it in doubt."""
        try:
            report = await courier.read(send.ref)
        except CourierRefused as refusal:
            raise CourierDown(f"knows no job {send.ref}: {refusal}", code=NO_LOOKUP) from refusal
        if report.our_key not in ("", send.key):
            raise CourierDown(f"job {send.ref} belongs to another call", code=NO_LOOKUP)
        return report

    def _now(self) -> Moment:
        return Moment(self._clock.now())


def is_barred(send: Send, order: Order, now: Moment) -> bool:
    """Somebody wants the order to wait: no driver is called for it (0028)."""
    is_first = send.kind is SendKind.BOOK_COURIER and not send.may_have_left
    return is_first and order.is_held(now.at)


def is_wanted(uow: UnitOfWork, send: Send, order: Order) -> bool:
    """Whether the call is still to be made: a first one for an order only where no driver may come of another."""
    if send.kind is SendKind.CANCEL_COURIER:
        return True
    job = uow.deliveries.live_of(order.id)
    if send.kind is SendKind.TIP_COURIER:
        is_its_job = job is not None and (job.courier, job.ref) == (send.courier, send.ref)
        is_searching = is_its_job and job is not None and job.state is DeliveryState.MATCHING
        return is_searching and uow.outbox.open_recall(order.id, send.courier, send.ref) is None
    return order.is_in_the_shop and not send.is_unwanted and (job is None or send.may_have_left)
