"""From the bell to the door, key by key."""

from dataclasses import replace

import pytest

from core.domain.delivery import DeliveryState
from core.domain.handover import Handover
from core.domain.problem import ProblemKind
from core.domain.purchase import OrderType
from core.domain.refusal import (
    AlreadyAccepted,
    Conflict,
    IllegalMove,
    NotAManager,
    OverCap,
    PackingIncomplete,
    WrongWaybill,
)
from core.domain.staff import Permission
from core.domain.stage import Stage
from tests import samples
from tests.samples import AT_THE_DOOR, BUSY, EMPTY, FIRST_BELL, PICKING, TROUBLE
from tests.tui.play import playing


async def test_a_accepts_the_chosen_order() -> None:
    async with playing(FIRST_BELL) as player:
        await player.press("a")
        assert player.asked == [("accept", "1042")]


async def test_a_works_with_caps_lock() -> None:
    async with playing(FIRST_BELL) as player:
        await player.press("A")
        assert player.asked == [("accept", "1042")]


async def test_a_letter_typed_full_width_is_the_letter() -> None:
    async with playing(FIRST_BELL) as player:
        await player.press("\uff41")
        assert player.asked == [("accept", "1042")]


async def test_with_nothing_to_accept_a_says_so() -> None:
    async with playing(EMPTY) as player:
        await player.press("a")
        assert player.toasts() == ["Choose an order first."]


async def test_marked_orders_are_accepted_together() -> None:
    async with playing(BUSY) as player:
        await player.press("m", "m", "a")
        assert player.asked == [("accept", "1042", "1043")]
        assert not player.page.marked


async def test_a_refused_accept_says_why() -> None:
    async with playing(FIRST_BELL) as player:
        player.desk.refuse("accept", IllegalMove(Stage.OUT, Stage.PREPARING))
        await player.press("a")
        assert player.toasts() == ["#1042 is “on the way”: this cannot be done now. Next: A accept."]


async def test_a_refusal_names_no_next_step_that_the_board_has_not_caught_up_with() -> None:
    async with playing(FIRST_BELL) as player:
        player.desk.sheets["1042"] = samples.shop((samples.preparing("1042"),)).sheets["1042"]
        player.desk.refuse("see", IllegalMove(Stage.PREPARING, Stage.NEW))
        await player.press("g")
        assert player.toasts() == ["#1042 is “preparing”: this cannot be done now."]


async def test_who_was_first_is_told_and_the_choice_stays() -> None:
    async with playing(BUSY) as player:
        player.desk.refuse("accept", Conflict("late", found="preparing"))
        await player.press("a")
        assert player.toasts() == ["#1042: someone else was first. It is preparing now."]
        assert player.page.order_id == "1042"


async def test_past_the_cap_a_manager_gives_name_pin_and_reason() -> None:
    async with playing(FIRST_BELL) as player:
        player.desk.refuse("accept", OverCap("full", found="51", allowed="50"))
        await player.press("a")
        await player.press("enter")
        await player.type("12")
        await player.press("enter")
        await player.type("fair")
        await player.press("enter")
        given = Permission(manager="Lin", reason="fair", pin="12")
        assert player.asked[-1] == ("accept_past_cap", "1042", given)


async def test_a_wrong_pin_is_asked_for_again() -> None:
    async with playing(FIRST_BELL) as player:
        player.desk.refuse("accept", OverCap("full", found="51", allowed="50"))
        player.desk.refuse("accept_past_cap", NotAManager("no"))
        await player.press("a", "enter", "1", "enter", "x", "enter")
        assert player.in_dialog
        await player.press("escape")
        assert not player.in_dialog


async def test_g_stops_the_bell_for_the_ringing_order_even_when_another_is_chosen() -> None:
    async with playing(BUSY) as player:
        await player.press("end", "g")
        assert player.asked == [("see", "1042")]


