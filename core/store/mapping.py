"""Rows to domain objects and back; the only place that knows both shapes."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any, Final, cast

from sqlalchemy import RowMapping

from core.domain.checklist import Check, Checklist
from core.domain.delivery import Delivery, DeliveryState, Driver
from core.domain.events import KINDS, Event, kind_of
from core.domain.hold import Hold
from core.domain.ids import ChannelName, OrderId, StaffId
from core.domain.likeness import door_of
from core.domain.line import IfMissing, OrderLine
from core.domain.measures import Box, Place
from core.domain.money import Money
from core.domain.order import Order
from core.domain.payment import Payment
from core.domain.phone import tail_of
from core.domain.problem import Problem, ProblemKind
from core.domain.purchase import Customer, OrderType, Purchase
from core.domain.quote import Quote
from core.domain.send import Send, SendKind, SendState
from core.domain.staff import Role
from core.domain.stage import Stage
from core.store import completions, shop_calls

Row = RowMapping
_SHOP_STATE: Final = (
    "version received_at accept_by opened_at seen_at seen_by accepted_at accepted_by ready_by ready_at left_at"
    " ended_at reason parcels is_short hand_number reviewed_by reviewed_at reminders reminded_at"
).split()
_TOLD: Final = (
    "placed_at promised_from promised_to note allergens wants_invoice is_test cancel_reason is_fulfilled clash"
    " tax_included"
).split()
_SUMS: Final = ("discount", "tax", "delivery_fee")
_LINE_SUMS: Final = ("unit_price", "total", "tax")
_NAMES: Final = ("channel", "shop", "channel_order_id", "number")
_LINE: Final = (
    "id sku name quantity weight_g barcode options note shelf is_gift picked shipped refunded wish swap_of".split()
)
_DELIVERY: Final = (
    "id order_id courier ref key word at state_since booked_at waybill eta_store eta_door tracking_url pin reason"
    " return_ref handed_over_at picked_up_at ended_at at_store_at heard_at eta_at received_at eta_told_at"
    " driver_at driver_from former_driver driver_changed_at"
).split()
_PROBLEM: Final = tuple(field.name for field in fields(Problem) if field.name not in ("kind", "cost"))
_SEND: Final = tuple(
    field.name for field in fields(Send) if field.name not in ("kind", "state", "quote", "tip", "call")
)


def order_row(order: Order) -> dict[str, Any]:
    """All columns of `orders`."""
    purchase, customer = order.purchase, order.purchase.customer
    row = {name: getattr(order, name) for name in _SHOP_STATE}
    row |= {name: getattr(purchase, name) for name in (*_NAMES, *_TOLD)}
    return row | {
        "id": order.id,
        "told_at": purchase.updated_at,
        "payment": purchase.payment.value,
        "type": purchase.type.value,
        "customer_name": customer.name,
        "customer_phone": customer.phone,
        "customer_address": customer.address,
        "latitude": customer.latitude,
        "longitude": customer.longitude,
        "total_minor": purchase.total.minor,
        "currency": purchase.total.currency,
        "channel_accept_by": purchase.accept_by,
        "stage": order.stage.value,
        "changed": " ".join(sorted(order.changed)),
        "review": "\n".join(order.review),
        "completed": completions.row_of(order.completed) if order.completed else None,
        "buyer": tail_of(customer.phone),
        "door": door_of(customer.address),
        **{f"{name}_minor": _minor(getattr(purchase, name)) for name in _SUMS},
        **_hold_row(order.hold),
    }


def order_of(row: Row, lines: Iterable[Row], ticked: Iterable[str]) -> Order:
    """The order again, from its row, its lines in sequence and its ticked checks."""
    state = {name: row[name] for name in _SHOP_STATE}
    return Order(
        id=OrderId(row["id"]),
        purchase=_purchase_of(row, lines),
        stage=Stage(row["stage"]),
        checklist=Checklist(frozenset(Check(name) for name in ticked)),
        changed=frozenset(row["changed"].split()),
        review=tuple(row["review"].splitlines()),
        completed=completions.completed_of(row["completed"]) if row["completed"] else None,
        hold=_hold_of(row),
        **state,
    )


def _purchase_of(row: Row, lines: Iterable[Row]) -> Purchase:
    currency = row["currency"]
    told = {name: row[name] for name in _TOLD} | {name: _in(currency, row[f"{name}_minor"]) for name in _SUMS}
    return Purchase(
        channel=ChannelName(row["channel"]),
        shop=row["shop"],
        channel_order_id=row["channel_order_id"],
        number=row["number"],
        updated_at=row["told_at"],
        payment=Payment(row["payment"]),
        type=OrderType(row["type"]),
        customer=Customer(
            name=row["customer_name"],
            phone=row["customer_phone"],
            address=row["customer_address"],
            latitude=row["latitude"],
            longitude=row["longitude"],
        ),
        lines=tuple(line_of(line, currency) for line in lines),
        total=Money(row["total_minor"], currency),
        accept_by=row["channel_accept_by"],
        **told,
    )


def _hold_row(hold: Hold | None) -> dict[str, Any]:
    return {
        "hold_reason": hold.reason if hold else None,
        "held_by": hold.by if hold else None,
        "held_at": hold.at if hold else None,
        "held_until": hold.until if hold else None,
        "hold_lifted_by": hold.lifted_by.value if hold else None,
    }


def _hold_of(row: Row) -> Hold | None:
    if row["held_at"] is None:
        return None
    return Hold(
        reason=row["hold_reason"],
        by=StaffId(row["held_by"]),
        at=row["held_at"],
        until=row["held_until"],
        lifted_by=Role(row["hold_lifted_by"]),
    )


def line_row(order_id: OrderId, place: int, line: OrderLine) -> dict[str, Any]:
    """All columns of `lines`."""
    row = {name: getattr(line, name) for name in _LINE}
    sums = {f"{name}_minor": _minor(getattr(line, name)) for name in _LINE_SUMS}
    place_and_word = {"order_id": order_id, "place": place, "if_missing": line.if_missing.value}
    return row | place_and_word | sums | _edges(line.size)


def line_of(row: Row, currency: str) -> OrderLine:
    """The line again; its price is in the order's currency."""
    known = {name: row[name] for name in _LINE} | {name: _in(currency, row[f"{name}_minor"]) for name in _LINE_SUMS}
    size = None if row["length_mm"] is None else Box(row["length_mm"], row["width_mm"], row["height_mm"])
    return OrderLine(size=size, if_missing=IfMissing(row["if_missing"]), **known)


