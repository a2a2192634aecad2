"""Fills the records of troubles from what is on disk."""

from dataclasses import replace

from core.domain.problem import Problem
from core.domain.record import Record, cost_of, record_of
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


def record(uow: UnitOfWork, problem: Problem) -> Record:
    """All that is kept of one: an open one costs what it cost so far."""
    if problem.order_id is None:
        return record_of(problem, ())
    order, jobs = uow.orders.find(problem.order_id), uow.deliveries.of(problem.order_id)
    history, number = uow.journal.of(problem.order_id), order.number if order else ""
    return record_of(filled(uow, problem), history, number=number, jobs=jobs)
