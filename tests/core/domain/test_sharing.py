"""What goes back with pieces that do not go: parts that add up to the cent, whatever the sequence."""

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from core.domain.ids import LineId
from core.domain.money import Money
from core.domain.order import Order
from core.domain.parts import parts_of, spread
from core.domain.refusal import BadQuantity, UnknownLine
from core.domain.sharing import Shares, left_of, line_shares, refund_of, with_refunded
from tests.builders import line, preparing

CURRENCIES = st.sampled_from(["JPY", "TWD", "EUR", "KWD"])  # 0, 2, 2 and 3 decimals
ONE, TWO = LineId("1"), LineId("2")


def bought(*prices: tuple[int, int], currency: str = "EUR", total: int | None = None, **told: object) -> Order:
    """Lines of (pieces, price of one); `told` are amounts of the order, or words of it."""
    lines = tuple(
        line(str(at + 1), count, unit_price=Money(price, currency)) for at, (count, price) in enumerate(prices)
    )
    amounts = {name: Money(value, currency) if type(value) is int else value for name, value in told.items()}
    goods = sum(count * price for count, price in prices)
    on_top = amounts["tax"].minor if amounts.get("tax_included") is False else 0  # type: ignore[attr-defined]
    usual = goods - _of(amounts, "discount") + on_top + _of(amounts, "delivery_fee")
    order = preparing(lines=lines, total=Money(usual if total is None else total, currency))
    return replace(order, purchase=replace(order.purchase, **amounts))


def _of(amounts: dict[str, object], name: str) -> int:
    money = amounts.get(name)
    return money.minor if isinstance(money, Money) else 0


@st.composite
def orders(draw: st.DrawFn) -> Order:
    """Anything a channel may tell, also what does not add up."""
    currency = draw(CURRENCIES)
    coin = draw(st.sampled_from([1, 100]))
    amount = st.one_of(st.none(), st.integers(0, 3_000).map(lambda minor: Money(minor * coin, currency)))
    lines = tuple(
        line(str(at + 1), draw(st.integers(1, 7)), unit_price=draw(amount), total=draw(amount), tax=draw(amount))
        for at in range(draw(st.integers(1, 5)))
    )
    total = Money(draw(st.integers(0, 30_000)) * coin, currency)
    told = {"discount": draw(amount), "tax": draw(amount), "delivery_fee": draw(amount)}
    order = preparing(lines=lines, total=total)
    return replace(order, purchase=replace(order.purchase, tax_included=draw(st.booleans()), **told))


@st.composite
def given_up(draw: st.DrawFn) -> tuple[Order, list[dict[LineId, int]]]:
    """An order, and all of its pieces in several turns, in any sequence."""
    order = draw(orders())
    pieces = draw(st.permutations([line.id for line in order.lines for _ in range(line.quantity)]))
    turns, at = list[dict[LineId, int]](), 0
    while at < len(pieces):
        count = draw(st.integers(1, len(pieces) - at))
        turn = pieces[at : at + count]
        turns.append({line_id: turn.count(line_id) for line_id in turn})
        at += count
    return order, turns


