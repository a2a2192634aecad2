"""An order in the shop's hands: what was bought, where it stands, what was done."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, TypeAlias

from core.domain.checklist import NOTHING_TICKED, Checklist
from core.domain.completed import Completed
from core.domain.hold import HOLDABLE, Hold
from core.domain.ids import OrderId, StaffId
from core.domain.line import OrderLine
from core.domain.payment import is_received
from core.domain.purchase import Purchase
from core.domain.refusal import UnknownLine
from core.domain.stage import ENDED, IN_THE_SHOP, RINGING, Stage, require_move

if TYPE_CHECKING:
    from core.domain.events import Event

RINGS_AGAIN: Final = timedelta(minutes=1)  # before the deadline, seen or not


@dataclass(frozen=True, kw_only=True)
class Order:
    """Frozen: a move (see `fulfilment`, `arrival`) returns the next one and its events. Times aware, UTC."""

    id: OrderId
    purchase: Purchase
    stage: Stage
    received_at: datetime
    accept_by: datetime
    version: int = 0  # raised by every save; the loser of two saves hears `Conflict`
    opened_at: datetime | None = None  # paid and new
    seen_at: datetime | None = None
    seen_by: StaffId | None = None
    accepted_at: datetime | None = None
    accepted_by: StaffId | None = None
    ready_by: datetime | None = None
    ready_at: datetime | None = None
    left_at: datetime | None = None
    ended_at: datetime | None = None
    reason: str = ""  # why rejected or cancelled
    checklist: Checklist = NOTHING_TICKED
    changed: frozenset[str] = frozenset()  # fields the channel changed and nobody has read yet
    parcels: int = 1
    is_short: bool = False  # the one partial shipment is used up (C76)
    hand_number: str = ""  # what it was called when it was keyed in; empty: it came in by itself
    review: tuple[str, ...] = ()  # what was found odd: `kind` or `kind:found` (H4)
    reviewed_by: StaffId | None = None
    reviewed_at: datetime | None = None
    completed: Completed | None = None  # words of the customer that we got ourselves (H6)
    hold: Hold | None = None
    reminders: int = 0  # of the accept deadline, so far (L13)
    reminded_at: datetime | None = None

    @property
    def lines(self) -> tuple[OrderLine, ...]:
        """What was bought and how far each line is."""
        return self.purchase.lines

    @property
    def number(self) -> str:
        """What people say aloud, without the sign before it."""
        return self.purchase.number

    @property
    def pieces(self) -> int:
        """Pieces that go into the bag: fewer than bought in a partial shipment, and what goes instead."""
        return sum(self.needed(line) for line in self.lines)

    @property
    def picked(self) -> int:
        """Pieces in the bag."""
        return sum(line.picked for line in self.lines)

    @property
    def is_paid(self) -> bool:
        """The money has arrived (C16)."""
        return is_received(self.purchase.payment)

    @property
    def is_packed(self) -> bool:
        """Every line picked and every check ticked."""
        return self.checklist.is_complete and all(self.has_picked(line) for line in self.lines)

    def needed(self, line: OrderLine) -> int:
        """Pieces of a line that go into the bag: fewer than bought in a partial shipment."""
        return min(line.shipped, line.quantity) if self.is_short else line.quantity

    def has_picked(self, line: OrderLine) -> bool:
        """Every piece that goes lies in the bag."""
        return line.picked >= self.needed(line)

    @property
    def has_ended(self) -> bool:
        """Nothing more is expected."""
        return self.stage in ENDED

    @property
    def is_in_the_shop(self) -> bool:
        """Accepted and not gone."""
        return self.stage in IN_THE_SHOP

    def is_held(self, now: datetime) -> bool:
        """Somebody wants it to wait, and its goods are here."""
        return self.hold is not None and self.stage in HOLDABLE and self.hold.holds(now)

    def may_ring(self, now: datetime) -> bool:
        """Paid, new, nobody has it yet (C12); seen and left, it rings again when it is reminded of."""
        if self.stage not in RINGING or not self.is_paid or self.purchase.is_test or self.is_held(now):
            return False
        return still_rings(self.seen_at, self.accept_by, now, self.reminded_at)

    def line(self, code: str) -> OrderLine:
        """The line meant by id, sku or barcode, one still to pick first; raises `UnknownLine`."""
        meant = [line for line in self.lines if line.is_called(code)]
        if not meant:
            raise UnknownLine(f"order {self.number} has no line {code!r:.60}", found=code[:60])
        return next((line for line in meant if not self.has_picked(line)), meant[0])

    def moved(self, stage: Stage) -> "Order":
        """The same order one stage on; raises `IllegalMove`."""
        return replace(self, stage=require_move(self.stage, stage))

    def with_line(self, line: OrderLine) -> "Order":
        """The same order with one line exchanged for its next state."""
        lines = tuple(line if old.id == line.id else old for old in self.lines)
        return replace(self, purchase=replace(self.purchase, lines=lines))


def still_rings(
    seen_at: datetime | None, accept_by: datetime, now: datetime, reminded_at: datetime | None = None
) -> bool:
    """Nobody has it; or somebody had, and left it until a reminder, or the last minute (L13)."""
    if seen_at is None or (reminded_at is not None and reminded_at > seen_at):
        return True
    return now >= max(accept_by - RINGS_AGAIN, seen_at + RINGS_AGAIN)


Outcome: TypeAlias = "tuple[Order, tuple[Event, ...]]"
