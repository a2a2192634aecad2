"""An automatic clerk: does what the board says needs a hand, by the same desk as a person."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Final

from core.board.board import Board
from core.board.orders import NextStep, QueueLine
from core.domain.checklist import Check
from core.domain.delivery import DeliveryState
from core.domain.events import OrderReceived
from core.domain.handover import Handover
from core.domain.ids import OrderId
from core.domain.refusal import IllegalMove, OnHold, OrderRefusal
from core.domain.review_moves import CallResult
from core.ports.clock import Clock
from core.ports.desk import Desk
from core.ports.feed import Feed
from tui.wiring.practice.mishap import Mishaps
from tui.wiring.practice.playing import Player
from tui.wiring.practice.remedies import PANDA, Remedies

LOOKS_EVERY: Final = 0.05  # seconds on the wall
# Seconds of shop time a hand takes, from and to.
TAKES: Final[dict[NextStep, tuple[int, int]]] = {
    NextStep.ACCEPT: (10, 60),
    NextStep.READ_CHANGES: (10, 30),
    NextStep.PICK: (90, 360),
    NextStep.CHECK: (20, 60),
    NextStep.FINISH: (5, 15),
    NextStep.SHIP: (5, 30),
    NextStep.HAND_OVER: (20, 60),
    NextStep.REVIEW: (60, 120),
}


@dataclass
class Clerk:
    """Works until the day's orders have ended; unpaid ones are left waiting, as a shop would."""

    desk: Desk
    feed: Feed
    clock: Clock
    chance: Random
    expected: int  # orders of the day
    mishaps: Mishaps = field(default_factory=Mishaps)
    _begun: dict[tuple[OrderId, NextStep], datetime] = field(default_factory=dict)
    _board: Board = field(default_factory=Board)
    _received: set[OrderId] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._player = Player(self.desk, self.clock, self.mishaps)
        self._remedies = Remedies(self.desk, self.clock)

    async def work(self, until: datetime) -> None:
        """Returns when all is done, or at `until`."""
        watching = asyncio.create_task(self._watch())
        try:
            while self.clock.now() < until and not self._is_done():
                await self._round(self._board)
                await asyncio.sleep(LOOKS_EVERY)
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)

    async def _watch(self) -> None:
        async for update in self.feed.updates():
            self._board = update.board
            told = {event.order_id for event in update.events if isinstance(event, OrderReceived)}
            self._received |= {line.order_id for line in update.board.queue} | {id for id in told if id}

    def _is_done(self) -> bool:
        busy = any(line.next_step is not NextStep.WAIT_FOR_PAYMENT for line in self._board.queue)
        is_quiet = not busy and not self._board.problems and not self._board.sends_waiting
        return len(self._received) >= self.expected and is_quiet and self._player.is_over

    async def _round(self, board: Board) -> None:
        for line in board.queue:
            if not await self._player.meet(line) and self._is_time(line):
                await self._try(line, _STEPS[line.next_step])
        await self._player.telephone(board)
        for problem in board.problems:
            await self._remedies.see_to(problem, board.line(problem.order_id) if problem.order_id else None)

    def _is_time(self, line: QueueLine) -> bool:
        takes = TAKES.get(line.next_step)
        if takes is None or (
            line.next_step is NextStep.HAND_OVER and line.delivery_state is not DeliveryState.AT_STORE
        ):
            return False
        key, now = (line.order_id, line.next_step), self.clock.now()
        due = self._begun.setdefault(key, now + timedelta(seconds=self.chance.uniform(*takes)))
        return now >= due

    async def _try(self, line: QueueLine, step: "Callable[[Clerk, QueueLine], Awaitable[None]]") -> None:
        self._begun.pop((line.order_id, line.next_step), None)
        try:
            await step(self, line)
        except (IllegalMove, OnHold):  # somebody, or something, was first
            return
        except OrderRefusal as refusal:
            await self._refused(line, refusal)

    async def _refused(self, line: QueueLine, refusal: OrderRefusal) -> None:
        """What the rules forbid is rejected with the rule as the reason."""
        if line.next_step is NextStep.ACCEPT:
            await self.desk.reject(line.order_id, f"{type(refusal).__name__}: {refusal.found} / {refusal.allowed}")

    async def _accept(self, line: QueueLine) -> None:
        await self.desk.accept([line.order_id])

    async def _read(self, line: QueueLine) -> None:
        await self.desk.see_changes(line.order_id)

    async def _pick(self, line: QueueLine) -> None:
        order = (await self.desk.sheet(line.order_id)).order
        for item in order.lines:
            if not order.has_picked(item):
                await self.desk.pick(order.id, item.id, order.needed(item))

    async def _check(self, line: QueueLine) -> None:
        for check in Check:
            await self.desk.tick(line.order_id, check)

    async def _finish(self, line: QueueLine) -> None:
        await self.desk.ready(line.order_id)

    async def _ship(self, line: QueueLine) -> None:
        if not line.problems:
            await self.desk.ship(line.order_id, PANDA if line.number in self.mishaps.by_panda else None)

    async def _hand_over(self, line: QueueLine) -> None:
        await self.desk.hand_over(line.order_id, Handover(waybill=line.waybill, parcels=1))

    async def _review(self, line: QueueLine) -> None:
        """The customer is called: an address is completed, and all else was right."""
        order = (await self.desk.sheet(line.order_id)).order
        if right := self.mishaps.answers.get(order.number):
            await self.desk.complete(order.id, address=right)
        await self.desk.called_back(order.id, CallResult.RIGHT)


_STEPS: Final[dict[NextStep, Callable[[Clerk, QueueLine], Awaitable[None]]]] = {
    NextStep.ACCEPT: Clerk._accept,
    NextStep.READ_CHANGES: Clerk._read,
    NextStep.PICK: Clerk._pick,
    NextStep.CHECK: Clerk._check,
    NextStep.FINISH: Clerk._finish,
    NextStep.SHIP: Clerk._ship,
    NextStep.HAND_OVER: Clerk._hand_over,
    NextStep.REVIEW: Clerk._review,
}
