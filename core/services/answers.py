"""What the answer to a call of ours, or its silence, does: to the debt, to the job, to the search."""

from dataclasses import replace
from typing import Final

from core.domain.delivery import Report
from core.domain.events import CancelCharged, SendDone, SendPostponed, SendRefused
from core.domain.ids import SendId
from core.domain.moment import Moment
from core.domain.money import Money
from core.domain.problem import ProblemKind
from core.domain.search import Cause
from core.domain.send import Send, SendKind, SendState
from core.ports.courier import CIRCUIT_OPEN, NO_LOOKUP, CourierDown, CourierLockedOut, CourierProblem, CourierRefused
from core.services import steps
from core.services.journeys import Journeys
from core.services.searching import Searching
from core.store.unit_of_work import UnitOfWork

LOCKED_OUT_PAUSE: Final = 300.0  # seconds: a person must act first
TROUBLE_AFTER: Final = 3  # silent tries before staff are told


class Answers:
    """One transaction each; a debt that was settled meanwhile, by the courier's own call or a person, stays settled."""

    def __init__(self, journeys: Journeys, searching: Searching) -> None:
        self._journeys = journeys
        self._searching = searching

    def answered(self, uow: UnitOfWork, send_id: SendId, report: Report | None, now: Moment) -> None:
        """None: a booking that never arrived, and is not wanted any more."""
        send = uow.outbox.get(send_id)
        words = "no longer wanted, and never arrived" if report is None else "answers again"
        steps.settle_problem(uow, ProblemKind.COURIER_DOWN, send.order_id, words, now)
        steps.settle_problem(uow, ProblemKind.COURIER_LOCKED_OUT, send.order_id, words, now)
        if report is None and send.is_open:
            self.came_to_nothing(uow, send, "no longer wanted, and never arrived", now)
        elif report is not None and send.kind is SendKind.BOOK_COURIER:
            self._journeys.booked(uow, send, report, now)
        elif report is not None:
            self._done(uow, send, report, now)

    def _done(self, uow: UnitOfWork, send: Send, report: Report, now: Moment) -> None:
        """A recall or a tip that was taken; the search goes on where that was what the recall was for."""
        if send.is_open:
            uow.outbox.save(send.done(report.ref))
            uow.journal.add([_done(send, report.ref, now)])
        if send.kind is SendKind.TIP_COURIER:
            self.tipped(uow, send)
        else:
            self._charged(uow, send, report.cancel_fee, now)
        self._journeys.hear(uow, report, now)
        self._searching.go_on(uow, send.order_id, now)

    def refused(self, uow: UnitOfWork, send_id: SendId, refusal: CourierRefused, now: Moment) -> None:
        """A final no."""
        send = uow.outbox.get(send_id)
        if not send.is_open:  # the courier's own call came first and settled it
            return
        self.came_to_nothing(uow, send, str(refusal), now)
        if send.kind is SendKind.BOOK_COURIER:
            self._not_booked(uow, send, refusal, now)
        elif send.kind is SendKind.CANCEL_COURIER:
            self._not_recalled(uow, send, refusal, now)

    def _not_booked(self, uow: UnitOfWork, send: Send, refusal: CourierRefused, now: Moment) -> None:
        """The next courier at once, where one may say yes; else a person."""
        is_wanted = refusal.try_another and not send.is_unwanted
        if not is_wanted or self._searching.refused(uow, send, Cause.REFUSED, now) is None:
            detail = f"{send.courier}: {refusal}"
            steps.open_problem(uow, ProblemKind.COURIER_REFUSED, now, order_id=send.order_id, detail=detail)

    def _not_recalled(self, uow: UnitOfWork, send: Send, refusal: CourierRefused, now: Moment) -> None:
        """Too late: a person must know what it costs (C80), unless we only meant to search on and have a driver now."""
        delivery = uow.deliveries.known_as(send.courier, send.ref)
        if delivery is not None and not delivery.is_live:
            self._searching.go_on(uow, send.order_id, now)
        elif not send.why:
            is_off = uow.orders.get(send.order_id).has_ended
            self._charged(uow, send, refusal.fee or (delivery.fee if delivery and is_off else None), now)
            detail = f"{send.courier}: {refusal}"
            steps.open_problem(uow, ProblemKind.RECALL_REFUSED, now, order_id=send.order_id, detail=detail)

    def gone(self, uow: UnitOfWork, send_id: SendId, now: Moment) -> None:
        """Nothing is left there to be called off."""
        send = uow.outbox.get(send_id)
        delivery = uow.deliveries.known_as(send.courier, send.ref)
        if delivery is not None:
            self._journeys.lost(uow, delivery, now)
        if send.is_open:
            uow.outbox.save(send.done(send.ref))
            uow.journal.add([_done(send, send.ref, now)])
        self._searching.go_on(uow, send.order_id, now)

    def _charged(self, uow: UnitOfWork, send: Send, fee: Money | None, now: Moment) -> None:
        """What calling it off costs is kept with the job (C80)."""
        delivery = uow.deliveries.known_as(send.courier, send.ref)
        if fee is None or not fee.minor or delivery is None or delivery.cancel_fee == fee:
            return
        uow.deliveries.save(replace(delivery, cancel_fee=fee))
        charged = CancelCharged(
            order_id=send.order_id,
            at=now.at,
            courier=send.courier,
            ref=send.ref,
            amount=fee.text,
            currency=fee.currency,
        )
        uow.journal.add([charged])

    def tipped(self, uow: UnitOfWork, send: Send) -> None:
        """It is the job's tip now, as far as anybody knows."""
        delivery = uow.deliveries.known_as(send.courier, send.ref)
        if delivery is not None:
            uow.deliveries.save(replace(delivery, tip=send.tip))

    def came_to_nothing(self, uow: UnitOfWork, send: Send, reason: str, now: Moment) -> None:
        """Over, and nobody comes of it."""
        uow.outbox.save(send.refused(reason))
        refused = SendRefused(order_id=send.order_id, at=now.at, send_id=send.id, kind=send.kind, reason=reason)
        uow.journal.add([refused])
        if send.kind is SendKind.BOOK_COURIER:
            steps.settle_problem(uow, ProblemKind.BOOKING_UNSURE, send.order_id, reason, now)

    def postponed(self, uow: UnitOfWork, send: Send, trouble: CourierProblem, now: Moment) -> None:
        """`send` is as it left: a person may have said meanwhile what became of it."""
        current = uow.outbox.get(send.id)
        if current.state is not SendState.CALLING:
            return
        later = _later(send, current, trouble, now)
        if _is_certain(send, trouble) and self._went_elsewhere(uow, later, now):
            return
        uow.outbox.save(later)
        uow.journal.add([_postponed(later, now)])
        kind = _trouble(trouble)
        if trouble.code == CIRCUIT_OPEN and uow.problems.open_of(send.order_id, kind) is not None:
            return  # nobody was asked, so nothing was found
        if kind is ProblemKind.COURIER_LOCKED_OUT or send.attempts >= TROUBLE_AFTER:
            steps.open_problem(uow, kind, now, order_id=send.order_id, detail=f"{send.courier}: {later.reason}")

    def _went_elsewhere(self, uow: UnitOfWork, send: Send, now: Moment) -> bool:
        """Silent for long, and certainly not booked: the next courier, where the store lets a search go on."""
        if send.is_unwanted:
            return False
        uow.outbox.save(send.refused(send.reason))
        if self._searching.silent(uow, send, now) is None:
            return False
        self.came_to_nothing(uow, send, send.reason, now)
        steps.settle_problem(uow, ProblemKind.COURIER_DOWN, send.order_id, "another courier is called", now)
        return True


