"""Orders keyed in by hand while a channel is down: drafts that are kept, and what is confirmed (L3–L5)."""

from collections.abc import Sequence
from dataclasses import replace

from core.domain.arrival import first_told
from core.domain.catalogue import Catalogue, filled_in
from core.domain.events import OrderKeyedIn
from core.domain.handwritten import HandOrder, purchase_of, tidied
from core.domain.ids import OrderId
from core.domain.joining import Likeness, Sign
from core.domain.keyed import Draft
from core.domain.moment import Moment
from core.domain.order import Order
from core.domain.refusal import CameAlready, NotFilledIn
from core.domain.store_rules import StoreRules
from core.domain.wares import Ware, all_wares
from core.services.joining import Joining
from core.store.unit_of_work import UnitOfWork


class Entering:
    """The drawer for what is told on the telephone."""

    def __init__(self, rules: StoreRules, joining: Joining, catalogue: Catalogue | None = None) -> None:
        self._rules = rules
        self._joining = joining
        self._catalogue = catalogue or {}

    def wares(self, uow: UnitOfWork) -> tuple[Ware, ...]:
        """What can be chosen: the shop's own list, and what was on orders of late with its last price."""
        return all_wares(self._catalogue, uow.past.sold(self._rules.currency))

    def drafts(self, uow: UnitOfWork) -> list[Draft]:
        """Never confirmed, newest first, whoever keyed them in and wherever."""
        return uow.drafts.all()

    def keep(self, uow: UnitOfWork, form: HandOrder, now: Moment) -> None:
        """Not a word is lost; one without a word is no draft, and one that was confirmed is none any more."""
        if form.is_empty or uow.orders.find(form.order_id) is not None:
            uow.drafts.drop(form.id)
        else:
            uow.drafts.keep(Draft(form=form, by=now.by, kept_at=now.at))

    def drop(self, uow: UnitOfWork, draft_id: str) -> None:
        """Thrown away."""
        uow.drafts.drop(draft_id)

    def alike(self, uow: UnitOfWork, form: HandOrder, now: Moment) -> tuple[tuple[Likeness, Order], ...]:
        """Orders that came in by themselves and may be this one, best first."""
        purchase = purchase_of(tidied(form), now.at, self._rules.currency)
        likely = self._joining.meet_keyed(uow, purchase, now).likely
        return tuple((one, uow.orders.get(one.order_id)) for one in likely)

    def enter(self, uow: UnitOfWork, form: HandOrder, now: Moment, apart: Sequence[OrderId] = ()) -> Order:
        """Confirmed: an order like any other; once, however often it is asked for.

        `apart`: orders a person says are others. Raises `NotFilledIn`, and `CameAlready` for what nobody has said
        that of.
        """
        known = uow.orders.find(form.order_id)
        if known is None:
            known = self._added(uow, tidied(form), now, apart)
        uow.drafts.drop(form.id)
        return known

    def _added(self, uow: UnitOfWork, form: HandOrder, now: Moment, apart: Sequence[OrderId]) -> Order:
        if form.lacking:
            lacking = ", ".join(lack.value for lack in form.lacking)
            raise NotFilledIn(f"an order needs {lacking}", found=lacking)
        purchase = purchase_of(form, now.at, self._rules.currency)
        self._require_new(uow, [one for one, _order in self.alike(uow, form, now)], apart)
        told, events = first_told(purchase, now.at, self._rules.accept_within)
        order = replace(filled_in(told, self._catalogue), hand_number=purchase.number)
        uow.orders.add(order)
        keyed = OrderKeyedIn(order_id=order.id, at=now.at, by=now.by, channel=form.channel, paid=form.paid.value)
        uow.journal.add([events[0], keyed, *events[1:]])
        return order

    def _require_new(self, uow: UnitOfWork, likely: Sequence[Likeness], apart: Sequence[OrderId]) -> None:
        """Of the very same number nobody can say that it is another order."""
        named = [one for one in likely if one.is_sure and Sign.NUMBER in one.signs]
        unsaid = named or [one for one in likely if one.order_id not in apart]
        if unsaid:
            numbers = ", ".join(one.number for one in unsaid)
            ids = tuple(one.order_id for one in unsaid)
            raise CameAlready(f"it may have come in as {numbers}", found=numbers, ids=ids, is_sure=bool(named))
