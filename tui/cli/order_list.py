"""Orders printed: a table for people, the contract's JSON for scripts."""

import getpass
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from core.board.sheet import Sheet
from core.domain.checklist import Check
from core.domain.holding import held
from core.domain.ids import StaffId
from core.domain.moment import Moment
from core.domain.stage import Stage
from core.domain.tell import ability_of
from core.store.unit_of_work import UnitOfWork, reading
from tui import labels
from tui.cli import out
from tui.cli.everywhere import BadUsage, Everywhere, allowed_are
from tui.cli.order_json import order_object
from tui.cli.ride_words import ride_words
from tui.i18n import _
from tui.labels import holds, tellings
from tui.labels.fits import fit_words
from tui.labels.offers import kept_reason
from tui.labels.tellings import refund_word

if TYPE_CHECKING:
    from core.domain.order import Order
    from core.domain.refund import Refund


def moment(said: Everywhere) -> Moment:
    """Now, and who asks: `--as NAME`, else the system's user."""
    return Moment(said.shop.clock.now(), StaffId(said.staff or _user()))


def show_list(said: Everywhere, stages: Sequence[str], limit: int) -> None:
    """Newest first."""
    wanted = [_stage(name) for name in stages]
    with reading(said.shop.database) as uow:
        orders = uow.orders.listed(wanted, limit)
        if said.as_json:
            back = uow.refunds.of_many(order.id for order in orders)
            sheets = (_brief(uow, order, said, back.get(order.id, ())) for order in orders)
            out.tell([order_object(sheet, said.shop.rules.zone) for sheet in sheets])
            return
    heads = (_("number"), _("stage"), _("payment"), _("pieces"), _("total"), _("customer"), "id")
    out.table(heads, map(_row, orders))


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
        sheets = [_after(uow, uow.orders.get(order.id), said) for order in orders]
    if said.as_json:
        objects = [order_object(sheet, said.shop.rules.zone) for sheet in sheets]
        out.tell(objects[0] if len(objects) == 1 else objects)
        return
    for sheet in sheets:
        out.say(f"#{sheet.order.number} {labels.word(sheet.order.stage).text} {_send_words(sheet)}")


def _after(uow: UnitOfWork, order: "Order", said: Everywhere) -> Sheet:
    """With what the shop's system is told of it."""
    brief = _brief(uow, order, said, uow.refunds.of(order.id))
    return replace(brief, tellings=tuple(sorted(uow.outbox.tellings(order.id), key=lambda send: send.created_at)))


def _brief(uow: UnitOfWork, order: "Order", said: Everywhere, refunds: "Iterable[Refund]") -> Sheet:
    """Without verdicts and history."""
    return Sheet(
        order=order,
        at=said.shop.clock.now(),
        deliveries=tuple(uow.deliveries.of(order.id)),
        send=uow.outbox.open_of(order.id),
        problems=tuple(uow.problems.of(order.id)),
        refunds=tuple(refunds),
    )


def _describe(sheet: Sheet, said: Everywhere) -> None:
    order, zone = sheet.order, said.shop.rules.zone
    stage, payment = labels.word(order.stage).text, labels.word(order.purchase.payment).text
    out.say(f"#{order.number}  {stage}  {payment}  {labels.money(order.purchase.total)}")
    for verdict in sheet.verdicts:
        mark = {True: "✓", False: "✗", None: "?"}[verdict.kept]
        out.say(f"  {mark} {labels.verdict(verdict)}")
    if (hold := held(order, sheet.at)) is not None:
        out.say(f"  {holds.SIGN} {_('on hold')}: {holds.hold_facts(hold, zone)}. {holds.hold_end(hold, zone)}")
    for line in order.lines:
        out.say(f"  [{line.picked}/{order.needed(line)}] {line.sku} {line.name}")
    for words in fit_words(sheet):
        out.say(f"  {words}")
    ticked = _(", ").join(labels.word(check).text for check in Check if check in order.checklist.ticked)
    out.say(f"  {_('checks')}: {ticked or '-'}")
    for words in ride_words(sheet, zone):
        out.say(f"  {words}")
    for refund in sheet.refunds:
        word, reason = refund_word(refund.state), labels.said(refund.reason)
        out.say(f"  {word.sign} {labels.money(refund.amount)} {word.text}: {reason}")
    for event in sheet.history:
        out.say(f"  {labels.day_clock(event.at, zone)} {labels.happened(event, zone)}")


def _row(order: "Order") -> Sequence[str]:
    purchase = order.purchase
    stage, payment = labels.word(order.stage).text, labels.word(purchase.payment).text
    total, name = labels.money(purchase.total), purchase.customer.name
    return (order.number, stage, payment, str(purchase.pieces), total, name, order.id)


def _send_words(sheet: Sheet) -> str:
    if sheet.send is None:
        held = [send for send in sheet.tellings if send.is_open and not send.may_have_left]
        waits = ", ".join(f"{tellings.told(ability_of(send))} ({labels.word(send.state).text})" for send in held)
        return waits or (labels.word(sheet.delivery.state).text if sheet.delivery else "")
    told = (labels.word(sheet.send.kind).text, labels.word(sheet.send.state).text, kept_reason(sheet.send.why))
    return f"{sheet.send.courier}: {', '.join(part for part in told if part)}"


def _stage(name: str) -> Stage:
    try:
        return Stage(name)
    except ValueError as error:
        allowed = ", ".join(stage.value for stage in Stage)
        raise BadUsage(allowed_are(f"--stage {name!r:.40}", allowed)) from error


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "cli"
