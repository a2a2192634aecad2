"""May I accept this? One verdict a rule, each with both numbers (C16–C19, C100–C103, L12)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from core.domain.capacity import HourLoad
from core.domain.order import Order
from core.domain.refusal import (
    DeadlinePassed,
    NotPaid,
    OnHold,
    OrderRefusal,
    OutsideHours,
    OverCap,
    TooHeavy,
    TooManyPieces,
)
from core.domain.store_rules import StoreRules


class AcceptRule(StrEnum):
    """In the order staff read them; a hold is a rule only where there is one."""

    HOLD = "hold"
    PAYMENT = "payment"
    HOURS = "hours"
    WEIGHT = "weight"
    PIECES = "pieces"
    CAP = "cap"
    DEADLINE = "deadline"


REFUSALS: Final[dict[AcceptRule, type[OrderRefusal]]] = {
    AcceptRule.HOLD: OnHold,
    AcceptRule.PAYMENT: NotPaid,
    AcceptRule.HOURS: OutsideHours,
    AcceptRule.WEIGHT: TooHeavy,
    AcceptRule.PIECES: TooManyPieces,
    AcceptRule.CAP: OverCap,
    AcceptRule.DEADLINE: DeadlinePassed,
}


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """One rule: kept, broken, or None when nobody can know; with what was found and what is allowed."""

    rule: AcceptRule
    kept: bool | None
    found: str
    allowed: str

    @property
    def is_cross(self) -> bool:
        """Stands in the way."""
        return self.kept is False


def examine(order: Order, store: StoreRules, load: HourLoad, at: datetime, *, more: int = 1) -> tuple[Verdict, ...]:
    """All rules over one order, as if `more` orders were accepted with it."""
    purchase = order.purchase
    nth = load.after_accepting(more)
    weight = purchase.weight_g
    return (
        *_hold(order, at),
        _verdict(AcceptRule.PAYMENT, order.is_paid, purchase.payment.value, "paid"),
        _verdict(AcceptRule.HOURS, store.hours.is_open(at), f"{at.astimezone(store.zone):%H:%M}", store.hours.text),
        _verdict(
            AcceptRule.WEIGHT,
            None if weight is None else weight <= store.max_order_weight_g,
            "?" if weight is None else kilograms(weight),
            f"{kilograms(store.max_order_weight_g)} kg",
        ),
        _verdict(
            AcceptRule.PIECES,
            purchase.pieces <= store.max_order_pieces,
            str(purchase.pieces),
            str(store.max_order_pieces),
        ),
        _verdict(AcceptRule.CAP, load.has_room(more), str(nth), str(load.cap)),
        _deadline(order, store, at),
    )


def refusal_of(order: Order, verdict: Verdict) -> OrderRefusal:
    """The typed refusal a cross stands for."""
    message = f"order {order.number}: {verdict.rule} is {verdict.found}, allowed {verdict.allowed}"
    if verdict.rule is AcceptRule.HOLD:
        message = f"order {order.number} is on hold: {verdict.found} ({verdict.allowed})"
    return REFUSALS[verdict.rule](message, found=verdict.found, allowed=verdict.allowed)


def kilograms(grams: int) -> str:
    """`8.4` for 8400 g."""
    return f"{grams / 1000:.3f}".rstrip("0").rstrip(".")


def _verdict(rule: AcceptRule, kept: bool | None, found: str, allowed: str) -> Verdict:
    return Verdict(rule=rule, kept=kept, found=found, allowed=allowed)


def _hold(order: Order, at: datetime) -> tuple[Verdict, ...]:
    """Why and who; not a word where nobody wants it to wait."""
    hold = order.hold if order.is_held(at) else None
    return (_verdict(AcceptRule.HOLD, False, hold.reason, hold.by),) if hold else ()


def _deadline(order: Order, store: StoreRules, at: datetime) -> Verdict:
    """Only the channel's own deadline bars: past ours the order is late, and still wants an answer."""
    limit = order.purchase.accept_by
    shown = (limit or order.accept_by).astimezone(store.zone)
    kept = limit is None or at <= limit
    return _verdict(AcceptRule.DEADLINE, kept, f"{at.astimezone(store.zone):%H:%M:%S}", f"{shown:%H:%M:%S}")
