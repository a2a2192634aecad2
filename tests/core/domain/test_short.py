"""A partial shipment worked out: what goes, what goes instead, what stays out, and the money of each to the cent."""

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from core.domain import short_move
from core.domain.catalogue import Article
from core.domain.ids import LineId
from core.domain.line import IfMissing, OrderLine
from core.domain.money import Money
from core.domain.order import Order
from core.domain.refusal import BadQuantity, IllegalMove, PartialUsedUp, UnknownLine
from core.domain.sharing import left_of, refund_of, with_refunded
from core.domain.short import Short, ShortPlan, fee_share, plan, whole_fee
from core.domain.short_move import NothingGoes
from core.domain.swap import NotSold, Swap
from core.domain.wish_line import Ask, NotAsked, allergy_words
from tests.builders import MEI, after, line, new, preparing

ONE, TWO = LineId("1"), LineId("2")
NOTHING = Money(0, "TWD")


def money(minor: int) -> Money:
    return Money(minor, "TWD")


CATALOGUE = {
    "CHEAP": Article(name="Green tea", price=money(2_500), barcode="4719", weight_g=510, shelf="A-02"),
    "SAME": Article(name="Oolong, other label", price=money(3_000)),
    "DEAR": Article(name="High mountain tea", price=money(4_200)),
    "FREE": Article(name="Leaflet"),
}


def bought(*lines: OrderLine, total: int = 9_000, **told: Money) -> Order:
    """Two teas at 30 and one at 30, for 90."""
    usual = lines or (line("1", 2, unit_price=money(3_000)), line("2", 1, unit_price=money(3_000)))
    made = preparing(lines=usual, total=money(total))
    return replace(made, purchase=replace(made.purchase, **told))


def planned(order: Order, *swaps: Swap, gone: Money = NOTHING, **short: object) -> ShortPlan:
    goes = {LineId(name.removeprefix("line_")): count for name, count in short.items() if name.startswith("line_")}
    more = {name: value for name, value in short.items() if not name.startswith("line_")}
    return plan(order, Short(goes=goes, swaps=swaps, **more), CATALOGUE, gone)  # type: ignore[arg-type]


def instead(sku: str, quantity: int = 1, line_id: LineId = ONE) -> Swap:
    return Swap(line_id=line_id, sku=sku, quantity=quantity)


def test_what_is_left_out_gives_its_price_back() -> None:
    found = planned(bought(), line_1=1)
    assert (found.missing, found.pieces, found.back.total) == ({ONE: 1}, 2, money(3_000))


def test_of_a_cheaper_article_the_difference_goes_back() -> None:
    found = planned(bought(), instead("CHEAP"), line_1=1)
    assert (found.back.total, found.extra, found.pieces) == (money(500), NOTHING, 3)


def test_a_dearer_article_is_at_the_shops_expense() -> None:
    found = planned(bought(), instead("DEAR"), line_1=1)
    assert (found.back.total, found.extra) == (NOTHING, money(1_200))


def test_the_difference_has_its_share_of_the_discount_in_whole_dollars() -> None:
    order = bought(total=8_100, discount=money(900))
    found = planned(order, instead("CHEAP"), line_1=1)
    assert (found.back.goods, found.back.discount, found.back.total) == (money(500), money(100), money(400))


def test_a_barcode_names_an_article_and_two_names_of_one_are_one_row() -> None:
    found = planned(bought(), instead("4719"), instead("CHEAP"), line_1=0)
    assert [(one.line.sku, one.quantity) for one in found.stand_ins] == [("CHEAP", 2)]


def test_what_goes_instead_is_packed_like_any_line() -> None:
    (one,) = planned(bought(), instead("CHEAP", 2), line_1=0).stand_ins
    goes = one.line
    assert (goes.id, goes.swap_of, goes.quantity, goes.shipped, goes.picked) == ("1~CHEAP", ONE, 2, 2, 0)
    assert (goes.barcode, goes.weight_g, goes.shelf, goes.total) == ("4719", 510, "A-02", money(5_000))


def test_an_article_without_a_price_names_no_difference_and_asks_for_a_person() -> None:
    found = planned(bought(), instead("FREE"), line_1=1)
    assert (found.back.total, [one.id for one in found.unpriced]) == (NOTHING, [ONE])


