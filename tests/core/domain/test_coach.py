"""Where an order stands for who telephones, what may be offered, and what is agreed."""

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from core.domain.agreement import Agreement, settle, typed_sum
from core.domain.bearer import Bearer
from core.domain.cause import Cause
from core.domain.coaching import Action, Sentence
from core.domain.delivery import Delivery, DeliveryState
from core.domain.ids import StaffId
from core.domain.money import BadMoney, Money
from core.domain.order import Order
from core.domain.payment import Payment
from core.domain.phase import Phase, phase_before, phase_of
from core.domain.refusal import Conflict, NotAManager, NotOffered, TooMuchBack
from core.domain.situation import Situation, fee_if_called_off
from core.domain.staff import Permission, Role, Staff
from core.domain.stage import Stage
from tests import builders
from tests.builders import after

LEFT = Money(124_000, "TWD")
LIN = Staff(id=StaffId("lin"), name="Lin", role=Role.MANAGER, pin="12")
WORD = Permission(manager=LIN.id, reason="good customer", pin="12")
D = DeliveryState


def job(state: DeliveryState, **more: object) -> Delivery:
    return replace(builders.delivery(), **({"state": state} | more))  # type: ignore[arg-type]


def situation(phase: Phase, order: Order | None = None, left: Money = LEFT, **more: object) -> Situation:
    return Situation(order=order or builders.new(), phase=phase, left=left, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("order", "ride", "phase"),
    [
        (builders.new(payment=Payment.UNPAID), None, Phase.NOT_PAID),
        (builders.new(payment=Payment.AUTHORIZED), None, Phase.NOT_PAID),
        (builders.new(), None, Phase.BEFORE_ACCEPT),
        (builders.new().moved(Stage.REVIEW), None, Phase.BEFORE_ACCEPT),
        (builders.preparing(), None, Phase.NOT_BEGUN),
        (builders.preparing(), D.MATCHING, Phase.NOT_BEGUN),
        (builders.packed(), None, Phase.PACKING),
        (builders.packed(), D.AT_STORE, Phase.PACKING),
        (builders.ready(), None, Phase.PACKED),
        (builders.ready(), D.FAILED, Phase.PACKED),
        (builders.ready(), D.MATCHING, Phase.DRIVER_CALLED),
        (builders.ready(), D.HEADING_TO_STORE, Phase.DRIVER_CALLED),
        (builders.ready(), D.UNKNOWN, Phase.DRIVER_CALLED),
        (builders.ready(), D.AT_STORE, Phase.AT_STORE),
        (builders.out(), D.PICKED_UP, Phase.ON_THE_WAY),
        (builders.out(), None, Phase.ON_THE_WAY),
        (builders.out(), D.RETURNING, Phase.AT_THE_DOOR),
        (builders.out(), D.FAILED, Phase.AT_THE_DOOR),
    ],
)
def test_where_it_stands(order: Order, ride: DeliveryState | None, phase: Phase) -> None:
    assert phase_of(order, job(ride) if ride else None) is phase


def test_a_call_that_waits_its_seconds_counts_as_a_driver_called() -> None:
    assert phase_of(builders.ready(), None, is_called=True) is Phase.DRIVER_CALLED


@pytest.mark.parametrize("stage", [Stage.COMPLETED, Stage.RETURNED, Stage.REJECTED, Stage.CANCELLED])
def test_what_has_ended_stands_at_its_end(stage: Stage) -> None:
    ends = {Stage.COMPLETED: Phase.DELIVERED, Stage.RETURNED: Phase.RETURNED}
    assert phase_of(replace(builders.out(), stage=stage), None) is ends.get(stage, Phase.ENDED)


@pytest.mark.parametrize(
    ("order", "phase"),
    [
        (builders.new(), Phase.ENDED),
        (builders.preparing(), Phase.NOT_BEGUN),
        (builders.packed(), Phase.PACKING),
        (builders.ready(), Phase.PACKED),
    ],
)
def test_an_order_called_off_remembers_how_far_it_was(order: Order, phase: Phase) -> None:
    off = replace(order, stage=Stage.CANCELLED, ended_at=after(20))
    assert phase_before(off, ()) is phase


def test_a_driver_who_was_coming_when_it_was_called_off_is_remembered() -> None:
    off = replace(builders.ready(), stage=Stage.CANCELLED, ended_at=after(20))
    assert phase_before(off, [job(D.FAILED, ended_at=after(21))]) is Phase.DRIVER_CALLED
    assert phase_before(off, [job(D.AT_STORE, at_store_at=after(19))]) is Phase.AT_STORE
    assert phase_before(off, [job(D.FAILED, ended_at=after(15))]) is Phase.PACKED


