"""What the review does to an order: stop it, let it pass, put the customer's own words in."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from core.domain import address as sense
from core.domain.completed import complete
from core.domain.events import CustomerCalledBack, CustomerCompleted, Event, ReviewAsked, ReviewPassed
from core.domain.ids import StaffId
from core.domain.order import Order, Outcome
from core.domain.purchase import OrderType
from core.domain.refusal import BadAddress, IllegalMove, NothingNew, ReviewOpen
from core.domain.review import Finding, barring, findings_of, kinds
from core.domain.stage import BEFORE_ACCEPT, IN_THE_SHOP, Stage

LONGEST_AGAIN: Final = 4  # times the first pause: later tries are no rarer


class CallResult(StrEnum):
    """How a call-back went."""

    RIGHT = "right"  # reached, and all is right as it stands
    CHANGED = "changed"  # reached, and something is to be put right
    NOT_REACHED = "not_reached"


def examined(order: Order, findings: Sequence[Finding], at: datetime) -> Outcome:
    """What was found stands with the order; it stops a new one, and lets one pass that is odd no more.

    What a person has let pass once does not stop it again.
    """
    if order.stage not in (Stage.NEW, Stage.REVIEW):
        return order, ()
    passed = {finding.as_note() for finding in findings_of(order)} if order.reviewed_by else set()
    kept = tuple(finding.as_note() if finding.as_note() in passed else finding for finding in findings)
    noted = replace(order, review=tuple(finding.code for finding in kept))
    stops = kinds(finding for finding in kept if finding.stops)
    if stops and order.stage is Stage.NEW:
        stopped = replace(noted.moved(Stage.REVIEW), seen_at=None, seen_by=None)
        return stopped, (ReviewAsked(order_id=order.id, at=at, findings=stops),)
    if not stops and order.stage is Stage.REVIEW:
        return noted.moved(Stage.NEW), (ReviewPassed(order_id=order.id, at=at, findings=kinds(barring(order))),)
    return noted, ()


def let_pass(order: Order, *, by: StaffId, at: datetime) -> Outcome:
    """A person has looked: it may be accepted. Raises `ReviewOpen` while words are missing (H5)."""
    require_review(order)
    stops = barring(order)
    if missing := next((finding for finding in stops if finding.needs_words), None):
        message = f"order {order.number} cannot pass: {missing.kind}"
        raise ReviewOpen(message, found=missing.kind, allowed="completed")
    passed = replace(
        order.moved(Stage.NEW),
        review=tuple(finding.as_note().code for finding in findings_of(order)),
        reviewed_by=by,
        reviewed_at=at,
        seen_at=order.seen_at or at,
        seen_by=order.seen_by or by,
    )
    return passed, (ReviewPassed(order_id=order.id, by=by, at=at, findings=kinds(stops)),)


def put_words(
    order: Order, *, address: str | None = None, phone: str | None = None, by: StaffId, at: datetime
) -> Outcome:
    """The customer's own words, got by asking (H6); raises `BadAddress` and `NothingNew`."""
    if order.stage not in BEFORE_ACCEPT | IN_THE_SHOP:
        raise IllegalMove(order.stage, Stage.REVIEW)
    if address is not None and order.purchase.type is not OrderType.PICKUP and (why := sense.nonsense(address)):
        raise BadAddress(f"nobody could be found by that address: {why}", found=why, allowed="an address")
    customer = order.purchase.customer
    now, words = complete(customer, order.completed, address=address, phone=phone, by=by, at=at)
    was_retold = order.completed is not None and order.completed.is_retold
    if now == customer and not was_retold:
        raise NothingNew(f"order {order.number}: these words stand there already")
    changed = tuple(name for name in ("address", "phone") if getattr(now, name) != getattr(customer, name))
    known = replace(order, purchase=replace(order.purchase, customer=now), completed=words)
    return known, (CustomerCompleted(order_id=order.id, by=by, at=at, fields=changed),)


def called(
    order: Order, result: CallResult, *, history: Iterable[Event], again: timedelta, by: StaffId, at: datetime
) -> CustomerCalledBack:
    """A call-back was made; nobody reached is tried again, soon enough to be in time for the deadline."""
    attempt = sum(isinstance(event, CustomerCalledBack) for event in history) + 1
    if result is not CallResult.NOT_REACHED:
        return CustomerCalledBack(order_id=order.id, by=by, at=at, answer=result, attempt=attempt)
    pause = again * min(attempt, LONGEST_AGAIN)
    last = order.accept_by - again / 2
    again_at = min(at + pause, last) if last > at else at + again
    return CustomerCalledBack(order_id=order.id, by=by, at=at, answer=result, attempt=attempt, again_at=again_at)


def require_review(order: Order) -> None:
    """Raises `IllegalMove` for one that is not looked at."""
    if order.stage is not Stage.REVIEW:
        raise IllegalMove(order.stage, Stage.REVIEW)
