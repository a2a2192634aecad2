"""The review of orders: the look at each new one, and what a person does about an odd one (H1–H6)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Final

from core.domain import review_moves
from core.domain.ids import OrderId
from core.domain.likeness import plain, same_goods
from core.domain.moment import Moment
from core.domain.money import Money
from core.domain.order import Order, Outcome
from core.domain.phone import PhoneSense, tail_of
from core.domain.purchase import Customer
from core.domain.refusal import AlreadyCalled, BadPhone, NothingNew
from core.domain.review import FindingKind, ReviewRules, Weight, barring
from core.domain.review_exam import Known, examine
from core.domain.review_moves import CallResult
from core.domain.stage import Stage
from core.services import phones, steps
from core.services.joining import require_decided
from core.store.buyers import Earlier
from core.store.unit_of_work import UnitOfWork

NO_REVIEW: Final = ReviewRules(weights={})
SUMS_NEEDED: Final = 20  # orders below which nothing is usual
SUMS_FOR: Final = timedelta(minutes=10)
_NEVER_SENT: Final = frozenset({Stage.CANCELLED, Stage.REJECTED})
_LOOKED_AT: Final = (Stage.NEW, Stage.REVIEW)


@dataclass(frozen=True)
class _Usual:
    sum: Money | None
    at: datetime


class Reviewing:
    """Looks at orders by the store's rules; `phone` is the store's own, whose country local numbers are read in."""

    def __init__(self, rules: ReviewRules, phone: str = "") -> None:
        self._rules = rules
        self._is_off = all(rules.weight(kind) is Weight.OFF for kind in FindingKind)
        self._phone = phone
        self._usual: dict[str, _Usual] = {}

    def look(self, uow: UnitOfWork, order: Order, at: datetime, apart: Collection[OrderId] = ()) -> Outcome:
        """What is odd about an order that may be accepted; one that cannot be stays as it is.

        `apart`: orders that are no twins of it, or asked about otherwise.
        """
        if self._is_off or order.stage not in _LOOKED_AT:
            return order, ()
        found = examine(order, self._known(uow, order, at, {*apart, order.id}), self._rules)
        return review_moves.examined(order, found, at)

    def look_again(self, uow: UnitOfWork, before: Order, told: Outcome, at: datetime) -> Outcome:
        """Where the channel's newer word could make a difference."""
        after, events = told
        if after.stage not in _LOOKED_AT or _seen_of(before) == _seen_of(after):
            return told
        looked, more = self.look(uow, after, at)
        return looked, (*events, *more)

    def let_pass(self, uow: UnitOfWork, order_id: OrderId, now: Moment) -> Order:
        """A person has looked, and all is right; raises `ReviewOpen`, and `JoinFirst`."""
        require_decided(uow, (order_id,))
        return steps.change(uow, order_id, lambda order: review_moves.let_pass(order, by=now.by, at=now.at))

    def complete(
        self, uow: UnitOfWork, order_id: OrderId, now: Moment, *, address: str | None = None, phone: str | None = None
    ) -> Order:
        """Own words in the place of the channel's, then a new look; raises `BadAddress`, `BadPhone`, `AlreadyCalled`.

        An empty phone says that there is none.
        """
        if phone and phones.judged(phone, self._phone) is PhoneSense.IMPOSSIBLE:
            raise BadPhone("nobody could be called by that number", found="impossible", allowed="a number")
        before = uow.orders.get(order_id)
        if uow.outbox.open_of(order_id) or uow.deliveries.live_of(order_id):
            raise AlreadyCalled(f"order {before.number} has a driver", found=before.stage)
        after, events = review_moves.put_words(before, address=address, phone=phone, by=now.by, at=now.at)
        looked, more = self.look(uow, after, now.at)
        return steps.keep(uow, before, looked, (*events, *more))

    def take_told(self, uow: UnitOfWork, order_id: OrderId, now: Moment) -> Order:
        """The channel's newest words after all."""
        known = uow.orders.get(order_id).completed
        if known is None:
            raise NothingNew("the channel's words stand there already")
        address = known.told_address if known.address is not None else None
        phone = known.told_phone if known.phone is not None else None
        return self.complete(uow, order_id, now, address=address, phone=phone)

    def called(self, uow: UnitOfWork, order_id: OrderId, result: CallResult, now: Moment) -> Order:
        """A call-back was made; where all is right as it stands, and nothing must be put in, it passes (H1)."""
        order = uow.orders.get(order_id)
        review_moves.require_review(order)
        event = review_moves.called(
            order, result, history=uow.journal.of(order_id), again=self._rules.call_again, by=now.by, at=now.at
        )
        uow.journal.add([event])
        may_pass = result is CallResult.RIGHT and not any(finding.needs_words for finding in barring(order))
        return self.let_pass(uow, order_id, now) if may_pass else order

    def _known(self, uow: UnitOfWork, order: Order, at: datetime, apart: Collection[OrderId]) -> Known:
        customer = order.purchase.customer
        before = [one for one in uow.buyers.by_phone(customer.phone) if one.id not in apart]
        return Known(
            phone=phones.judged(customer.phone, self._phone),
            can_be_known=bool(tail_of(customer.phone)),
            is_known_buyer=any(one.stage is Stage.COMPLETED for one in before),
            twin=self._twin(uow, order, before, at, apart),
            usual=self._usual_sum(uow, order.purchase.total.currency, at),
        )

    def _twin(
        self, uow: UnitOfWork, order: Order, by_phone: Iterable[Earlier], at: datetime, apart: Collection[OrderId]
    ) -> str:
        """The number of an order of the same person with the same goods, told of just before."""
        if self._rules.weight(FindingKind.DUPLICATE) is Weight.OFF:
            return ""
        since = at - self._rules.duplicate_within
        customer = order.purchase.customer
        near = {one.id: one for one in (*by_phone, *uow.buyers.by_door(customer.address)) if one.received_at >= since}
        for one in near.values():
            may_be = one.id not in apart and one.stage not in _NEVER_SENT and _is_same_person(one.customer, customer)
            if may_be and same_goods(uow.buyers.goods(one), order.lines):
                return one.number
        return ""

    def _usual_sum(self, uow: UnitOfWork, currency: str, at: datetime) -> Money | None:
        """The middle of the newest sums, asked for now and then only."""
        if not self._rules.huge_times or self._rules.weight(FindingKind.HUGE) is Weight.OFF:
            return None
        known = self._usual.get(currency)
        if known is None or not timedelta() <= at - known.at < SUMS_FOR:
            sums = uow.buyers.sums(currency)
            middle = Money(round(median(sums)), currency) if len(sums) >= SUMS_NEEDED else None
            known = self._usual[currency] = _Usual(middle, at)
        return known.sum


def _seen_of(order: Order) -> tuple[object, ...]:
    """What a look goes by."""
    bought = order.purchase
    goods = [(line.sku, line.name, line.quantity) for line in order.lines]
    return order.stage, bought.customer, bought.total, bought.wants_invoice, bought.type, goods, order.completed


def _is_same_person(one: Customer, other: Customer) -> bool:
    """Two of phone, door and name are the same; colleagues share a door, and platforms one number for everybody."""
    alike = (
        bool(tail_of(one.phone)) and tail_of(one.phone) == tail_of(other.phone),
        bool(plain(one.address)) and plain(one.address) == plain(other.address),
        not (one.name and other.name) or plain(one.name) == plain(other.name),
    )
    return sum(alike) > 1
