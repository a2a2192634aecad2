"""Every cell of the coach's table by itself: there, ruled, and never at odds with moves or money."""

import re
from collections.abc import Callable

import pytest

from core.domain.bearer import Bearer
from core.domain.cause import Cause
from core.domain.coach_table import TABLE
from core.domain.coaching import Action, Cell, CourierStep, GoodsStep, Sentence
from core.domain.phase import STAGES, Phase
from core.domain.stage import OPEN, Stage, require_move

CELLS = [(phase, cause) for phase in Phase for cause in Cause]
IN_PART = frozenset({Action.CANCEL_PART, Action.REFUND_PART, Action.BRING_BACK})
WHOLE = frozenset({Action.CANCEL, Action.REFUND})
RULE = re.compile(r"^[CLX]\d{1,3}$")
MOVED_TO = {
    Action.CANCEL: Stage.CANCELLED,
    Action.CANCEL_PART: Stage.CANCELLED,
    Action.BRING_BACK: Stage.RETURNED,
}
BEFORE_PACKING = (Phase.NOT_PAID, Phase.BEFORE_ACCEPT, Phase.NOT_BEGUN)


def cell(phase: Phase, cause: Cause) -> Cell:
    return TABLE[phase][cause]


def each_cell(check: Callable[[Phase, Cause], None]) -> Callable[[Phase], None]:
    """Of every cell; one test a row, so that the suite stays quick."""

    @pytest.mark.parametrize("phase", list(Phase))
    def of_row(phase: Phase) -> None:
        for cause in Cause:
            check(phase, cause)

    return of_row


def test_the_table_has_a_cell_for_every_place_and_cause_and_no_other() -> None:
    assert {(phase, cause) for phase, row in TABLE.items() for cause in row} == set(CELLS)


def test_every_stage_of_an_order_is_a_place_in_the_table() -> None:
    assert frozenset().union(*STAGES.values()) == frozenset(Stage)


@each_cell
def test_a_cell_names_its_rule(phase: Phase, cause: Cause) -> None:
    assert RULE.match(cell(phase, cause).rule)


@each_cell
def test_a_cell_says_who_pays_what_to_say_and_at_least_one_way(phase: Phase, cause: Cause) -> None:
    one = cell(phase, cause)
    assert isinstance(one.bearer, Bearer)
    assert isinstance(one.say, Sentence)
    assert one.ways
    assert len({way.action for way in one.ways}) == len(one.ways)


@each_cell
def test_a_cell_offers_no_move_that_the_table_of_moves_refuses(phase: Phase, cause: Cause) -> None:
    moves = [MOVED_TO[way.action] for way in cell(phase, cause).ways if way.action in MOVED_TO]
    for stage in STAGES[phase]:
        assert [require_move(stage, after) for after in moves] == moves


@each_cell
def test_shares_lie_between_nothing_and_all_with_the_suggestion_between_the_bounds(phase: Phase, cause: Cause) -> None:
    for way in cell(phase, cause).ways:
        if way.share is not None:
            assert 0 <= way.share.least <= way.share.suggested <= way.share.most <= 100


@each_cell
def test_only_ways_that_move_money_have_a_share_and_whole_ones_give_all(phase: Phase, cause: Cause) -> None:
    for way in cell(phase, cause).ways:
        assert (way.share is not None) == (way.action in IN_PART | WHOLE)
        if way.action in WHOLE:
            assert way.share is not None
            assert way.share.least == 100


@each_cell
def test_money_of_an_unpaid_order_is_never_offered_back(phase: Phase, cause: Cause) -> None:
    if phase is Phase.NOT_PAID:
        assert {way.action for way in cell(phase, cause).ways} <= {Action.CANCEL, Action.GO_ON}
        assert cell(phase, cause).bearer is Bearer.NOBODY


@each_cell
def test_whatever_costs_nothing_yet_is_given_back_whole(phase: Phase, cause: Cause) -> None:
    """Before anything is packed nobody loses by it (L22, L23)."""
    if phase in BEFORE_PACKING:
        assert Action.CANCEL_PART not in {way.action for way in cell(phase, cause).ways}
        assert Action.CANCEL in {way.action for way in cell(phase, cause).ways}


