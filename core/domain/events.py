"""What happened: the words of the journal. A class here has a sentence in `tui/labels.py`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from core.domain.ids import SYSTEM, OrderId, StaffId


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened to an order (None: to the store), by whom and when."""

    order_id: OrderId | None
    at: datetime
    by: StaffId = SYSTEM


@dataclass(frozen=True, kw_only=True)
class OrderReceived(Event):
    """A channel told of an order unknown till then."""

    channel: str
    number: str
    stage: str
    payment: str


@dataclass(frozen=True, kw_only=True)
class PaymentChanged(Event):
    """The channel says the money stands otherwise."""

    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class OrderOpened(Event):
    """Paid: from here it rings and may be accepted (C12)."""


@dataclass(frozen=True, kw_only=True)
class OrderChanged(Event):
    """The channel changed details; the names of the fields only."""

    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ChangesSeen(Event):
    """A person has read what changed."""


@dataclass(frozen=True, kw_only=True)
class OrderSeen(Event):
    """A person has taken the order up: the bell stops everywhere."""


@dataclass(frozen=True, kw_only=True)
class OrderAccepted(Event):
    """Promised; the customer can no longer cancel (C23). `over_cap` is the reason given past the cap."""

    ready_by: datetime
    over_cap: str = ""


@dataclass(frozen=True, kw_only=True)
class OrderRejected(Event):
    """The shop said no; the money goes back (C25–C27)."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class LinePicked(Event):
    """So many pieces of a line lie in the bag now."""

    line_id: str
    picked: int
    quantity: int


@dataclass(frozen=True, kw_only=True)
class CheckTicked(Event):
    """One of the four checks, ticked or taken back (C29–C32)."""

    check: str
    ticked: bool


@dataclass(frozen=True, kw_only=True)
class ParcelsPlanned(Event):
    """All goods are to go in so many parcels of one shipment: a split, not a partial shipment (X1)."""

    parcels: int


@dataclass(frozen=True, kw_only=True)
class PackingFinished(Event):
    """Ready to leave; `reason` says why with a checklist that was not complete."""

    parcels: int
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class PackingReopened(Event):
    """Back to the table."""

    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ShippedShort(Event):
    """The one partial shipment: line id -> pieces that go (C72–C76)."""

    quantities: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class OrderCancelled(Event):
    """Called off, by the channel, the shop or support; `stage` is where it stood (X5)."""

    stage: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class OrderLeft(Event):
    """The goods are with the driver."""


@dataclass(frozen=True, kw_only=True)
class OrderCompleted(Event):
    """The customer has it (C82)."""


@dataclass(frozen=True, kw_only=True)
class OrderReturned(Event):
    """The goods are back in the store (C68, C71)."""


@dataclass(frozen=True, kw_only=True)
class CalledByItself(Event):
    """The station calls a driver, and why just now: seconds to the store and of packing, None where not known."""

    courier: str
    lead: int | None = None
    rides: int = 0
    packing: int | None = None  # None: the goods are ready
    packings: int = 0


@dataclass(frozen=True, kw_only=True)
class SendHeld(Event):
    """An outside call is owed; until `until` it can be taken back."""

    send_id: str
    kind: str
    courier: str
    until: datetime
    why: str = ""  # why this courier, as `Why` packs it


@dataclass(frozen=True, kw_only=True)
class SendTakenBack(Event):
    """Taken back in time: nothing left the house."""

    send_id: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class SendStarted(Event):
    """The call is on its way; a crash from here on is cleared up by asking first."""

    send_id: str
    kind: str
    attempt: int


@dataclass(frozen=True, kw_only=True)
class SendDone(Event):
    """Answered."""

    send_id: str
    kind: str
    ref: str


@dataclass(frozen=True, kw_only=True)
class SendPostponed(Event):
    """No answer; tried again at `until`."""

    send_id: str
    kind: str
    reason: str
    until: datetime


@dataclass(frozen=True, kw_only=True)
class SendRefused(Event):
    """A final no."""

    send_id: str
    kind: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class DeliveryReported(Event):
    """The courier's word, and what it means here."""

    courier: str
    ref: str
    state: str
    word: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class SearchWentOn(Event):
    """The store's policy for searches did something: `deed` and `cause` as in `search`; `amount` of a tip, in all."""

    deed: str
    cause: str
    courier: str
    minutes: int = 0
    amount: str = ""
    currency: str = ""


@dataclass(frozen=True, kw_only=True)
class CancelCharged(Event):
    """Calling a courier off has cost so much (C80)."""

    courier: str
    ref: str
    amount: str
    currency: str


@dataclass(frozen=True, kw_only=True)
class BookingSettled(Event):
    """A person says what became of a call whose answer was lost: booked as `ref`, or never arrived."""

    courier: str
    ref: str = ""


@dataclass(frozen=True, kw_only=True)
class DriverChanged(Event):
    """Another person rides now; names stay out of the journal."""

    courier: str
    vehicle: str = ""
    plate: str = ""


@dataclass(frozen=True, kw_only=True)
class HandedOver(Event):
    """Waybill compared, parcels counted, goods gone (C49–C52); seconds the driver waited, None when not known.

    `without_pin` is a manager's reason to let them go without the right PIN.
    """

    waybill: str
    parcels: int
    waited: int | None = None
    without_pin: str = ""


@dataclass(frozen=True, kw_only=True)
class PinRefused(Event):
    """A driver gave a wrong PIN (C57)."""

    tries: int


@dataclass(frozen=True, kw_only=True)
class LeftUnchecked(Event):
    """The courier says the way is over, and nobody here had handed anything over."""

    courier: str
    state: str


@dataclass(frozen=True, kw_only=True)
class GoodsReceived(Event):
    """Goods that came back were counted and looked at: line id -> pieces (C68, C71)."""

    parcels: int
    sound: dict[str, int]
    damaged: dict[str, int]
    missing: dict[str, int]
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ProofKept(Event):
    """A proof was fetched; `file` is its place below the data folder, `size` in bytes."""

    waypoint: str
    proof: str
    file: str
    size: int


@dataclass(frozen=True, kw_only=True)
class ProofMissing(Event):
    """A proof is not to be had, and why."""

    waypoint: str
    why: str


@dataclass(frozen=True, kw_only=True)
class ProblemOpened(Event):
    """Something stands in the way and wants a person."""

    problem_id: str
    kind: str
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class ProblemClosed(Event):
    """Dealt with; `result` says how."""

    problem_id: str
    kind: str
    result: str


@dataclass(frozen=True, kw_only=True)
class SoundChecked(Event):
    """A person said how many beeps were heard, and so whether the bell can be trusted."""

    backend: str
    played: int
    heard: int


def _words(event: type[Event]) -> str:
    return "".join(f"_{sign.lower()}" if sign.isupper() else sign for sign in event.__name__).lstrip("_")


KINDS: Final[dict[str, type[Event]]] = {_words(kind): kind for kind in Event.__subclasses__()}
NAMES: Final[dict[type[Event], str]] = {kind: name for name, kind in KINDS.items()}


def kind_of(event: Event) -> str:
    """The word in the journal: `order_accepted`."""
    return NAMES[type(event)]
