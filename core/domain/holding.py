"""Putting a hold on an order and lifting it: it bars the next step outward, and nothing inside the shop (0028)."""

from dataclasses import replace
from datetime import datetime

from core.domain.events.hold import HoldLifted, HoldPutOn, HoldRanOut
from core.domain.hold import HOLDABLE, Hold
from core.domain.ids import StaffId
from core.domain.order import Order, Outcome
from core.domain.refusal import BadTime, HeldAlready, IllegalMove, NoReason, NotHeld, OnHold
from core.domain.staff import Role
from core.domain.stage import Stage

LIFTERS = (Role.CASHIER, Role.MANAGER)


def put_on(order: Order, hold: Hold) -> Outcome:
    """Raises why not: the goods have left, somebody was first, no reason, a time that is over."""
    if order.stage not in HOLDABLE:
        raise IllegalMove(order.stage, Stage.NEW)
    if (before := held(order, hold.at)) is not None:
        said = f"order {order.number} is held already: {before.reason}"
        raise HeldAlready(said, found=before.reason, allowed=before.by)
    if not hold.reason.strip():
        raise NoReason("a hold needs a reason", found="none", allowed="a reason")
    if not hold.holds(hold.at):
        raise BadTime("a hold ends later than now", found=f"{hold.until:%H:%M}", allowed=f"{hold.at:%H:%M}")
    kept = replace(hold, reason=hold.reason.strip())
    event = HoldPutOn(
        order_id=order.id, at=kept.at, by=kept.by, reason=kept.reason, until=kept.until, lifted_by=kept.lifted_by
    )
    return replace(order, hold=kept), (event,)


def lift(order: Order, *, by: StaffId, at: datetime, why: str = "") -> Outcome:
    """Raises `NotHeld`. Whether this person may is asked before: see `Hold.needs_manager`."""
    hold = held(order, at)
    if hold is None:
        raise NotHeld(f"order {order.number} is not held", found="none")
    event = HoldLifted(order_id=order.id, at=at, by=by, reason=hold.reason, why=why)
    return replace(order, hold=None), (event,)


def run_out(order: Order, at: datetime) -> Outcome:
    """The time of its hold has come: written down once."""
    if order.hold is None or order.hold.holds(at):
        return order, ()
    event = HoldRanOut(order_id=order.id, at=at, reason=order.hold.reason)
    return replace(order, hold=None), (event,)


def held(order: Order, now: datetime) -> Hold | None:
    """What keeps it, while the goods are here."""
    return order.hold if order.is_held(now) else None


def require_free(order: Order, now: datetime) -> None:
    """Before every step outward; raises `OnHold`."""
    if (hold := held(order, now)) is not None:
        raise OnHold(f"order {order.number} is on hold: {hold.reason} ({hold.by})", found=hold.reason, allowed=hold.by)
