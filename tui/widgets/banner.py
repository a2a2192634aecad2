"""The one thing that needs a hand, large enough for two metres; never takes the keyboard (C14)."""

from dataclasses import dataclass
from typing import Final

from core.board.alerts import loudness
from core.board.orders import NextStep, QueueLine
from core.domain.delivery import DeliveryState
from core.domain.reminders import LOUD
from tui import keys, labels
from tui.i18n import _, ngettext
from tui.labels.tones import Tone
from tui.widgets.big import big, is_drawable
from tui.widgets.cells import Piece, Pieces, cap, line
from tui.widgets.painted import Painted
from tui.widgets.picture import Picture

LARGEST: Final = 8  # letters of a number drawn large


@dataclass(frozen=True)
class Call:
    """What the banner says: a line of facts, a line of keys, in one tone; `ground` fills the whole banner."""

    title: str
    facts: str
    keys: Pieces
    tone: Tone
    number: str = ""
    right: str = ""
    ground: Tone | None = None


class Banner(Painted):
    """One line, or three with the number in big digits; its height never changes by what arrives."""

    def __init__(self, **names: str) -> None:
        super().__init__(**names)
        self._call: Call | None = None

    def show(self, picture: Picture, chosen: str | None) -> None:
        """Redraw what differs."""
        self._call = call_of(picture, chosen)
        self.repaint()

    def pieces(self, y: int) -> Pieces:
        """Flat where there is one line."""
        width, height = self.content_size
        if (call := self._call) is None:
            return line((), (), width)
        shown = _flat(call, width) if height < 3 else _tall(call, y, width)
        return tuple(_on(piece, call.ground) for piece in shown) if call.ground else shown


def call_of(picture: Picture, chosen: str | None) -> Call:
    """Lost, ringing, something to do, or calm."""
    if picture.lost_at is not None:
        at = labels.day_clock(picture.lost_at, picture.zone)
        words = _("This picture is of {at}. Reconnecting …").format(at=at)
        return Call(f"✗ {_('THE STORE CANNOT BE READ')}", words, (), Tone.TROUBLE, ground=Tone.TROUBLE_CAP)
    if picture.is_first:
        return Call(_("Reading the orders …"), "", (), Tone.MUTED)
    if (urgent := picture.urgent) is None:
        return Call(f"✓ {_('Nothing needs a hand.')}", _under_way(picture), (), Tone.GOOD)
    return _ringing(picture, urgent, chosen) if picture.ringing else _to_do(picture, urgent, chosen)


def _ringing(picture: Picture, urgent: QueueLine, chosen: str | None) -> Call:
    count, loud = len(picture.ringing), loudness(picture.ringing)
    more = count - 1
    tone = Tone.RING_LOW if picture.flash else Tone.RING
    title = ngettext("NEW ORDER", "{count} NEW ORDERS", count).format(count=count)
    low = Tone.TROUBLE_CAP if loud >= LOUD else Tone.RING_LOW
    rings = any(line.order_id == chosen for line in picture.ringing)  # then G is for that one
    at_once = () if rings and urgent.order_id != chosen else ("order.see",)
    return Call(
        title=f"♪ {_('NOBODY ACCEPTS IT') if loud else title}",
        facts=_facts(urgent, picture),
        keys=_keys(urgent, chosen, ("order.accept", "order.see"), tone, at_once),
        tone=Tone.HAND,
        number=urgent.number,
        right=ngettext("and {count} more", "and {count} more", more).format(count=more) if more else "",
        ground=Tone.RING if picture.flash else low,
    )


def _to_do(picture: Picture, urgent: QueueLine, chosen: str | None) -> Call:
    step = labels.step(urgent)
    is_about_driver = urgent.next_step is NextStep.HAND_OVER or urgent.delivery_state is DeliveryState.AT_STORE
    state = urgent.delivery_state if is_about_driver else None
    what = labels.word(state or urgent.stage).text
    cap_tone = Tone.HAND_CAP if step.is_loud else Tone.CAP
    return Call(
        title=f"{_('NEXT')}: {step.long_text}",
        facts=f"{what} · {_facts(urgent, picture)}",
        keys=_keys(urgent, chosen, (step.key,) if step.key else (), cap_tone),
        tone=Tone.HAND if step.is_loud else Tone.INFO,
        number=urgent.number,
    )