def test_of_the_fee_goes_back_what_is_said_and_no_more_than_was_paid() -> None:
    order = bought(total=9_600, delivery_fee=money(600))
    assert planned(order, line_1=1, fee=money(200)).back.total == money(3_200)
    assert planned(order, line_1=1, fee=money(900)).back.fee == money(600)


def test_the_offered_part_of_the_fee_follows_the_goods_left_out() -> None:
    order = bought(total=9_600, delivery_fee=money(600))
    assert fee_share(order, Short(goes={ONE: 1})) == money(200)
    assert fee_share(order, Short(goes={ONE: 1}, swaps=(instead("CHEAP"),))) == NOTHING
    assert whole_fee(order) == money(600)


def test_no_more_goes_back_than_is_left() -> None:
    assert planned(bought(), line_1=1, gone=money(8_000)).back.total == money(1_000)


@pytest.mark.parametrize(
    ("short", "found"),
    [
        (Short(goes={ONE: 3}), "3"),
        (Short(goes={ONE: -1}), "-1"),
        (Short(goes={ONE: 1}, swaps=(instead("CHEAP", 2),)), "3"),
        (Short(swaps=(instead("CHEAP"),)), "3"),
        (Short(goes={ONE: 1}, swaps=(instead("CHEAP", -1),)), "-1"),
    ],
)
def test_more_or_less_than_was_bought_is_refused_with_the_number_found(short: Short, found: str) -> None:
    with pytest.raises(BadQuantity) as refused:
        plan(bought(), short, CATALOGUE, NOTHING)
    assert refused.value.found == found


def test_an_unknown_line_or_article_is_refused() -> None:
    with pytest.raises(UnknownLine):
        plan(bought(), Short(goes={LineId("9"): 1}), CATALOGUE, NOTHING)
    with pytest.raises(NotSold) as refused:
        planned(bought(), instead("COLA"), line_1=1)
    assert refused.value.found == "COLA"


def test_nothing_at_all_is_an_order_called_off() -> None:
    with pytest.raises(NothingGoes) as refused:
        short_move.require(planned(bought(), line_1=0, line_2=0))
    assert refused.value.rule == "C62"


def test_nothing_of_what_was_bought_may_go_where_something_goes_instead() -> None:
    short_move.require(planned(bought(), instead("SAME", 2), line_1=0, line_2=0, is_asked=True))


def test_all_of_it_is_no_partial_shipment() -> None:
    with pytest.raises(BadQuantity):
        short_move.require(planned(bought()))


@pytest.mark.parametrize(("made", "error"), [(new(), IllegalMove), (replace(bought(), is_short=True), PartialUsedUp)])
def test_it_is_done_once_and_on_the_table(made: Order, error: type[Exception]) -> None:
    with pytest.raises(error):
        short_move.require(planned(made, line_1=1))


def wishing(wish: IfMissing, **more: object) -> OrderLine:
    return line("1", 2, unit_price=money(3_000), if_missing=wish, **more)


@pytest.mark.parametrize(
    ("wish", "left_out", "swapped"),
    [
        (IfMissing.UNSAID, None, Ask.SWAP),
        (IfMissing.CALL, Ask.CALL, Ask.CALL),
        (IfMissing.SWAP, None, None),
        (IfMissing.LEAVE_OUT, None, Ask.SWAP),
        (IfMissing.CANCEL_ALL, Ask.ALL_OR_NOTHING, Ask.ALL_OR_NOTHING),
    ],
)
def test_the_customers_own_wish_says_when_to_ask(wish: IfMissing, left_out: Ask | None, swapped: Ask | None) -> None:
    order = bought(wishing(wish), line("2", 1))
    assert planned(order, line_1=1).lines[0].ask is left_out
    assert planned(order, instead("SAME"), line_1=1).lines[0].ask is swapped


@pytest.mark.parametrize(
    "told",
    [{"allergens": "peanuts"}, {"note": "我對花生過敏"}, {"note": "Soy ALÉRGICA al marisco"}],
)
def test_words_of_allergies_bar_a_silent_swap_even_where_swaps_are_wished(told: dict[str, str]) -> None:
    made = bought(wishing(IfMissing.SWAP), line("2", 1))
    made = replace(made, purchase=replace(made.purchase, **told))
    with pytest.raises(NotAsked) as refused:
        short_move.require(planned(made, instead("SAME"), line_1=1))
    assert refused.value.why is Ask.ALLERGY
    short_move.require(planned(made, instead("SAME"), line_1=1, is_asked=True))


