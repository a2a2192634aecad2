"""The board, drawn from the store: whole at first, then only what changed."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from core.board.board import Board, exchanged, with_orders
from core.board.drivers import DriverLine, driver_line, ground_of
from core.board.held import HeldLine, held_lines
from core.board.lamps import LampKind, LampLine, Light
from core.board.load import LoadLine
from core.board.orders import Lane, in_order, line_of, queue_line
from core.board.problems import ProblemLine, loudest_first, problem_line
from core.domain.capacity import HOUR
from core.domain.ids import OrderId
from core.domain.order import Order
from core.domain.problem import Problem
from core.domain.store_rules import StoreRules
from core.services.call_lines import CallLines
from core.services.health import lamps
from core.services.station_lease import running
from core.services.timing import Timing
from core.store.rides import Door, Word, moved_only, ride_of
from core.store.unit_of_work import UnitOfWork


class Painter:
    """Pure apart from reading: the same store gives the same board."""

    def __init__(self, rules: StoreRules, timing: Timing | None = None) -> None:
        self._rules = rules
        self._calls = CallLines(timing or Timing())
        self._ground = ground_of(rules)

    def whole(self, uow: UnitOfWork, now: datetime) -> Board:
        """Everything that is open, and every driver who may still come for what is not."""
        orders, words, problems = uow.glances.orders(), uow.glances.words(), uow.problems.all_open()
        doors = uow.glances.doors()
        rides = {order_id: self._ride(word, doors[order_id]) for order_id, word in words.items()}
        sends, troubles = uow.glances.sends(), Counter(problem.order_id for problem in problems)
        lines = (line_of(one, rides.get(one.id), sends.get(one.id), troubles[one.id]) for one in orders)
        board = Board(
            seen=uow.journal.last(),
            store=self._rules.name,
            queue=in_order(self._calls.on(line, now) for line in lines),
            drivers=tuple(sorted(rides.values(), key=lambda line: line.rank)),
            words=words,
        )
        return self._around(uow, board, problems, now)

    def next(
        self, uow: UnitOfWork, board: Board, told: Iterable[OrderId], seen: int, now: datetime, *, ask: bool = True
    ) -> Board:
        """The board after the orders named in the journal changed, or, if asked, a courier said where a driver is."""
        words = uow.glances.words() if ask else board.words
        heard, problems = _heard_of(words, board.words), uow.problems.all_open()
        known = heard & board.rides.keys()
        moved = {order_id for order_id in known.difference(told) if moved_only(board.words, words, order_id)}
        ids, after = {*told, *(heard - moved)}, self._moved(replace(board, seen=seen, words=words), moved)
        drawn = self._told(uow, after, ids, problems, now) if ids else after
        advised = self._calls.renewed(uow, drawn.queue, now, may_read=not ids)
        return self._around(uow, replace(drawn, queue=advised), problems, now)

    def _ride(self, word: Word, door: Door) -> DriverLine:
        return ride_of(word, door, self._ground)

    def _moved(self, board: Board, ids: set[OrderId]) -> Board:
        """Another place, another time: nothing of the order is read for it, and its line in the queue is the same."""
        known = [board.rides[order_id] for order_id in ids]
        lines = [self._ride(board.words[line.order_id], Door(line.number, line.door)) for line in known]
        return replace(board, drivers=exchanged(board.drivers, ids, lines)) if ids else board

    def _told(self, uow: UnitOfWork, board: Board, ids: set[OrderId], problems: list[Problem], now: datetime) -> Board:
        orders, jobs = uow.orders.many(ids), uow.deliveries.live_of_many(ids)
        sends, troubles = uow.outbox.open_by_order(ids), Counter(problem.order_id for problem in problems)
        lines = (
            queue_line(order, jobs.get(order.id), sends.get(order.id), troubles[order.id])
            for order in orders
            if not order.has_ended
        )
        queue = {line.order_id: self._calls.on(line, now) for line in lines}
        drivers = {
            order.id: (driver_line(jobs[order.id], order, self._ground),) for order in orders if order.id in jobs
        }
        return with_orders(board, ids, queue, drivers)

    def _around(self, uow: UnitOfWork, board: Board, problems: list[Problem], now: datetime) -> Board:
        waiting = uow.outbox.waiting()
        return replace(
            board,
            problems=self._problems(uow, problems),
            load=self._load(uow, board, now),
            lamps=self._lamps(uow, now),
            sends_waiting=waiting,
            held=_held(uow) if waiting else (),
        )

    def _problems(self, uow: UnitOfWork, problems: list[Problem]) -> tuple[ProblemLine, ...]:
        orders = {order.id: order for order in uow.orders.many(_orders_of(problems))}
        return loudest_first(_problem(problem, orders) for problem in problems)

    def _load(self, uow: UnitOfWork, board: Board, now: datetime) -> LoadLine:
        return LoadLine(
            cap=self._rules.orders_per_hour,
            accepted=tuple(uow.orders.accepted_after(now - HOUR)),
            in_progress=board.count(Lane.PREPARING) + board.count(Lane.READY),
            waiting=board.count(Lane.NEW),
            hours=self._rules.hours.text,
        )

    def _lamps(self, uow: UnitOfWork, now: datetime) -> tuple[LampLine, ...]:
        station = running(uow)
        if station is None:
            return (LampLine(kind=LampKind.STATION, name="station", light=Light.FAIL),)
        up = LampLine(kind=LampKind.STATION, name="station", light=Light.OK, heard_at=station.since)
        return (up, *lamps(station.health, now))


def _held(uow: UnitOfWork) -> tuple[HeldLine, ...]:
    sends = uow.outbox.held_tellings()
    numbers = {order.id: order.number for order in uow.orders.many(send.order_id for send in sends)}
    return held_lines(sends, numbers)


def _heard_of(now: Mapping[OrderId, object], before: Mapping[OrderId, object]) -> set[OrderId]:
    """A courier's word that changes no state has no row in the journal, but shows."""
    if now is before:
        return set()
    return {order_id for order_id, word in now.items() if before.get(order_id) != word} | (before.keys() - now.keys())


def _problem(problem: Problem, orders: Mapping[OrderId, Order]) -> ProblemLine:
    order = orders.get(problem.order_id) if problem.order_id else None
    return problem_line(problem, order.number, order.stage) if order else problem_line(problem)


def _orders_of(problems: Iterable[Problem]) -> set[OrderId]:
    return {problem.order_id for problem in problems if problem.order_id}
