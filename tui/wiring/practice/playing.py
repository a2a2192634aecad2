"""Plays a day's mishaps at the desk, as a customer on the telephone and a clerk who knows what to press."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final, TypeAlias

from core.board.board import Board
from core.board.orders import NextStep, QueueLine
from core.domain.agreement import Agreement
from core.domain.catalogue import Catalogue
from core.domain.cause import Cause
from core.domain.coaching import Action
from core.domain.delivery import DeliveryState
from core.domain.ids import OrderId, StaffId
from core.domain.money import Money
from core.domain.order import Order
from core.domain.problem import ProblemKind
from core.domain.refusal import OrderRefusal
from core.domain.short import Short
from core.domain.staff import Permission
from core.domain.stage import Stage
from core.domain.swap import Swap
from core.ports.clock import Clock
from core.ports.desk import Desk
from tui.wiring.practice.mishap import Mishap, Mishaps

Play: TypeAlias = "Callable[[Player, QueueLine], Awaitable[bool]]"
HELD_FOR: Final = timedelta(minutes=6)
LEFT_ALONE_FOR: Final = timedelta(minutes=2)  # after the time to accept is over
EXTRA_WAY: Final = 8_000  # of the store's currency, in minor units
MANAGER: Final = Permission(manager=StaffId("manager"), reason="agreed on the telephone")


@dataclass
class Player:
    """`meet` says whether the clerk is to keep his hands off an order for now."""

    desk: Desk
    clock: Clock
    mishaps: Mishaps = field(default_factory=Mishaps)
    _done: set[str] = field(default_factory=set)
    _to_complain: dict[OrderId, str] = field(default_factory=dict)
    _called: int = 0

    @property
    def is_over(self) -> bool:
        """Nobody is going to telephone any more."""
        return self._called == len(self.mishaps.calls) and not self._to_complain

    async def meet(self, line: QueueLine) -> bool:
        """Play what is due for this order."""
        mishap = self.mishaps.by_number.get(line.number)
        if mishap is None or line.number in self._done:
            return False
        try:
            return await PLAYS[mishap](self, line)
        except OrderRefusal:  # not yet, or something was first
            return False

    async def telephone(self, board: Board) -> None:
        """Orders that are told, and complaints about what has arrived."""
        for call in self.mishaps.calls[self._called :]:
            if call.at <= self.clock.now():
                self._called += 1
                await self.desk.enter(call.form)
        for order_id in [one for one in self._to_complain if board.line(one) is None]:
            del self._to_complain[order_id]
            await self._agree(order_id, Cause.QUALITY, Action.REFUND_PART)

    async def short(self, line: QueueLine) -> bool:
        """One piece is not there and stays out; the customer was asked."""
        order = (await self.desk.shortage(line.order_id)).order
        last = order.lines[-1]
        return await self._ship(line, order, Short(goes={last.id: last.quantity - 1}, is_asked=True))

    async def swapped(self, line: QueueLine) -> bool:
        """One piece is not there, another article goes instead."""
        shortage = await self.desk.shortage(line.order_id)
        first = shortage.order.lines[0]
        sku = _another(shortage.catalogue, first.sku)
        swap = Swap(line_id=first.id, sku=sku)
        short = Short(goes={first.id: first.quantity - 1}, swaps=(swap,), is_asked=True)
        return await self._ship(line, shortage.order, short)

    async def _ship(self, line: QueueLine, order: Order, short: Short) -> bool:
        await self.desk.ship_short(order.id, short)
        self._done.add(line.number)
        return True

    async def held(self, line: QueueLine) -> bool:
        """Wait until the customer has called back."""
        await self.desk.hold(line.order_id, "the customer calls back", self.clock.now() + HELD_FOR)
        self._done.add(line.number)
        return True

    async def left_alone(self, line: QueueLine) -> bool:
        """Everybody is busy; somebody takes it when its time is over."""
        return line.due_at is not None and self.clock.now() < line.due_at + LEFT_ALONE_FOR

    async def complain_later(self, line: QueueLine) -> bool:
        """It arrives first."""
        self._to_complain[line.order_id] = line.number
        self._done.add(line.number)
        return False

    async def wrong_address(self, line: QueueLine) -> bool:
        """The street was wrong; the extra way is the customer's to pay (C67)."""
        await self.desk.name_trouble(line.order_id, ProblemKind.WRONG_ADDRESS, "the house number was another")
        order = (await self.desk.sheet(line.order_id)).order
        extra = Money(EXTRA_WAY, order.purchase.total.currency)
        await self.desk.readdress(line.order_id, f"{order.purchase.customer.address} 之 1", extra)
        self._done.add(line.number)
        return False

    async def name(self, line: QueueLine, kind: ProblemKind, words: str) -> bool:
        """Somebody says so on the telephone."""
        await self.desk.name_trouble(line.order_id, kind, words)
        self._done.add(line.number)
        return False

    async def call(self, line: QueueLine, action: Action) -> bool:
        """The customer wants it no more."""
        await self._agree(line.order_id, Cause.CHANGED_MIND, action)
        self._done.add(line.number)
        return True

    async def _agree(self, order_id: OrderId, cause: Cause, action: Action) -> None:
        await self.desk.agree(order_id, Agreement(cause=cause, action=action, permission=MANAGER))


