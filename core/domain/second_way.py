"""Goods that came back go once more: another time, another address, and what the extra way costs (C67, C70)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from core.domain.checklist import NOTHING_TICKED
from core.domain.events import AddressCorrected, SentAgain
from core.domain.ids import LineId, StaffId
from core.domain.line import OrderLine
from core.domain.money import Money
from core.domain.order import Order, Outcome
from core.domain.purchase import Purchase
from core.domain.refusal import IllegalMove, MoneyWentBack, NoAddress
from core.domain.stage import Stage


@dataclass(frozen=True, kw_only=True)
class SecondWay:
    """What was agreed with the customer; `extra` is theirs to pay, and collected by nobody here."""

    promised_from: datetime | None = None
    promised_to: datetime | None = None
    address: str = ""  # empty: as before
    extra: Money | None = None


def readdress(order: Order, address: str, extra: Money | None, *, by: StaffId, at: datetime) -> Outcome:
    """Where the goods really go; the place on the map is not known any more. Raises `NoAddress`, `IllegalMove`."""
    if not address.strip():
        raise NoAddress("an address is needed", found="none", allowed="an address")
    if order.has_ended and order.stage is not Stage.RETURNED:
        raise IllegalMove(order.stage, Stage.OUT)
    if address.strip() == order.purchase.customer.address and extra is None:
        return order, ()
    customer = replace(order.purchase.customer, address=address.strip(), latitude=None, longitude=None)
    event = AddressCorrected(order_id=order.id, by=by, at=at, **_amount(extra))
    return replace(order, purchase=replace(order.purchase, customer=customer)), (event,)


def send_again(order: Order, way: SecondWay, sound: Mapping[LineId, int], *, by: StaffId, at: datetime) -> Outcome:
    """Ready where all that goes lies sound in the bag; else what is missing is packed first.

    Raises `IllegalMove` unless the goods are back, `MoneyWentBack` when they were paid back.
    """
    if order.stage is not Stage.RETURNED:
        raise IllegalMove(order.stage, Stage.READY)
    _require_unrefunded(order)
    lines = tuple(_again(order, line, sound.get(line.id, 0)) for line in order.lines)
    back = replace(order, purchase=replace(order.purchase, lines=lines))
    is_whole = all(back.has_picked(line) for line in lines)
    moved = replace(
        back.moved(Stage.READY if is_whole else Stage.PREPARING),
        ended_at=None,
        left_at=None,
        ready_at=at if is_whole else None,
        checklist=back.checklist if is_whole else NOTHING_TICKED,
        purchase=_promised(back.purchase, way),
    )
    again = SentAgain(order_id=order.id, by=by, at=at, pieces=moved.picked, stage=moved.stage, **_amount(way.extra))
    return moved, (again,)


def _again(order: Order, line: OrderLine, sound: int) -> OrderLine:
    """What goes of a short order is kept in `shipped`."""
    return replace(line, picked=min(sound, order.needed(line)), shipped=line.shipped if order.is_short else 0)


def _require_unrefunded(order: Order) -> None:
    """Nobody gets both the goods and the money: what never left may have been paid back, what left may not."""
    paid_back = [line for line in order.lines if line.refunded > line.quantity - order.needed(line)]
    if paid_back:
        raise MoneyWentBack(f"money went back for order {order.number}", found=paid_back[0].name, allowed="a new order")


def _promised(bought: Purchase, way: SecondWay) -> Purchase:
    if way.promised_to is None:
        return bought
    return replace(bought, promised_from=way.promised_from, promised_to=way.promised_to)


def _amount(extra: Money | None) -> dict[str, str]:
    return {"amount": extra.text, "currency": extra.currency} if extra else {}
