"""One order as one line of the queue, and what needs a hand next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from core.board.glance import Glance, Ride, glance_of
from core.domain.call_advice import Advice
from core.domain.delivery import ENDED, DeliveryState
from core.domain.hold import HOLDABLE, Hold
from core.domain.ids import OrderId
from core.domain.money import Money
from core.domain.order import Order
from core.domain.purchase import OrderType
from core.domain.send import Send, SendKind
from core.domain.stage import RINGING, Stage


class Lane(StrEnum):
    """The parts of the queue, top to bottom."""

    NEW = "new"
    PREPARING = "preparing"
    READY = "ready"
    OUT = "out"
    WAITING = "waiting"  # for payment: never rings


class NextStep(StrEnum):
    """What a hand should do now; its key is in `tui/keys.py`, its words in `tui/labels.py`."""

    ACCEPT = "accept"
    READ_CHANGES = "read_changes"
    PICK = "pick"
    CHECK = "check"
    FINISH = "finish"
    SHIP = "ship"
    WAIT_TO_CALL = "wait_to_call"  # ready, and promised for later
    HELD = "held"  # a send waits its seconds and can be taken back
    CALLING = "calling"
    WAIT_FOR_DRIVER = "wait_for_driver"
    HAND_OVER = "hand_over"
    WATCH = "watch"
    WAIT_FOR_PAYMENT = "wait_for_payment"
    REVIEW = "review"
    WAIT_FOR_WORD = "wait_for_word"  # on hold: what would come next goes outward


LANES: Final[dict[Stage, Lane]] = {
    Stage.NEW: Lane.NEW,
    Stage.PREPARING: Lane.PREPARING,
    Stage.READY: Lane.READY,
    Stage.OUT: Lane.OUT,
    Stage.WAITING_PAYMENT: Lane.WAITING,
    Stage.REVIEW: Lane.NEW,
}
NEVER: Final = datetime.max.replace(tzinfo=UTC)
LANE_RANK: Final[dict[Lane, int]] = {lane: rank for rank, lane in enumerate(Lane)}
HANDS_ON: Final = frozenset(
    {
        NextStep.ACCEPT,
        NextStep.READ_CHANGES,
        NextStep.PICK,
        NextStep.CHECK,
        NextStep.FINISH,
        NextStep.SHIP,
        NextStep.REVIEW,
    }
)

OUTWARD: Final = frozenset({NextStep.ACCEPT, NextStep.SHIP, NextStep.HAND_OVER})  # what a hold bars
PACKING: Final = frozenset({NextStep.PICK, NextStep.CHECK, NextStep.FINISH})


@dataclass(frozen=True, kw_only=True)
class QueueLine:
    """Times aware; widgets count down from them. `due_at`: accept by, ready by, promised to, by lane."""

    order_id: OrderId
    number: str
    lane: Lane
    stage: Stage
    next_step: NextStep
    channel: str
    customer: str
    phone: str
    pieces: int
    picked: int
    due_at: datetime | None
    since: datetime  # when it came to this stage
    promised_to: datetime | None
    may_ring: bool  # paid and new; with `seen_at` and `due_at` it says whether it rings
    seen_at: datetime | None = None
    seen_by: str = ""
    is_changed: bool = False
    has_note: bool = False
    is_short: bool = False
    delivery_state: DeliveryState | None = None
    courier: str = ""
    waybill: str = ""
    held_until: datetime | None = None
    held_kind: SendKind | None = None
    problems: int = 0
    total: Money | None = None
    type: OrderType = OrderType.DELIVERY
    promised_from: datetime | None = None
    hold: Hold | None = None  # somebody wants it to wait
    reminders: int = 0  # so often it was reminded of
    reminded_at: datetime | None = None
    packing_step: NextStep | None = None  # what the bag needs, also when a driver is to be called first
    call: Advice | None = None  # when to call a driver; see `calls`

    @property
    def needs_hand(self) -> bool:
        """Something to do now, rather than to wait for."""
        if self.next_step is NextStep.HAND_OVER:
            return self.delivery_state in (DeliveryState.AT_STORE, None)
        return self.next_step in HANDS_ON

    @property
    def is_asked_for(self) -> bool:
        """A driver's call has left, and its answer is awaited."""
        return self.held_kind is SendKind.BOOK_COURIER and self.held_until is None

    @property
    def is_recallable(self) -> bool:
        """A driver is being looked for, or asked for (C77)."""
        return self.delivery_state is DeliveryState.MATCHING or self.is_asked_for

    @property
    def has_no_driver(self) -> bool:
        """One can be called: it is here, and nobody is called or coming (X6)."""
        is_due = self.stage is Stage.READY or self.next_step is NextStep.SHIP
        is_free = self.held_kind is None and self.delivery_state is None and self.hold is None
        return is_due and is_free and self.type is OrderType.DELIVERY

    @property
    def rank(self) -> tuple[int, bool, datetime, str]:
        """Where it stands: lane, what needs a hand, what is due first. Nothing in it changes by arriving neighbours."""
        return LANE_RANK[self.lane], not self.needs_hand, self.due_at or NEVER, self.order_id


