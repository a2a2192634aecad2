"""Calls whose answer was lost, at couriers that cannot tell: a person looks there and says what became of them."""

from dataclasses import replace
from typing import Final

from core.domain.events import BookingSettled
from core.domain.ids import OrderId
from core.domain.moment import Moment
from core.domain.problem import ProblemKind
from core.domain.refusal import JobOfAnother, NothingUnsure
from core.domain.send import Send, SendKind
from core.services import steps
from core.store.unit_of_work import UnitOfWork

NEVER_ARRIVED: Final = "it never arrived"


class Doubts:
    """Possible only while a call is in doubt: nothing of it is on its way then, but questions."""

    def settle(self, uow: UnitOfWork, order_id: OrderId, ref: str, now: Moment) -> None:
        """Booked as `ref`, the courier's own number; or, when that is empty, never arrived."""
        send = self._in_doubt(uow, order_id)
        if ref:
            self._was_booked(uow, send, ref, now)
        else:
            self._never_arrived(uow, send, now)
        settled = BookingSettled(order_id=order_id, at=now.at, by=now.by, courier=send.courier, ref=ref)
        uow.journal.add([settled])

    def _in_doubt(self, uow: UnitOfWork, order_id: OrderId) -> Send:
        send = uow.outbox.open_of(order_id, SendKind.BOOK_COURIER)
        if send is None or uow.problems.open_of(order_id, ProblemKind.BOOKING_UNSURE) is None:
            raise NothingUnsure("no call is in doubt", found="none")
        return send

    def _was_booked(self, uow: UnitOfWork, send: Send, ref: str, now: Moment) -> None:
        """The station reads the job, and takes it up only when it is there and nobody else's."""
        known = uow.deliveries.known_as(send.courier, ref)
        if known is not None:
            number = uow.orders.get(known.order_id).number
            raise JobOfAnother(f"job {ref:.60} belongs to order {number}", found=ref[:60], allowed=f"#{number}")
        uow.outbox.save(replace(send, ref=ref, due_at=now.at))

    def _never_arrived(self, uow: UnitOfWork, send: Send, now: Moment) -> None:
        """Another call may be made; should a driver come of this one all the same, he is taken up or recalled."""
        uow.outbox.save(send.refused(NEVER_ARRIVED))
        problem = uow.problems.open_of(send.order_id, ProblemKind.BOOKING_UNSURE)
        if problem is not None:
            steps.close_problem(uow, problem, NEVER_ARRIVED, now)
