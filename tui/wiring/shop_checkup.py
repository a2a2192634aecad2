"""What `doctor` finds of shop systems that can be told what becomes of their orders: by a call that changes nothing."""

import asyncio
from collections.abc import AsyncIterator
from typing import Final

from core.config.places import ConfigError
from core.ports.shop import ShopAbility, ShopDesk, ShopLockedOut, ShopProblem, ShopRefused
from tui.i18n import N_, _
from tui.wiring.finding import Finding
from tui.wiring.shop import Shop

ANSWERS_WITHIN: Final = 10.0  # seconds
TOLD: Final = {
    ShopAbility.ACCEPT: N_("accepted"),
    ShopAbility.READY: N_("packed"),
    ShopAbility.SHIPPED: N_("shipped"),
    ShopAbility.CANCEL: N_("cancelled"),
    ShopAbility.REFUND: N_("refunds"),
    ShopAbility.RETURN: N_("returns"),
}


async def shop_findings(shop: Shop) -> AsyncIterator[Finding]:
    """A line for each feed: whether its system hears of refunds and the rest, and takes our keys."""
    try:
        desks = {str(name): desk for name, desk in shop.shop_desks.items()}
    except ConfigError:
        return  # the feeds' own lines say it
    for name in shop.loaded.config.channels:
        if (desk := desks.get(name)) is None:
            found = _("is told nothing: refunds and cancellations are done in its own back office")
            yield Finding("warn", f"shop {name}", found, _("set its keys for calls back"))
        else:
            yield await _tried(desk)
            await desk.close()


async def _tried(desk: ShopDesk) -> Finding:
    subject = f"shop {desk.name}"
    try:
        await asyncio.wait_for(desk.ping(), ANSWERS_WITHIN)
    except ShopLockedOut as locked_out:
        words = _("keys refused: {reason}").format(reason=locked_out)
        return Finding("fail", subject, words, _("check its keys and their rights"))
    except ShopRefused as refusal:
        words = _("answers, and refuses a trial call: {reason}").format(reason=refusal)
        return Finding("warn", subject, words, _("check its address and version"))
    except (ShopProblem, TimeoutError) as trouble:
        return Finding("fail", subject, str(trouble) or _("no answer in time"), _("check its keys and the network"))
    return Finding("ok", subject, _told(desk))


def _told(desk: ShopDesk) -> str:
    """What it hears of, and that money goes back by hand where it does not."""
    heard = _("is told: {words}").format(words=", ".join(_(TOLD[one]) for one in TOLD if one in desk.abilities))
    by_hand = "" if ShopAbility.REFUND in desk.abilities else _("refunds are made in its own back office")
    return "; ".join(filter(None, (heard, by_hand)))