@each_cell
def test_an_order_in_the_shop_can_be_called_off_and_one_that_left_cannot(phase: Phase, cause: Cause) -> None:
    actions = {way.action for way in cell(phase, cause).ways}
    can_be_called_off = bool(actions & {Action.CANCEL, Action.CANCEL_PART})
    assert can_be_called_off == all(stage in OPEN and stage is not Stage.OUT for stage in STAGES[phase])


@each_cell
def test_goods_under_way_are_called_back_only_with_a_manager(phase: Phase, cause: Cause) -> None:
    for way in cell(phase, cause).ways:
        if way.action is Action.BRING_BACK:
            assert way.needs_manager


@each_cell
def test_calling_off_never_needs_a_manager_within_the_bounds(phase: Phase, cause: Cause) -> None:
    """A script that calls orders off goes on to work."""
    for way in cell(phase, cause).ways:
        if way.action in (Action.CANCEL, Action.CANCEL_PART):
            assert not way.needs_manager


@each_cell
def test_an_order_that_goes_on_is_one_that_is_open(phase: Phase, cause: Cause) -> None:
    actions = {way.action for way in cell(phase, cause).ways}
    if Action.GO_ON in actions:
        assert STAGES[phase] <= OPEN
    if Action.NOTHING in actions:
        assert not STAGES[phase] & OPEN


@each_cell
def test_the_courier_is_dealt_with_where_one_may_come(phase: Phase, cause: Cause) -> None:
    courier = cell(phase, cause).courier
    allowed = {
        Phase.NOT_BEGUN: {CourierStep.IF_CALLED},
        Phase.PACKING: {CourierStep.IF_CALLED},
        Phase.DRIVER_CALLED: {CourierStep.RECALL},
        Phase.AT_STORE: {CourierStep.SEND_AWAY},
        Phase.ON_THE_WAY: {CourierStep.LET_RUN},
        Phase.AT_THE_DOOR: {CourierStep.BRING_BACK},
    }
    assert courier in allowed.get(phase, {CourierStep.NONE, CourierStep.CLAIM})


@each_cell
def test_goods_in_the_bag_go_back_on_the_shelf_and_goods_away_are_received(phase: Phase, cause: Cause) -> None:
    goods = cell(phase, cause).goods
    if phase in (Phase.PACKING, Phase.PACKED, Phase.DRIVER_CALLED, Phase.AT_STORE):
        assert goods is GoodsStep.UNPACK
    if phase in (Phase.ON_THE_WAY, Phase.AT_THE_DOOR):
        assert goods is GoodsStep.RECEIVE


@each_cell
def test_the_fee_comes_off_only_where_the_customer_has_a_part_in_it(phase: Phase, cause: Cause) -> None:
    one = cell(phase, cause)
    if one.takes_fee:
        assert one.bearer in (Bearer.CUSTOMER, Bearer.SHARED)


@pytest.mark.parametrize("phase", [p for p in Phase if p not in (*BEFORE_PACKING, Phase.ENDED)])
def test_the_store_pays_for_its_goods_and_the_customer_for_the_address(phase: Phase) -> None:
    assert cell(phase, Cause.QUALITY).bearer is Bearer.STORE  # C104
    assert cell(phase, Cause.ADDRESS).bearer is Bearer.CUSTOMER  # C106


@pytest.mark.parametrize("phase", [Phase.DRIVER_CALLED, Phase.ON_THE_WAY, Phase.AT_THE_DOOR, Phase.DELIVERED])
def test_the_platform_pays_for_late_delivery(phase: Phase) -> None:
    assert cell(phase, Cause.TOO_LATE).bearer is Bearer.PLATFORM  # C105


def test_the_customer_on_the_way_is_persuaded_first() -> None:
    assert cell(Phase.ON_THE_WAY, Cause.CHANGED_MIND).ways[0].action is Action.GO_ON  # L25


@pytest.mark.parametrize("cause", [Cause.QUALITY, Cause.DAMAGED])
def test_a_complaint_after_delivery_is_made_good_by_money_goods_or_coupon(cause: Cause) -> None:
    assert {Action.REFUND, Action.REDELIVER, Action.COUPON} <= {w.action for w in cell(Phase.DELIVERED, cause).ways}


RULES = frozenset("C26 C62 C66 C67 C69 C70 C74 C83 C86 C104 C105 C106 C107 X3 X5".split()) | {
    f"L{at}" for at in range(22, 33)
}


def test_every_rule_named_is_one_about_troubles_and_money() -> None:
    assert {one.rule for row in TABLE.values() for one in row.values()} <= RULES
