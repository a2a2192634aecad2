"""Ships an order short: what goes is saved, what does not is given back, and all of it can be undone at first."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final

from core.domain import short_move
from core.domain.bearer import Bearer
from core.domain.catalogue import Catalogue
from core.domain.cause import Cause
from core.domain.events import ShippedShort, ShortTakenBack
from core.domain.ids import LineId, OrderId, RefundId
from core.domain.moment import Moment
from core.domain.order import Order
from core.domain.problem import ProblemKind
from core.domain.refund import Refund, RefundState
from core.domain.refusal import NothingToTakeBack
from core.domain.sharing import with_refunded
from core.domain.short import Short, ShortPlan
from core.domain.shortage import Shortage
from core.services import refund_ends, steps
from core.services.refunding import Refunding, fresh
from core.services.telling import HOLD
from core.store.unit_of_work import UnitOfWork

UNDONE: Final = "it was taken back"


class Shorting:
    """A drawer of the desk: `catalogue` is what the shop has to put in the place of what is missing (C61)."""

    def __init__(
        self, refunding: Refunding | None = None, catalogue: Catalogue | None = None, hold: timedelta = HOLD
    ) -> None:
        self._refunding = refunding or Refunding()
        self._catalogue = catalogue or {}
        self._hold = hold

    def shortage(self, uow: UnitOfWork, order_id: OrderId) -> Shortage:
        """What a person needs to see to decide."""
        order = uow.orders.get(order_id)
        return Shortage(order=order, catalogue=self._catalogue, refunded=self._refunding.purse(uow, order).gone)

    def ship(self, uow: UnitOfWork, order_id: OrderId, short: Short, now: Moment) -> Order:
        """Once (C76): what does not go gives its money back to the cent (C74), of the fee what was said (C75).

        Raises `PartialUsedUp`, `IllegalMove`, `NothingGoes`, `BadQuantity`, `NotAsked`, `NotSold`, `UnknownLine`.
        """
        before = uow.orders.get(order_id)
        short_move.require_first(before)
        plan = self.shortage(uow, order_id).plan(short)
        short_move.require(plan)
        refund = _refund(plan, now)
        told = replace(short_move.words_of(plan, now.at), refund_id=refund.id if refund else "")
        stand_ins = tuple(instead.line for instead in plan.stand_ins)
        goes = {one.line.id: one.goes for one in plan.lines}
        after, events = short_move.ship_short(before, goes, by=now.by, at=now.at, stand_ins=stand_ins, told=told)
        saved = steps.keep(uow, before, with_refunded(after, _given_up(after, refund)), events)
        if refund is not None:
            self._refunding.owe(uow, saved, refund, now)
        _ask_for_unpriced(uow, plan, refund, now)
        return uow.orders.get(order_id)

    def may_take_back(self, uow: UnitOfWork, order_id: OrderId, now: Moment) -> bool:
        """Nothing of it has left: its money is still held; where nobody outside is told, within the same seconds."""
        order, told = uow.orders.get(order_id), _last(uow, order_id)
        if told is None or not order.is_short or not order.is_in_the_shop:
            return False
        refund = uow.refunds.get(RefundId(told.refund_id)) if told.refund_id else None
        if refund is not None and refund.send_id is not None:
            return not uow.outbox.get(refund.send_id).may_have_left
        is_gone = refund is not None and refund.state is not RefundState.OWED
        return not is_gone and now.at < told.at + self._hold

    def take_back(self, uow: UnitOfWork, order_id: OrderId, now: Moment) -> Order:
        """All goods go again; who takes its telling back does that before. Raises `NothingToTakeBack`."""
        told = _last(uow, order_id)
        if told is None or not self.may_take_back(uow, order_id, now):
            raise NothingToTakeBack("the partial shipment has been told already", found="done")
        refund = uow.refunds.get(RefundId(told.refund_id)) if told.refund_id else None
        if refund is not None and refund.state is RefundState.OWED:
            refund_ends.stayed(uow, refund, RefundState.TAKEN_BACK, UNDONE, now)
        before = uow.orders.get(order_id)
        counted = {line_id: -count for line_id, count in _given_up(before, refund).items()}
        after, events = short_move.take_back_short(with_refunded(before, counted), by=now.by, at=now.at)
        saved = steps.keep(uow, before, after, events)
        refund_ends.ask(uow, order_id, UNDONE, now)
        return saved

    def belongs_to(self, uow: UnitOfWork, refund: Refund) -> bool:
        """The money is that of the order's partial shipment: neither is taken back without the other."""
        told = _last(uow, refund.order_id)
        return told is not None and told.refund_id == refund.id


def _refund(plan: ShortPlan, now: Moment) -> Refund | None:
    """None where nothing goes back."""
    if not plan.back.total.minor:
        return None
    told = short_move.words_of(plan, now.at)
    words = "; ".join((*(f"left out: {one}" for one in told.left_out), *(f"instead: {one}" for one in told.instead)))
    left_out = {one.line.id: one.left_out for one in plan.lines}
    refund = fresh(plan.order, plan.back.total, f"partial shipment; {words}", now, left_out)
    return replace(refund, cause=Cause.OUT_OF_STOCK, bearer=Bearer.STORE)


def _given_up(order: Order, refund: Refund | None) -> Mapping[LineId, int]:
    """Pieces counted as given up that no refund counts: something else goes for them, or they cost nothing."""
    instead = dict[LineId, int]()
    for line in order.lines:
        if line.swap_of is not None:
            instead[line.swap_of] = instead.get(line.swap_of, 0) + line.quantity
    if refund is not None:
        return instead
    return {line.id: line.quantity - line.shipped for line in order.lines if line.swap_of is None}


def _ask_for_unpriced(uow: UnitOfWork, plan: ShortPlan, refund: Refund | None, now: Moment) -> None:
    """What nobody can name a sum for is worked out by a person in the shop's own system."""
    if not plan.unpriced:
        return
    missing = ", ".join(f"{plan.missing[line.id]} × {line.sku or line.name}" for line in plan.unpriced)
    by_hand = refund is not None and bool(refund_ends.owed_by_hand(uow, plan.order.id))
    total = plan.back.total
    detail = f"{total.text} {total.currency} + {missing}" if by_hand else missing
    steps.open_problem(uow, ProblemKind.REFUND_DUE, now, order_id=plan.order.id, detail=detail)


def _last(uow: UnitOfWork, order_id: OrderId) -> ShippedShort | None:
    """The partial shipment that stands."""
    events = [event for event in uow.journal.of(order_id) if isinstance(event, (ShippedShort, ShortTakenBack))]
    last = events[-1] if events else None
    return last if isinstance(last, ShippedShort) else None