async def test_reject_asks_once_and_no_is_chosen() -> None:
    async with playing(FIRST_BELL) as player:
        await player.press("r", "enter")
        assert not player.asked
        assert not player.in_dialog


async def test_reject_sends_the_reason() -> None:
    async with playing(FIRST_BELL) as player:
        await player.press("r", "down", "enter")
        assert player.asked == [("reject", "1042", "out of stock")]


async def test_the_shop_s_own_reasons_are_offered() -> None:
    async with playing(FIRST_BELL, reject_reasons=("typhoon",)) as player:
        await player.press("r", "down", "enter")
        assert player.asked == [("reject", "1042", "typhoon")]


async def test_an_accepted_order_is_not_rejected_without_asking_first() -> None:
    async with playing(PICKING) as player:
        await player.press("r")
        assert not player.in_dialog
        assert "preparing" in player.toasts()[0]


async def test_space_ticks_the_next_open_item() -> None:
    async with playing(PICKING) as player:
        await player.press("space")
        assert player.asked == [("pick", "1040", "Gift cup", 1)]


async def test_space_before_accept_says_why_not() -> None:
    async with playing(FIRST_BELL) as player:
        await player.press("space")
        assert player.toasts() == ["#1042 is “new”: this cannot be done now. Next: A accept."]


async def test_arrows_in_the_panel_choose_what_space_ticks() -> None:
    async with playing(PICKING) as player:
        await player.press("enter", "down", "space")
        assert player.asked == [("tick", "1040", "quantity", True)]


async def test_space_on_a_ticked_item_takes_it_back() -> None:
    async with playing(PICKING) as player:
        await player.press("enter", "up", "space")
        assert player.asked == [("pick", "1040", "Rice cracker", 0)]


async def test_plus_and_minus_count_pieces() -> None:
    async with playing(PICKING) as player:
        await player.press("down", "+", "-")
        assert player.asked == [("pick", "1041", samples.TEA.id, 1), ("pick", "1041", samples.TEA.id, -1)]


async def test_a_number_of_pieces_can_be_typed() -> None:
    async with playing(PICKING) as player:
        await player.press("down", "=")
        player.field("quantity").value = "2"
        await player.press("enter")
        assert player.asked == [("pick", "1041", samples.TEA.id, 2)]


async def test_more_than_ordered_cannot_be_typed() -> None:
    async with playing(PICKING) as player:
        await player.press("down", "=")
        player.field("quantity").value = "7"
        await player.press("enter")
        assert player.in_dialog
        assert not player.asked


async def test_t_ticks_all_checks_when_all_is_in_the_bag() -> None:
    async with playing(samples.shop((samples.preparing("1", lines=(samples.item("x", 1, 1),)),))) as player:
        await player.press("t")
        assert [call[2] for call in player.asked] == ["quantity", "quality", "packaging", "size"]


async def test_t_says_that_items_come_first() -> None:
    async with playing(PICKING) as player:
        await player.press("t")
        assert player.toasts() == ["First the items: not all are in the bag."]


async def test_d_closes_the_bag() -> None:
    async with playing(PICKING) as player:
        await player.press("d")
        assert player.asked == [("ready", "1040", 1)]


async def test_an_open_list_is_closed_only_with_a_reason() -> None:
    async with playing(PICKING) as player:
        player.desk.refuse("ready", PackingIncomplete("open", found="0/1 Gift cup, size", allowed="all ticked"))
        await player.press("d", "down", "enter")
        assert player.asked[-1] == ("ready_all_the_same", "1040", 1, "agreed with the customer")


async def test_several_parcels_are_asked_for() -> None:
    async with playing(PICKING) as player:
        await player.press("k", "enter")
        assert player.asked == [("ready", "1040", 2)]


async def test_b_takes_it_back_to_the_table() -> None:
    async with playing(samples.shop((samples.ready("7"),))) as player:
        await player.press("b")
        assert player.asked == [("reopen", "7")]


