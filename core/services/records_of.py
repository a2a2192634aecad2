"""Fills the records of troubles from what is on disk."""

from dataclasses import replace
from datetime import datetime, timedelta, tzinfo

from core.board.recurring import Recurring
from core.domain.day import Span
from core.domain.ids import ProblemId
from core.domain.problem import Problem
from core.domain.record import Record, cost_of, record_of
from core.domain.refusal import UnknownOrder
from core.store.troubled import MOST
from core.store.unit_of_work import UnitOfWork


def filled(uow: UnitOfWork, problem: Problem) -> Problem:
    """With what it cost as far as is known, where nobody said."""
    if problem.cost is not None or problem.order_id is None:
        return problem
    order = uow.orders.find(problem.order_id)
    if order is None:
        return problem
    jobs, refunds = uow.deliveries.of(order.id), uow.refunds.of(order.id)
    return replace(problem, cost=cost_of(problem, jobs, refunds, order.purchase.total.currency))


def recurring(uow: UnitOfWork, days: int, zone: tzinfo, now: datetime) -> Recurring:
    """What went wrong in so many days."""
    return between(uow, Span(now - timedelta(days=days), now), zone)


def between(uow: UnitOfWork, span: Span, zone: tzinfo) -> Recurring:
    """What went wrong in a span, counted."""
    found = uow.troubled.began_in(span)
    days = max(1, round((span.until - span.start) / timedelta(days=1)))
    return Recurring(
        days=days, until=span.until, zone=zone, incidents=tuple(found), is_cut=len(found) == MOST
    ).counted()


def record(uow: UnitOfWork, problem_id: ProblemId) -> Record:
    """All that is kept of one: an open one costs what it cost so far; raises `UnknownOrder`."""
    problem = uow.problems.get(problem_id)
    if problem is None:
        raise UnknownOrder("no such trouble", found=problem_id)
    if problem.order_id is None:
        return record_of(problem, ())
    order, jobs = uow.orders.find(problem.order_id), uow.deliveries.of(problem.order_id)
    history, number = uow.journal.of(problem.order_id), order.number if order else ""
    return record_of(filled(uow, problem), history, number=number, jobs=jobs)
