"""An order as the contract's JSON object (contract section 2)."""

from datetime import datetime, tzinfo
from typing import Any

from core.board.sheet import Sheet
from core.domain.checklist import Check
from core.domain.delivery import Delivery
from core.domain.hold import Hold
from core.domain.holding import held
from core.domain.line import OrderLine
from core.domain.refund import Refund
from core.domain.send import Send
from core.domain.tell import ability_of


def order_object(sheet: Sheet, zone: tzinfo) -> dict[str, Any]:
    """Money as text with the currency's decimals, times as ISO 8601 with the shop's zone."""
    order, purchase = sheet.order, sheet.order.purchase
    return {
        "id": order.id,
        "number": order.number,
        "channel": purchase.channel,
        "channel_order_id": purchase.channel_order_id,
        "stage": order.stage.value,
        "payment": purchase.payment.value,
        "type": purchase.type.value,
        "accepted_at": _time(order.accepted_at, zone),
        "promised_from": _time(purchase.promised_from, zone),
        "promised_to": _time(purchase.promised_to, zone),
        "total": purchase.total.text,
        "currency": purchase.total.currency,
        "lines": [_line(line) for line in order.lines],
        "checks": {check.value: check in order.checklist.ticked for check in Check},
        "delivery": _delivery(sheet.delivery, zone),
        "problems": [_problem(problem, zone) for problem in sheet.problems if problem.is_open],
        "ringing": order.may_ring(sheet.at),
        "version": order.version,
    } | _more(sheet, zone)


def _more(sheet: Sheet, zone: tzinfo) -> dict[str, Any]:
    """What the contract does not promise and scripts may like."""
    order = sheet.order
    return {
        "customer": {"name": order.purchase.customer.name, "phone": order.purchase.customer.phone},
        "accept_by": _time(order.accept_by, zone),
        "reminders": order.reminders,
        "hold": _hold(held(order, sheet.at), zone),
        "changed": sorted(order.changed),
        "parcels": order.parcels,
        "reason": order.reason,
        "refunds": [_refund(refund, zone) for refund in sheet.refunds],
        "told": [_telling(send, zone) for send in sheet.tellings],
        "send": {"kind": sheet.send.kind.value, "due_at": _time(sheet.send.due_at, zone)} if sheet.send else None,
    }


def _hold(hold: Hold | None, zone: tzinfo) -> dict[str, Any] | None:
    if hold is None:
        return None
    times = {"at": _time(hold.at, zone), "until": _time(hold.until, zone)}
    return {"reason": hold.reason, "by": hold.by, **times, "lifted_by": hold.lifted_by.value}


def _refund(refund: Refund, zone: tzinfo) -> dict[str, Any]:
    return {
        "id": refund.id,
        "amount": refund.amount.text,
        "currency": refund.amount.currency,
        "state": refund.state.value,
        "reason": refund.reason,
        "lines": [{"id": line_id, "quantity": pieces} for line_id, pieces in refund.lines],
        "by": refund.by,
        "at": _time(refund.at, zone),
        "ref": refund.ref,
    }


def _telling(send: Send, zone: tzinfo) -> dict[str, Any]:
    """What the shop's own system is told, and how far that is."""
    what = {"what": ability_of(send), "state": send.state.value, "reason": send.reason}
    return what | {"due_at": _time(send.due_at, zone)} if send.is_open else what


def _line(line: OrderLine) -> dict[str, Any]:
    names = ("id", "sku", "name", "quantity", "picked", "shipped", "refunded")
    return {name: getattr(line, name) for name in names}


def _delivery(delivery: Delivery | None, zone: tzinfo) -> dict[str, Any] | None:
    if delivery is None:
        return None
    driver = delivery.driver
    return {
        "courier": delivery.courier,
        "ref": delivery.ref,
        "state": delivery.state.value,
        "driver": {"name": driver.name, "phone": driver.phone, "plate": driver.plate} if driver else None,
        "waybill": delivery.waybill,
        "eta": _time(delivery.eta_door, zone),
        "tracking_url": delivery.tracking_url,
        "fee": delivery.fee.text if delivery.fee else None,
        "pin": delivery.pin,
    }


def _problem(problem: Any, zone: tzinfo) -> dict[str, Any]:
    return {
        "id": problem.id,
        "kind": problem.kind.value,
        "opened_at": _time(problem.opened_at, zone),
        "detail": problem.detail,
    }


def _time(at: datetime | None, zone: tzinfo) -> str | None:
    return at.astimezone(zone).isoformat(timespec="seconds") if at else None
