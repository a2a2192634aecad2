"""What may be done about an order that is looked at, best first; the same on the screen and in plain mode."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from core.domain.order import Order
from core.domain.phone import digits_of
from core.domain.review import barring
from tui.i18n import N_, _
from tui.labels import review


class Way(StrEnum):
    """One step of the person who looks."""

    PASS = "pass"
    EDIT = "edit"
    CALL = "call"
    TAKE_TOLD = "take_told"
    REFUSE = "refuse"


_WORDS: Final[dict[Way, str]] = {
    Way.PASS: N_("All is right: let it pass"),
    Way.EDIT: N_("Put address or phone right …"),
    Way.CALL: N_("Call the customer: what to say …"),
    Way.TAKE_TOLD: N_("Take the shop's words: {told}"),
    Way.REFUSE: N_("Refuse the order …"),
}


def ways(order: Order) -> tuple[Way, ...]:
    """Letting it pass only where nothing must be put in first (H5)."""
    return tuple(_ways(order))


def way_words(way: Way, order: Order) -> str:
    """A sentence for the list."""
    told = review.told_words(order.completed) if order.completed else ""
    return _(_WORDS[way]).format(told=told)


def facts(order: Order) -> tuple[str, ...]:
    """What stops it, each with its next step."""
    return tuple(f"{review.found(one, order)} {review.next_step(one)}" for one in barring(order))


def _ways(order: Order) -> Iterator[Way]:
    needs_words = any(finding.needs_words for finding in barring(order))
    if not needs_words:
        yield Way.PASS
    if digits_of(order.purchase.customer.phone):
        yield Way.CALL
    yield Way.EDIT
    if order.completed is not None and order.completed.is_retold:
        yield Way.TAKE_TOLD
    yield Way.REFUSE
