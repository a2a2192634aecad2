"""Tellings come twice, late and out of order; the newest one stands."""

from hypothesis import given, settings, strategies as st

from core.domain import arrival
from core.domain.order import Order
from core.domain.payment import Payment
from core.domain.purchase import Purchase
from core.domain.stage import Stage
from tests.builders import RULES, after, purchase, told_later

WITHIN = RULES.accept_within

TELLINGS = st.lists(
    st.builds(
        lambda count, payment, reason, note: told_later(
            purchase(), count, payment=payment, cancel_reason=reason, note=f"{note}{count}{payment}{reason}"
        ),
        st.integers(0, 6),
        st.sampled_from(Payment),
        st.sampled_from([None, "asked"]),
        st.just("version "),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda told: told.standing,
)


@st.composite
def disorder(draw: st.DrawFn) -> tuple[list[Purchase], list[Purchase]]:
    """Tellings of different standing; and the same in any sequence, some of them twice."""
    tellings = draw(TELLINGS)
    repeats = draw(st.lists(st.sampled_from(tellings), max_size=4))
    return tellings, draw(st.permutations([*tellings, *repeats]))


def hear_all(tellings: list[Purchase]) -> Order:
    order, _ = arrival.first_told(tellings[0], after(10), WITHIN)
    for told in tellings[1:]:
        order, _ = arrival.told_again(order, told, after(10), WITHIN)
    return order


@settings(deadline=None, max_examples=60)
@given(disorder())
def test_in_any_sequence_and_however_often_the_newest_telling_stands(
    told: tuple[list[Purchase], list[Purchase]],
) -> None:
    tellings, heard = told
    assert hear_all(heard).purchase == max(tellings, key=lambda one: one.standing)


@settings(deadline=None, max_examples=60)
@given(disorder())
def test_in_any_sequence_a_paid_order_opens_and_a_cancelled_one_does_not_ring(
    told: tuple[list[Purchase], list[Purchase]],
) -> None:
    tellings, heard = told
    order, newest = hear_all(heard), max(tellings, key=lambda one: one.standing)
    if newest.is_cancelled or newest.payment in (Payment.REFUNDED, Payment.VOID):
        assert order.stage is Stage.CANCELLED
    assert order.is_paid or not order.may_ring(after(10))
