"""A partial shipment in words: the customer's wish, what goes, what goes instead, what stays out, and the money."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from core.domain.events import Event, ShippedShort
from core.domain.line import IfMissing, OrderLine
from core.domain.money import Money
from core.domain.short import ShortLine, ShortPlan
from core.domain.swap import StandIn
from core.domain.wish_line import Ask
from tui.i18n import N_, _
from tui.labels.amounts import money
from tui.labels.tones import Tone

WISHES: Final[dict[IfMissing, str]] = {
    IfMissing.UNSAID: "",
    IfMissing.CALL: N_("call me"),
    IfMissing.SWAP: N_("something else will do"),
    IfMissing.LEAVE_OUT: N_("leave it out"),
    IfMissing.CANCEL_ALL: N_("all of it, or nothing"),
}
ASKS: Final[dict[Ask, str]] = {
    Ask.ALLERGY: N_("an allergy was told, so nothing else goes without a yes"),
    Ask.CALL: N_("the customer wants to be called"),
    Ask.SWAP: N_("the customer never said that something else may come"),
    Ask.ALL_OR_NOTHING: N_("the customer wants all of it, or nothing"),
}
HAS_SAID_YES: Final = N_("customer has said yes on the phone")
_EVENT: Final = N_("partial shipment: {total} pieces go")
_PARTS: Final = (
    ("instead", N_("instead: {instead}")),
    ("left_out", N_("left out: {left_out}")),
    ("back", N_("{short_back} goes back")),
    ("extra", N_("{short_extra} at the shop's expense")),
)


@dataclass(frozen=True)
class PlanRow:
    """One line of the last look: what becomes of some goods, or of some money. `amount` may be empty."""

    sign: str
    words: str
    amount: str = ""
    tone: Tone = Tone.PLAIN


def wish(line: OrderLine) -> str:
    """`call me · “not the green one”`; empty where nothing was said."""
    own = f"“{line.wish.strip()}”" if line.wish.strip() else ""
    known = WISHES[line.if_missing]
    return " · ".join(part for part in (_(known) if known else "", own) if part)


def ask_words(found: str) -> str:
    """Why a yes is needed, in words."""
    return _(ASKS[Ask(found)]) if found in set(Ask) else found


def name(line: OrderLine) -> str:
    """As staff and customers call it."""
    return line.name or line.sku or line.id


def plan_rows(plan: ShortPlan) -> tuple[PlanRow, ...]:
    """Goes, goes instead, stays out; then the money, its sum last."""
    return (*(row for one in plan.lines for row in goods_rows(one)), *_money_rows(plan))


def goods_rows(one: ShortLine) -> Iterator[PlanRow]:
    """What becomes of one line."""
    if one.goes:
        yield PlanRow("✓", _("{count} × {name} goes").format(count=one.goes, name=name(one.line)), tone=Tone.GOOD)
    for instead in one.instead:
        words = _("{count} × {other} instead of {name}")
        said = words.format(count=instead.quantity, other=name(instead.line), name=name(one.line))
        yield PlanRow("⇄", said, difference(instead, instead.back.goods), Tone.INFO)
    if one.left_out:
        said = _("{count} × {name} stays out").format(count=one.left_out, name=name(one.line))
        amount = _("price unknown") if one.back.unpriced else money(one.back.goods)
        yield PlanRow("✗", said, amount, Tone.HAND)


def difference(instead: StandIn, back: Money) -> str:
    """What another article changes for the customer, who gets so much `back`, or for the shop."""
    if not instead.is_priced:
        return _("price unknown")
    if instead.extra.minor:
        return _("shop pays {amount}").format(amount=money(instead.extra))
    return money(back) if back.minor else _("same price")


def sum_words(plan: ShortPlan) -> str:
    """What the customer gets back in all."""
    if not plan.back.total.minor:
        return _("No money goes back.")
    return _("{amount} goes back to the customer.").format(amount=money(plan.back.total))


def _money_rows(plan: ShortPlan) -> Iterator[PlanRow]:
    """Added up with the goods above they are the sum; included tax is only named."""
    back, is_included = plan.back, plan.order.purchase.tax_included
    if back.discount.minor:
        yield PlanRow("−", _("their share of the discount"), f"−{money(back.discount)}")
    if back.tax.minor and not is_included:
        yield PlanRow("+", _("tax on top"), money(back.tax))
    if back.fee.minor:
        yield PlanRow("+", _("of the delivery fee"), money(back.fee))
    if plan.unpriced:
        yield PlanRow("▲", _("What has no known price is refunded by hand in the shop's system."), tone=Tone.HAND)
    sum_of = _("goes back to the customer")
    if back.tax.minor and is_included:
        sum_of = _("{sum} (tax in it: {tax})").format(sum=sum_of, tax=money(back.tax))
    yield PlanRow("=", sum_of, money(back.total), Tone.STRONG)


def of_short(event: Event) -> str:
    """The sentence of the journal, as far as there is something to say."""
    if not isinstance(event, ShippedShort):
        return ""
    said = [_(words) for field, words in _PARTS if getattr(event, field)]
    asked = [_(HAS_SAID_YES)] if event.is_asked else []
    return "; ".join([_(_EVENT), *said, *asked])
