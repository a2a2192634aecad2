"""`orderbell order review`: what was found odd, what to say on the telephone, and what is done about it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.domain.review import findings_of
from core.domain.review_moves import CallResult
from core.domain.stage import Stage
from tui.cli.everywhere import BadUsage, Everywhere, allowed_are
from tui.cli.out import say, tell
from tui.i18n import _

if TYPE_CHECKING:
    from core.domain.moment import Moment
    from core.domain.order import Order
    from core.services.reviewing import Reviewing
    from core.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Look:
    """What was asked for; nothing: only to be shown. Empty words are words: no phone."""

    passes: bool = False
    address: str | None = None
    phone: str | None = None
    takes_told: bool = False
    called: str = ""

    @property
    def is_only_shown(self) -> bool:
        """Nothing is to be done."""
        return self == Look()

    def apply(self, reviewing: "Reviewing", uow: "UnitOfWork", order: "Order", now: "Moment") -> None:
        """All in one transaction: the call, the words, then the word that it passes."""
        if self.called:
            reviewing.called(uow, order.id, _result(self.called), now)
        if self.takes_told:
            reviewing.take_told(uow, order.id, now)
        if self.address is not None or self.phone is not None:
            reviewing.complete(uow, order.id, now, address=self.address, phone=self.phone)
        if self.passes and not self._has_passed(uow, order):
            reviewing.let_pass(uow, order.id, now)

    def _has_passed(self, uow: "UnitOfWork", order: "Order") -> bool:
        """The words just put in were enough."""
        is_more = self.called or self.takes_told or self.address is not None or self.phone is not None
        return bool(is_more) and uow.orders.get(order.id).stage is not Stage.REVIEW


def show_review(said: Everywhere, number: str) -> None:
    """The findings, and the words for the telephone."""
    from core.store.unit_of_work import reading

    with reading(said.shop.database) as uow:
        order = uow.orders.called(number)
    if said.as_json:
        return tell(_as_json(order))
    return _say(order, said.shop.rules.name)


def _say(order: "Order", store: str) -> None:
    from tui.labels import review, review_calls, word

    say(f"#{order.number}: {word(order.stage).text}")
    for finding in findings_of(order):
        say(f"  {'◇' if finding.stops else '·'} {review.found(finding, order)} {review.next_step(finding)}")
    if order.reviewed_by:
        say(f"  {_('let pass by {name}').format(name=order.reviewed_by)}")
    if order.stage is Stage.REVIEW:
        say(_("On the telephone:"))
        for words in review_calls.call_back(order, store):
            say(f"  {words}")


def _as_json(order: "Order") -> dict[str, Any]:
    customer, known = order.purchase.customer, order.completed
    found = [
        {"kind": one.kind.value, "found": one.found, "allowed": one.allowed, "stops": one.stops}
        for one in findings_of(order)
    ]
    told = {"address": known.told_address, "phone": known.told_phone} if known else None
    return {
        "id": order.id,
        "number": order.number,
        "stage": order.stage.value,
        "findings": found,
        "reviewed_by": order.reviewed_by,
        "reviewed_at": order.reviewed_at.isoformat() if order.reviewed_at else None,
        "address": customer.address,
        "phone": customer.phone,
        "told": told,
    }


def _result(word: str) -> CallResult:
    try:
        return CallResult(word.replace("-", "_"))
    except ValueError as error:
        allowed = ", ".join(result.value.replace("_", "-") for result in CallResult)
        raise BadUsage(allowed_are(f"--called {word!r:.40}", allowed)) from error
