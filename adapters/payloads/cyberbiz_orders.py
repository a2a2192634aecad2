"""How CYBERBIZ tells an order's state when asked, and what it is told (order sources, section 3)."""

from typing import Final

from adapters.http import Answer, Loose, Manners, read
from adapters.shop_reasons import word_of
from adapters.values import text
from core.domain.ids import LineId
from core.domain.shop_call import ShopAbility, ShopCall

# UNSURE of the full lists of their words: what is not known here counts as not done yet.
PREPARING: Final = frozenset({"preparing", "prepared"})
SHIPPED: Final = frozenset({"shipped", "fulfilled", "received", "arrived", "partial", "partially_shipped"})
RETURNING: Final = {
    "manual_returning": frozenset({"returning", "manual_returning"}),
    "manual_check_goods": frozenset({"check_goods", "manual_check_goods"}),
    "manual_return_done": frozenset({"returned", "return_done", "manual_return_done", "partial_return"}),
}
STEPS: Final = tuple(RETURNING)
REASONS: Final = frozenset({"fraud", "duplicate", "inventory", "customer"})


class _Statuses(Loose):
    order_status: str = ""
    fulfillment_status: str = ""
    return_status: str = ""


class _Line(Loose):
    id: int | str = ""


class Order(Loose):
    """As far as it tells what was done already."""

    id: int | str = ""
    statuses: _Statuses = _Statuses()
    line_items: tuple[_Line, ...] = ()

    def has(self, call: ShopCall) -> bool:
        """What the call asks for stands already."""
        told = self.statuses
        if call.ability is ShopAbility.CANCEL:
            return told.order_status == "cancelled"
        if call.ability is ShopAbility.RETURN:
            return self.steps_left == ()
        is_on = PREPARING if call.ability is ShopAbility.ACCEPT else frozenset()
        return told.fulfillment_status in SHIPPED | is_on

    @property
    def steps_left(self) -> tuple[str, ...]:
        """The operations that lead from here to goods taken back."""
        reached = [step for step in STEPS if self.statuses.return_status in RETURNING[step]]
        return STEPS[STEPS.index(reached[0]) + 1 :] if reached else STEPS

    def knows(self, line_id: LineId) -> bool:
        """It has such a line, or tells of none at all."""
        return not self.line_items or line_id in {str(line.id) for line in self.line_items}


class _Wrapped(Loose):
    order: Order | None = None


def order_in(answer: Answer) -> Order:
    """The order, whether or not it stands in an envelope. UNSURE which."""
    return read(_Wrapped, answer).order or read(Order, answer)


def reason_of(call: ShopCall) -> str:
    """One of their words for why an order is off."""
    word = word_of(call.reason)
    return word if word in REASONS else "other"


def explain(words: object) -> tuple[str, str]:
    """Their errors: `error` or `message`, sometimes a list of `errors`. UNSURE of the shape."""
    if not isinstance(words, dict):
        return "", str(words or "")
    told = words.get("message") or words.get("errors") or words.get("error") or ""
    return text(words.get("code") if isinstance(words.get("code"), str | int) else "", 60), str(told)


MANNERS: Final = Manners(explain=explain)
