"""Pick, check, close the bag, ship short: what changes, what is written down, what is refused."""

from dataclasses import replace

import pytest

from core.domain import arrival, fulfilment, short_move
from core.domain.checklist import Check
from core.domain.events import (
    LinePicked,
    PackingFinished,
    ParcelsPlanned,
    ShippedShort,
)
from core.domain.ids import LineId
from core.domain.refusal import (
    BadQuantity,
    IllegalMove,
    PackingIncomplete,
    PartialUsedUp,
    UnknownLine,
    UnseenChanges,
)
from core.domain.stage import Stage
from tests.builders import AT_STAGE, MEI, RULES, after, line, packed, preparing, ready, told_later

ONE, TWO = LineId("1"), LineId("2")


def test_picking_counts_what_lies_in_the_bag() -> None:
    order, (event,) = fulfilment.pick(preparing(), ONE, 2, by=MEI, at=after(3))
    assert order.picked == 2
    assert event == LinePicked(order_id=order.id, by=MEI, at=after(3), line_id="1", picked=2, quantity=2)


@pytest.mark.parametrize("picked", [-1, 3, 1000])
def test_neither_more_than_ordered_nor_less_than_nothing_is_picked(picked: int) -> None:
    with pytest.raises(BadQuantity) as refused:
        fulfilment.pick(preparing(), ONE, picked, by=MEI, at=after(3))
    assert (refused.value.found, refused.value.allowed) == (str(picked), "2")


def test_what_was_not_ordered_is_not_picked() -> None:
    with pytest.raises(UnknownLine):
        fulfilment.pick(preparing(), LineId("9"), 1, by=MEI, at=after(3))


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.PREPARING])
def test_packing_is_for_accepted_orders_only(stage: Stage) -> None:
    order = AT_STAGE[stage]()
    with pytest.raises(IllegalMove):
        fulfilment.pick(order, ONE, 1, by=MEI, at=after(3))
    with pytest.raises(IllegalMove):
        fulfilment.tick(order, Check.SIZE, ticked=True, by=MEI, at=after(3))
    with pytest.raises(IllegalMove):
        short_move.ship_short(order, {ONE: 1}, by=MEI, at=after(3))


def test_a_packed_order_becomes_ready() -> None:
    order, (event,) = fulfilment.finish_packing(packed(), by=MEI, at=after(8), parcels=2)
    assert (order.stage, order.ready_at, order.parcels) == (Stage.READY, after(8), 2)
    assert event == PackingFinished(order_id=order.id, by=MEI, at=after(8), parcels=2)


def test_an_incomplete_list_names_what_lacks() -> None:
    with pytest.raises(PackingIncomplete) as refused:
        fulfilment.finish_packing(preparing(), by=MEI, at=after(8))
    assert refused.value.found == "0/2 SKU-1, 0/1 SKU-2, quantity, quality, packaging, size"


def test_an_incomplete_list_passes_with_a_reason_that_is_kept() -> None:
    order, (event,) = fulfilment.finish_packing(preparing(), by=MEI, at=after(8), reason="scales broken")
    assert order.stage is Stage.READY
    assert event.reason == "scales broken"  # type: ignore[attr-defined]


def test_a_complete_list_needs_no_reason() -> None:
    _, (event,) = fulfilment.finish_packing(packed(), by=MEI, at=after(8), reason="scales broken")
    assert event.reason == ""  # type: ignore[attr-defined]


@pytest.mark.parametrize("parcels", [0, -1])
def test_an_order_leaves_in_one_parcel_at_least(parcels: int) -> None:
    with pytest.raises(BadQuantity):
        fulfilment.finish_packing(packed(), by=MEI, at=after(8), parcels=parcels)


def test_nothing_is_closed_on_old_words() -> None:
    with pytest.raises(UnseenChanges) as refused:
        fulfilment.finish_packing(replace(packed(), changed=frozenset({"note", "lines"})), by=MEI, at=after(8))
    assert refused.value.found == "lines, note"


def test_reopening_forgets_that_it_was_ready() -> None:
    order, _ = fulfilment.reopen_packing(ready(), by=MEI, at=after(9))
    assert (order.stage, order.ready_at) == (Stage.PREPARING, None)


