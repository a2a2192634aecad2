"""Orders printed: a table for people, the contract's JSON for scripts."""

import getpass
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from core.board.sheet import Sheet
from core.domain.ids import StaffId
from core.domain.moment import Moment
from core.domain.stage import Stage
from core.store.unit_of_work import UnitOfWork, reading
from tui.cli import out
from tui.cli.everywhere import BadUsage, Everywhere
from tui.cli.order_json import order_object

if TYPE_CHECKING:
    from core.domain.order import Order


def moment(said: Everywhere) -> Moment:
    """Now, and who asks: `--as NAME`, else the system's user."""
    return Moment(said.shop.clock.now(), StaffId(said.staff or _user()))


def show_list(said: Everywhere, stages: Sequence[str], limit: int) -> None:
    """Newest first."""
    wanted = [_stage(name) for name in stages]
    with reading(said.shop.database) as uow:
        orders = uow.orders.listed(wanted, limit)
        if said.as_json:
            out.tell([order_object(_brief(uow, order, said), said.shop.rules.zone) for order in orders])
            return
    out.table(("number", "stage", "payment", "pieces", "total", "customer", "id"), map(_row, orders))


def show_one(said: Everywhere, number: str) -> None:
    """With history."""
    shop = said.shop
    with reading(shop.database) as uow:
        sheet = shop.services.looking.sheet(uow, uow.orders.called(number).id, moment(said))
    if said.as_json:
        out.tell(order_object(sheet, shop.rules.zone))
    else:
        _describe(sheet, said)


def tell_orders(said: Everywhere, orders: "Iterable[Order]") -> None:
    """How orders stand after a step."""
    with reading(said.shop.database) as uow:
        sheets = [_brief(uow, uow.orders.get(order.id), said) for order in orders]
    if said.as_json:
        objects = [order_object(sheet, said.shop.rules.zone) for sheet in sheets]
        out.tell(objects[0] if len(objects) == 1 else objects)
        return
    for sheet in sheets:
        out.say(f"#{sheet.order.number} {sheet.order.stage} {_send_words(sheet)}")


def _brief(uow: UnitOfWork, order: "Order", said: Everywhere) -> Sheet:
    """Without verdicts and history."""
    return Sheet(
        order=order,
        at=said.shop.clock.now(),
        deliveries=tuple(uow.deliveries.of(order.id)),
        send=uow.outbox.open_of(order.id),
        problems=tuple(uow.problems.of(order.id)),
    )


def _describe(sheet: Sheet, said: Everywhere) -> None:
    from tui.labels.events import happened

    order, zone = sheet.order, said.shop.rules.zone
    out.say(f"#{order.number}  {order.stage}  {order.purchase.payment}  {order.purchase.total.text}")
    for verdict in sheet.verdicts:
        mark = {True: "✓", False: "✗", None: "?"}[verdict.kept]
        out.say(f"  {mark} {verdict.rule}: {verdict.found} / {verdict.allowed}")
    for line in order.lines:
        out.say(f"  [{line.picked}/{order.needed(line)}] {line.sku} {line.name}")
    out.say(f"  checks: {', '.join(sorted(order.checklist.ticked)) or '-'}")
    for event in sheet.history:
        out.say(f"  {event.at.astimezone(zone):%H:%M:%S} {happened(event, zone)}")


def _row(order: "Order") -> Sequence[str]:
    purchase = order.purchase
    total = f"{purchase.total.text} {purchase.total.currency}"
    name = purchase.customer.name
    return (order.number, order.stage, purchase.payment, str(purchase.pieces), total, name, order.id)


def _send_words(sheet: Sheet) -> str:
    if sheet.send is None:
        return sheet.delivery.state.value if sheet.delivery else ""
    return f"{sheet.send.courier}: {sheet.send.kind.value} {sheet.send.state.value}"


def _stage(name: str) -> Stage:
    try:
        return Stage(name)
    except ValueError as error:
        allowed = ", ".join(stage.value for stage in Stage)
        raise BadUsage(f"--stage {name!r:.40}: allowed are {allowed}") from error


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "cli"
