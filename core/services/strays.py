"""Drivers nobody expects any more: of a call that was given up, or of a job its courier had forgotten."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from core.domain.delivery import ENDED, Delivery, DeliveryState, Report
from core.domain.moment import Moment
from core.domain.send import Send, SendKind, SendState
from core.domain.stage import IN_THE_SHOP, Stage
from core.services.aftermath import owe_recall
from core.services.sends import take_back
from core.store.unit_of_work import UnitOfWork

LOST: Final = "lost"  # our own word for a job that its courier does not know any more
WITH_DRIVER_OR_SOON: Final = frozenset(
    {DeliveryState.MATCHING, DeliveryState.HEADING_TO_STORE, DeliveryState.AT_STORE, DeliveryState.PICKED_UP}
)


def make_room(uow: UnitOfWork, send: Send, report: Report, now: Moment) -> bool:
    """Whether the job may be the order's: no other is live, and none may come of another call.

    A call that is held is taken back, for its driver is here already.
    """
    rival = uow.outbox.open_of(send.order_id, SendKind.BOOK_COURIER)
    if uow.deliveries.live_of(send.order_id) is not None:
        return False
    if rival is None or rival.id == send.id:
        return True
    if rival.may_have_left or report.state in ENDED or is_unwanted(uow, send):
        return False
    take_back(uow, rival, now)
    return True


def recall(uow: UnitOfWork, send: Send, report: Report, now: Moment) -> None:
    """It must not live beside another (X6)."""
    if report.state not in ENDED and not uow.outbox.recalled(send.order_id, send.courier, report.ref):
        owe_recall(uow, send.order_id, send.courier, report.ref, now)


def is_unwanted(uow: UnitOfWork, send: Send) -> bool:
    """Taken back, or the order is called off; of a call given up before, unless the order still waits for a driver."""
    order = uow.orders.get(send.order_id)
    was_given_up = send.state is SendState.REFUSED
    return send.is_unwanted or order.has_ended or (was_given_up and not order.is_in_the_shop)


def is_alive_after_all(delivery: Delivery, report: Report) -> bool:
    """Called lost and known again, or replaced by the courier under our key after it had ended."""
    if delivery.state is not DeliveryState.FAILED or report.state not in WITH_DRIVER_OR_SOON:
        return False
    is_another = bool(report.ref) and report.ref not in (delivery.ref, delivery.return_ref)
    return report.at >= delivery.at and (delivery.word == LOST or is_another)


def alive_again(uow: UnitOfWork, delivery: Delivery, report: Report, now: Moment) -> Delivery | None:
    """The job taken up again; None where the order has another, or wants none."""
    stage = uow.orders.get(delivery.order_id).stage
    called = uow.outbox.open_of(delivery.order_id, SendKind.BOOK_COURIER)
    is_wanted = stage in IN_THE_SHOP or (stage is Stage.OUT and delivery.picked_up_at is not None)
    if not is_wanted or uow.deliveries.live_of(delivery.order_id) is not None:
        return None
    if called is not None:
        if called.may_have_left:
            return None
        take_back(uow, called, now)
    again = replace(
        delivery, ref=report.ref, state=DeliveryState.MATCHING, at=report.at, state_since=now.at, ended_at=None
    )
    uow.deliveries.save(again)
    return again


def no_such_job(job: Delivery, at: datetime) -> Report:
    """What their not knowing it any more comes to."""
    return Report(
        courier=job.courier,
        ref=job.ref,
        state=DeliveryState.FAILED,
        word=LOST,
        at=max(at, job.at),
        reason="the courier does not know the job any more",
    )
