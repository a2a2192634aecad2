"""When an order nobody accepts is reminded of, and when somebody is told by other means (L12–L14)."""

from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from core.domain.events.reminder import OrderReminded
from core.domain.order import Order, Outcome

LOUD: Final = 2  # from this step on the screen flashes
LOUDEST: Final = 3  # from this one on the desktop is called too, and no pause is left between two rings


@dataclass(frozen=True, kw_only=True)
class ReminderRules:
    """`first`: before the deadline; then every `apart`, `most` times. Another `apart` later a person is told."""

    first: timedelta = timedelta(minutes=3)
    apart: timedelta = timedelta(seconds=45)
    most: int = 3

    @property
    def telling(self) -> int:
        """The step at which a person is told."""
        return self.most + 1

    @property
    def last(self) -> int:
        """The step at which the deadline has passed."""
        return self.most + 2

    def steps(self, since: datetime, deadline: datetime) -> tuple[datetime, ...]:
        """When each is due. A short time to accept has them nearer together, never before a third of it is over."""
        first = max(deadline - self.first, since + (deadline - since) / 3)
        apart = max(timedelta(), min(self.apart, (deadline - first) / (self.most + 1)))
        return (*(min(first + at * apart, deadline) for at in range(self.most + 1)), deadline)

    def due(self, since: datetime, deadline: datetime, now: datetime) -> int:
        """How many of the steps are due by now."""
        return bisect_right(self.steps(since, deadline), now)


def remind(order: Order, step: int, rules: ReminderRules, at: datetime, *, is_silent: bool = False) -> Outcome:
    """So far has it come: it rings again on every terminal, also where somebody has seen it."""
    if is_silent:
        return replace(order, reminders=step), ()
    after = replace(order, reminders=step, reminded_at=at)
    if order.reminders >= rules.most:  # the rest has its own row in the journal
        return after, ()
    nth = min(step, rules.most)
    return after, (OrderReminded(order_id=order.id, at=at, nth=nth, most=rules.most, deadline=order.accept_by),)
