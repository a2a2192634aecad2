"""Which courier the store's own policy picks among those that answered, and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from core.domain.ids import CourierName
from core.domain.offer import Answer, Offer
from core.domain.quote import Quote
from core.domain.why import Reason, Why
from core.domain.wish import Policy, Wish

REASONS: Final = {
    Policy.PREFERRED: Reason.WITHIN,
    Policy.CHEAPEST: Reason.CHEAPEST,
    Policy.FASTEST: Reason.FASTEST,
}


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Who is to carry it, at which offer; nobody when `why` says so."""

    courier: CourierName | None
    why: Why
    quote: Quote | None = None


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What each courier answered so far, in the order of preference, and whom the store's policy picks.

    `choice` is None while it depends on answers still to come.
    """

    offers: tuple[Offer, ...]
    choice: Choice | None = None

    @property
    def is_open(self) -> bool:
        """Somebody is still being asked."""
        return any(offer.answer is Answer.ASKING for offer in self.offers)

    def of(self, courier: str) -> Offer | None:
        """That courier's answer."""
        return next((offer for offer in self.offers if offer.courier == courier), None)


def choose(offers: Iterable[Offer], wish: Wish, now: datetime) -> Choice:
    """Those who answered within the limits first; then, by preference, those who did not answer.

    Over the limits nobody is chosen: that takes a person.
    """
    able = sorted((offer for offer in offers if offer.may_be_called), key=lambda one: wish.rank(one.courier))
    if not wish.needs_quotes:
        return _first(able, Reason.PREFERRED, now)
    answered = [offer for offer in able if offer.stands(now)]
    within = sorted((one for one in answered if wish.allows(one.quote, now)), key=lambda one: _merit(one, wish, now))
    if within:
        return _best(within, len(answered), wish, now)
    silent = [offer for offer in able if not offer.stands(now)]
    if silent or not answered:
        return _first(silent, Reason.NO_QUOTES, now)
    nearest = min(answered, key=lambda one: _merit(one, wish, now))
    return Choice(courier=None, why=_over(nearest, wish, now))


def named(offer: Offer, now: datetime) -> Choice:
    """A person chose it; an offer that no longer holds goes without its price."""
    quote = offer.quote if offer.stands(now) else None
    why = Why(reason=Reason.NAMED, fee=quote.fee if quote else None, minutes=to_door(quote, now))
    return Choice(courier=offer.courier, quote=quote, why=why)


def to_door(quote: Quote | None, now: datetime) -> int | None:
    """Whole minutes until the customer has it, begun ones counted."""
    return None if quote is None else minutes_until(quote.at_door, now)


def minutes_until(at: datetime | None, now: datetime) -> int | None:
    """Whole minutes, begun ones counted; none when it is over."""
    return None if at is None else max(0, ceil((at - now).total_seconds() / 60))


def _first(able: Sequence[Offer], reason: Reason, now: datetime) -> Choice:
    """The one preferred; one that is known to be down comes last."""
    first = min(able, key=lambda one: one.answer is Answer.DOWN, default=None)
    if first is None:
        return Choice(courier=None, why=Why(reason=Reason.NOBODY))
    quote = first.quote if first.stands(now) else None
    return Choice(courier=first.courier, quote=quote, why=Why(reason=reason))


def _best(within: Sequence[Offer], answered: int, wish: Wish, now: datetime) -> Choice:
    best, second = within[0], next((one for one in within[1:] if _compares(one, wish)), None)
    reason = REASONS[wish.policy] if answered > 1 else Reason.ONLY
    why = Why(
        reason=reason,
        fee=best.quote.fee if best.quote else None,
        minutes=to_door(best.quote, now),
        next=second.courier if second else None,
        next_fee=second.quote.fee if second and second.quote else None,
        next_minutes=to_door(second.quote, now) if second else None,
        max_fee=wish.max_fee,
        max_minutes=_minutes(wish.max_to_door),
    )
    return Choice(courier=best.courier, quote=best.quote, why=why)


def _compares(offer: Offer, wish: Wish) -> bool:
    """It tells what the policy goes by."""
    if wish.policy is Policy.FASTEST:
        return offer.quote is not None and offer.quote.at_door is not None
    return wish.minor(offer.quote) is not None


def _over(nearest: Offer, wish: Wish, now: datetime) -> Why:
    return Why(
        reason=Reason.OVER_LIMITS,
        next=nearest.courier,
        next_fee=nearest.quote.fee if nearest.quote else None,
        next_minutes=to_door(nearest.quote, now),
        max_fee=wish.max_fee,
        max_minutes=_minutes(wish.max_to_door),
    )


def _merit(offer: Offer, wish: Wish, now: datetime) -> tuple[object, ...]:
    """The smaller the better; what is not told comes after what is."""
    rank, quote = wish.rank(offer.courier), offer.quote
    if wish.policy is Policy.CHEAPEST:
        fee = wish.minor(quote)
        return (fee is None, fee or 0, *rank)
    if wish.policy is Policy.FASTEST:
        at_door = quote.at_door if quote else None
        return (at_door is None, (at_door or now).timestamp(), *rank)
    return rank


def _minutes(span: timedelta | None) -> int | None:
    return None if span is None else round(span.total_seconds() / 60)
