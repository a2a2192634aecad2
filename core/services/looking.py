"""Reads for eyes: one order's sheet, and finding orders."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from core.board.drivers import ground_of
from core.board.journal import JournalLine
from core.board.sheet import Sheet
from core.domain import waybill
from core.domain.day import local_day
from core.domain.delivery import Delivery
from core.domain.handover import NO_CUSTOM, Customs
from core.domain.ids import OrderId
from core.domain.moment import Moment
from core.domain.order import Order
from core.domain.purchase import OrderType
from core.domain.refusal import OrderRefusal
from core.domain.stage import BEFORE_ACCEPT, IN_THE_SHOP
from core.ports.desk import JOURNAL_PAGE
from core.services.fitting import Fitting
from core.services.orders import OrderService
from core.services.timing import Timing
from core.store.unit_of_work import UnitOfWork

BEFORE_THE_DOOR: Final = BEFORE_ACCEPT | IN_THE_SHOP


class LookingService:
    """Changes nothing."""

    def __init__(
        self,
        orders: OrderService,
        *,
        customs: Customs | None = None,
        phone: str = "",
        folder: str = "",
        timing: Timing | None = None,
        fitting: Fitting | None = None,
    ) -> None:
        self._orders = orders
        self._fitting = fitting or Fitting({})
        self._timing = timing or Timing()
        self._customs = customs or {}
        self._phone, self._folder = phone, folder
        self._ground = ground_of(orders.rules)

    def sheet(self, uow: UnitOfWork, order_id: OrderId, now: Moment) -> Sheet:
        """Everything about one order."""
        order = uow.orders.get(order_id)
        sheet = Sheet(
            order=order,
            at=now.at,
            verdicts=self._orders.verdicts(uow, order, now),
            deliveries=tuple(uow.deliveries.of(order_id)),
            send=uow.outbox.open_of(order_id),
            problems=tuple(uow.problems.of(order_id)),
            refunds=tuple(uow.refunds.of(order_id)),
            tellings=tuple(sorted(uow.outbox.tellings(order_id), key=lambda send: send.created_at)),
            history=tuple(uow.journal.of(order_id)),
            store_phone=self._phone,
            proofs=tuple(uow.proofs.of(order_id)),
            folder=self._folder,
            ground=self._ground,
        )
        job = sheet.delivery
        is_called = sheet.send is not None or (job is not None and job.is_live)
        if not is_called:
            sheet = self._fitted(sheet)
        return replace(
            sheet,
            pin_at=self._customs.get(job.courier, NO_CUSTOM).pin if job else sheet.pin_at,
            call=self._timing.of(order, now.at, is_called=is_called),
        )

    def _fitted(self, sheet: Sheet) -> Sheet:
        """Only what a courier is still to be called for."""
        order, today = sheet.order, local_day(sheet.at, self._orders.rules.zone)
        if order.purchase.type is not OrderType.DELIVERY or order.stage not in BEFORE_THE_DOOR:
            return sheet
        fits = self._fitting.of(order, today)
        return replace(sheet, fits=fits, split=self._fitting.split(order, today) if fits else None)

    def find(self, uow: UnitOfWork, wanted: str) -> Sequence[OrderId]:
        """Open orders by number, name, phone's last digits or waybill; then ended ones by number."""
        text = wanted.strip().lstrip("#").casefold()
        if not text:
            return ()
        jobs = {job.order_id: job for job in uow.deliveries.live() if waybill.is_meant(wanted, job)}
        found = [order for order in uow.orders.all_open() if _is_meant(order, text, jobs.get(order.id))]
        is_named = any(order.number.casefold() == text for order in found)
        ended = () if is_named else self._ended(uow, wanted.strip().lstrip("#"))
        return [*(order.id for order in found), *ended]

    def journal(
        self, uow: UnitOfWork, *, before: int | None = None, after: int = 0, of: OrderId | None = None
    ) -> Sequence[JournalLine]:
        """What happened, newest first, a page at a time."""
        return uow.journal.newest(before=before, after=after, of=of, most=JOURNAL_PAGE)

    def _ended(self, uow: UnitOfWork, text: str) -> Sequence[OrderId]:
        try:
            return (uow.orders.called(text).id,)
        except OrderRefusal:
            return ()


def _is_meant(order: Order, text: str, job: Delivery | None) -> bool:
    customer = order.purchase.customer
    digits = "".join(sign for sign in customer.phone if sign.isdigit())
    by_phone = len(text) >= 3 and text.isdigit() and digits.endswith(text)
    return order.number.casefold() == text or text in customer.name.casefold() or by_phone or job is not None
