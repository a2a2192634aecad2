"""What was agreed with the customer, and whether it may be."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from core.domain.bearer import Bearer
from core.domain.cause import Cause
from core.domain.coaching import Action
from core.domain.events import AgreementMade, Event
from core.domain.moment import Moment
from core.domain.money import BadMoney, Money, decimals_of
from core.domain.phase import Phase
from core.domain.refusal import Conflict, NotOffered, TooMuchBack
from core.domain.situation import Offer, Situation
from core.domain.staff import Permission, Staff, require_manager

_GROUPED: Final = re.compile(r"^\d{1,3}([.,'\u202f\xa0 ]\d{3})+([.,]\d+)?$")


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """`phase` is what the person saw: an order that has moved on is looked at again. `refund` None: as suggested."""

    cause: Cause
    action: Action
    phase: Phase | None = None
    refund: Money | None = None
    words: str = ""  # what was said, in the staff's own words
    permission: Permission | None = None


@dataclass(frozen=True, kw_only=True)
class Settled:
    """What goes back, who pays, what it costs them, and the manager's reason where one was needed."""

    agreement: Agreement
    phase: Phase
    refund: Money
    bearer: Bearer
    cost: Money
    rule: str
    reason: str = ""

    @property
    def is_open(self) -> bool:
        """Something is still to be done by hand."""
        return self.agreement.action in (Action.COUPON, Action.REDELIVER)


def settle(situation: Situation, agreement: Agreement, staff: Sequence[Staff]) -> Settled:
    """Check what was agreed against the table; raises `Conflict`, `NotOffered`, `TooMuchBack`, `NotAManager`."""
    if agreement.phase not in (None, situation.phase):
        raise Conflict(f"order {situation.order.number} has moved on: it is {situation.phase}")
    counsel = situation.counsel(agreement.cause)
    offer = counsel.offer(agreement.action)
    if offer is None:
        allowed = ", ".join(one.action for one in counsel.offers)
        raise NotOffered(f"{agreement.action} is not offered here: {allowed}", found=agreement.action, allowed=allowed)
    refund = _refund(situation, offer, agreement.refund)
    needs_manager = offer.way.needs_manager or not offer.within(refund)
    reason = require_manager(agreement.permission, staff) if needs_manager else ""
    bearer = counsel.cell.bearer
    return Settled(
        agreement=replace(agreement, refund=refund),
        phase=situation.phase,
        refund=refund,
        bearer=bearer,
        cost=cost_of(bearer, offer, refund, situation.left),
        rule=counsel.cell.rule,
        reason=reason,
    )


def cost_of(bearer: Bearer, offer: Offer, refund: Money, left: Money) -> Money:
    """What the bearer is out of pocket: the customer by what does not come back, anybody else by what goes (L33)."""
    if bearer is Bearer.NOBODY or offer.way.share is None:
        return Money(0, left.currency)
    return left - refund if bearer is Bearer.CUSTOMER else refund


def called(situation: Situation, settled: Settled, now: Moment) -> Event:
    """As the journal keeps it."""
    agreement = settled.agreement
    return AgreementMade(
        order_id=situation.order.id,
        at=now.at,
        by=now.by,
        phase=settled.phase,
        cause=agreement.cause,
        action=agreement.action,
        bearer=settled.bearer,
        refund=settled.refund.text,
        currency=settled.refund.currency,
        manager=agreement.permission.manager if settled.reason and agreement.permission else "",
        reason=settled.reason,
    )


def agreed_back(history: Iterable[Event], since: datetime) -> Money | None:
    """What is to go back when the goods are here, as agreed last of this way; None where nobody said."""
    said = [event for event in history if isinstance(event, AgreementMade) and event.at >= since]
    last = next((event for event in reversed(said) if event.action == Action.BRING_BACK), None)
    return Money.parse(last.refund, last.currency) if last is not None else None


def typed_sum(typed: str, left: Money) -> Money:
    """`120`, `1,240`, `12,50`, `NT$120` or `50%` of what is left; raises `BadMoney`."""
    text = typed.strip()
    number = "".join(sign for sign in text if sign.isdigit() or sign in ".,' ").strip(" .,'")
    if not number or "-" in text:
        raise BadMoney(f"{typed!r:.40} is not an amount")
    if text.endswith("%"):
        return Money(_percent_of(number, left), left.currency)
    return Money.parse(_plain(number, left.currency), left.currency)


def _percent_of(number: str, left: Money) -> int:
    """Rounded down: nobody is promised more than there is."""
    return Money.parse(_plain(number, "EUR"), "EUR").minor * left.minor // 10_000


def _plain(number: str, currency: str) -> str:
    """The last sign before as many digits as the currency has decimals is the point; other signs group."""
    if _GROUPED.match(number) and decimals_of(currency) != 3:
        whole, _sign, cents = _split(number)
        return f"{whole}.{cents}" if cents else whole
    return number.replace(",", ".").replace(" ", "")


def _split(number: str) -> tuple[str, str, str]:
    parts = re.split(r"[.,'\u202f\xa0 ]", number)
    has_cents = len(parts[-1]) != 3
    whole = "".join(parts[:-1] if has_cents else parts)
    return whole, ".", parts[-1] if has_cents else ""


def _refund(situation: Situation, offer: Offer, wanted: Money | None) -> Money:
    refund = offer.suggested if wanted is None else wanted
    if refund.currency != situation.left.currency or not 0 <= refund.minor <= situation.left.minor:
        found, allowed = f"{refund.text} {refund.currency}", f"{situation.left.text} {situation.left.currency}"
        raise TooMuchBack(f"{found} cannot go back, {allowed} is left", found=found, allowed=allowed)
    if offer.way.share is None and refund.minor:
        raise NotOffered("no money moves here", found=refund.text, allowed="0")
    return refund
