"""Rings until a person has it: works out what must be heard from the board, and keeps the bell going."""

import asyncio
from dataclasses import replace
from datetime import datetime
from typing import Final

from core.board.alerts import ringing
from core.board.board import Board
from core.board.lamps import Light, SoundLamp
from core.domain.alert import Chime
from core.domain.delivery import DeliveryState
from core.domain.ids import DeliveryId, OrderId
from core.ports.bell import Bell, Rung
from core.ports.clock import Clock

PAUSE: Final = 3.0  # wall seconds between two rings
LOOK_AGAIN: Final = 0.5  # time alone can make an order ring


class Alerts:
    """One a terminal. What rings follows from how things stand, so a restart rings for what still waits."""

    def __init__(self, bell: Bell, clock: Clock) -> None:
        self._bell = bell
        self._clock = clock
        self._board = Board()
        self._news = asyncio.Event()
        self._once: list[Chime] = []
        self._rings: frozenset[OrderId] = frozenset()
        self._at_door: set[DeliveryId] = set()
        self._knows_the_door = False
        self._lamp = SoundLamp()

    @property
    def lamp(self) -> SoundLamp:
        """How the last sound went."""
        return self._lamp

    def hear(self, board: Board) -> None:
        """Taken up on any terminal: the sound stops in the middle."""
        self._notice_drivers(board)
        self._board = board
        rang, self._rings = self._rings, frozenset(line.order_id for line in ringing(board, self._clock.now()))
        if not self._rings and not self._once:
            self._bell.hush()
        if self._once or self._rings - rang or (rang and not self._rings):
            self._news.set()  # other boards must not make the bell stutter

    async def run(self) -> None:
        """Until cancelled."""
        try:
            while True:
                self._news.clear()
                if self._once:
                    await self._play(self._once.pop(0))
                elif self._must_ring():
                    await self._play(Chime.NEW)
                    await self._pause(PAUSE)
                else:
                    self._show(is_ringing=False)
                    await self._pause(LOOK_AGAIN)
        finally:
            self._bell.hush()

    async def _pause(self, seconds: float) -> None:
        """Cut short by news, also by what came while a sound was played."""
        try:
            await asyncio.wait_for(self._news.wait(), seconds)
        except TimeoutError:
            return

    async def _play(self, chime: Chime) -> None:
        self._show(is_ringing=chime is Chime.NEW)
        rung = await self._bell.ring(chime)
        self._lamp = _lamp(rung, self._clock.now(), is_ringing=self._must_ring())

    def _must_ring(self) -> bool:
        return bool(ringing(self._board, self._clock.now()))

    def _show(self, *, is_ringing: bool) -> None:
        if self._lamp.is_ringing != is_ringing:
            self._lamp = replace(self._lamp, is_ringing=is_ringing)

    def _notice_drivers(self, board: Board) -> None:
        """A driver at the door is heard once, and only if this terminal saw him come."""
        here = {line.delivery_id for line in board.drivers if line.state is DeliveryState.AT_STORE}
        if self._knows_the_door and here - self._at_door:
            self._once.append(Chime.DRIVER_HERE)
        self._at_door = here
        self._knows_the_door = True


def _lamp(rung: Rung, at: datetime, *, is_ringing: bool) -> SoundLamp:
    """A stopped sound says nothing about whether sound works, a failed one does."""
    light = Light.OK if rung.sounded else Light.FAIL
    return SoundLamp(light=light, backend=rung.backend, rung_at=at, trouble=rung.trouble, is_ringing=is_ringing)
