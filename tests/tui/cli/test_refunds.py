"""`orderbell order refund`, `undo` and `told`: money back, taken back, and settled, from scripts."""

from datetime import UTC, datetime, timedelta

import pytest

from core.domain.ids import OrderId
from core.domain.moment import Moment
from core.services import shop_answers
from core.store.unit_of_work import writing
from tests.tui.cli.till import Till

SECRET = "whsec_b3JkZXJiZWxsLWV4YW1wbGUta2V5LTI0Ynl0ZXM="


@pytest.fixture
def telling(till: Till) -> Till:
    """The shop's system can be told, and no station runs that would."""
    web = {"kind": "standard", "secret": SECRET, "callback_url": "http://127.0.0.1:9/orders"}
    till.settings["channels"] = {"web": web}
    till.write()
    till.take()
    return till


def refused(till: Till) -> None:
    """The shop's system says no to whatever is held."""
    with writing(till.shop.database) as uow:
        order_id = OrderId(uow.orders.called("1042").id)
        for send in uow.outbox.tellings(order_id):
            now = Moment(datetime.now(UTC) + timedelta(seconds=9))
            shop_answers.say_no(uow, send.started(), "the order is closed", now)


def test_a_sum_goes_back_after_the_held_seconds_and_is_told_to_scripts(telling: Till) -> None:
    order = telling.order("refund", "1042", "--amount", "200", "--reason", "spoilt")
    (refund,) = order["refunds"]
    assert (refund["amount"], refund["currency"], refund["state"]) == ("200.00", "TWD", "owed")
    assert refund["reason"] == "spoilt"
    (told,) = order["told"]
    assert (told["what"], told["state"]) == ("refund", "held")


def test_pieces_go_back_with_what_they_were_paid_with(telling: Till) -> None:
    order = telling.order("refund", "1042", "--line", "SKU-1=2", "--amount", "10", "--reason", "spoilt")
    assert order["refunds"][0]["lines"] == [{"id": "1", "quantity": 2}]
    assert order["lines"][0]["refunded"] == 2


def test_more_than_is_left_is_refused_with_both_sums(telling: Till) -> None:
    said = telling.run("order", "refund", "1042", "--amount", "1241", "--reason", "spoilt")
    assert said.code == 1
    assert "1241.00 TWD" in said.err
    assert "1240.00 TWD" in said.err


@pytest.mark.parametrize(
    "words",
    [
        ("refund", "1042", "--reason", "spoilt"),
        ("refund", "1042", "--amount", "much", "--reason", "spoilt"),
        ("refund", "1042", "--line", "1", "--reason", "spoilt"),
        ("told", "1042"),
        ("told", "1042", "--again", "--by-hand"),
    ],
)
def test_what_is_not_said_plainly_is_wrong_usage(telling: Till, words: tuple[str, ...]) -> None:
    assert telling.run("order", *words).code == 2


def test_a_no_is_taken_back_from_a_script(telling: Till) -> None:
    assert telling.order("reject", "1042", "--reason", "sold out")["stage"] == "rejected"
    order = telling.order("undo", "1042")
    assert (order["stage"], [one["state"] for one in order["refunds"]]) == ("new", ["taken_back"])
    assert telling.run("order", "undo", "1042").code == 1


def test_a_refused_telling_is_told_again_done_by_hand_or_given_up(telling: Till) -> None:
    telling.order("refund", "1042", "--amount", "200", "--reason", "spoilt")
    refused(telling)
    assert [one["kind"] for one in telling.order("show", "1042")["problems"]] == ["shop_refused"]
    again = telling.order("told", "1042", "--again")
    assert (again["problems"], again["told"][0]["state"]) == ([], "calling")
    refused(telling)
    assert telling.run("order", "told", "1042", "--give-up").code == 1
    by_hand = telling.order("told", "1042", "--by-hand")
    assert (by_hand["problems"], by_hand["refunds"][0]["state"]) == ([], "by_hand")
    assert telling.run("order", "told", "1042", "--again").code == 1


def test_a_shop_that_cannot_be_told_leaves_it_to_a_person(till: Till) -> None:
    till.take()
    order = till.order("refund", "1042", "--amount", "200", "--reason", "spoilt")
    assert [(one["kind"], one["detail"]) for one in order["problems"]] == [("refund_due", "200.00 TWD")]
    assert order["told"] == []