async def test_s_calls_the_driver() -> None:
    async with playing(samples.shop((samples.ready("7"),))) as player:
        await player.press("s")
        assert player.asked == [("ship", "7")]


async def test_u_takes_back_the_held_call_wherever_the_choice_is() -> None:
    async with playing(BUSY) as player:
        await player.press("u")
        assert player.asked == [("take_back", "1038")]
        assert player.toasts() == ["Taken back: #1038."]


async def test_u_with_nothing_held_says_so() -> None:
    async with playing(FIRST_BELL) as player:
        await player.press("u")
        assert player.toasts() == ["Nothing waits to be sent."]


async def test_u_after_the_call_has_left_says_that_it_is_too_late() -> None:
    shop = samples.shop((samples.ready("1"),), deliveries=(samples.delivery("1", DeliveryState.MATCHING, 1),))
    async with playing(shop) as player:
        await player.press("u")
        assert player.toasts() == ["Too late: the call has left already."]


async def test_u_where_no_call_left_for_the_chosen_order_is_not_too_late() -> None:
    orders = (samples.ready("1"), samples.ready("2"))
    shop = samples.shop(orders, deliveries=(samples.delivery("1", DeliveryState.MATCHING, 1),))
    async with playing(shop) as player:
        player.page.choose("2")
        await player.press("u")
        assert player.toasts() == ["Nothing waits to be sent."]


async def test_g_on_an_order_that_somebody_has_says_who_and_asks_nothing() -> None:
    async with playing(samples.shop((samples.order("1", **samples.SEEN),))) as player:
        await player.press("g")
        assert player.toasts() == ["#1 does not ring: Mei has it."]
        assert not player.asked


async def test_g_on_an_order_that_rings_again_is_got() -> None:
    seen = samples.order("1", accept_by=samples.ahead(0, 20), seen_at=samples.ago(3), seen_by=samples.MEI)
    async with playing(samples.shop((seen,))) as player:
        await player.press("g")
        assert player.asked == [("see", "1")]


async def test_without_a_driver_v_says_that_nobody_was_called() -> None:
    async with playing(samples.shop((samples.ready("1"),))) as player:
        await player.press("v")
        assert player.toasts() == ["No driver was called for #1: there is nobody to recall. (C77)"]


async def test_the_seconds_left_are_in_the_footer() -> None:
    async with playing(BUSY) as player:
        player.page.choose("1038")
        await player.rest()
        assert "U  undo 4 s" in player.text("keys")
        player.app.clock.go(2)
        await player.until(lambda: "U  undo 2 s" in player.text("keys"))


@pytest.mark.parametrize("key", ["1", "2", "3", "4", "7"])
async def test_a_held_call_shows_whose_it_is_and_its_seconds_on_every_page(key: str) -> None:
    async with playing(BUSY) as player:
        await player.press(key)
        await player.until(lambda: "U  undo #1038 4 s" in player.text("keys"))
        await player.press("u")
        assert player.asked == [("take_back", "1038")]


async def test_a_click_on_undo_takes_back_the_call_of_another_order() -> None:
    async with playing(BUSY) as player:
        at = player.text("keys").index(" U ") + 1
        await player.pilot.click("#keys", offset=(at, 0))
        await player.until(lambda: player.asked == [("take_back", "1038")])


async def test_of_several_held_calls_undo_names_the_last_and_counts_the_others() -> None:
    held = [replace(samples.held_call(number), due_at=samples.ahead(0, wait)) for number, wait in (("1", 4), ("2", 6))]
    shop = samples.shop((samples.order("9"), samples.ready("1"), samples.ready("2")), sends=held)
    async with playing(shop) as player:
        assert "U  undo #2 6 s +1" in player.text("keys")
        await player.press("u")
        assert player.asked == [("take_back", "2")]


async def test_a_call_whose_seconds_are_over_is_no_longer_offered() -> None:
    async with playing(BUSY) as player:
        player.app.clock.go(6)
        await player.until(lambda: " U " not in player.text("keys"))