def _edges(size: Box | None) -> dict[str, int | None]:
    edges = (size.length_mm, size.width_mm, size.height_mm) if size else (None, None, None)
    return dict(zip(("length_mm", "width_mm", "height_mm"), edges, strict=True))


def delivery_row(delivery: Delivery) -> dict[str, Any]:
    """All columns of `deliveries`."""
    driver, place = delivery.driver, delivery.place
    row = {name: getattr(delivery, name) for name in _DELIVERY}
    return row | {
        "state": delivery.state.value,
        "driver_name": driver.name if driver else None,
        "driver_phone": driver.phone if driver else None,
        "driver_vehicle": driver.vehicle if driver else None,
        "driver_plate": driver.plate if driver else None,
        "place_latitude": place.latitude if place else None,
        "place_longitude": place.longitude if place else None,
        "place_at": place.at if place else None,
        **_amount("fee", delivery.fee),
        **_amount("cancel_fee", delivery.cancel_fee),
        **_amount("tip", delivery.tip),
    }


def delivery_of(row: Row) -> Delivery:
    """The delivery again."""
    known = {name: row[name] for name in _DELIVERY}
    return Delivery(
        state=DeliveryState(row["state"]),
        driver=_driver_of(row),
        place=None
        if row["place_latitude"] is None
        else Place(row["place_latitude"], row["place_longitude"], row["place_at"]),
        fee=_money(row, "fee"),
        cancel_fee=_money(row, "cancel_fee"),
        tip=_money(row, "tip"),
        **known,
    )