def test_a_partial_shipment_names_what_goes() -> None:
    order, (event,) = short_move.ship_short(preparing(), {ONE: 1}, by=MEI, at=after(4))
    assert [one.shipped for one in order.lines] == [1, 1]
    assert event == ShippedShort(order_id=order.id, by=MEI, at=after(4), quantities={"1": 1, "2": 1})


def test_a_partial_shipment_is_made_once() -> None:
    order, _ = short_move.ship_short(preparing(), {ONE: 1}, by=MEI, at=after(4))
    with pytest.raises(PartialUsedUp) as refused:
        short_move.ship_short(order, {TWO: 0}, by=MEI, at=after(5))
    assert refused.value.rule == "C76"


@pytest.mark.parametrize("goes", [{ONE: 2, TWO: 1}, {ONE: 0, TWO: 0}, {}])
def test_all_or_nothing_is_no_partial_shipment(goes: dict[LineId, int]) -> None:
    with pytest.raises(BadQuantity):
        short_move.ship_short(preparing(), goes, by=MEI, at=after(4))


@pytest.mark.parametrize("going", [-1, 3])
def test_a_partial_shipment_holds_no_more_than_was_bought(going: int) -> None:
    with pytest.raises(BadQuantity):
        short_move.ship_short(preparing(), {ONE: going}, by=MEI, at=after(4))


def test_after_a_partial_shipment_only_what_goes_is_packed() -> None:
    order, _ = short_move.ship_short(preparing(), {ONE: 1, TWO: 0}, by=MEI, at=after(4))
    with pytest.raises(BadQuantity):
        fulfilment.pick(order, ONE, 2, by=MEI, at=after(5))
    order, _ = fulfilment.pick(order, ONE, 1, by=MEI, at=after(5))
    assert all(order.has_picked(one) for one in order.lines)


def test_pieces_that_stay_here_are_taken_out_of_the_bag() -> None:
    order, _ = short_move.ship_short(packed(), {ONE: 1}, by=MEI, at=after(4))
    assert [one.picked for one in order.lines] == [1, 1]


def test_a_shortened_order_that_shrinks_needs_no_more_than_is_left() -> None:
    order, _ = short_move.ship_short(packed(lines=(line("1", 3), line("2", 1))), {ONE: 2}, by=MEI, at=after(4))
    smaller = told_later(order.purchase, 5, lines=(line("1", 1), line("2", 1)))
    order, _ = arrival.told_again(order, smaller, after(5), RULES.accept_within)
    assert order.needed(order.line("1")) == 1


def test_all_goods_in_several_parcels_is_a_plan_and_no_partial_shipment() -> None:
    order, (event,) = fulfilment.plan_parcels(preparing(), 2, by=MEI, at=after(3))
    assert (order.parcels, order.is_short, order.stage) == (2, False, Stage.PREPARING)
    assert event == ParcelsPlanned(order_id=order.id, by=MEI, at=after(3), parcels=2)


def test_the_same_plan_again_is_no_news() -> None:
    assert fulfilment.plan_parcels(replace(packed(), parcels=2), 2, by=MEI, at=after(3))[1] == ()


def test_a_bag_is_closed_in_the_parcels_planned_unless_a_number_is_said() -> None:
    planned = replace(packed(), parcels=3)
    assert fulfilment.finish_packing(planned, by=MEI, at=after(8))[0].parcels == 3
    assert fulfilment.finish_packing(planned, by=MEI, at=after(8), parcels=1)[0].parcels == 1


@pytest.mark.parametrize("parcels", [0, -1])
def test_no_parcels_are_no_plan(parcels: int) -> None:
    with pytest.raises(BadQuantity):
        fulfilment.plan_parcels(preparing(), parcels, by=MEI, at=after(3))


@pytest.mark.parametrize("stage", [Stage.NEW, Stage.OUT, Stage.CANCELLED])
def test_parcels_are_planned_only_for_goods_in_the_shop(stage: Stage) -> None:
    with pytest.raises(IllegalMove):
        fulfilment.plan_parcels(AT_STAGE[stage](), 2, by=MEI, at=after(3))
