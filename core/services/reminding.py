"""Reminds of orders nobody accepts, each time louder, and then has a person told; every step once (L12–L14).

What was done is a number in the order's row: five counters and a restart agree on it, and only the station adds to it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from core.domain import reminders
from core.domain.ids import OrderId
from core.domain.moment import Moment
from core.domain.notice import NoticeKind
from core.domain.order import Order
from core.domain.problem import Problem, ProblemKind
from core.domain.reminders import ReminderRules
from core.domain.stage import RINGING
from core.domain.store_rules import StoreRules
from core.services import noticing, steps
from core.store.unit_of_work import UnitOfWork
from core.store.waiting import Unaccepted, unaccepted_of

ABOUT_WAITING: Final = frozenset({ProblemKind.NOT_ACCEPTED, ProblemKind.NOBODY_TOLD})


class Reminding:
    """`ways`: the names of the ways in which a person is told, none where nobody is to be."""

    def __init__(self, rules: ReminderRules, store: StoreRules, ways: Sequence[str] = ()) -> None:
        self._rules = rules
        self._store = store
        self._ways = tuple(ways)

    def due(self, uow: UnitOfWork, now: datetime) -> list[OrderId]:
        """Orders with a step to take, and those whose problem about waiting ended by itself."""
        waiting = uow.waiting.unaccepted(now + self._rules.first, self._rules.last)
        late = [one.id for one in waiting if self._step(one, now) > one.steps]
        return [*late, *(order.id for order, _problem in _over(uow))]

    def go_on(self, uow: UnitOfWork, order_id: OrderId, now: Moment) -> None:
        """Take the step; of several that are due at once, after a stop of the station, only the last is taken."""
        order = uow.orders.get(order_id)
        for problem in (problem for over, problem in _over(uow) if over.id == order_id):
            steps.close_problem(uow, problem, _became(order), Moment(now.at))
        if (waiting := unaccepted_of(order)) is None:
            return
        step, is_held = self._step(waiting, now.at), order.is_held(now.at)
        if step > order.reminders and (not is_held or step == self._rules.last):
            self._take(uow, order, step, now, is_held=is_held)

    def _step(self, one: Unaccepted, now: datetime) -> int:
        """None is due while the store is closed; what came in then has its time from the opening on."""
        hours = self._store.hours
        if not hours.is_open(now):
            return 0
        opened = hours.opened_at(now)
        if opened is None or one.since >= opened:
            return self._rules.due(one.since, one.deadline, now)
        ours = opened + self._store.accept_within
        return self._rules.due(opened, min(ours, one.channel_deadline or ours), now)

    def _take(self, uow: UnitOfWork, before: Order, step: int, now: Moment, *, is_held: bool) -> None:
        """Who put it on hold knows about it: then only that the deadline has passed is of use."""
        after, events = reminders.remind(before, step, self._rules, now.at, is_silent=is_held)
        order = steps.keep(uow, before, after, events)
        if not is_held and before.reminders < self._rules.telling <= step:
            for way in self._ways:
                noticing.owe(uow, order, way, NoticeKind.NOT_ACCEPTED, now)
        if step == self._rules.last:
            local = order.accept_by.astimezone(self._store.zone)
            words = f"by {local:%H:%M}"
            steps.open_problem(uow, ProblemKind.NOT_ACCEPTED, now, order_id=order.id, detail=words)


def _over(uow: UnitOfWork) -> list[tuple[Order, Problem]]:
    """The order waits for nobody any more."""
    about = {one.order_id: one for one in uow.problems.all_open() if one.kind in ABOUT_WAITING and one.order_id}
    found = uow.orders.many(about) if about else []
    return [(order, about[order.id]) for order in found if order.stage not in RINGING]


def _became(order: Order) -> str:
    """In words that `tui.labels.details` knows."""
    if order.accepted_at is None:
        return f"no longer new: {order.stage}"
    late = round((order.accepted_at - order.accept_by).total_seconds())
    return f"accepted {late} s late" if late > 0 else "accepted"
