"""Numbers of a shift."""

from datetime import UTC, datetime, tzinfo

from core.board.report import ShiftReport, shift_report
from core.domain.day import Span
from core.store.unit_of_work import UnitOfWork


def shift(uow: UnitOfWork, start: datetime, end: datetime, zone: tzinfo = UTC) -> ShiftReport:
    """Orders received in a span, their journeys and problems."""
    orders = uow.orders.received_between(start, end)
    ids = [order.id for order in orders]
    jobs = [job for order_id in ids for job in uow.deliveries.of(order_id)]
    problems = [problem for order_id in ids for problem in uow.problems.of(order_id)]
    return shift_report(orders, jobs, problems, uow.troubled.began_in(Span(start, end)), zone)