def in_turn(order: Order, turns: list[dict[LineId, int]], *, fees: bool = False) -> list[Shares]:
    said, gone = list[Shares](), Money(0, order.purchase.total.currency)
    for turn in turns:
        fee = Money(parts_of(order).rest // 3, gone.currency) if fees else None
        said.append(refund_of(order, turn, refunded=gone, fee=fee))
        gone += said[-1].total
        order = with_refunded(order, turn)
    return said


@given(given_up(), st.booleans())
def test_partial_refunds_one_after_another_add_up_to_what_was_paid(
    told: tuple[Order, list[dict[LineId, int]]], fees: bool
) -> None:
    order, turns = told
    assert sum(shares.total.minor for shares in in_turn(order, turns, fees=fees)) == order.purchase.total.minor


@given(given_up())
def test_they_add_up_where_nobody_says_what_went_back_before(told: tuple[Order, list[dict[LineId, int]]]) -> None:
    order, turns = told
    total = 0
    for turn in turns:
        total += refund_of(order, turn).total.minor
        order = with_refunded(order, turn)
    assert total == order.purchase.total.minor


@given(given_up(), st.booleans())
def test_no_part_of_a_refund_is_negative_and_the_parts_make_its_total(
    told: tuple[Order, list[dict[LineId, int]]], fees: bool
) -> None:
    order, turns = told
    for shares in in_turn(order, turns, fees=fees):
        assert min(shares.goods, shares.discount, shares.tax, shares.fee, shares.total).minor >= 0
        on_top = 0 if order.purchase.tax_included else shares.tax.minor
        assert shares.total.minor == shares.goods.minor - shares.discount.minor + on_top + shares.fee.minor


@given(given_up())
def test_the_sequence_changes_nothing_of_what_a_line_gives_back(told: tuple[Order, list[dict[LineId, int]]]) -> None:
    order, turns = told
    sums = dict[LineId, int]()
    for turn in turns:
        for line_id, shares in line_shares(order, turn).items():
            sums[line_id] = sums.get(line_id, 0) + shares.total.minor
        order = with_refunded(order, turn)
    whole = {line.id: 0 for line in order.lines} | {
        line_id: shares.total.minor for line_id, shares in line_shares(told[0], left_of(told[0])).items()
    }
    assert sums == whole


@given(given_up(), st.integers(0, 40_000))
def test_never_more_goes_back_than_is_left(told: tuple[Order, list[dict[LineId, int]]], before: int) -> None:
    order, turns = told
    gone = Money(before, order.purchase.total.currency)
    left = max(0, order.purchase.total.minor - before)
    assert refund_of(order, turns[0], refunded=gone).total.minor <= left


@given(orders())
def test_the_parts_of_an_order_are_what_was_paid_for_it(order: Order) -> None:
    parts = parts_of(order)
    on_top = sum(part.tax for part in parts.lines.values()) if parts.tax_on_top else 0
    assert sum(part.net for part in parts.lines.values()) + on_top + parts.rest == parts.paid
    assert min(parts.rest, *(min(part.net, part.discount, part.tax) for part in parts.lines.values())) >= 0


@given(st.integers(0, 10_000), st.lists(st.integers(0, 500), min_size=1, max_size=8))
def test_spreading_adds_up_and_stays_within_a_cent_of_the_exact_share(amount: int, weights: list[int]) -> None:
    parts = spread(amount, weights)
    total = sum(weights)
    assert sum(parts) == amount
    if total:
        exact = [amount * weight / total for weight in weights]
        assert all(abs(part - share) < 1 for part, share in zip(parts, exact, strict=True))
    if total >= amount > 0:
        assert all(part <= weight for part, weight in zip(parts, weights, strict=True)) or not total


def test_a_piece_gives_back_its_price() -> None:
    order = bought((2, 1_000), (1, 450), delivery_fee=300)
    shares = refund_of(order, {ONE: 1})
    assert (shares.goods.minor, shares.fee.minor, shares.total.minor) == (1_000, 0, 1_000)


def test_the_discount_of_the_order_is_shared_by_price() -> None:
    order = bought((3, 1_000), (1, 1_000), discount=100)
    assert [refund_of(order, {ONE: count}).total.minor for count in (1, 2, 3)] == [975, 1_950, 2_925]
    assert refund_of(order, {TWO: 1}).discount.minor == 25


def test_one_cent_of_discount_over_three_pieces_is_given_to_one_of_them() -> None:
    order = bought((3, 100), (1, 100), discount=1)
    said = in_turn(order, [{ONE: 1}, {ONE: 1}, {ONE: 1}])
    assert sorted(shares.total.minor for shares in said) == [99, 100, 100]


def test_tax_on_top_goes_back_with_the_goods() -> None:
    order = bought((1, 1_000), (1, 3_000), tax=400, tax_included=False)
    assert refund_of(order, {ONE: 1}).total.minor == 1_100


def test_included_tax_is_named_and_not_added() -> None:
    order = bought((1, 1_050), (1, 3_150), tax=200)
    shares = refund_of(order, {ONE: 1})
    assert (shares.tax.minor, shares.total.minor) == (50, 1_050)


def test_the_fee_goes_back_with_the_last_piece_alone() -> None:
    order = bought((1, 1_000), (1, 500), delivery_fee=300)
    assert [shares.fee.minor for shares in in_turn(order, [{ONE: 1}, {TWO: 1}])] == [0, 300]


def test_a_part_of_the_fee_may_go_back_before_and_is_not_given_twice() -> None:
    order = bought((1, 1_000), (1, 500), delivery_fee=300)
    first = refund_of(order, {ONE: 1}, fee=Money(120, "EUR"))
    rest = refund_of(with_refunded(order, {ONE: 1}), {TWO: 1}, refunded=first.total)
    assert (first.fee.minor, rest.fee.minor) == (120, 180)


def test_more_of_the_fee_than_was_paid_does_not_go_back() -> None:
    order = bought((1, 1_000), (1, 500), delivery_fee=300)
    assert refund_of(order, {ONE: 1}, fee=Money(900, "EUR")).fee.minor == 300


def test_less_paid_than_the_prices_say_was_a_discount_nobody_named() -> None:
    order = bought((1, 1_000), (1, 1_000), total=1_500)
    assert refund_of(order, {ONE: 1}).total.minor == 750


def test_a_line_without_a_price_is_named_and_the_whole_order_still_goes_back() -> None:
    order = preparing(lines=(line("1", 2), line("2", 1)), total=Money(900, "EUR"))
    some = refund_of(order, {ONE: 1})
    assert (some.total.minor, some.unpriced) == (0, (ONE,))
    assert refund_of(order, {ONE: 2, TWO: 1}).total.minor == 900


def test_more_pieces_than_are_left_are_refused_with_both_numbers() -> None:
    order = with_refunded(bought((2, 100)), {ONE: 1})
    with pytest.raises(BadQuantity) as refused:
        refund_of(order, {ONE: 2})
    assert (refused.value.found, refused.value.allowed) == ("2", "1")


def test_a_line_the_order_does_not_have_is_refused() -> None:
    with pytest.raises(UnknownLine):
        refund_of(bought((2, 100)), {LineId("9"): 1})


def test_a_line_that_stands_for_another_keeps_its_money_until_it_is_given_up() -> None:
    order = bought((2, 100), (1, 500), delivery_fee=50)
    stand_in = line("1~A", 1, total=Money(80, "EUR"), swap_of=ONE)
    short = with_refunded(order, {ONE: 1})
    short = replace(short, purchase=replace(short.purchase, lines=(*short.lines, stand_in)))
    gone = Money(20, "EUR")
    assert refund_of(short, {stand_in.id: 1}, refunded=gone).total.minor == 80
    assert refund_of(short, left_of(short), refunded=gone).total.minor == 730
    assert refund_of(short, left_of(short)).total.minor == 730


def test_taiwan_dollars_are_given_back_whole_where_they_were_paid_whole() -> None:
    order = bought((2, 3_900), (1, 4_500), discount=1_200, currency="TWD")
    said = in_turn(order, [{ONE: 1}, {TWO: 1}, {ONE: 1}])
    assert [shares.total.minor % 100 for shares in said] == [0, 0, 0]
    assert sum(shares.total.minor for shares in said) == 11_100


def test_a_dollar_for_two_goes_back_with_one_of_them() -> None:
    order = bought((2, 0), currency="TWD", total=100)
    (one,) = order.lines
    order = order.with_line(replace(one, total=Money(100, "TWD")))
    said = in_turn(order, [{ONE: 1}, {ONE: 1}])
    assert [(shares.discount.minor, shares.total.minor) for shares in said] == [(0, 100), (0, 0)]


def test_cents_are_kept_where_cents_were_paid() -> None:
    assert refund_of(bought((2, 3_950), currency="TWD", discount=1), {ONE: 1}).total.minor == 3_950


@given(st.integers(0, 500), st.lists(st.integers(0, 50), min_size=1, max_size=6))
def test_spreading_whole_coins_leaves_no_part_of_one(amount: int, weights: list[int]) -> None:
    parts = spread(amount * 100, [weight * 100 for weight in weights], 100)
    assert sum(parts) == amount * 100
    assert all(part % 100 == 0 for part in parts)