def test_before_accept_everything_goes_back() -> None:
    offer = situation(Phase.BEFORE_ACCEPT).counsel(Cause.CHANGED_MIND).offers[0]
    assert (offer.action, offer.suggested, offer.asks_for_sum) == (Action.CANCEL, LEFT, False)


def test_a_packed_order_goes_back_in_part_within_bounds() -> None:
    offer = situation(Phase.PACKED).counsel(Cause.CHANGED_MIND).offers[0]
    assert offer.action is Action.CANCEL_PART
    assert (offer.least, offer.suggested, offer.most) == (
        Money(31_000, "TWD"),
        Money(62_000, "TWD"),
        Money(93_000, "TWD"),
    )


def test_a_suggestion_has_no_cents_where_the_price_has_none() -> None:
    dollars = situation(Phase.PACKED, left=Money(33_300, "TWD")).counsel(Cause.CHANGED_MIND).offers[0]
    cents = situation(Phase.PACKED, left=Money(33_333, "TWD")).counsel(Cause.CHANGED_MIND).offers[0]
    assert (dollars.suggested.minor, cents.suggested.minor) == (16_600, 16_666)


def test_what_the_driver_is_owed_comes_off_where_the_customer_has_the_cause() -> None:
    at = situation(Phase.DRIVER_CALLED, fee=Money(9_000, "TWD"))
    assert at.counsel(Cause.CHANGED_MIND).offers[0].suggested == Money(53_000, "TWD")
    assert at.counsel(Cause.SHOP).offers[0].suggested == LEFT


def test_a_search_costs_nothing_and_a_driver_who_comes_costs_the_fee() -> None:
    fee = Money(9_000, "TWD")
    assert fee_if_called_off(job(D.MATCHING, fee=fee)) is None
    assert fee_if_called_off(job(D.HEADING_TO_STORE, fee=fee)) == fee
    assert fee_if_called_off(job(D.FAILED, fee=fee)) is None


def test_an_order_that_is_off_already_is_not_called_off_again() -> None:
    off = situation(Phase.PACKED, is_off=True)
    assert [offer.action for offer in off.counsel(Cause.CHANGED_MIND).offers] == [Action.REFUND_PART]
    assert [offer.action for offer in off.counsel(Cause.SHOP).offers] == [Action.REFUND]


def test_where_no_money_is_left_it_is_only_written_down() -> None:
    counsel = situation(Phase.PACKED, left=Money(0, "TWD"), is_off=True).counsel(Cause.CHANGED_MIND)
    assert [offer.action for offer in counsel.offers] == [Action.NOTHING]
    assert counsel.say is Sentence.IT_IS_OVER


def test_an_order_without_money_can_still_be_called_off() -> None:
    offer = situation(Phase.PACKED, left=Money(0, "TWD")).counsel(Cause.CHANGED_MIND).offers[0]
    assert (offer.action, offer.suggested.minor) == (Action.CANCEL, 0)


@given(
    phase=st.sampled_from(Phase),
    cause=st.sampled_from(Cause),
    minor=st.integers(0, 10**9),
    currency=st.sampled_from(["TWD", "JPY", "USD", "KWD"]),
    fee=st.none() | st.integers(0, 10**9),
    is_off=st.booleans(),
)
def test_no_suggestion_is_ever_more_than_what_is_left_or_less_than_nothing(
    phase: Phase, cause: Cause, minor: int, currency: str, fee: int | None, is_off: bool
) -> None:
    left = Money(minor, currency)
    owed = None if fee is None else Money(fee, currency)
    counsel = situation(phase, left=left, fee=owed, is_off=is_off).counsel(cause)
    assert counsel.offers
    for offer in counsel.offers:
        assert 0 <= offer.least.minor <= offer.suggested.minor <= offer.most.minor <= minor


@given(phase=st.sampled_from(Phase), cause=st.sampled_from(Cause), minor=st.integers(0, 10**7))
def test_whatever_is_suggested_may_be_agreed_on_with_a_managers_word(phase: Phase, cause: Cause, minor: int) -> None:
    at = situation(phase, left=Money(minor, "TWD"))
    for offer in at.counsel(cause).offers:
        settled = settle(at, Agreement(cause=cause, action=offer.action, permission=WORD), (LIN,))
        assert settled.refund == offer.suggested
        assert 0 <= settled.cost.minor <= minor


def test_a_way_that_the_cell_does_not_have_is_refused_with_those_it_has() -> None:
    with pytest.raises(NotOffered) as refused:
        settle(situation(Phase.ON_THE_WAY), Agreement(cause=Cause.CHANGED_MIND, action=Action.CANCEL), ())
    assert refused.value.allowed == "go_on, bring_back"


