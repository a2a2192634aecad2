"""`orderbell order …`: every step of an order, its refusals, and what it prints."""

import pytest

from core.domain.payment import Payment
from core.domain.purchase import OrderType
from core.domain.send import SendState
from tests import builders
from tests.tui.cli.till import Till


def test_an_order_goes_from_new_to_a_held_call(till: Till) -> None:
    till.take()
    assert till.order("show", "1042")["ringing"]
    assert till.order("accept", "1042")["stage"] == "preparing"
    assert all(till.order("check", "1042", "--all")["checks"].values())
    assert till.order("ready", "1042")["stage"] == "ready"
    assert till.order("ship", "1042")["send"]["kind"] == "book_courier"


def test_the_number_may_carry_its_sign(till: Till) -> None:
    till.take()
    assert till.order("show", "#1042")["number"] == "1042"


def test_the_id_names_it_too(till: Till) -> None:
    order = till.take()
    assert till.order("show", order.id)["id"] == order.id


def test_two_orders_of_one_number_are_told_apart_by_id(till: Till) -> None:
    first, second = till.take(), till.take(channel="phone")
    said = till.run("order", "accept", "1042")
    assert said.code == 1
    assert first.id in said.err
    assert second.id in said.err
    assert till.order("accept", first.id)["stage"] == "preparing"


def test_nobody_is_called_that(till: Till) -> None:
    said = till.run("order", "show", "1")
    assert (said.code, said.err) == (1, "orderbell: no order is called '1'\n")


def test_seen_it_stops_ringing(till: Till) -> None:
    till.take()
    assert not till.order("see", "1042")["ringing"]


def test_several_are_accepted_together_or_not_at_all(till: Till) -> None:
    till.take("1"), till.take("2"), till.take("3", payment=Payment.UNPAID)
    assert till.run("order", "accept", "1", "2", "3").code == 1
    assert {one["stage"] for one in till.order("list")} == {"new", "waiting_payment"}
    assert [one["stage"] for one in till.order("accept", "1", "2")] == ["preparing", "preparing"]


def test_accepting_twice_is_refused(till: Till) -> None:
    till.take()
    till.order("accept", "1042")
    said = till.run("order", "accept", "1042")
    assert said.code == 1
    assert "1042" in said.err
    assert "accepted" in said.err


def test_a_rejected_paid_order_is_owed_its_money(till: Till) -> None:
    till.take()
    told = till.order("reject", "1042", "--reason", "sold out")
    assert (told["stage"], told["reason"]) == ("rejected", "sold out")
    assert [problem["kind"] for problem in told["problems"]] == ["refund_due"]


def test_one_line_may_be_checked_by_sku(till: Till) -> None:
    till.take()
    till.order("accept", "1042")
    told = till.order("check", "1042", "--line", "SKU-1")
    assert [line["picked"] for line in told["lines"]] == [2, 0]


def test_one_piece_of_a_line_may_be_checked(till: Till) -> None:
    till.take()
    till.order("accept", "1042")
    assert till.order("check", "1042", "--line", "4710001", "--qty", "1")["lines"][0]["picked"] == 1


def test_more_pieces_than_ordered_are_refused(till: Till) -> None:
    till.take()
    till.order("accept", "1042")
    assert till.run("order", "check", "1042", "--line", "1", "--qty", "3").code == 1


def test_one_check_is_ticked_and_taken_back(till: Till) -> None:
    till.take()
    till.order("accept", "1042")
    assert till.order("check", "1042", "--check", "quality")["checks"]["quality"]
    assert not till.order("check", "1042", "--check", "quality", "--undo")["checks"]["quality"]


def test_a_line_the_order_lacks_changes_nothing(till: Till) -> None:
    till.take()
    till.order("accept", "1042")
    assert till.run("order", "check", "1042", "--line", "1", "--line", "X").code == 1
    assert till.order("show", "1042")["lines"][0]["picked"] == 0


def test_an_open_list_is_refused_with_what_is_missing(till: Till) -> None:
    till.take()
    till.order("accept", "1042")
    said = till.run("order", "ready", "1042")
    assert (said.code, "still lacks: 0/2 SKU-1, 0/1 SKU-2, quantity, quality, packaging, size" in said.err) == (1, True)


def test_an_open_list_may_go_with_a_reason(till: Till) -> None:
    till.take()
    till.order("accept", "1042")
    told = till.order("ready", "1042", "--reason", "customer waits", "--parcels", "2")
    assert (told["stage"], told["parcels"]) == ("ready", 2)


def test_reopened_it_is_preparing_again(till: Till) -> None:
    till.make_ready()
    assert till.order("reopen", "1042", "--reason", "wrong bag")["stage"] == "preparing"


def test_shipping_before_it_is_packed_is_refused(till: Till) -> None:
    till.take()
    said = till.run("order", "ship", "1042")
    assert (said.code, said.err) == (1, "orderbell: order 1042 is new [C39]\n")


