"""What may be asked: each call does one thing for one person, or raises an `OrderRefusal` that says why not."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final, Protocol

from core.board.board import Board
from core.board.day_load import DayLoad
from core.board.journal import JournalLine
from core.board.lamps import SoundLamp
from core.board.sheet import Sheet
from core.domain.checklist import Check
from core.domain.choice import Choice, Comparison
from core.domain.goods_back import GoodsBack
from core.domain.handover import Handover
from core.domain.ids import LineId, OrderId, ProblemId
from core.domain.money import Money
from core.domain.quote import Quote
from core.domain.record import Ending
from core.domain.sound_check import SoundCheck
from core.domain.staff import Permission, Role
from core.domain.tell import TellingEnd
from core.domain.why import Why
from core.ports.coach_desk import CoachDesk
from core.ports.enter_desk import EnterDesk
from core.ports.review_desk import ReviewDesk
from core.ports.short_desk import ShortDesk
from core.ports.trouble_desk import TroubleDesk

if TYPE_CHECKING:
    from core.domain.events import Event

JOURNAL_PAGE: Final = 200  # lines read at a time


class OrderDesk(Protocol):
    """Take up, accept, refuse."""

    async def see(self, order_id: OrderId) -> None:
        """I have it: the bell stops on every terminal."""

    async def see_changes(self, order_id: OrderId) -> None:
        """I have read what changed."""

    async def accept(self, order_ids: Sequence[OrderId], permission: Permission | None = None) -> None:
        """Promise one order or a selection, all or none; past the cap with a manager's permission."""

    async def reject(self, order_id: OrderId, reason: str) -> None:
        """Say no; the money goes back."""

    async def cancel(self, order_id: OrderId, reason: str) -> None:
        """Call it off; the courier is dealt with in the same step."""


class HoldDesk(Protocol):
    """Let an order wait."""

    async def hold(
        self, order_id: OrderId, reason: str, until: datetime | None = None, lifted_by: Role = Role.CASHIER
    ) -> None:
        """Nothing of it goes out until somebody lifts it, or until `until`."""

    async def lift(self, order_id: OrderId, permission: Permission | None = None) -> None:
        """It may go on; raises `NotAManager` where only a manager's word does it."""


class PackDesk(Protocol):
    """Pick, check, close the bag."""

    async def pick(self, order_id: OrderId, line_id: LineId, picked: int) -> None:
        """So many pieces of a line are in the bag."""

    async def scan(self, order_id: OrderId, code: str) -> None:
        """One more piece of the line this code stands for."""

    async def tick(self, order_id: OrderId, check: Check, ticked: bool = True) -> None:
        """Set or take back a check."""

    async def plan_parcels(self, order_id: OrderId, parcels: int) -> None:
        """All goods go in so many parcels of one shipment."""

    async def ready(self, order_id: OrderId, parcels: int | None = None, reason: str = "") -> None:
        """Packed, in the parcels planned unless a number is said; with a reason when the list is not complete."""

    async def reopen(self, order_id: OrderId, reason: str = "") -> None:
        """Back to the table."""


class DispatchDesk(Protocol):
    """Call the driver, take it back, hand over."""

    async def quotes(self, order_id: OrderId, seen: Callable[[Comparison], None] = ...) -> Comparison:
        """What every courier asks that can carry it, within a time limit; `seen` is shown each answer as it comes."""

    async def ship(
        self, order_id: OrderId, courier: str | None = None, quote: Quote | None = None, why: Why | None = None
    ) -> Choice:
        """已出貨: owe a courier a call, which leaves after the held seconds.

        Without a courier the store's policy picks; where that depends on quotes they are asked for first. Raises
        `NoCourier` when nobody can, or may.
        """

    async def take_back(self, order_id: OrderId) -> None:
        """Undo what is held: a driver's call, a no, a cancel, money that was to go back."""

    async def recall(self, order_id: OrderId) -> None:
        """End the search for a driver."""

    async def hand_over(self, order_id: OrderId, handover: Handover) -> None:
        """Goods change hands."""


class CareDesk(Protocol):
    """Put right what went wrong."""

    async def close_problem(self, problem_id: ProblemId, result: str, ends: Ending = ...) -> None:
        """Dealt with, and how; `ends` is what it cost and who pays, where a person knows better."""

    async def refund(
        self, order_id: OrderId, amount: Money | None, reason: str, lines: Mapping[LineId, int] = ...
    ) -> None:
        """So much back to the customer, or what the pieces named were paid with; leaves after the held seconds.

        Raises `TooMuchBack`, `NotPaid`, `NoReason`. Where the shop's system can't, a person is asked to, with the sum.
        """

    async def settle_telling(self, order_id: OrderId, end: TellingEnd, reason: str = "") -> None:
        """Say how a telling ends that the shop's system refused or does not answer.

        Raises `NothingToSettle`, `BeingTold`, `MayBeDone`, `NoReason`.
        """

    async def settle(self, order_id: OrderId, came_back: bool) -> None:
        """Say how a way ended that no courier reports on any more."""

    async def settle_booking(self, order_id: OrderId, ref: str) -> None:
        """Say what became of a call whose answer was lost: booked as `ref` there, or (empty) never arrived."""

    async def receive(self, order_id: OrderId, goods: GoodsBack) -> None:
        """Goods are back in the store, counted and looked at."""


class LookDesk(Protocol):
    """Read, without changing anything."""

    async def sheet(self, order_id: OrderId) -> Sheet:
        """Everything about one order."""

    async def find(self, text: str) -> Sequence[OrderId]:
        """Open orders by number, name, phone's last digits or waybill; then ended ones by number."""

    async def day(self) -> DayLoad:
        """Today hour by hour against the cap, beside the usual day, and its numbers."""

    async def journal(
        self, *, before: int | None = None, after: int = 0, of: OrderId | None = None
    ) -> Sequence[JournalLine]:
        """What happened, newest first, at most `JOURNAL_PAGE` lines: from `before` down, and none up to `after`."""


class Desk(
    OrderDesk,
    HoldDesk,
    PackDesk,
    DispatchDesk,
    CareDesk,
    LookDesk,
    EnterDesk,
    ReviewDesk,
    CoachDesk,
    ShortDesk,
    TroubleDesk,
    Protocol,
):
    """All that a counter may ask."""


class AlertDesk(Protocol):
    """Rings until a person has it, and says whether it can."""

    def hear(self, board: Board, events: "Sequence[Event]" = ()) -> None:
        """The newest picture and what happened: what rings follows from how things stand."""

    def lose(self) -> None:
        """The store cannot be read any more; told once each time."""

    async def run(self) -> None:
        """Ring and repeat until cancelled; hushes at once when nothing rings any more."""

    @property
    def lamp(self) -> SoundLamp:
        """Whether the bell is heard."""

    async def changed(self) -> None:
        """Returns when the lamp is not what it was."""

    def mute(self, minutes: float | None) -> None:
        """No noise for so long; None: until `unmute`."""

    def unmute(self) -> None:
        """What rings is heard at once."""

    def check_sound(self) -> None:
        """Play beeps to be counted, as soon as nothing rings."""

    async def answer(self, heard: int) -> SoundCheck | None:
        """So many beeps were heard: the check with its answer, None when nothing is asked."""
