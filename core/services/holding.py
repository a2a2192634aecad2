"""Holds: put on and lifted by people, ended by their time; nothing of a held order goes out (0028)."""

from collections.abc import Sequence
from datetime import datetime

from core.domain import holding
from core.domain.hold import Hold
from core.domain.ids import OrderId
from core.domain.moment import Moment
from core.domain.order import Order
from core.domain.send import SendKind
from core.domain.staff import Permission, Role, Staff, require_manager
from core.services import steps
from core.services.sends import take_back
from core.store.unit_of_work import UnitOfWork


class HoldingService:
    """`staff`: who may lift what only a manager may."""

    def __init__(self, staff: Sequence[Staff] = ()) -> None:
        self._staff = staff

    def put_on(
        self,
        uow: UnitOfWork,
        order_id: OrderId,
        reason: str,
        now: Moment,
        *,
        until: datetime | None = None,
        lifted_by: Role = Role.CASHIER,
    ) -> Order:
        """From now on nothing goes out; a driver's call that has not left is taken back."""
        hold = Hold(reason=reason, by=now.by, at=now.at, until=until, lifted_by=lifted_by)
        order = steps.change(uow, order_id, lambda it: holding.put_on(it, hold))
        send = uow.outbox.open_of(order_id, SendKind.BOOK_COURIER)
        if send is not None and not send.may_have_left:
            take_back(uow, send, now)
        return order

    def lift(self, uow: UnitOfWork, order_id: OrderId, now: Moment, permission: Permission | None = None) -> Order:
        """It may go on; raises `NotHeld`, and `NotAManager` where only a manager may."""
        hold = holding.held(uow.orders.get(order_id), now.at)
        why = require_manager(permission, self._staff) if hold is not None and hold.needs_manager else ""
        return steps.change(uow, order_id, lambda it: holding.lift(it, by=now.by, at=now.at, why=why))

    def run_out(self, uow: UnitOfWork, order_id: OrderId, now: Moment) -> Order:
        """Its time has come."""
        return steps.change(uow, order_id, lambda it: holding.run_out(it, now.at))
