"""Live offers of all couriers that can carry an order, and the store's pick among them."""

from collections.abc import Callable
from dataclasses import replace

from core.domain.choice import Choice, Comparison
from core.domain.ids import fresh_id
from core.domain.moment import Moment
from core.domain.offer import Answer, Offer
from core.domain.order import Order
from core.domain.store_rules import StoreRules
from core.ports.clock import Clock
from core.services.choosing import Choosing
from core.services.jobs import job_for
from core.services.quoting import Asking

Seen = Callable[[Comparison], None]


def unseen(_: Comparison) -> None:
    """Nobody watches the answers come."""


class Comparing:
    """Changes nothing and books nothing."""

    def __init__(self, store: StoreRules, choosing: Choosing, asking: Asking, clock: Clock) -> None:
        self._store, self._choosing, self._asking, self._clock = store, choosing, asking, clock

    def needs_quotes(self, order: Order) -> bool:
        """Whether the store's pick depends on prices or times."""
        return self._choosing.wish(order, self._now()).needs_quotes

    async def compare(self, order: Order, seen: Seen = unseen) -> Comparison:
        """Everybody's answer, at the latest when the time limit is over; `seen` is shown each as it comes.

        Raises `NoCourier` where no courier is called at all.
        """
        self._choosing.require_carried(order)
        offers = {offer.courier: offer for offer in self._choosing.carriers_of(order, self._now())}

        def told(offer: Offer) -> None:
            offers[offer.courier] = replace(offer, fits=offers[offer.courier].fits)
            seen(self._choosing.compared(order, offers.values(), self._now()))

        seen(self._choosing.compared(order, offers.values(), self._now()))
        asked = [offer.courier for offer in offers.values() if offer.answer is Answer.ASKING]
        await self._asking.ask(asked, job_for(order, fresh_id(), self._store), told)
        return self._choosing.compared(order, offers.values(), self._now())

    async def decide(self, order: Order) -> Choice:
        """The store's pick; asks for quotes only where it depends on them. Raises `NoCourier`."""
        if not self.needs_quotes(order):
            courier, why = self._choosing.pick(order, None, self._now())
            return Choice(courier=courier, why=why)
        return self._choosing.require(order, await self.compare(order))

    def _now(self) -> Moment:
        return Moment(self._clock.now())
