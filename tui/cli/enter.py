"""`orderbell order enter`: an order keyed in by hand, read back and confirmed twice (L3–L5)."""

import re
from dataclasses import dataclass
from typing import Final

from core.domain.arrival import first_told
from core.domain.ids import ChannelName, LineId, fresh_id
from core.domain.line import OrderLine
from core.domain.money import Money, total_of
from core.domain.payment import Payment
from core.domain.purchase import Customer, Purchase
from core.store.unit_of_work import writing
from tui import labels
from tui.cli import ask, out
from tui.cli.everywhere import BadUsage, Everywhere
from tui.cli.order_list import moment, tell_orders
from tui.i18n import _

BY_HAND: Final = ChannelName("hand")
_ITEM: Final = re.compile(r"(\S.*)=([1-9][0-9]{0,2})(?:@([0-9]{1,9}(?:\.[0-9]{1,3})?))?")


@dataclass(frozen=True)
class Form:
    """What was keyed in."""

    name: str
    phone: str
    address: str
    lines: tuple[OrderLine, ...]
    note: str
    is_paid: bool


def enter_order(said: Everywhere) -> None:
    """Asks, reads back, asks twice; then the order is like any other."""
    shop, now = said.shop, moment(said)
    form = _ask(shop.rules.currency)
    _read_back(form)
    ask.insist(_("Is every word right?"))
    ask.insist(_("Enter this order now?"))
    purchase = _purchase(form, shop.rules.currency, said)
    order, events = first_told(purchase, now.at, shop.rules.accept_within)
    with writing(shop.database) as uow:
        uow.orders.add(order)
        uow.journal.add(events)
    tell_orders(said, [order])


def _ask(currency: str) -> Form:
    name, phone, address = ask.line(_("Customer's name")), ask.line(_("Phone")), ask.line(_("Address"))
    lines: list[OrderLine] = []
    while text := ask.line(_("Item as NAME=PIECES@PRICE, empty when done"), needed=not lines):
        lines.append(_item(text, len(lines), currency))
    note = ask.line(_("Note"), needed=False)
    return Form(name, phone, address, tuple(lines), note, is_paid=ask.is_yes(_("Has it been paid?")))


def _item(text: str, place: int, currency: str) -> OrderLine:
    if (found := _ITEM.fullmatch(text)) is None:
        raise BadUsage(_("{found}: not of the form NAME=PIECES@PRICE").format(found=f"{text!r:.60}"))
    name, pieces, price = found.groups(default="0")
    amount = Money.parse(price, currency)
    return OrderLine(id=LineId(str(place + 1)), sku="", name=name.strip(), quantity=int(pieces), unit_price=amount)


def _read_back(form: Form) -> None:
    out.note(f"{form.name} · {form.phone} · {form.address}")
    for line in form.lines:
        out.note(f"  {line.quantity} × {line.name}  {line.unit_price.text if line.unit_price else ''}")
    out.note(f"  {form.note or '-'} · {labels.word(_payment(form)).text}")


def _payment(form: Form) -> Payment:
    return Payment.PAID if form.is_paid else Payment.UNPAID


def _purchase(form: Form, currency: str, said: Everywhere) -> Purchase:
    now, key = said.shop.clock.now(), fresh_id()
    return Purchase(
        channel=BY_HAND,
        shop="",
        channel_order_id=key,
        number=f"H{key[:4].upper()}",
        updated_at=now,
        placed_at=now,
        payment=_payment(form),
        customer=Customer(name=form.name, phone=form.phone, address=form.address),
        lines=form.lines,
        total=total_of(((line.unit_price or Money(0, currency)) * line.quantity for line in form.lines), currency),
        note=form.note,
    )