def _later(send: Send, current: Send, trouble: CourierProblem, now: Moment) -> Send:
    wait = trouble.retry_after if isinstance(trouble, CourierDown) else LOCKED_OUT_PAUSE
    if current.ref != send.ref:  # a person has just said which job it is
        return replace(current, reason=str(trouble), due_at=now.at)
    later = current.postponed(str(trouble), now.at, wait)
    is_wrong = send.kind is SendKind.BOOK_COURIER and trouble.code == NO_LOOKUP
    return replace(later, ref="") if is_wrong else later


def _is_certain(send: Send, trouble: CourierProblem) -> bool:
    """That no driver comes of this call."""
    is_booking = send.kind is SendKind.BOOK_COURIER and not send.ref
    return is_booking and isinstance(trouble, CourierDown) and not trouble.may_have_happened


def _trouble(trouble: CourierProblem) -> ProblemKind:
    if isinstance(trouble, CourierLockedOut):
        return ProblemKind.COURIER_LOCKED_OUT
    return ProblemKind.BOOKING_UNSURE if trouble.code == NO_LOOKUP else ProblemKind.COURIER_DOWN


def _postponed(later: Send, now: Moment) -> SendPostponed:
    return SendPostponed(
        order_id=later.order_id,
        at=now.at,
        send_id=later.id,
        kind=later.kind,
        reason=later.reason,
        until=later.due_at,
    )


def _done(send: Send, ref: str, now: Moment) -> SendDone:
    return SendDone(order_id=send.order_id, at=now.at, send_id=send.id, kind=send.kind, ref=ref)
