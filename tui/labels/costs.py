"""What calling a driver off costs, as far as anybody knows before (C77, C80)."""

from typing import Final

from core.domain.delivery import Delivery, DeliveryState
from tui.i18n import _
from tui.labels.amounts import money

WITH_GOODS: Final = frozenset({DeliveryState.PICKED_UP, DeliveryState.RETURNING})


def recall_facts(delivery: Delivery | None, *, is_asked_for: bool) -> str:
    """What a recall does; `is_asked_for`: the call has left, and nobody knows yet whether a driver comes of it."""
    if is_asked_for:
        return _("Should the call have arrived, its driver is called off. Another can be called once that is known.")
    return f"{_('The search ends.')} {recall_cost(delivery)}".strip()


def recall_cost(delivery: Delivery | None) -> str:
    """In a sentence or two; nothing where no driver is called."""
    if delivery is None or not delivery.is_live:
        return ""
    if delivery.state is DeliveryState.MATCHING:
        return f"{_('Free while a driver is still looked for.')} {_if_refused(delivery)}"
    if delivery.state in WITH_GOODS:
        return _("The driver has the goods: {fee} is owed.").format(fee=_fee(delivery))
    return f"{_('A driver has taken it.')} {_if_refused(delivery)}"


def cost_of(delivery: Delivery) -> str:
    """Fee and tip; empty when neither was told."""
    tip = _("tip {amount}").format(amount=money(delivery.tip)) if delivery.tip else ""
    return " · ".join(part for part in (money(delivery.fee) if delivery.fee else "", tip) if part)


def _if_refused(delivery: Delivery) -> str:
    words = _("If {courier} refuses, {fee} is owed.")
    return words.format(courier=delivery.courier, fee=_fee(delivery))


def _fee(delivery: Delivery) -> str:
    if delivery.fee is None:
        return _("its fee (how much was not told)")
    return _("the fee {amount}").format(amount=money(delivery.fee))
