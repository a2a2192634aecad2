"""All that is shown at one instant."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import cached_property
from itertools import islice

from core.board.alerts import rings
from core.board.board import Board
from core.board.day_load import DayLoad
from core.board.drivers import DriverLine
from core.board.held import HeldLine
from core.board.lamps import SoundLamp
from core.board.orders import Lane, NextStep, QueueLine
from core.domain.delivery import DeliveryState
from core.domain.ids import OrderId
from tui.widgets.queue_index import LOOKED_AT, QueueIndex


@dataclass(frozen=True, kw_only=True)
class Picture:
    """The board, the index of its queue, the time, and since when it is no longer true (None: it is true)."""

    board: Board
    index: QueueIndex
    now: datetime
    zone: tzinfo
    sound: SoundLamp
    lost_at: datetime | None = None
    day: DayLoad | None = None  # as it was last read, within a minute
    is_first: bool = False  # nothing was heard yet
    flash: bool = False
    pace: float = 1.0  # real seconds in one of the shop's clock: the practice shop's runs faster

    @cached_property
    def live_day(self) -> DayLoad | None:
        """The day with the running hour as it stands now."""
        return self.day.with_board(self.board.load, self.now) if self.day else None

    @cached_property
    def ringing(self) -> tuple[QueueLine, ...]:
        """The orders that ring, most urgent first."""
        return tuple(line for line in islice(self.index.lane(Lane.NEW), LOOKED_AT) if rings(line, self.now))

    @cached_property
    def urgent(self) -> QueueLine | None:
        """What needs a hand most: the bell, the driver at the door, changes, then by the clock."""
        if self.ringing:
            return self.ringing[0]
        if (at_door := self._at_door()) is not None:
            return at_door
        work = [line for lane in (Lane.PREPARING, Lane.READY) for line in islice(self.index.lane(lane), LOOKED_AT)]
        changed = next((line for line in work if line.is_changed), None)
        new = next((line for line in islice(self.index.lane(Lane.NEW), 1) if line.needs_hand), None)
        ship = next((line for line in work if line.next_step is NextStep.SHIP), None)
        pack = next((line for line in work if line.lane is Lane.PREPARING), None)
        return changed or new or ship or pack

    @cached_property
    def rides(self) -> Mapping[OrderId, DriverLine]:
        """Every live delivery by its order."""
        return self.board.rides

    @cached_property
    def held(self) -> tuple[QueueLine | HeldLine, ...]:
        """Orders of which something can still be taken back, the one held last first."""
        if not self.board.sends_waiting:
            return ()
        held = [line for line in self.index.queue if line.held_until is not None and line.held_until > self.now]
        told = [line for line in self.board.held if line.held_until > self.now]
        return tuple(sorted((*told, *held), key=lambda line: str(line.held_until), reverse=True))

    def _at_door(self) -> QueueLine | None:
        first = next(iter(self.board.drivers), None)
        if first is None or first.state is not DeliveryState.AT_STORE:
            return None
        line = self.index.line(first.order_id)
        waits_for_us = line is not None and (line.next_step is NextStep.HAND_OVER or line.packing_step is not None)
        return line if waits_for_us else None


def seconds_to(at: datetime, now: datetime, pace: float) -> int:
    """Real seconds a person still has, never below none."""
    return max(0, int((at - now).total_seconds() * pace))