async def test_a_driver_who_still_rides_is_said_so_and_the_key_says_what_it_is_for() -> None:
    async with playing(BUSY) as player:
        player.page.choose("1036")
        await player.until(lambda: "H  driver is here" in player.text("keys"))
        await player.press("h")
        assert player.in_dialog


async def test_who_fetches_an_order_says_its_number() -> None:
    shop = samples.shop((samples.ready("1050", type=OrderType.PICKUP),))
    async with playing(shop) as player:
        await player.press("h")
        assert "Ms Chen, who fetches it" in str(player.app.screen.query_one(".question").render())
        await player.press("enter", "enter")
        assert "The order's number" in str(player.app.screen.query_one(".trouble").render())
        player.field("waybill").value = "1050"
        player.field("parcels").value = "1"
        player.field("parcels").focus()
        await player.press("enter")
        assert player.asked == [("hand_over", "1050", Handover(waybill="1050", parcels=1))]


async def test_a_lost_way_is_ended_by_saying_how() -> None:
    failed = samples.delivery("7", DeliveryState.FAILED, 3)
    trouble = samples.problem("7", ProblemKind.DELIVERY_FAILED, 3, "CUSTOMER_UNAVAILABLE")
    async with playing(samples.shop((samples.out("7"),), deliveries=(failed,), problems=(trouble,))) as player:
        await player.press("f8")
        facts = [str(label.render()) for label in player.app.screen.query(".facts")]
        assert facts[:2] == ["nobody was at the door", "Nobody reports on it any more: say how it ended."]
        await player.press("down", "enter")
        assert player.asked == [("settle", "7", False)]


async def test_of_a_selection_the_order_that_was_taken_is_named() -> None:
    async with playing(BUSY) as player:
        late = AlreadyAccepted("late", found="preparing", allowed="Bo")
        late.number = "1043"
        player.desk.refuse("accept", late)
        await player.press("m", "m", "a")
        assert player.toasts() == ["#1043 was accepted by Bo first. It is “preparing” now."]
        assert len(player.page.marked) == 2


async def test_where_the_clock_runs_faster_the_seconds_left_are_those_of_the_person() -> None:
    async with playing(BUSY) as player:
        player.app.clock.pace = 0.25
        player.page.choose("1038")
        for place, words in (("keys", "U  undo 1 s"), ("queue", "U  undo 1 s"), ("panel", "leaves in 1 s")):
            await player.until(lambda place=place, words=words: words in player.text(place))


async def test_recall_asks_once() -> None:
    async with playing(BUSY) as player:
        player.page.choose("1034")
        await player.press("v", "right", "enter")
        assert player.asked == [("recall", "1034")]


async def test_a_driver_at_the_door_is_not_recalled() -> None:
    async with playing(BUSY) as player:
        player.page.choose("1035")
        await player.press("v")
        assert not player.in_dialog
        assert "driver at the door" in player.toasts()[0]


async def test_h_hands_over_with_waybill_parcels_and_pin() -> None:
    async with playing(AT_THE_DOOR) as player:
        await player.press("n", "h")
        await player.scan("7F2K-88")
        await player.press("2", "enter")
        await player.type("4471")
        await player.press("enter")
        assert player.asked == [("hand_over", "1035", Handover(waybill="7F2K-88", parcels=2, pin="4471"))]


async def test_a_wrong_waybill_is_asked_for_again_with_both_sides_named() -> None:
    async with playing(AT_THE_DOOR) as player:
        player.desk.refuse("hand_over", WrongWaybill("other", found="XX", allowed="7F2K-88"))
        await player.press("n", "h")
        await player.scan("XXXX-1")
        await player.press("2", "enter")
        await player.type("4471")
        await player.press("enter")
        assert player.in_dialog
        assert "XX" in str(player.app.screen.query_one(".trouble").render())


