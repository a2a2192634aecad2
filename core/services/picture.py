"""The board, drawn from the store: whole at first, then only what changed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from core.board.board import Board, with_orders
from core.board.drivers import DriverLine, driver_line, line_of
from core.board.lamps import LampKind, LampLine, Light
from core.board.load import LoadLine
from core.board.orders import QueueLine, queue_line
from core.board.problems import ProblemLine, problem_line
from core.domain.capacity import HOUR
from core.domain.delivery import Delivery
from core.domain.ids import OrderId
from core.domain.order import Order
from core.domain.problem import Problem
from core.domain.stage import Stage
from core.domain.store_rules import StoreRules
from core.services.health import lamps
from core.services.station_lease import running
from core.store.unit_of_work import UnitOfWork


class Painter:
    """Pure apart from reading: the same store gives the same board."""

    def __init__(self, rules: StoreRules) -> None:
        self._rules = rules

    def whole(self, uow: UnitOfWork, now: datetime) -> Board:
        """Everything that is open, and every driver who may still come for what is not."""
        board = Board(seen=uow.journal.last(), store=self._rules.name)
        shown = uow.orders.all_open()
        known = {order.id for order in shown}
        shown += uow.orders.many(job.order_id for job in uow.deliveries.live() if job.order_id not in known)
        return self._around(uow, self._told(uow, board, shown), now)

    def next(self, uow: UnitOfWork, board: Board, told: Iterable[OrderId], seen: int, now: datetime) -> Board:
        """The board after the orders named in the journal changed, or a courier said where a driver is."""
        ids = {*told, *_heard_of(uow.deliveries.live(), board)}
        after = self._told(uow, replace(board, seen=seen), uow.orders.many(ids), ids)
        return self._around(uow, after, now)

    def _told(self, uow: UnitOfWork, board: Board, orders: list[Order], told: set[OrderId] | None = None) -> Board:
        open_orders = [order for order in orders if not order.has_ended]
        ids = told if told is not None else {order.id for order in orders}
        queue = self._queue(uow, open_orders)
        return with_orders(board, ids, queue, self._drivers(uow, orders))

    def _queue(self, uow: UnitOfWork, orders: list[Order]) -> dict[OrderId, QueueLine]:
        ids = [order.id for order in orders]
        jobs, sends = uow.deliveries.live_of_many(ids), uow.outbox.open_by_order()
        troubles = Counter(problem.order_id for problem in uow.problems.all_open())
        return {
            order.id: queue_line(order, jobs.get(order.id), sends.get(order.id), troubles[order.id]) for order in orders
        }

    def _drivers(self, uow: UnitOfWork, orders: list[Order]) -> dict[OrderId, tuple[DriverLine, ...]]:
        jobs = uow.deliveries.live_of_many(order.id for order in orders)
        return {order.id: (driver_line(jobs[order.id], order),) for order in orders if order.id in jobs}

    def _around(self, uow: UnitOfWork, board: Board, now: datetime) -> Board:
        return replace(
            board,
            problems=self._problems(uow),
            load=self._load(uow, now),
            lamps=self._lamps(uow),
            sends_waiting=uow.outbox.waiting(),
        )

    def _problems(self, uow: UnitOfWork) -> tuple[ProblemLine, ...]:
        problems = uow.problems.all_open()
        numbers = {order.id: order.number for order in uow.orders.many(_orders_of(problems))}
        return tuple(
            problem_line(problem, numbers.get(problem.order_id, "") if problem.order_id else "") for problem in problems
        )

    def _load(self, uow: UnitOfWork, now: datetime) -> LoadLine:
        return LoadLine(
            cap=self._rules.orders_per_hour,
            accepted=tuple(uow.orders.accepted_after(now - HOUR)),
            in_progress=uow.orders.count((Stage.PREPARING, Stage.READY)),
            waiting=uow.orders.count((Stage.NEW,)),
            hours=self._rules.hours.text,
        )

    def _lamps(self, uow: UnitOfWork) -> tuple[LampLine, ...]:
        station = running(uow)
        if station is None:
            return (LampLine(kind=LampKind.STATION, name="station", light=Light.FAIL),)
        up = LampLine(kind=LampKind.STATION, name="station", light=Light.OK, heard_at=station.since)
        return (up, *lamps(dict(station.health)))


def _heard_of(live: Iterable[Delivery], board: Board) -> set[OrderId]:
    """A courier's word that changes no state has no row in the journal, but shows."""
    shown = {line.delivery_id: line for line in board.drivers}
    return {job.order_id for job in live if shown.get(job.id) != line_of(job, _number(shown.get(job.id)))}


def _number(line: DriverLine | None) -> str:
    return line.number if line else ""


def _orders_of(problems: Iterable[Problem]) -> set[OrderId]:
    return {problem.order_id for problem in problems if problem.order_id}
