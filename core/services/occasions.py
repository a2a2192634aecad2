"""What is worth one chime: found by holding each picture against the last, so a restart repeats nothing."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from core.board.alerts import Passed, at_the_door, broken, passed
from core.board.board import Board
from core.board.orders import Lane
from core.domain.alert import POLICY, Alert, Chime
from core.domain.events import Event, OrderCancelled
from core.domain.ids import StaffId

REST: Final = timedelta(minutes=5)
"""A lamp that flickers is heard once in so long."""


class Occasions:
    """One a terminal, of the person `by`. What was so at its first picture is no news."""

    def __init__(self, by: StaffId) -> None:
        self._by = by
        self._board: Board | None = None
        self._late: Passed | None = None
        self._lost_at: dict[str, datetime] = {}

    def hear(self, board: Board, events: Iterable[Event], now: datetime) -> Iterator[Alert]:
        """Cancelled by somebody else, a driver at the door, a lamp gone red."""
        before, self._board = self._board, board
        if before is not None:
            yield from self._cancelled(before, events)
            yield from _each(Chime.DRIVER_HERE, at_the_door(board, now), at_the_door(before))
            yield from self._lost(before, board, now)

    def pass_time(self, now: datetime) -> Iterator[Alert]:
        """Limits passed since it was last asked; to be asked twice a second."""
        if self._board is None:
            return
        before, self._late = self._late, passed(self._board, now)
        if before is not None:
            yield from _each(Chime.OVERDUE, self._late, before)

    def _cancelled(self, before: Board, events: Iterable[Event]) -> Iterator[Alert]:
        """Nobody is told of what they did themselves, nor of an order that was never paid."""
        for event in events:
            if isinstance(event, OrderCancelled) and event.by != self._by and event.order_id:
                line = before.line(event.order_id)
                if line is not None and line.lane is not Lane.WAITING:
                    yield Alert(Chime.CANCELLED, (line.number,))

    def _lost(self, before: Board, board: Board, now: datetime) -> Iterator[Alert]:
        was = broken(before)
        for key, lamp in broken(board).items():
            if key not in was and now - self._lost_at.get(key, now - REST) >= REST:
                self._lost_at[key] = now
                yield Alert(Chime.FEED_DOWN, (lamp.name,))


class Pending:
    """Chimes that wait their turn: each once, however many things it is for."""

    def __init__(self) -> None:
        self._alerts: dict[Chime, Alert] = {}

    def __bool__(self) -> bool:
        return bool(self._alerts)

    def add(self, alerts: Iterable[Alert]) -> None:
        """The same chime for one thing more is no second noise."""
        for alert in alerts:
            waiting = self._alerts.get(alert.chime)
            self._alerts[alert.chime] = waiting.joined(alert) if waiting else alert

    def take(self) -> Alert | None:
        """The one that matters most; None when nothing waits."""
        first = min(self._alerts, key=lambda chime: POLICY[chime].rank, default=None)
        return self._alerts.pop(first) if first else None


def _each(chime: Chime, now: Mapping[str, str], before: Mapping[str, str]) -> Iterator[Alert]:
    return (Alert(chime, (number,)) for key, number in now.items() if key not in before)