def test_more_than_is_left_never_goes_back_even_with_a_manager() -> None:
    wanted = Agreement(
        cause=Cause.CHANGED_MIND, action=Action.CANCEL_PART, refund=Money(124_001, "TWD"), permission=WORD
    )
    with pytest.raises(TooMuchBack):
        settle(situation(Phase.PACKED), wanted, (LIN,))


@pytest.mark.parametrize("refund", [Money(-1, "TWD"), Money(100, "USD")])
def test_neither_less_than_nothing_nor_other_money_goes_back(refund: Money) -> None:
    wanted = Agreement(cause=Cause.CHANGED_MIND, action=Action.CANCEL_PART, refund=refund, permission=WORD)
    with pytest.raises(TooMuchBack):
        settle(situation(Phase.PACKED), wanted, (LIN,))


def test_a_sum_beyond_the_bounds_needs_a_manager() -> None:
    wanted = Agreement(cause=Cause.CHANGED_MIND, action=Action.CANCEL_PART, refund=Money(100_000, "TWD"))
    with pytest.raises(NotAManager):
        settle(situation(Phase.PACKED), wanted, (LIN,))
    settled = settle(situation(Phase.PACKED), replace(wanted, permission=WORD), (LIN,))
    assert (settled.refund.minor, settled.reason) == (100_000, "good customer")


def test_within_the_bounds_nobody_else_is_asked() -> None:
    wanted = Agreement(cause=Cause.CHANGED_MIND, action=Action.CANCEL_PART, refund=Money(70_000, "TWD"))
    settled = settle(situation(Phase.PACKED), wanted, (LIN,))
    assert (settled.refund.minor, settled.bearer, settled.rule, settled.reason) == (70_000, Bearer.SHARED, "L24", "")


def test_bringing_goods_back_needs_a_manager_whatever_the_sum() -> None:
    wanted = Agreement(cause=Cause.CHANGED_MIND, action=Action.BRING_BACK)
    with pytest.raises(NotAManager):
        settle(situation(Phase.ON_THE_WAY), wanted, (LIN,))


def test_an_order_that_has_moved_on_is_looked_at_again() -> None:
    wanted = Agreement(cause=Cause.CHANGED_MIND, action=Action.CANCEL, phase=Phase.NOT_BEGUN)
    with pytest.raises(Conflict):
        settle(situation(Phase.PACKING), wanted, ())


def test_no_money_moves_on_a_way_without_any() -> None:
    wanted = Agreement(cause=Cause.CHANGED_MIND, action=Action.GO_ON, refund=Money(100, "TWD"))
    with pytest.raises(NotOffered):
        settle(situation(Phase.PACKED), wanted, ())


@pytest.mark.parametrize(
    ("cause", "action", "cost"),
    [
        (Cause.CHANGED_MIND, Action.CANCEL_PART, 62_000),  # shared: what the store gives
        (Cause.ADDRESS, Action.CANCEL_PART, 62_000),  # the customer: what does not come back
        (Cause.SHOP, Action.CANCEL, 124_000),
        (Cause.CHANGED_MIND, Action.GO_ON, 0),
    ],
)
def test_the_record_says_what_it_costs_the_one_who_pays(cause: Cause, action: Action, cost: int) -> None:
    assert settle(situation(Phase.PACKED), Agreement(cause=cause, action=action), ()).cost.minor == cost


@pytest.mark.parametrize(
    ("typed", "currency", "minor"),
    [
        ("120", "TWD", 12_000),
        ("NT$1,240", "TWD", 124_000),
        ("1.240", "EUR", 124_000),
        ("12,50 €", "EUR", 1_250),
        ("1.234,50", "EUR", 123_450),
        ("1,234.5", "USD", 123_450),
        ("R$ 12,50", "BRL", 1_250),
        ("50%", "TWD", 62_000),
        ("33,3 %", "TWD", 41_292),
        ("1.240", "KWD", 1_240),
        ("300", "JPY", 300),
        ("0", "TWD", 0),
    ],
)
def test_a_sum_is_typed_as_people_write_it(typed: str, currency: str, minor: int) -> None:
    assert typed_sum(typed, Money(124_000, currency)) == Money(minor, currency)


@pytest.mark.parametrize("typed", ["", "abc", "-5", "%", "1.2.3", "NT$"])
def test_what_is_no_sum_is_refused(typed: str) -> None:
    with pytest.raises(BadMoney):
        typed_sum(typed, LEFT)
