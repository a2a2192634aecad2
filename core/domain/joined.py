"""What becomes of a keyed-in order when its channel's own copy comes: one order, with all that was done so far."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from core.domain import arrival
from core.domain.events import OrderChanged, OrderJoined
from core.domain.handwritten import PAID_HERE, PaidHow
from core.domain.ids import SYSTEM, LineId, OrderId, StaffId
from core.domain.joining import SAME_ADDRESS, address_likeness, same_phone, signs, worth
from core.domain.line import OrderLine
from core.domain.line_shares import Share, plain, shares
from core.domain.order import Order, Outcome
from core.domain.payment import is_received
from core.domain.purchase import Customer, Purchase

A_MOMENT: Final = timedelta(seconds=1)
NEARLY: Final = timedelta(minutes=5)  # between two promises
MOST_SAID: Final = 20  # differences


@dataclass(frozen=True, kw_only=True)
class Told:
    """Who says that they are one, and what is known of it besides."""

    at: datetime
    by: StaffId = SYSTEM
    paid: PaidHow | None = None  # what the caller said
    copy_id: OrderId | None = None


def join(order: Order, copy: Purchase, told: Told, accept_within: timedelta) -> Outcome:
    """Id, journal and all that was done stay; identity and words are the channel's from here on.

    What differs from what was keyed in is marked to be read, like any change of the customer's.
    """
    keyed, spoken = order.purchase, _spoken(order.purchase, copy)
    before = replace(order, purchase=_as_if_told(keyed, spoken), hand_number=keyed.number)
    after, events = arrival.told_again(before, spoken, told.at, accept_within)
    differing = _fields(before.purchase, after.purchase, told.paid)
    if differing and not after.has_ended:
        after = replace(after, changed=after.changed | differing)
    joined = OrderJoined(
        order_id=order.id,
        at=told.at,
        by=told.by,
        channel=copy.channel,
        number=copy.number,
        hand_number=keyed.number,
        copy_id=told.copy_id or "",
        score=worth(signs(keyed, copy)),
        signs=tuple(sorted(signs(keyed, copy))),
        fields=tuple(sorted(differing)),
        differences=differences(keyed, copy),
    )
    return after, (joined, *(event for event in events if not isinstance(event, OrderChanged)))


def differences(keyed: Purchase, copy: Purchase) -> tuple[str, ...]:
    """Goods and sum, as keyed in and as told: `Tea: 2 → 3`."""
    return tuple(_differing(keyed, copy))[:MOST_SAID]


def words_kept(earlier: str, told: str) -> str:
    """What the caller said is not lost because the channel does not know it (L4)."""
    if plain(earlier) in plain(told):
        return told
    return earlier if plain(told) in plain(earlier) else f"{told} · {earlier}"[:500]


def with_spoken(order: Order, told: Purchase) -> Purchase:
    """A later telling of an order that was keyed in once: note, allergens and hour of the call stand where it is mute.

    Any other order's telling stays as it is.
    """
    return _spoken(order.purchase, told) if order.hand_number else told


def _spoken(earlier: Purchase, told: Purchase) -> Purchase:
    is_mute = told.promised_to is None and told.promised_from is None
    return replace(
        told,
        note=words_kept(earlier.note, told.note),
        allergens=words_kept(earlier.allergens, told.allergens),
        promised_from=earlier.promised_from if is_mute else told.promised_from,
        promised_to=earlier.promised_to if is_mute else told.promised_to,
    )


def _as_if_told(keyed: Purchase, copy: Purchase) -> Purchase:
    """What was keyed in, under the names the channel has for things: the rest is a change."""
    is_soon = keyed.promised_to is None or _is_near(keyed.promised_to, copy.promised_to)
    return replace(
        copy,
        updated_at=copy.updated_at - A_MOMENT,
        payment=keyed.payment,
        type=keyed.type,
        customer=copy.customer if _is_same(keyed.customer, copy.customer) else keyed.customer,
        lines=_lines_as_told(keyed.lines, copy.lines),
        total=keyed.total,
        promised_from=copy.promised_from if is_soon else keyed.promised_from,
        promised_to=copy.promised_to if is_soon else keyed.promised_to,
        note=keyed.note,
        allergens=keyed.allergens,
        accept_by=None,
        cancel_reason=None,
        is_fulfilled=False,
        clash="",
    )


def _is_near(said: datetime, told: datetime | None) -> bool:
    return told is not None and abs(said - told) <= NEARLY


def _is_same(ours: Customer, theirs: Customer) -> bool:
    """Nothing to read: the same person, written otherwise."""
    likeness = address_likeness(ours.address, theirs.address)
    has_address = likeness is None or likeness >= SAME_ADDRESS
    return plain(ours.name) == plain(theirs.name) and same_phone(ours.phone, theirs.phone) is not False and has_address


def _lines_as_told(keyed: Sequence[OrderLine], told: Sequence[OrderLine]) -> tuple[OrderLine, ...]:
    """The channel's lines with what of them was keyed in and done; what it does not know of stays as a line of ours."""
    shared = shares(keyed, told)
    left = {line.id: line.quantity - sum(share.pieces for share in shared if share.ours == line.id) for line in keyed}
    ours = {line.id: line for line in keyed}
    known = [
        _as_told(line, [(ours[share.ours], share.pieces) for share in shared if share.theirs == line.id])
        for line in told
    ]
    extra = [replace(line, id=LineId(f"keyed-{line.id}"), quantity=left[line.id]) for line in keyed if left[line.id]]
    return (*(line for line in known if line is not None), *extra)


def _as_told(line: OrderLine, parts: Sequence[tuple[OrderLine, int]]) -> OrderLine | None:
    """None for what nobody keyed in; words about it that nobody heard are news."""
    pieces = sum(count for _ours, count in parts)
    if not pieces:
        return None
    same = replace(
        line,
        quantity=pieces,
        picked=_done("picked", parts),
        shipped=_done("shipped", parts),
        refunded=_done("refunded", parts),
    )
    return replace(same, options="", note="") if line.options or line.note else same


def _done(name: str, parts: Sequence[tuple[OrderLine, int]]) -> int:
    return sum(min(count, getattr(ours, name)) for ours, count in parts)


def _fields(before: Purchase, after: Purchase, paid: PaidHow | None) -> frozenset[str]:
    named = {name for name in arrival.SHOWN if getattr(before, name) != getattr(after, name)}
    was_paid, is_paid = is_received(before.payment), is_received(after.payment)
    is_twice = is_paid and paid in PAID_HERE
    return frozenset(named | ({"payment"} if (was_paid and not is_paid) or is_twice else set()))


def _differing(keyed: Purchase, copy: Purchase) -> Iterator[str]:
    shared = shares(keyed.lines, copy.lines)
    ours = {line.id: line for line in keyed.lines}
    for line in copy.lines:
        count = _of(shared, theirs=line.id)
        if count != line.quantity:
            yield f"{line.name}: {count} → {line.quantity}"
        elif line.options or line.note:
            yield f"{line.name}: {' '.join((line.options, line.note)).strip()}"
    for id, line in ours.items():
        if (missing := line.quantity - _of(shared, ours=id)) > 0:
            yield f"{line.name}: {missing} → 0"
    if keyed.total != copy.total:
        yield f"{keyed.total.text} → {copy.total.text} {copy.total.currency}"


def _of(shared: Sequence[Share], *, ours: LineId | None = None, theirs: LineId | None = None) -> int:
    return sum(share.pieces for share in shared if ours == share.ours or theirs == share.theirs)