def _another(catalogue: Catalogue, sku: str) -> str:
    """The lightest article with a price."""
    others = [code for code, known in catalogue.items() if code != sku and known.price is not None]
    return min(others, key=lambda code: (catalogue[code].weight_g or 0, code))


def _when(is_due: Callable[[QueueLine], bool], play: Play) -> Play:
    async def played(player: Player, line: QueueLine) -> bool:
        return await play(player, line) if is_due(line) else False

    return played


def _is_new(line: QueueLine) -> bool:
    return line.next_step is NextStep.ACCEPT


def _is_picked_next(line: QueueLine) -> bool:
    return line.next_step is NextStep.PICK


def _is_packed(line: QueueLine) -> bool:
    return line.stage is Stage.READY and line.next_step is NextStep.SHIP


def _has_driver(line: QueueLine) -> bool:
    return line.stage is Stage.READY and line.delivery_state is DeliveryState.HEADING_TO_STORE


def _is_out(line: QueueLine) -> bool:
    return line.stage is Stage.OUT and line.delivery_state is DeliveryState.PICKED_UP


def _called(action: Action) -> Play:
    return lambda player, line: player.call(line, action)


def _named(kind: ProblemKind, words: str) -> Play:
    return lambda player, line: player.name(line, kind, words)


PLAYS: Final[dict[Mishap, Play]] = {
    Mishap.SHORT: _when(_is_picked_next, Player.short),
    Mishap.SWAPPED: _when(_is_picked_next, Player.swapped),
    Mishap.LEFT_ALONE: _when(_is_new, Player.left_alone),
    Mishap.HELD: _when(_is_new, Player.held),
    Mishap.CALLED_EARLY: _when(_is_picked_next, _called(Action.CANCEL)),
    Mishap.CALLED_PACKED: _when(_is_packed, _called(Action.CANCEL_PART)),
    Mishap.CALLED_DRIVER: _when(_has_driver, _called(Action.CANCEL_PART)),
    Mishap.COMPLAINED: _when(_is_out, Player.complain_later),
    Mishap.WRONG_ADDRESS: _when(_has_driver, Player.wrong_address),
    Mishap.REFUSED: _when(_is_out, _named(ProblemKind.REFUSED, "says on the telephone not to want it")),
    Mishap.LATE: _when(_is_out, _named(ProblemKind.LATE, "the customer asks where it is")),
    Mishap.WEATHER: _when(_is_out, _named(ProblemKind.WEATHER, "a street is under water")),
    Mishap.LOST: _when(_is_out, _named(ProblemKind.LOST, "the driver does not answer")),
}