def queue_line(order: Order, delivery: Ride | None, send: Send | None, problems: int = 0) -> QueueLine:
    """How an open order shows; `delivery` its live job, `send` its open send."""
    return line_of(glance_of(order), delivery, send, problems)


def line_of(order: Glance, delivery: Ride | None, send: Send | None, problems: int = 0) -> QueueLine:
    """The same, of what was read by itself."""
    step = _step(order, delivery, send)
    return QueueLine(
        order_id=order.id,
        number=order.number,
        lane=LANES[order.stage],
        stage=order.stage,
        next_step=step,
        channel=order.channel,
        customer=order.customer,
        phone=order.phone,
        pieces=order.pieces,
        picked=order.picked,
        due_at=_due(order),
        since=order.since,
        promised_to=order.promised_to,
        may_ring=order.stage in RINGING and order.is_paid and not order.is_test,
        seen_at=order.seen_at,
        seen_by=order.seen_by,
        is_changed=order.is_changed,
        has_note=order.has_note,
        is_short=order.is_short,
        delivery_state=delivery.state if delivery else None,
        courier=delivery.courier if delivery else send.courier if send else "",
        waybill=delivery.waybill if delivery else "",
        held_until=send.due_at if send and not send.may_have_left else None,
        held_kind=send.kind if send else None,
        problems=problems,
        total=order.total,
        type=order.type,
        promised_from=order.promised_from,
        hold=order.hold if order.stage in HOLDABLE else None,
        reminders=order.reminders,
        reminded_at=order.reminded_at,
        packing_step=step if step in PACKING else None,
    )


def next_step(order: Order, delivery: Ride | None, send: Send | None) -> NextStep:
    """The one thing that needs a hand, or the wait there is."""
    return _step(glance_of(order), delivery, send)


def _step(order: Glance, delivery: Ride | None, send: Send | None) -> NextStep:
    step = _free_step(order, delivery, send)
    is_held = order.hold is not None and order.stage in HOLDABLE
    return NextStep.WAIT_FOR_WORD if is_held and step in OUTWARD else step


def _free_step(order: Glance, delivery: Ride | None, send: Send | None) -> NextStep:
    """As if nobody wanted it to wait."""
    if order.is_changed:
        return NextStep.READ_CHANGES
    if send and send.is_open:
        return NextStep.CALLING if send.may_have_left else NextStep.HELD
    if order.stage is Stage.PREPARING:
        return _packing_step(order)
    if order.stage is Stage.READY:
        return _ready_step(order, delivery)
    return _PLAIN_STEPS[order.stage]


_PLAIN_STEPS: Final[dict[Stage, NextStep]] = {
    Stage.NEW: NextStep.ACCEPT,
    Stage.OUT: NextStep.WATCH,
    Stage.WAITING_PAYMENT: NextStep.WAIT_FOR_PAYMENT,
    Stage.REVIEW: NextStep.REVIEW,
}


def in_order(lines: Iterable[QueueLine]) -> tuple[QueueLine, ...]:
    """The queue from what is due first."""
    return tuple(sorted(lines, key=lambda line: line.rank))


def _packing_step(order: Glance) -> NextStep:
    if not order.is_picked:
        return NextStep.PICK
    return NextStep.FINISH if order.is_checked else NextStep.CHECK


def _ready_step(order: Glance, delivery: Ride | None) -> NextStep:
    if order.type is not OrderType.DELIVERY:
        return NextStep.HAND_OVER  # whoever fetches it
    if delivery is None or delivery.state in ENDED:
        return NextStep.SHIP
    return NextStep.HAND_OVER if delivery.state is not DeliveryState.MATCHING else NextStep.WAIT_FOR_DRIVER


def _due(order: Glance) -> datetime | None:
    if order.stage in RINGING:
        return order.accept_by
    if order.stage is Stage.PREPARING:
        return order.ready_by
    return order.promised_to