def _facts(urgent: QueueLine, picture: Picture) -> str:
    """Who, how much, until when: the order's basic facts."""
    total = labels.money(urgent.total) if urgent.total else ""
    facts = [urgent.customer, labels.count_of(urgent.pieces), total, urgent.channel]
    if urgent.promised_to is not None:
        facts.append(_("promised by {at}").format(at=labels.clock(urgent.promised_to, picture.zone)))
    if urgent.due_at is not None and urgent.next_step in (
        NextStep.REVIEW,
        NextStep.ACCEPT,
        NextStep.PICK,
        NextStep.CHECK,
    ):
        left = labels.left(urgent.due_at - picture.now)
        facts.append(
            _("{left} left").format(left=left) if not left.startswith("-") else _("late {by}").format(by=left[1:])
        )
    return " · ".join(fact for fact in facts if fact)


def _keys(
    urgent: QueueLine, chosen: str | None, ids: tuple[str, ...], tone: Tone, at_once: tuple[str, ...] = ()
) -> Pieces:
    """The keys that do it; where another order is chosen those not `at_once` stand pale behind the one that goes there.

    They would hit the chosen order: no cap, for a key that looks like one is pressed.
    """
    if urgent.order_id == chosen:
        return tuple(piece for name in ids for piece in _pressed(urgent, name, tone, "   "))
    behind = tuple(name for name in ids if name not in at_once)
    pale = ", ".join(f"{keys.cap(name)} {_label(urgent, name)}" for name in behind)
    go = (*_pressed(urgent, "order.next", tone), Piece(f" → {pale}   " if pale else "   ", Tone.MUTED))
    return (*go, *(piece for name in ids if name in at_once for piece in _pressed(urgent, name, tone, "   ")))


def _pressed(urgent: QueueLine, key_id: str, tone: Tone, gap: str = "") -> Pieces:
    return cap(keys.cap(key_id), tone), Piece(f" {_label(urgent, key_id)}{gap}")


def _label(urgent: QueueLine, key_id: str) -> str:
    """An odd order is looked at by the key that accepts others."""
    is_odd = urgent.next_step is NextStep.REVIEW and key_id == labels.step(urgent).key
    return labels.step(urgent).text if is_odd else _(keys.BY_ID[key_id].label)


def _under_way(picture: Picture) -> str:
    count = len(picture.board.drivers)
    return ngettext("{count} order with a driver.", "{count} orders with a driver.", count).format(count=count)


def _flat(call: Call, width: int) -> Pieces:
    number = f" #{call.number}" if call.number else ""
    return line((Piece(f" {call.title}{number}", call.tone), Piece(f" · {call.facts}")), call.keys, width)


def _tall(call: Call, y: int, width: int) -> Pieces:
    front = (Piece("  "), Piece(_digits(call.number, y), call.tone), Piece("   " if call.number else ""))
    body: Pieces = ((Piece(call.title, call.tone),), (Piece(call.facts, Tone.STRONG),), call.keys)[y]
    return line((*front, *body), (Piece(f"{call.right}  ", call.tone),) if y == 0 else (), width)


def _digits(number: str, y: int) -> str:
    """The number in letters of three lines where they fit, else itself."""
    if len(number) <= LARGEST and is_drawable(number):
        return big(number)[y]
    return f"#{number}" if y == 0 and number else " " * (len(number) + 1 if number else 0)


def _on(piece: Piece, ground: Tone) -> Piece:
    """On a loud ground everything but key caps takes its ink."""
    caps = {Tone.RING, Tone.RING_LOW, Tone.CAP, Tone.HAND_CAP, Tone.TROUBLE_CAP}
    return piece if piece.tone in caps else Piece(piece.text, ground)
