"""Which courier carries an order: who can, whom the store prefers, and what it refuses."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from core.domain.choice import Choice, Comparison, choose
from core.domain.day import local_day
from core.domain.fit import DoesNotFit, Fit
from core.domain.ids import CourierName
from core.domain.limits import CourierLimits
from core.domain.measures import metres_between
from core.domain.moment import Moment
from core.domain.offer import Answer, Offer
from core.domain.order import Order
from core.domain.purchase import OrderType
from core.domain.refusal import NoCourier, NoOffer, OverLimits
from core.domain.store_rules import StoreRules
from core.domain.why import Reason, Why
from core.domain.wish import DispatchRules, Wish
from core.services.fitting import Fitting


class Choosing:
    """`carriers` in the order the store prefers them, unless its rules name another."""

    def __init__(
        self,
        store: StoreRules,
        carriers: Mapping[CourierName, CourierLimits],
        rules: DispatchRules | None = None,
    ) -> None:
        self._store = store
        self._carriers = carriers
        self._fitting = Fitting(carriers)
        self._rules = rules or DispatchRules(usual=Wish(prefer=tuple(carriers), currency=store.currency))

    def wish(self, order: Order, now: Moment) -> Wish:
        """What the store wants for this order just now."""
        here, customer = self._store, order.purchase.customer
        metres = metres_between(here.latitude, here.longitude, customer.latitude, customer.longitude)
        return self._rules.wish(now.at, metres)

    def require_carried(self, order: Order) -> None:
        """Raises `NoCourier` for an order that no courier of ours brings."""
        if order.purchase.type is not OrderType.DELIVERY:
            found = order.purchase.type.value
            raise NoCourier(f"order {order.number} is {found}: no courier is called", found=found, allowed="delivery")

    def carriers_of(self, order: Order, now: Moment) -> tuple[Offer, ...]:
        """Everybody, the preferred first: to be asked, or out with what does not fit (X2)."""
        wish, fits = self.wish(order, now), self._fitting.of(order, local_day(now.at, self._store.zone))
        return tuple(_start(name, fits) for name in sorted(self._carriers, key=wish.rank))

    def compared(self, order: Order, offers: Iterable[Offer], now: Moment) -> Comparison:
        """What is known so far; the store's pick as soon as no answer can change it."""
        wish = self.wish(order, now)
        known = tuple(replace(offer, is_over=not wish.allows(offer.quote, now.at)) for offer in offers)
        told = Comparison(offers=known)
        return told if told.is_open and wish.needs_quotes else replace(told, choice=choose(known, wish, now.at))

    def pick(self, order: Order, wanted: str | None, now: Moment) -> tuple[CourierName, Why]:
        """The one asked for, else the preferred one that can; asks nobody's price. Raises `NoCourier`."""
        offers = [offer for offer in self.carriers_of(order, now) if wanted in (None, offer.courier)]
        self._require_known(offers, wanted)
        able = [offer for offer in offers if offer.may_be_called]
        if not able:
            raise _does_not_fit(order, offers)
        usual = Reason.NO_QUOTES if self.wish(order, now).needs_quotes else Reason.PREFERRED
        return able[0].courier, Why(reason=usual if wanted is None else Reason.NAMED)

    def require(self, order: Order, told: Comparison) -> Choice:
        """The store's pick; raises `NoCourier` that says why there is none."""
        self._require_known(told.offers, None)
        choice = told.choice
        if choice is not None and choice.courier is not None:
            return choice
        if choice is not None and choice.why.reason is Reason.OVER_LIMITS:
            raise OverLimits(choice.why)
        if all(offer.answer is Answer.MISFIT for offer in told.offers):
            raise _does_not_fit(order, told.offers)
        said = "; ".join(f"{offer.courier}: {offer.words or offer.answer}" for offer in told.offers)
        raise NoOffer(f"no courier takes order {order.number}: {said}", found=said)

    def _require_known(self, offers: Iterable[Offer], wanted: str | None) -> None:
        if not any(True for _ in offers):
            known = ", ".join(self._carriers) or "none is configured"
            message = f"no courier is called {wanted!r:.60}" if wanted else "no courier is configured"
            raise NoCourier(message, found=wanted or "none", allowed=known)


def _start(name: CourierName, fits: Iterable[Fit]) -> Offer:
    mine = tuple(fit for fit in fits if fit.courier == name)
    is_able = any(fit.is_ok for fit in mine)
    return Offer(courier=name, answer=Answer.ASKING if is_able else Answer.MISFIT, fits=mine)


def _does_not_fit(order: Order, offers: Iterable[Offer]) -> DoesNotFit:
    return DoesNotFit(order.number, tuple(fit for offer in offers for fit in offer.fits))
