"""What `order partial` does: fewer goods than ordered, once; or, with --plan, what that would come to."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tui.cli import out
from tui.cli.everywhere import BadUsage, Everywhere
from tui.i18n import _

if TYPE_CHECKING:
    from core.domain.money import Money
    from core.domain.order import Order
    from core.domain.short import Short, ShortPlan
    from core.domain.swap import Swap


@dataclass(frozen=True)
class Wanted:
    """As typed: `LINE=PIECES` that go, `LINE=SKU:PIECES` that go instead; of a line only swapped the rest goes."""

    lines: tuple[str, ...]
    swaps: tuple[str, ...]
    fee: str
    is_asked: bool

    def of(self, order: "Order") -> "Short":
        """For this order; raises `BadUsage`, `UnknownLine`."""
        from core.domain.short import Short

        if not self.lines and not self.swaps:
            raise BadUsage(_("--line LINE=PIECES or --swap LINE=SKU:PIECES says what goes"))
        goes = {order.line(code).id: count for code, count in map(_line, self.lines)}
        instead = tuple(_swap(order, text) for text in self.swaps)
        for line in order.lines:
            swapped = sum(swap.quantity for swap in instead if swap.line_id == line.id)
            if swapped:
                goes.setdefault(line.id, line.quantity - swapped)
        return Short(goes=goes, swaps=instead, is_asked=self.is_asked, fee=_fee(order, self.fee))


def show_plan(said: Everywhere, number: str, wanted: Wanted) -> None:
    """What goes, what goes instead, what stays out, and the money; nothing is done."""
    from core.store.unit_of_work import reading

    with reading(said.shop.database) as uow:
        order = uow.orders.called(number)
        plan = said.shop.services.shorting.shortage(uow, order.id).plan(wanted.of(order))
    _tell(said, plan)


def _tell(said: Everywhere, plan: "ShortPlan") -> None:
    from tui.labels.short_calls import call_text
    from tui.labels.shorts import ask_words, plan_rows

    if said.as_json:
        out.tell(_object(plan))
        return
    for row in plan_rows(plan):
        out.say(f"{row.sign} {row.words}  {row.amount}".rstrip())
    for one in plan.asks:
        if one.ask is not None:
            out.say(f"? {one.line.name}: {ask_words(one.ask)}")
    rules = said.shop.rules
    out.say(call_text(plan, rules.name, rules.zone))


def _object(plan: "ShortPlan") -> dict[str, Any]:
    back = plan.back
    return {
        "number": plan.order.number,
        "lines": [
            {
                "line": one.line.id,
                "goes": one.goes,
                "left_out": one.left_out,
                "back": one.back.total.text,
                "instead": [
                    {
                        "sku": instead.line.sku,
                        "quantity": instead.quantity,
                        "back": instead.back.total.text,
                        "extra": instead.extra.text,
                    }
                    for instead in one.instead
                ],
                "ask": one.ask,
            }
            for one in plan.lines
        ],
        "back": {name: getattr(back, name).text for name in ("goods", "discount", "tax", "fee", "total")},
        "extra": plan.extra.text,
        "currency": back.total.currency,
        "unpriced": [line.id for line in plan.unpriced],
    }


def _line(text: str) -> tuple[str, int]:
    code, equals, pieces = text.rpartition("=")
    if not equals or not code or not pieces.isdecimal():
        raise BadUsage(_("{found}: not of the form LINE=PIECES").format(found=f"--line {text!r:.60}"))
    return code, int(pieces)


def _swap(order: "Order", text: str) -> "Swap":
    from core.domain.swap import Swap

    code, equals, other = text.partition("=")
    sku, colon, pieces = other.rpartition(":")
    if not equals or not code or not colon or not sku or not pieces.isdecimal():
        raise BadUsage(_("{found}: not of the form LINE=SKU:PIECES").format(found=f"--swap {text!r:.60}"))
    return Swap(line_id=order.line(code).id, sku=sku, quantity=int(pieces))


def _fee(order: "Order", text: str) -> "Money | None":
    from core.domain.money import BadMoney, Money

    if not text:
        return None
    try:
        fee = Money.parse(text, order.purchase.total.currency)
    except BadMoney:
        fee = Money(-1, order.purchase.total.currency)
    if fee.minor < 0:
        raise BadUsage(_("{found}: not an amount").format(found=f"--fee {text!r:.60}"))
    return fee