def _driver_of(row: Row) -> Driver | None:
    if row["driver_name"] is None:
        return None
    return Driver(
        name=row["driver_name"],
        phone=row["driver_phone"],
        vehicle=row["driver_vehicle"],
        plate=row["driver_plate"],
    )


def send_row(send: Send) -> dict[str, Any]:
    """All columns of `outbox`."""
    row = {name: getattr(send, name) for name in _SEND}
    quote = _quote_row(send.quote) if send.quote else None
    call = shop_calls.row_of(send.call) if send.call else None
    named = {"kind": send.kind.value, "state": send.state.value}
    return row | named | {"quote": quote, "call": call, **_amount("tip", send.tip)}


def send_of(row: Row) -> Send:
    """The send again."""
    known = {name: row[name] for name in _SEND}
    quote = None if row["quote"] is None else _quote_of(row["quote"])
    call = None if row["call"] is None else shop_calls.call_of(row["call"])
    named: dict[str, Any] = {"kind": SendKind(row["kind"]), "state": SendState(row["state"])}
    return Send(quote=quote, call=call, tip=_money(row, "tip"), **named, **known)


def _quote_row(quote: Quote) -> dict[str, Any]:
    row = {field.name: _plain(getattr(quote, field.name)) for field in fields(Quote) if field.name != "fee"}
    return row | _amount("fee", quote.fee)


def _quote_of(row: Mapping[str, Any]) -> Quote:
    types = {field.name: str(field.type) for field in fields(Quote) if field.name != "fee"}
    known: dict[str, Any] = {
        name: None if row[name] is None else _full(row[name], type_name) for name, type_name in types.items()
    }
    return Quote(fee=Money(row["fee_minor"], row["fee_currency"]), **known)


def _minor(money: Money | None) -> int | None:
    return None if money is None else money.minor


def _in(currency: str, minor: int | None) -> Money | None:
    return None if minor is None else Money(minor, currency)


def _amount(name: str, money: Money | None) -> dict[str, Any]:
    return {f"{name}_minor": money.minor if money else None, f"{name}_currency": money.currency if money else None}


def _money(row: Row, name: str) -> Money | None:
    minor = row[f"{name}_minor"]
    return None if minor is None else Money(minor, row[f"{name}_currency"])


def problem_row(problem: Problem) -> dict[str, Any]:
    """All columns of `problems`."""
    row = {name: getattr(problem, name) for name in _PROBLEM}
    return row | {"kind": problem.kind.value, **_amount("cost", problem.cost)}


def problem_of(row: Row) -> Problem:
    """The problem again."""
    return Problem(kind=ProblemKind(row["kind"]), cost=_money(row, "cost"), **{name: row[name] for name in _PROBLEM})


_ALWAYS: Final = ("order_id", "at", "by")


def journal_row(event: Event) -> dict[str, Any]:
    """A row of `journal`; times inside `data` are ISO 8601."""
    data = {field.name: _plain(getattr(event, field.name)) for field in fields(event) if field.name not in _ALWAYS}
    return {"at": event.at, "order_id": event.order_id, "kind": kind_of(event), "by": event.by, "data": data}


def event_of(row: Row) -> Event | None:
    """The event again; None for a kind that a newer version wrote."""
    kind = KINDS.get(row["kind"])
    if kind is None:
        return None
    types = {field.name: field.type for field in fields(kind)}
    data = {name: _full(value, str(types[name])) for name, value in row["data"].items() if name in types}
    return kind(order_id=row["order_id"], at=row["at"], by=StaffId(row["by"]), **data)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _full(value: object, type_name: str) -> Any:
    if "datetime" in type_name and value is not None:
        return datetime.fromisoformat(cast("str", value))
    return tuple(value) if isinstance(value, list) else value
