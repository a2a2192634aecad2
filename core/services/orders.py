"""Take up, accept, refuse, call off."""

from collections.abc import Sequence

from core.domain import acceptance, arrival, fulfilment
from core.domain.acceptance import AcceptRule, Verdict
from core.domain.capacity import HOUR, HourLoad, load_at
from core.domain.ids import OrderId, StaffId
from core.domain.moment import Moment
from core.domain.order import Order
from core.domain.refusal import AcceptedAlready, AlreadyAccepted, IllegalMove, InReview, OrderRefusal
from core.domain.review import first_stop
from core.domain.staff import Permission, require_manager
from core.domain.stage import RINGING, Stage
from core.domain.store_rules import StoreRules
from core.services import steps
from core.services.aftermath import Aftermath
from core.services.joining import require_decided
from core.services.telling import Telling
from core.store.unit_of_work import UnitOfWork


class OrderService:
    """The desk's first drawer."""

    def __init__(
        self,
        rules: StoreRules,
        aftermath: Aftermath,
        telling: Telling | None = None,
    ) -> None:
        self._rules = rules
        self._aftermath = aftermath
        self._telling = telling or Telling()

    @property
    def rules(self) -> StoreRules:
        """The store's own."""
        return self._rules

    def see(self, uow: UnitOfWork, order_id: OrderId, now: Moment) -> Order:
        """I have it: the bell stops."""
        return steps.change(uow, order_id, lambda order: fulfilment.see(order, by=now.by, at=now.at))

    def see_changes(self, uow: UnitOfWork, order_id: OrderId, now: Moment) -> Order:
        """I have read what changed; a bag packed from old lines goes back to the table, if no courier is called."""
        before = uow.orders.get(order_id)
        seen = steps.change(uow, order_id, lambda order: arrival.see_changes(order, by=now.by, at=now.at))
        repack = seen.stage is Stage.READY and "lines" in before.changed
        if not repack or uow.outbox.open_of(order_id) or uow.deliveries.live_of(order_id):
            return seen
        return steps.change(
            uow, order_id, lambda it: fulfilment.reopen_packing(it, by=now.by, at=now.at, reason="lines changed")
        )

    def accept(
        self, uow: UnitOfWork, order_ids: Sequence[OrderId], now: Moment, permission: Permission | None = None
    ) -> list[Order]:
        """All or none; past the cap only with a manager and a reason (C100)."""
        load = self.load(uow, now)
        wanted = list(dict.fromkeys(order_ids))
        require_decided(uow, wanted)
        return [self._named(uow, order_id, load, len(wanted), now, permission) for order_id in wanted]

    def reject(self, uow: UnitOfWork, order_id: OrderId, reason: str, now: Moment) -> Order:
        """Say no before accepting; the money goes back (C25–C27)."""
        require_decided(uow, (order_id,))
        order = steps.change(uow, order_id, lambda order: fulfilment.reject(order, by=now.by, reason=reason, at=now.at))
        return self._called_off(uow, order, now)

    def cancel(self, uow: UnitOfWork, order_id: OrderId, reason: str, now: Moment) -> Order:
        """Call it off for the shop or support; the courier is dealt with in the same step (X5)."""
        require_decided(uow, (order_id,))
        before = uow.orders.get(order_id)
        after, events = fulfilment.cancel(before, by=now.by, reason=reason, at=now.at)
        saved = steps.keep(uow, before, after, events)
        self._aftermath.of(uow, before, saved, now)
        return self._called_off(uow, saved, now)

    def _called_off(self, uow: UnitOfWork, order: Order, now: Moment) -> Order:
        """The shop's system hears of it, and all that is left of the money goes back, both after the held seconds."""
        self._telling.called_off(uow, order, now)
        self._aftermath.money_back(uow, order, now)
        return uow.orders.get(order.id)

    def load(self, uow: UnitOfWork, now: Moment) -> HourLoad:
        """The hour's load against the cap."""
        return load_at(
            now.at,
            uow.orders.accepted_after(now.at - HOUR),
            cap=self._rules.orders_per_hour,
            in_progress=uow.orders.count((Stage.PREPARING, Stage.READY)),
            waiting=uow.orders.count(RINGING),
        )

    def verdicts(self, uow: UnitOfWork, order: Order, now: Moment) -> tuple[Verdict, ...]:
        """May I accept this?"""
        return acceptance.examine(order, self._rules, self.load(uow, now), now.at)

    def _named(
        self,
        uow: UnitOfWork,
        order_id: OrderId,
        load: HourLoad,
        together: int,
        now: Moment,
        permission: Permission | None,
    ) -> Order:
        """Of a selection the refusal says which order it is about."""
        before = uow.orders.get(order_id)
        try:
            return self._accept(uow, before, load, together, now, permission)
        except OrderRefusal as refusal:
            refusal.number = before.number
            raise

    def _accept(
        self,
        uow: UnitOfWork,
        before: Order,
        load: HourLoad,
        together: int,
        now: Moment,
        permission: Permission | None,
    ) -> Order:
        if before.stage is Stage.REVIEW:
            odd = first_stop(before)
            raise InReview(f"order {before.number} is to be looked at first: {odd}", found=odd)
        if before.stage not in (Stage.NEW, Stage.WAITING_PAYMENT):
            raise _too_late(before, now.by)
        verdicts = acceptance.examine(before, self._rules, load, now.at, more=together)
        over_cap = self._require_kept(before, verdicts, permission)
        ready_by = now.at + self._rules.prep_time
        after, events = fulfilment.accept(before, by=now.by, ready_by=ready_by, at=now.at, over_cap=over_cap)
        saved = steps.keep(uow, before, after, events)
        self._telling.accepted(uow, saved, now)
        return saved

    def _require_kept(self, order: Order, verdicts: Sequence[Verdict], permission: Permission | None) -> str:
        """The reason to go past the cap, if one was needed; raises the refusal of the first rule broken."""
        reason = ""
        for verdict in verdicts:
            if verdict.is_cross and (verdict.rule is not AcceptRule.CAP or permission is None):
                raise acceptance.refusal_of(order, verdict)
            if verdict.is_cross:
                reason = require_manager(permission, self._rules.staff)
        return reason


def _too_late(order: Order, by: StaffId) -> OrderRefusal:
    """Somebody's accept came first, one's own perhaps, or it has ended."""
    if order.accepted_by is None:
        return IllegalMove(order.stage, Stage.PREPARING)
    if order.accepted_by == by:
        return AcceptedAlready(f"order {order.number} is accepted already", found=order.stage, allowed=by)
    said = f"order {order.number} was accepted by {order.accepted_by}"
    return AlreadyAccepted(said, found=order.stage, allowed=order.accepted_by)