def test_an_allergy_in_the_note_of_one_line_bars_swaps_of_that_line() -> None:
    made = bought(wishing(IfMissing.SWAP, note="no peanuts please"), wishing_two())
    assert planned(made, instead("SAME"), line_1=1).lines[0].ask is Ask.ALLERGY
    assert planned(made, instead("SAME", line_id=TWO), line_2=0).lines[1].ask is None


def wishing_two() -> OrderLine:
    return line("2", 1, unit_price=money(3_000), if_missing=IfMissing.SWAP)


def test_leaving_out_needs_no_word_about_allergies() -> None:
    made = bought()
    made = replace(made, purchase=replace(made.purchase, allergens="peanuts"))
    assert planned(made, line_1=1).asks == ()
    assert allergy_words(made) == ("peanuts",)


def test_an_ordinary_note_says_nothing_of_allergies() -> None:
    made = bought()
    assert allergy_words(replace(made, purchase=replace(made.purchase, note="Please ring twice"))) == ()


def test_a_short_order_taken_back_is_the_order_it_was() -> None:
    before = bought()
    found = planned(before, instead("CHEAP"), line_1=0, is_asked=True)
    stand_ins = tuple(one.line for one in found.stand_ins)
    order, _ = short_move.ship_short(before, {ONE: 0}, stand_ins=stand_ins, by=MEI, at=after(4))
    order, _ = short_move.take_back_short(order, by=MEI, at=after(5))
    assert order == before


@st.composite
def shortages(draw: st.DrawFn) -> tuple[Order, Short]:
    """Any order that adds up or not, and anything that may be wanted of it."""
    coin = draw(st.sampled_from([1, 100]))
    amount = st.one_of(st.none(), st.integers(0, 5_000).map(lambda minor: money(minor * coin)))
    lines = tuple(
        line(str(at + 1), draw(st.integers(1, 4)), unit_price=draw(amount), tax=draw(amount))
        for at in range(draw(st.integers(1, 4)))
    )
    told = {"discount": draw(amount), "tax": draw(amount), "delivery_fee": draw(amount)}
    made = bought(*lines, total=draw(st.integers(0, 20_000)) * coin)
    made = replace(made, purchase=replace(made.purchase, tax_included=draw(st.booleans()), **told))
    goes, swaps = dict[LineId, int](), list[Swap]()
    for one in lines:
        goes[one.id] = draw(st.integers(0, one.quantity))
        swapped = draw(st.integers(0, one.quantity - goes[one.id]))
        if swapped:
            swaps.append(Swap(line_id=one.id, sku=draw(st.sampled_from(sorted(CATALOGUE))), quantity=swapped))
    return made, Short(goes=goes, swaps=tuple(swaps), fee=draw(amount), is_asked=True)


@given(shortages(), st.integers(0, 20_000))
def test_what_goes_back_is_never_negative_and_never_more_than_is_left(told: tuple[Order, Short], gone: int) -> None:
    order, short = told
    found = plan(order, short, CATALOGUE, money(gone))
    back = found.back
    assert min(back.goods, back.discount, back.tax, back.fee, back.total, found.extra).minor >= 0
    assert back.total.minor <= max(0, order.purchase.total.minor - gone)
    on_top = 0 if order.purchase.tax_included else back.tax.minor
    assert back.total.minor == back.goods.minor - back.discount.minor + on_top + back.fee.minor


@given(shortages())
def test_what_goes_back_now_and_what_would_go_back_later_is_what_was_paid(told: tuple[Order, Short]) -> None:
    order, short = told
    found = plan(order, short, CATALOGUE, NOTHING)
    if not found.pieces or not found.missing:
        return
    stand_ins = tuple(one.line for one in found.stand_ins)
    moved, _ = short_move.ship_short(order, short.goes, stand_ins=stand_ins, by=MEI, at=after(4))
    moved = with_refunded(moved, found.missing)
    later = refund_of(moved, left_of(moved), refunded=found.back.total)
    assert found.back.total + later.total == order.purchase.total
    without_fee = replace(short, fee=None)
    alone = plan(order, without_fee, CATALOGUE, NOTHING).back.total
    assert alone + refund_of(moved, left_of(moved)).total == order.purchase.total
