"""Word, sign and tone for every enum of the trade."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from core.board.lamps import LampKind, Light, SoundShow
from core.board.orders import Lane
from core.domain.acceptance import AcceptRule
from core.domain.alert import Chime
from core.domain.checklist import Check
from core.domain.circuit import CircuitState
from core.domain.delivery import DeliveryState
from core.domain.payment import Payment
from core.domain.proof import ProofKind, ProofState, Waypoint
from core.domain.purchase import OrderType
from core.domain.send import SendKind, SendState
from core.domain.sound_trouble import Fault
from core.domain.staff import Role
from core.domain.stage import Stage
from tui.i18n import N_, _
from tui.labels.tones import Tone


@dataclass(frozen=True)
class Word:
    """A message for `_`, a sign of one cell, and what it means."""

    message: str
    sign: str
    tone: Tone

    @property
    def text(self) -> str:
        """In the language in use."""
        return _(self.message)


_STAGES: Final[dict[Enum, Word]] = {
    Stage.WAITING_PAYMENT: Word(N_("waiting for payment"), "○", Tone.MUTED),
    Stage.REVIEW: Word(N_("to be looked at"), "◇", Tone.HAND),
    Stage.NEW: Word(N_("new"), "●", Tone.HAND),
    Stage.PREPARING: Word(N_("preparing"), "◐", Tone.PLAIN),
    Stage.READY: Word(N_("ready"), "■", Tone.GOOD),
    Stage.OUT: Word(N_("on the way"), "▶", Tone.INFO),
    Stage.COMPLETED: Word(N_("completed"), "✓", Tone.GOOD),
    Stage.REJECTED: Word(N_("rejected"), "▼", Tone.MUTED),
    Stage.CANCELLED: Word(N_("cancelled"), "✗", Tone.TROUBLE),
    Stage.RETURNED: Word(N_("returned"), "◁", Tone.MUTED),
}
_LANES: Final[dict[Enum, Word]] = {
    Lane.NEW: Word(N_("NEW"), "●", Tone.HAND),
    Lane.PREPARING: Word(N_("PREPARING"), "◐", Tone.HEADING),
    Lane.READY: Word(N_("READY"), "■", Tone.HEADING),
    Lane.OUT: Word(N_("ON THE WAY"), "▶", Tone.HEADING),
    Lane.WAITING: Word(N_("WAITING FOR PAYMENT"), "○", Tone.MUTED),
}
_PAYMENTS: Final[dict[Enum, Word]] = {
    Payment.UNPAID: Word(N_("unpaid"), "○", Tone.MUTED),
    Payment.AUTHORIZED: Word(N_("reserved, not paid"), "◌", Tone.MUTED),
    Payment.COD: Word(N_("cash on delivery"), "□", Tone.MUTED),
    Payment.PAID: Word(N_("paid"), "✓", Tone.GOOD),
    Payment.PART_REFUNDED: Word(N_("part refunded"), "½", Tone.GOOD),
    Payment.REFUNDED: Word(N_("refunded"), "◁", Tone.TROUBLE),
    Payment.VOID: Word(N_("void"), "✗", Tone.TROUBLE),
}
_TYPES: Final[dict[Enum, Word]] = {
    OrderType.DELIVERY: Word(N_("delivery"), "▶", Tone.PLAIN),
    OrderType.PICKUP: Word(N_("customer picks up"), "◀", Tone.PLAIN),
    OrderType.SHIPPING: Word(N_("parcel post"), "□", Tone.PLAIN),
    OrderType.DINE_IN: Word(N_("eat in"), "■", Tone.PLAIN),
    OrderType.VIRTUAL: Word(N_("nothing to carry"), "○", Tone.PLAIN),
}
_CHECKS: Final[dict[Enum, Word]] = {
    Check.QUANTITY: Word(N_("quantity"), "✓", Tone.GOOD),
    Check.QUALITY: Word(N_("quality"), "✓", Tone.GOOD),
    Check.PACKAGING: Word(N_("packaging"), "✓", Tone.GOOD),
    Check.SIZE: Word(N_("weight and size"), "✓", Tone.GOOD),
}
CHECK_MEANS: Final[dict[Check, str]] = {
    Check.QUANTITY: N_("as many as ordered"),
    Check.QUALITY: N_("undamaged, up to standard"),
    Check.PACKAGING: N_("closed, safe for the ride"),
    Check.SIZE: N_("the courier can carry it"),
}
_STATES: Final[dict[Enum, Word]] = {
    DeliveryState.MATCHING: Word(N_("finding a driver"), "◌", Tone.INFO),
    DeliveryState.HEADING_TO_STORE: Word(N_("driver on the way"), "▷", Tone.INFO),
    DeliveryState.AT_STORE: Word(N_("driver at the door"), "◆", Tone.HAND),
    DeliveryState.PICKED_UP: Word(N_("driver has it"), "▶", Tone.INFO),
    DeliveryState.DELIVERED: Word(N_("delivered"), "✓", Tone.GOOD),
    DeliveryState.RETURNING: Word(N_("coming back"), "◀", Tone.TROUBLE),
    DeliveryState.RETURNED: Word(N_("back in the store"), "◁", Tone.MUTED),
    DeliveryState.FAILED: Word(N_("delivery failed"), "✗", Tone.TROUBLE),
    DeliveryState.UNKNOWN: Word(N_("state unknown"), "?", Tone.TROUBLE),
}
_PROOFS: Final[dict[Enum, Word]] = {
    Waypoint.PICKUP: Word(N_("proof of pick-up"), "▷", Tone.PLAIN),
    Waypoint.DROPOFF: Word(N_("proof of delivery"), "✓", Tone.PLAIN),
    Waypoint.RETURN: Word(N_("proof of return"), "◁", Tone.PLAIN),
    ProofKind.PICTURE: Word(N_("picture"), "▣", Tone.PLAIN),
    ProofKind.SIGNATURE: Word(N_("signature"), "▣", Tone.PLAIN),
    ProofKind.PIN: Word(N_("PIN"), "▣", Tone.PLAIN),
    ProofState.WANTED: Word(N_("asked for"), "◌", Tone.INFO),
    ProofState.KEPT: Word(N_("kept"), "✓", Tone.GOOD),
    ProofState.MISSING: Word(N_("none to be had"), "✗", Tone.MUTED),
}
_SENDS: Final[dict[Enum, Word]] = {
    SendKind.BOOK_COURIER: Word(N_("call a driver"), "▷", Tone.INFO),
    SendKind.CANCEL_COURIER: Word(N_("recall the driver"), "◁", Tone.INFO),
    SendKind.TELL_PERSON: Word(N_("tell a person"), "»", Tone.INFO),
    SendKind.TIP_COURIER: Word(N_("raise the tip"), "$", Tone.INFO),
    SendKind.TELL_SHOP: Word(N_("tell the shop"), "◎", Tone.INFO),
    SendState.HELD: Word(N_("held back"), "◷", Tone.HAND),
    SendState.CALLING: Word(N_("calling"), "◌", Tone.INFO),
    SendState.DONE: Word(N_("answered"), "✓", Tone.GOOD),
    SendState.TAKEN_BACK: Word(N_("taken back"), "◁", Tone.MUTED),
    SendState.REFUSED: Word(N_("refused"), "✗", Tone.TROUBLE),
}
_RULES: Final[dict[Enum, Word]] = {
    AcceptRule.HOLD: Word(N_("hold"), "‖", Tone.HOLD),
    AcceptRule.PAYMENT: Word(N_("payment"), "✓", Tone.GOOD),
    AcceptRule.HOURS: Word(N_("opening hours"), "✓", Tone.GOOD),
    AcceptRule.WEIGHT: Word(N_("weight"), "✓", Tone.GOOD),
    AcceptRule.PIECES: Word(N_("items"), "✓", Tone.GOOD),
    AcceptRule.CAP: Word(N_("orders this hour"), "✓", Tone.GOOD),
    AcceptRule.DEADLINE: Word(N_("deadline"), "✓", Tone.GOOD),
}
_LIGHTS: Final[dict[Enum, Word]] = {
    Light.OK: Word(N_("ok"), "●", Tone.GOOD),
    Light.WARN: Word(N_("careful"), "▲", Tone.HAND),
    Light.FAIL: Word(N_("broken"), "✗", Tone.TROUBLE),
    Light.UNKNOWN: Word(N_("not heard yet"), "○", Tone.MUTED),
}
_CIRCUITS: Final[dict[Enum, Word]] = {
    CircuitState.CLOSED: Word(N_("going out"), "●", Tone.GOOD),
    CircuitState.OPEN: Word(N_("not now"), "▲", Tone.HAND),
    CircuitState.TRYING: Word(N_("one call tries whether it answers again"), "◌", Tone.HAND),
}
_LAMPS: Final[dict[Enum, Word]] = {
    LampKind.STATION: Word(N_("station"), "●", Tone.PLAIN),
    LampKind.CHANNEL: Word(N_("shop"), "●", Tone.PLAIN),
    LampKind.COURIER: Word(N_("courier"), "●", Tone.PLAIN),
}
_CHIMES: Final[dict[Enum, Word]] = {
    Chime.NEW: Word(N_("new order"), "♪", Tone.HAND),
    Chime.REMINDER: Word(N_("nobody accepts it"), "♪", Tone.TROUBLE),
    Chime.CANCELLED: Word(N_("order cancelled"), "♪", Tone.TROUBLE),
    Chime.DRIVER_HERE: Word(N_("driver here"), "♪", Tone.HAND),
    Chime.OVERDUE: Word(N_("overdue"), "♪", Tone.TROUBLE),
    Chime.FEED_DOWN: Word(N_("a feed is silent"), "♪", Tone.TROUBLE),
    Chime.CHECK: Word(N_("sound check"), "♪", Tone.PLAIN),
}
_SOUNDS: Final[dict[Enum, Word]] = {
    SoundShow.NO_SOUND: Word(N_("NO SOUND"), "✗", Tone.TROUBLE_CAP),
    SoundShow.MUTED: Word(N_("MUTED"), "⊘", Tone.TROUBLE_CAP),
    SoundShow.NOT_HEARD: Word(N_("NOT HEARD"), "✗", Tone.TROUBLE_CAP),
    SoundShow.RINGING: Word(N_("RINGING"), "♪", Tone.RING),
    SoundShow.QUIET: Word(N_("QUIET HOURS"), "⊘", Tone.HAND),
    SoundShow.PLAYING: Word(N_("listen: beeps"), "♪", Tone.INFO),
    SoundShow.ASKED: Word(N_("how many beeps?"), "♪", Tone.HAND),
    SoundShow.OK: Word(N_("SOUND OK"), "♪", Tone.GOOD),
    SoundShow.UNCHECKED: Word(N_("sound not checked"), "▲", Tone.HAND),
    SoundShow.UNTRIED: Word(N_("sound not tried yet"), "○", Tone.MUTED),
}
_FAULTS: Final[dict[Enum, Word]] = {
    Fault.OFF: Word(N_("off in the config"), "✗", Tone.TROUBLE),
    Fault.NO_VOLUME: Word(N_("volume is 0 in the config"), "✗", Tone.TROUBLE),
    Fault.NO_DEVICE: Word(N_("no sound device"), "✗", Tone.TROUBLE),
    Fault.NOT_INSTALLED: Word(N_("not installed"), "✗", Tone.TROUBLE),
    Fault.NOT_USED: Word(N_("not used, for it crashes this Python"), "✗", Tone.TROUBLE),
    Fault.BAD_FILE: Word(N_("the sound file is missing or damaged"), "✗", Tone.TROUBLE),
    Fault.CRASHED: Word(N_("crashed"), "✗", Tone.TROUBLE),
    Fault.FAILED: Word(N_("failed"), "✗", Tone.TROUBLE),
    Fault.TOO_LONG: Word(N_("did not end in time and was stopped"), "✗", Tone.TROUBLE),
    Fault.CANNOT_START: Word(N_("could not be started"), "✗", Tone.TROUBLE),
    Fault.NO_TERMINAL: Word(N_("no terminal here to ring"), "✗", Tone.TROUBLE),
    Fault.TERMINAL_BROKEN: Word(N_("the terminal could not be written to"), "✗", Tone.TROUBLE),
    Fault.BLOCKED: Word(N_("not allowed to sound yet"), "✗", Tone.TROUBLE),
    Fault.UNFORESEEN: Word(N_("the ring itself failed; the log says more"), "✗", Tone.TROUBLE),
}
_ROLES: Final[dict[Enum, Word]] = {
    Role.CASHIER: Word(N_("cashier"), "○", Tone.PLAIN),
    Role.PACKER: Word(N_("packer"), "○", Tone.PLAIN),
    Role.MANAGER: Word(N_("manager"), "●", Tone.PLAIN),
}
_TABLES: Final = (
    _STAGES,
    _LANES,
    _PAYMENTS,
    _TYPES,
    _CHECKS,
    _STATES,
    _PROOFS,
    _SENDS,
    _RULES,
    _LIGHTS,
    _CIRCUITS,
    _LAMPS,
    _CHIMES,
    _SOUNDS,
    _FAULTS,
    _ROLES,
)
# By class too: members of two enums may be equal as texts.
_WORDS: Final = {(type(member), member): found for table in _TABLES for member, found in table.items()}
FIELDS: Final[dict[str, str]] = {
    "address": N_("address"),
    "customer": N_("customer or address"),
    "phone": N_("phone"),
    "lines": N_("items"),
    "promised_from": N_("delivery time"),
    "promised_to": N_("delivery time"),
    "note": N_("note"),
    "allergens": N_("allergens"),
    "total": N_("total"),
    "type": N_("kind of order"),
    "payment": N_("payment"),
}


def word(member: Enum) -> Word:
    """How a member of an enum shows; a `KeyError` is a gap in these tables."""
    return _WORDS[type(member), member]


def fields(names: tuple[str, ...] | frozenset[str]) -> str:
    """What changed, each once."""
    return _(", ").join(dict.fromkeys(_(FIELDS.get(name, name)) for name in sorted(names)))


def payment_word(found: str) -> str:
    """The house's word for how the money stands; an unknown one as it was said."""
    known = {payment.value: payment for payment in Payment}
    return word(known[found]).text if found in known else found
