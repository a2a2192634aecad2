"""`order hold` and `order lift`: the same holds as on the screen."""

from tests.tui.cli.till import Till


def test_a_held_order_is_refused_with_the_reason_until_it_is_lifted(till: Till) -> None:
    till.take()
    held = till.run("order", "hold", "1042", "--reason", "address unclear", "--json")
    assert held.code == 0
    told = held.told["hold"]
    assert (told["reason"], told["until"], told["lifted_by"], held.told["ringing"]) == (
        "address unclear",
        None,
        "cashier",
        False,
    )
    refused = till.run("order", "accept", "1042")
    assert (refused.code, "on hold: address unclear" in refused.err) == (1, True)
    assert "on hold: address unclear" in till.run("order", "show", "1042").out
    assert till.run("order", "lift", "1042", "--json").told["hold"] is None
    assert till.run("order", "accept", "1042").code == 0


def test_it_may_end_by_itself_and_be_a_managers(till: Till) -> None:
    till.take()
    held = till.run("order", "hold", "1042", "--reason", "odd", "--until", "20", "--manager", "--json")
    assert held.told["hold"]["lifted_by"] == "manager"
    assert held.told["hold"]["until"] is not None
    assert till.run("order", "lift", "1042").code == 1
    assert till.run("order", "lift", "1042", "--manager", "amy", "--reason", "checked").code == 0


def test_what_is_no_time_or_not_held_ends_with_one_and_words(till: Till) -> None:
    till.take()
    wrong = till.run("order", "hold", "1042", "--reason", "odd", "--until", "soon")
    assert (wrong.code, "15:30" in wrong.err) == (1, True)
    assert till.run("order", "lift", "1042").code == 1
    assert till.run("order", "hold", "1042").code == 2