def test_shipping_twice_is_refused(till: Till) -> None:
    till.make_ready()
    till.order("ship", "1042")
    said = till.run("order", "ship", "1042")
    assert (said.code, said.err) == (1, "orderbell: a courier is called for order 1042 [X6]\n")


def test_an_unknown_courier_is_refused_with_those_there_are(till: Till) -> None:
    till.make_ready()
    said = till.run("order", "ship", "1042", "--courier", "panda")
    assert (said.code, said.err) == (1, "orderbell: no courier is called 'panda'\n")


def test_too_heavy_for_the_courier_is_refused_with_both_weights(till: Till) -> None:
    till.make_ready(lines=(builders.line(quantity=2, weight_g=6_600),))
    said = till.run("order", "ship", "1042")
    assert said.code == 1
    assert "uber: weight 13.2 > 13 kg" in said.err


def test_without_a_station_the_call_waits_and_that_is_said(till: Till) -> None:
    till.make_ready()
    said = till.run("order", "ship", "1042")
    assert (said.code, said.out) == (0, "#1042 ready uber: call a driver, held back\n")
    assert said.err.startswith("no station runs on this store")


def test_a_held_call_is_recalled_and_never_leaves(till: Till) -> None:
    order = till.make_ready()
    till.order("ship", "1042")
    assert till.order("recall", "1042")["send"] is None
    assert till.read(lambda uow: uow.outbox.open_of(order.id)) is None


def test_after_a_recall_it_may_be_shipped_again(till: Till) -> None:
    order = till.make_ready()
    till.order("ship", "1042"), till.order("recall", "1042"), till.order("ship", "1042")
    assert till.read(lambda uow: uow.outbox.open_of(order.id)).state is SendState.HELD


def test_a_recall_without_a_call_is_refused(till: Till) -> None:
    till.make_ready()
    said = till.run("order", "recall", "1042")
    assert (said.code, said.err) == (1, "orderbell: only a search can be called off [C77]\n")


def test_a_handover_without_a_driver_is_refused(till: Till) -> None:
    till.make_ready()
    said = till.run("order", "handover", "1042", "--waybill", "7F2K")
    assert (said.code, said.err) == (1, "orderbell: order 1042 has no driver at the door\n")


def test_a_customer_who_fetches_it_shows_the_number(till: Till) -> None:
    till.make_ready(type=OrderType.PICKUP)
    assert till.run("order", "handover", "1042", "--waybill", "1043").code == 1
    assert till.order("handover", "1042", "--waybill", "#1042")["stage"] == "completed"


def test_a_cancelled_order_takes_its_call_back(till: Till) -> None:
    till.make_ready()
    till.order("ship", "1042")
    told = till.order("cancel", "1042", "--reason", "customer called")
    assert (told["stage"], told["send"]) == ("cancelled", None)


def test_who_asked_stands_in_the_journal(till: Till) -> None:
    order = till.take()
    till.order("see", "1042", "--as", "mei")
    assert till.read(lambda uow: [event.by for event in uow.journal.of(order.id)])[-1] == "mei"


def test_what_the_customer_changed_must_be_read_before_it_leaves(till: Till) -> None:
    till.make_ready()
    till.take(note="ring twice")
    said = till.run("order", "ship", "1042")
    assert (said.code, "[Y55]" in said.err) == (1, True)
    assert till.order("show", "1042")["changed"] == ["note"]
    assert till.order("changes", "1042")["changed"] == []
    assert till.run("order", "ship", "1042").code == 0


@pytest.mark.parametrize("stage", ["new", "preparing"])
def test_a_list_of_one_stage_holds_no_other(stage: str, till: Till) -> None:
    till.take("1"), till.take("2")
    till.order("accept", "2")
    assert {one["stage"] for one in till.order("list", "--stage", stage)} == {stage}


def test_stages_may_be_named_together(till: Till) -> None:
    till.take("1"), till.take("2"), till.take("3", payment=Payment.UNPAID)
    till.order("accept", "2")
    assert {one["number"] for one in till.order("list", "--stage", "new", "--stage", "preparing")} == {"1", "2"}


def test_a_list_holds_no_more_than_asked_for(till: Till) -> None:
    till.take("1"), till.take("2"), till.take("3")
    assert [one["number"] for one in till.order("list", "--limit", "2")] == ["3", "2"]


def test_the_table_lines_up_double_width_letters(till: Till) -> None:
    till.take(customer=builders.Customer(name="陳怡君"))
    till.take("7", customer=builders.Customer(name="Emma"))
    out = till.run("order", "list").out
    assert "陳怡君" in out
    assert "NT$1,240" in out


def test_one_order_is_shown_with_verdicts_lines_and_history(till: Till) -> None:
    till.take()
    out = till.run("order", "show", "1042").out
    assert out.startswith("#1042  new  paid  NT$1,240\n")
    assert "✓ order 1 of 50 this hour" in out
    assert "[0/2] SKU-1 Tea 1" in out
    assert "checks: -" in out
