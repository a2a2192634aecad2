"""An order as the contract's JSON object (contract section 2)."""

from datetime import datetime, tzinfo
from typing import Any

from core.board.sheet import Sheet
from core.domain.checklist import Check
from core.domain.delivery import Delivery
from core.domain.line import OrderLine


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
        "changed": sorted(order.changed),
        "parcels": order.parcels,
        "reason": order.reason,
        "send": {"kind": sheet.send.kind.value, "due_at": _time(sheet.send.due_at, zone)} if sheet.send else None,
    }


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
