"""`order coach` and `order cancel` on the command line: the table printed, and done."""

from core.domain.payment import Payment
from tests.tui.cli.till import Till


def packed(till: Till) -> None:
    till.take()
    till.order("accept", "1042")
    till.order("check", "1042", "--all")
    till.order("ready", "1042")


def test_a_plain_cancel_gives_all_back_as_before_and_says_so(till: Till) -> None:
    packed(till)
    said = till.run("order", "cancel", "1042", "--json")
    assert (said.code, said.told["stage"]) == (0, "cancelled")
    assert said.err.strip() == (
        "packed, the shop calls it off: called off, all money back; NT$1,240 back; who pays: the store (C26)"
    )


def test_with_a_cause_the_table_says_how_much_goes_back(till: Till) -> None:
    packed(till)
    said = till.run("order", "cancel", "1042", "--cause", "changed_mind", "--json")
    assert said.code == 0
    assert "NT$620 back; who pays: store and customer (L24)" in said.err


def test_a_named_sum_within_the_limits_goes_back(till: Till) -> None:
    packed(till)
    said = till.run("order", "cancel", "1042", "--cause", "changed_mind", "--refund", "60%")
    assert (said.code, "NT$744 back" in said.err) == (0, True)


def test_beyond_the_limits_a_manager_is_needed(till: Till) -> None:
    packed(till)
    words = ("order", "cancel", "1042", "--cause", "changed_mind", "--refund", "100%")
    refused = till.run(*words)
    assert (refused.code, till.order("show", "1042")["stage"]) == (1, "ready")
    assert "manager" in refused.err
    assert till.run(*words, "--manager", "Lin", "--allowed", "good customer").code == 0


def test_more_than_was_paid_never_goes_back(till: Till) -> None:
    packed(till)
    assert till.run("order", "cancel", "1042", "--refund", "1241", "--manager", "Lin", "--allowed", "x").code == 1
    assert till.order("show", "1042")["stage"] == "ready"


def test_an_unknown_cause_or_sum_is_wrong_usage(till: Till) -> None:
    till.take()
    assert till.run("order", "cancel", "1042", "--cause", "boredom").code == 2
    assert till.run("order", "cancel", "1042", "--refund", "much").code == 2
    assert till.run("order", "coach", "1042", "--do", "cancel").code == 2


def test_an_unpaid_order_is_called_off_without_money(till: Till) -> None:
    till.take(payment=Payment.UNPAID)
    assert till.order("cancel", "1042")["stage"] == "cancelled"


def test_the_cells_of_an_order_are_printed_with_its_own_sums(till: Till) -> None:
    packed(till)
    said = till.run("order", "coach", "1042")
    assert said.code == 0
    assert "packed · paid NT$1,240" in said.out
    assert "Call it off, part of the money back · NT$620" in said.out
    told = till.order("coach", "1042", "--cause", "changed_mind")
    (cell,) = told["cells"]
    assert (told["phase"], told["left"], cell["bearer"], cell["rule"]) == ("packed", "1240.00", "shared", "L24")
    assert cell["ways"][0] == {
        "action": "cancel_part",
        "refund": "620.00",
        "least": "310.00",
        "most": "930.00",
        "needs_manager": False,
    }


def test_one_cause_is_printed_in_full(till: Till) -> None:
    packed(till)
    said = till.run("order", "coach", "1042", "--cause", "changed_mind")
    assert "I can call it off and give you NT$620 back" in said.out
    assert "Called off: the goods go back on the shelf." in said.out


def test_the_whole_table_is_printed_without_an_order(till: Till) -> None:
    told = till.order("coach")
    assert len(told) == 120
    assert {cell["phase"] for cell in told if cell["cause"] == "quality"} >= {"not_paid", "delivered", "ended"}
    assert "weather, blocked roads" in till.run("order", "coach").out


def test_what_was_agreed_is_done_and_kept(till: Till) -> None:
    packed(till)
    said = till.run("order", "coach", "1042", "--cause", "quality", "--do", "refund_part", "--refund", "100")
    assert (said.code, "part of the money back; NT$100 back" in said.err) == (0, True)
    assert till.order("show", "1042")["stage"] == "ready"
    assert "on the telephone: packed · wrong or bad goods" in till.run("order", "show", "1042").out


def test_a_way_the_table_does_not_have_is_refused_with_those_it_has(till: Till) -> None:
    till.take()
    said = till.run("order", "coach", "1042", "--cause", "changed_mind", "--do", "bring_back")
    assert said.code == 1
    assert "bring_back is not offered here: cancel, go_on" in said.err
