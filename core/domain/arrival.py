"""What a channel's telling does to an order: first, changed, paid, called off."""

from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import Final

from core.domain.checklist import NOTHING_TICKED
from core.domain.events import (
    ChangesSeen,
    Event,
    OrderCancelled,
    OrderChanged,
    OrderOpened,
    OrderReceived,
    PaymentChanged,
)
from core.domain.ids import CUSTOMER, StaffId
from core.domain.order import Order, Outcome
from core.domain.payment import is_gone, is_received
from core.domain.purchase import Purchase
from core.domain.stage import BEFORE_ACCEPT, ENDED, Stage

ELSEWHERE: Final = "fulfilled in the shop's own system"
# What staff must look at again when it changes under their hands.
SHOWN: Final = ("customer", "lines", "promised_from", "promised_to", "note", "allergens", "total", "type")


def first_told(purchase: Purchase, at: datetime, accept_within: timedelta) -> Outcome:
    """An order unknown till now. It is new (and rings) only when paid (C12, X3)."""
    stage = _first_stage(purchase)
    order = Order(
        id=purchase.order_id,
        purchase=purchase,
        stage=stage,
        received_at=at,
        accept_by=_deadline(purchase, at, accept_within),
        opened_at=at if stage is Stage.NEW else None,
        ended_at=at if stage in ENDED else None,
        reason=_end_reason(purchase) if stage in ENDED else "",
    )
    received = OrderReceived(
        order_id=order.id,
        at=at,
        channel=purchase.channel,
        number=purchase.number,
        stage=stage,
        payment=purchase.payment,
    )
    return order, (received, *([OrderOpened(order_id=order.id, at=at)] if stage is Stage.NEW else []))


def told_again(order: Order, purchase: Purchase, at: datetime, accept_within: timedelta) -> Outcome:
    """A known order told once more. An older telling, or the same one, changes nothing."""
    heard = order.completed.hears(purchase.customer) if order.completed else None
    if heard is not None:  # what the customer told us itself is not overwritten (0027)
        purchase = replace(purchase, customer=heard.over(purchase.customer))
    is_news = heard != order.completed or _differences(order.purchase, purchase)
    if purchase.standing < order.purchase.standing or not is_news:
        return order, ()
    told = replace(order, purchase=purchase.carrying_on(order.lines), completed=heard)
    if purchase.accept_by != order.purchase.accept_by:  # the channel moved its own deadline
        moved = _deadline(purchase, order.opened_at or order.received_at, accept_within)
        told = replace(told, accept_by=moved, reminders=0)  # counted anew: what is due by then is done once
    events = _payment_news(order, purchase, at)
    for step in (_called_off, _opened, _shut, _changed):
        told, more = step(order, told, at, accept_within)
        events += more
    return told, events


def see_changes(order: Order, *, by: StaffId, at: datetime) -> Outcome:
    """A person has read what changed: the mark goes."""
    if not order.changed:
        return order, ()
    return replace(order, changed=frozenset()), (ChangesSeen(order_id=order.id, by=by, at=at),)


def _first_stage(purchase: Purchase) -> Stage:
    if purchase.is_cancelled or is_gone(purchase.payment) or purchase.is_fulfilled:
        return Stage.CANCELLED
    return Stage.NEW if is_received(purchase.payment) else Stage.WAITING_PAYMENT


def _deadline(purchase: Purchase, at: datetime, accept_within: timedelta) -> datetime:
    """Ours, or the channel's own when earlier (L12)."""
    ours = at + accept_within
    return min(ours, purchase.accept_by) if purchase.accept_by else ours


def _differences(before: Purchase, after: Purchase) -> tuple[str, ...]:
    kept = after.carrying_on(before.lines)
    names = (field.name for field in fields(Purchase))
    return tuple(name for name in names if getattr(before, name) != getattr(kept, name))


def _payment_news(order: Order, purchase: Purchase, at: datetime) -> tuple[Event, ...]:
    before, after = order.purchase.payment, purchase.payment
    if before is after:
        return ()
    return (PaymentChanged(order_id=order.id, by=CUSTOMER, at=at, before=before, after=after),)


def _end_reason(purchase: Purchase) -> str:
    return purchase.cancel_reason or (ELSEWHERE if purchase.is_fulfilled else purchase.payment.value)


def _called_off(order: Order, told: Order, at: datetime, _: timedelta) -> Outcome:
    """Off before the goods leave; once they are out it is a matter for people, not for a stage."""
    elsewhere = told.purchase.is_fulfilled and told.stage in BEFORE_ACCEPT  # later it is our own doing
    gone = told.purchase.is_cancelled or is_gone(told.purchase.payment) or elsewhere
    if not gone or told.has_ended or told.stage is Stage.OUT:
        return told, ()
    reason = _end_reason(told.purchase)
    off = replace(told.moved(Stage.CANCELLED), ended_at=at, reason=reason)
    return off, (OrderCancelled(order_id=order.id, by=CUSTOMER, at=at, stage=order.stage, reason=reason),)


def _opened(order: Order, told: Order, at: datetime, accept_within: timedelta) -> Outcome:
    if told.stage is not Stage.WAITING_PAYMENT or not told.is_paid:
        return told, ()
    opened = replace(told.moved(Stage.NEW), opened_at=at, accept_by=_deadline(told.purchase, at, accept_within))
    return opened, (OrderOpened(order_id=order.id, at=at),)


def _shut(order: Order, told: Order, at: datetime, _: timedelta) -> Outcome:
    """The channel takes its word back: not paid after all, so the bell stops."""
    if told.stage not in (Stage.NEW, Stage.REVIEW) or told.is_paid:
        return told, ()
    unseen = replace(told, opened_at=None, seen_at=None, seen_by=None, reminders=0, reminded_at=None)
    return unseen.moved(Stage.WAITING_PAYMENT), ()


def _retold(order: Order, told: Order) -> tuple[str, ...]:
    """The channel has other words of the customer than those that stand here: a person must choose."""
    is_retold = told.completed is not None and told.completed.is_retold
    return ("customer",) if is_retold and told.completed != order.completed else ()


def _changed(order: Order, told: Order, at: datetime, _: timedelta) -> Outcome:
    """CHANGED is marked from accept on: before, nobody has worked from the old words."""
    names = (*_differences(order.purchase, told.purchase), *_retold(order, told))
    changed = tuple(name for name in dict.fromkeys(names) if name in SHOWN)
    if not changed or told.has_ended:
        return told, ()
    event = OrderChanged(order_id=order.id, by=CUSTOMER, at=at, fields=changed)
    if order.stage in BEFORE_ACCEPT:
        return told, (event,)
    checklist = NOTHING_TICKED if "lines" in changed else told.checklist
    return replace(told, changed=order.changed | set(changed), checklist=checklist), (event,)
