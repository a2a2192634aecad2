"""One order while somebody telephones about it: what is left of its money, and what may be offered now."""

from dataclasses import dataclass, replace
from typing import Final

from core.domain.cause import Cause
from core.domain.coach_table import TABLE
from core.domain.coaching import Action, Cell, Sentence, Share, Way
from core.domain.delivery import RECALLABLE, Delivery
from core.domain.money import Money, decimals_of
from core.domain.order import Order
from core.domain.phase import Phase

# An order that is off already is not called off again: what is left to agree on is the money (X5).
WHEN_OFF: Final = {Action.CANCEL: Action.REFUND, Action.CANCEL_PART: Action.REFUND_PART}
NO_WAY_ON: Final = frozenset({Action.GO_ON, Action.BRING_BACK, Action.REDELIVER})
CALLS_OFF: Final = frozenset({Action.CANCEL, Action.CANCEL_PART})


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A way with its sums: suggested, and the bounds without a manager; all zero where no money moves."""

    way: Way
    suggested: Money
    least: Money
    most: Money

    @property
    def action(self) -> Action:
        """What is done."""
        return self.way.action

    @property
    def asks_for_sum(self) -> bool:
        """There is something to agree on."""
        return self.least != self.most

    def within(self, refund: Money) -> bool:
        """No manager is needed for the sum."""
        return self.least.minor <= refund.minor <= self.most.minor


@dataclass(frozen=True, kw_only=True)
class Counsel:
    """A cell for this order: only what can be done now, and what to say."""

    cause: Cause
    cell: Cell
    say: Sentence
    offers: tuple[Offer, ...]

    def offer(self, action: Action) -> Offer | None:
        """None where it is not offered."""
        return next((offer for offer in self.offers if offer.action is action), None)

    @property
    def usual_cancel(self) -> Offer | None:
        """What calling the order off means where nobody says more."""
        return next((offer for offer in self.offers if offer.action in CALLS_OFF), None)


@dataclass(frozen=True, kw_only=True)
class Situation:
    """`left`: of the paid money, what has not gone back and is not on its way; `fee`: owed if the driver is sent off.

    `is_off`: called off already, and nobody has said yet who pays.
    """

    order: Order
    phase: Phase
    left: Money
    fee: Money | None = None
    job: Delivery | None = None
    is_off: bool = False

    def counsel(self, cause: Cause) -> Counsel:
        """What the table says, as far as it can be done with this order."""
        cell = TABLE[self.phase][cause]
        offers = tuple(offer for way in cell.ways if (offer := self._offer(cell, way)) is not None)
        if not offers:
            offers = (_without_money(Way(Action.NOTHING), self.left.currency),)
        is_over = self.is_off and not any(offer.most.minor for offer in offers)
        return Counsel(cause=cause, cell=cell, say=Sentence.IT_IS_OVER if is_over else cell.say, offers=offers)

    def _offer(self, cell: Cell, way: Way) -> Offer | None:
        if self.is_off and way.action in NO_WAY_ON:
            return None
        if self.is_off:
            way = replace(way, action=WHEN_OFF.get(way.action, way.action))
        if way.share is None:
            return _without_money(way, self.left.currency)
        if self.left.minor <= 0:
            return _unpaid(way, self.left.currency)
        return self._with_money(cell, way, way.share)

    def _with_money(self, cell: Cell, way: Way, share: Share) -> Offer:
        """The fee comes off what is suggested, and off the least; never more than is left, never below nothing."""
        most = _percent(self.left, share.most)
        off = self.fee.minor if cell.takes_fee and self.fee and self.fee.currency == self.left.currency else 0
        suggested = _less(_percent(self.left, share.suggested), off)
        least = _less(_percent(self.left, share.least), off)
        return Offer(way=way, suggested=suggested, least=least, most=most)


def fee_if_called_off(job: Delivery | None) -> Money | None:
    """None while it is free, or nobody told how much (C77, C80)."""
    if job is None or not job.is_live or job.state in RECALLABLE:
        return None
    return job.fee


def _unpaid(way: Way, currency: str) -> Offer | None:
    """Without money an order can still be called off, or come back."""
    if way.action in (Action.CANCEL, Action.CANCEL_PART):
        return _without_money(Way(Action.CANCEL), currency)
    return _without_money(way, currency) if way.action is Action.BRING_BACK else None


def _without_money(way: Way, currency: str) -> Offer:
    none = Money(0, currency)
    return Offer(way=way, suggested=none, least=none, most=none)


def _percent(money: Money, percent: int) -> Money:
    """Rounded down, to whole coins of the kind the money itself is in: no cents of a sum without any."""
    coin = 10 ** decimals_of(money.currency)
    step = coin if money.minor % coin == 0 else 1
    return Money(money.minor * percent // 100 // step * step, money.currency)


def _less(money: Money, off: int) -> Money:
    return Money(max(0, money.minor - off), money.currency)
