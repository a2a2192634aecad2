"""`orderbell order quotes`, and the store's own pick for `orderbell order ship`."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, tzinfo
from typing import Any, TypeVar

from core.domain.choice import Choice, Comparison, minutes_until
from core.domain.offer import Offer
from core.domain.order import Order
from core.domain.why import Why
from core.services.comparing import Comparing
from core.store.unit_of_work import reading
from tui import labels
from tui.cli import out
from tui.cli.everywhere import Everywhere
from tui.cli.order_list import moment
from tui.i18n import _
from tui.labels import offers as words

T = TypeVar("T")


def show_quotes(said: Everywhere, number: str) -> None:
    """What each courier charges now, and whom the store's policy picks."""
    shop = said.shop
    with reading(shop.database) as uow:
        order = uow.orders.called(number)
    told, now = _asked(said, lambda comparing: comparing.compare(order)), shop.clock.now()
    if said.as_json:
        return out.tell(_comparison(order, told, shop.rules.zone))
    heads = (_("courier"), _("price"), _("to store"), _("to door"), _("holds"), "")
    out.table(heads, [_row(offer, now, is_ours=_is_picked(offer, told)) for offer in told.offers])
    return out.say(_pick_words(told.choice) if told.choice else "")


def decided(said: Everywhere, number: str) -> Choice:
    """The store's pick for an order that is ready; raises an `OrderRefusal`."""
    shop = said.shop
    with reading(shop.database) as uow:
        order = shop.services.dispatch.require_shippable(uow, uow.orders.called(number).id, moment(said))
    return _asked(said, lambda comparing: comparing.decide(order))


def _asked(said: Everywhere, ask: Callable[[Comparing], Awaitable[T]]) -> T:
    async def work() -> T:
        return await ask(said.shop.services.comparing)

    try:
        return asyncio.run(work())
    finally:
        said.shop.asking.close()


def _is_picked(offer: Offer, told: Comparison) -> bool:
    return told.choice is not None and told.choice.courier == offer.courier


def _row(offer: Offer, now: datetime, *, is_ours: bool) -> Sequence[str]:
    name = f"★ {offer.courier}" if is_ours else offer.courier
    if (quote := offer.quote) is None:
        return name, "", "", "", "", words.answer(offer)
    state = _("over limit") if offer.is_over else words.standing(offer)
    times = (_minutes(at, now) for at in (quote.at_store, quote.at_door))
    return name, labels.money(quote.fee), *times, labels.left(quote.expires_at - now), state


def _minutes(at: datetime | None, now: datetime) -> str:
    count = minutes_until(at, now)
    return "?" if count is None else words.to_go(count)


def _pick_words(choice: Choice) -> str:
    name = _("Our rule: {courier}").format(courier=choice.courier) if choice.courier else _("Our rule: nobody")
    return f"{name} · {words.reason(choice.why)}"


def _comparison(order: Order, told: Comparison, zone: tzinfo) -> dict[str, Any]:
    """Money as text with the currency's decimals, times as ISO 8601 with the shop's zone."""
    choice = told.choice
    return {
        "id": order.id,
        "number": order.number,
        "offers": [_offer(offer, zone) for offer in told.offers],
        "choice": {"courier": choice.courier, **_why(choice.why)} if choice else None,
    }


def _offer(offer: Offer, zone: tzinfo) -> dict[str, Any]:
    quote = offer.quote
    return {
        "courier": offer.courier,
        "answer": offer.answer.value,
        "reason": words.answer(offer) if quote is None else "",
        "over_limit": offer.is_over,
        "fee": quote.fee.text if quote else None,
        "currency": quote.fee.currency if quote else None,
        "at_store": _time(quote.at_store, zone) if quote else None,
        "at_door": _time(quote.at_door, zone) if quote else None,
        "expires_at": _time(quote.expires_at, zone) if quote else None,
    }


def _why(why: Why) -> dict[str, Any]:
    return {"reason": why.reason.value, "words": words.reason(why)}


def _time(at: datetime | None, zone: tzinfo) -> str | None:
    return at.astimezone(zone).isoformat(timespec="seconds") if at else None
