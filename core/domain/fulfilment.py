"""What the shop does with an order, from accept to the door: one function a move."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from core.domain.checklist import Check
from core.domain.events import (
    CheckTicked,
    LinePicked,
    OrderAccepted,
    OrderCancelled,
    OrderCompleted,
    OrderLeft,
    OrderRejected,
    OrderReturned,
    OrderSeen,
    PackingFinished,
    PackingReopened,
    ParcelsPlanned,
)
from core.domain.holding import require_free
from core.domain.ids import LineId, StaffId
from core.domain.order import Order, Outcome, still_rings
from core.domain.refusal import (
    BadQuantity,
    IllegalMove,
    NoReason,
    NotPaid,
    PackingIncomplete,
    UnseenChanges,
)
from core.domain.stage import RINGING, Stage

TAKEN_ALREADY: Final = "the driver has it already"


def see(order: Order, *, by: StaffId, at: datetime) -> Outcome:
    """Somebody has it: the bell stops on every terminal (C14's "got it"); nothing new where it is silent already."""
    if order.stage not in RINGING:
        raise IllegalMove(order.stage, Stage.NEW)
    if not still_rings(order.seen_at, order.accept_by, at, order.reminded_at):
        return order, ()
    return replace(order, seen_at=at, seen_by=by), (OrderSeen(order_id=order.id, by=by, at=at),)


def accept(order: Order, *, by: StaffId, ready_by: datetime, at: datetime, over_cap: str = "") -> Outcome:
    """Promise the order for `ready_by`; from here the customer can't cancel (C23)."""
    if not order.is_paid:
        found = order.purchase.payment.value
        raise NotPaid(f"order {order.number} is not paid: {found}", found=found, allowed="paid")
    require_free(order, at)
    moved = replace(
        order.moved(Stage.PREPARING),
        accepted_at=at,
        accepted_by=by,
        ready_by=ready_by,
        seen_at=order.seen_at or at,
        seen_by=order.seen_by or by,
    )
    return moved, (OrderAccepted(order_id=order.id, by=by, at=at, ready_by=ready_by, over_cap=over_cap),)


def reject(order: Order, *, by: StaffId, reason: str, at: datetime) -> Outcome:
    """Say no before accepting; the money goes back (C25–C27)."""
    _require_reason(reason)
    moved = replace(order.moved(Stage.REJECTED), reason=reason, ended_at=at)
    return moved, (OrderRejected(order_id=order.id, by=by, at=at, reason=reason, stage=order.stage),)


def pick(order: Order, line_id: LineId, picked: int, *, by: StaffId, at: datetime) -> Outcome:
    """So many pieces of a line are in the bag now (C29); raises `BadQuantity`."""
    _require_preparing(order)
    line = order.line(line_id)
    needed = order.needed(line)
    if not 0 <= picked <= needed:
        message = f"{needed} pieces of {line.sku or line.id} go into the bag, not {picked}"
        raise BadQuantity(message, found=str(picked), allowed=str(needed))
    event = LinePicked(order_id=order.id, by=by, at=at, line_id=line.id, picked=picked, quantity=needed)
    return order.with_line(replace(line, picked=picked)), (event,)


def tick(order: Order, check: Check, *, ticked: bool, by: StaffId, at: datetime) -> Outcome:
    """Set or take back one of the four checks."""
    _require_preparing(order)
    event = CheckTicked(order_id=order.id, by=by, at=at, check=check, ticked=ticked)
    return replace(order, checklist=order.checklist.with_tick(check, ticked)), (event,)


def plan_parcels(order: Order, parcels: int, *, by: StaffId, at: datetime) -> Outcome:
    """All goods in so many parcels (C32, X1); raises `BadQuantity`, and `IllegalMove` when they are not in the shop."""
    if not order.is_in_the_shop:
        raise IllegalMove(order.stage, Stage.PREPARING)
    _require_parcels(parcels)
    if parcels == order.parcels:
        return order, ()
    return replace(order, parcels=parcels), (ParcelsPlanned(order_id=order.id, by=by, at=at, parcels=parcels),)


def finish_packing(order: Order, *, by: StaffId, at: datetime, parcels: int | None = None, reason: str = "") -> Outcome:
    """Ready when every line and check is ticked, or with a reason that is kept (C29–C32); in the parcels planned."""
    parcels = order.parcels if parcels is None else parcels
    moved = order.moved(Stage.READY)
    require_changes_seen(order)
    _require_parcels(parcels)
    if not order.is_packed and not reason:
        missing = _missing(order)
        raise PackingIncomplete(f"order {order.number} still lacks: {missing}", found=missing, allowed="all ticked")
    done = PackingFinished(order_id=order.id, by=by, at=at, parcels=parcels, reason="" if order.is_packed else reason)
    return replace(moved, ready_at=at, parcels=parcels), (done,)


def be_taken(order: Order, *, by: StaffId, at: datetime) -> Outcome:
    """The driver has it already, whatever is still open here: ready, so that it can leave."""
    done = PackingFinished(
        order_id=order.id, by=by, at=at, parcels=order.parcels, reason="" if order.is_packed else TAKEN_ALREADY
    )
    return replace(order.moved(Stage.READY), ready_at=at), (done,)


def reopen_packing(order: Order, *, by: StaffId, at: datetime, reason: str = "") -> Outcome:
    """Back to the table, before a driver is called."""
    moved = replace(order.moved(Stage.PREPARING), ready_at=None)
    return moved, (PackingReopened(order_id=order.id, by=by, at=at, reason=reason),)


def cancel(order: Order, *, by: StaffId, reason: str, at: datetime) -> Outcome:
    """Call the order off; after accept only the shop or support does (X5)."""
    _require_reason(reason)
    moved = replace(order.moved(Stage.CANCELLED), reason=reason, ended_at=at)
    return moved, (OrderCancelled(order_id=order.id, by=by, at=at, stage=order.stage, reason=reason),)


def leave(order: Order, *, at: datetime, by: StaffId) -> Outcome:
    """The goods are with the driver."""
    shipped = tuple(replace(line, shipped=order.needed(line)) for line in order.lines)
    moved = replace(order.moved(Stage.OUT), left_at=at, purchase=replace(order.purchase, lines=shipped))
    return moved, (OrderLeft(order_id=order.id, by=by, at=at),)


def complete(order: Order, *, at: datetime, by: StaffId) -> Outcome:
    """The customer has it (C82)."""
    return replace(order.moved(Stage.COMPLETED), ended_at=at), (OrderCompleted(order_id=order.id, by=by, at=at),)


def come_back(order: Order, *, at: datetime, by: StaffId) -> Outcome:
    """The goods are back in the store (C68, C71)."""
    return replace(order.moved(Stage.RETURNED), ended_at=at), (OrderReturned(order_id=order.id, by=by, at=at),)


def require_changes_seen(order: Order) -> None:
    """Nothing leaves on old words; raises `UnseenChanges`."""
    if order.changed:
        found = ", ".join(sorted(order.changed))
        raise UnseenChanges(f"order {order.number} was changed: {found}", found=found, allowed="changes read")


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise NoReason("this needs a reason", found="none", allowed="a reason")


def _require_parcels(parcels: int) -> None:
    if parcels < 1:
        raise BadQuantity(f"{parcels} parcels cannot leave", found=str(parcels), allowed="1 or more")


def _require_preparing(order: Order) -> None:
    if order.stage is not Stage.PREPARING:
        raise IllegalMove(order.stage, Stage.PREPARING)


def _missing(order: Order) -> str:
    open_lines = [line for line in order.lines if not order.has_picked(line)]
    lines = [f"{line.picked}/{order.needed(line)} {line.sku or line.name}" for line in open_lines]
    return ", ".join([*lines, *order.checklist.missing])