async def test_without_a_driver_nothing_is_handed_over() -> None:
    async with playing(PICKING) as player:
        await player.press("h")
        assert player.toasts() == ["No driver for #1040 yet: none was called."]


async def test_changes_are_read_by_c() -> None:
    async with playing(TROUBLE) as player:
        player.page.choose("1031")
        await player.press("c")
        assert player.asked == [("see_changes", "1031")]


async def test_c_without_changes_says_so() -> None:
    async with playing(PICKING) as player:
        await player.press("c")
        assert player.toasts() == ["Nothing was changed in #1040."]


async def test_f8_offers_what_may_help_and_closes_with_a_result() -> None:
    async with playing(TROUBLE) as player:
        await player.press("f8", "end", "enter", "down", "enter")
        assert player.asked == [("close_problem", "p1033", "customer told")]


async def test_f8_calls_another_courier() -> None:
    async with playing(TROUBLE) as player:
        player.page.choose("1031")
        await player.press("f8", "down", "down", "down", "enter")
        assert player.asked == [("ship", "1031", "pandago")]


async def test_f8_with_nothing_wrong_says_so() -> None:
    async with playing(PICKING) as player:
        await player.press("f8")
        assert player.toasts() == ["Nothing is wrong."]


async def test_n_goes_to_what_needs_a_hand_most() -> None:
    async with playing(AT_THE_DOOR) as player:
        await player.press("n")
        assert player.page.order_id == "1035"


async def test_find_goes_to_the_order() -> None:
    async with playing(BUSY) as player:
        player.desk.found["1029"] = ["1029"]
        await player.press("/")
        await player.type("1029")
        await player.press("enter")
        assert player.page.order_id == "1029"


async def test_an_ended_order_is_shown_without_a_place_in_the_queue() -> None:
    async with playing(BUSY) as player:
        ended = samples.shop((samples.out("900"),)).sheets["900"]
        player.desk.sheets["900"] = ended
        player.desk.found["900"] = ["900"]
        await player.press("/")
        await player.type("900")
        await player.press("enter")
        assert "#900" in player.text("panel")
        await player.press("escape")
        assert "#1042" in player.text("panel")


async def test_what_nobody_is_called_is_said() -> None:
    async with playing(BUSY) as player:
        await player.press("/", "z", "enter")
        assert player.toasts() == ["Nothing is called “z”."]


@pytest.mark.parametrize("key", ["a", "r", "g", "c", "m", "x", "f8", "space", "+", "-", "=", "t", "d", "k", "b", "p"])
@pytest.mark.parametrize("shop", [EMPTY, samples.CALM])
async def test_every_key_answers_when_there_is_nothing_for_it(shop: samples.Shop, key: str) -> None:
    async with playing(shop) as player:
        before = player.text("queue")
        await player.press(key)
        assert player.toasts() or player.in_dialog or player.asked or player.text("queue") != before


async def test_q_asks_and_stays() -> None:
    async with playing(EMPTY) as player:
        await player.press("q", "enter")
        assert not player.in_dialog
        assert player.app.is_running


async def test_an_accident_gets_a_mark_and_the_program_lives(caplog: pytest.LogCaptureFixture) -> None:
    async with playing(FIRST_BELL) as player:
        player.desk.refuse("accept", RuntimeError("boom"))
        await player.press("a")
        assert player.toasts()[0].startswith("Something failed here. Noted as E-")
        assert player.toasts()[0].split()[-1].rstrip(".") in caplog.text
        await player.press("g")
        assert ("see", "1042") in player.asked


async def test_quick_keys_are_answered_in_their_order() -> None:
    async with playing(PICKING) as player:
        await player.press("d", "s", "x")
        await player.until(lambda: player.in_dialog)
        await player.press("1")
        await player.until(lambda: bool(player.app.screen.query("OptionList")))
        await player.press("down", "enter")
        await player.until(lambda: len(player.asked) == 3)
        assert [call[0] for call in player.asked] == ["ready", "ship", "agree"]
