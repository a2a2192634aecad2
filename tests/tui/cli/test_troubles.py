"""`orderbell order trouble|step|close|again|address` and `report problems`."""

import csv

import pytest

from core.domain.stage import Stage
from core.store.unit_of_work import writing
from tests.tui.cli.till import Till


@pytest.fixture
def out(till: Till) -> Till:
    """Gone with somebody, of whom no courier of ours reports."""
    till.take()
    for words in (("accept", "1042"), ("check", "1042", "--all"), ("ready", "1042")):
        assert till.run("order", *words).code == 0
    with writing(till.shop.database) as uow:
        order = uow.orders.called("1042")
        from core.domain import fulfilment
        from core.services import steps

        now = till.shop.clock.now()
        steps.change(uow, order.id, lambda it: fulfilment.leave(it, at=now, by="mei"))
    return till


def test_a_trouble_is_named_gone_through_and_closed_with_a_result(out: Till) -> None:
    assert out.run("order", "trouble", "1042", "--kind", "refused", "--words", "the driver rang").code == 0
    assert out.run("order", "step", "1042", "--words", "they want it after all").code == 0
    assert out.run("order", "close", "1042", "--result", "talked into it", "--cost", "50", "--pays", "shared").code == 0
    told = out.run("report", "problems", "--json").told
    (one,) = told["troubles"]
    assert (one["kind"], one["result"], one["cost"], one["who_pays"]) == (
        "refused",
        "talked into it",
        "50.00",
        "shared",
    )


def test_words_that_are_off_are_told_with_what_is_allowed(out: Till) -> None:
    assert out.run("order", "trouble", "1042", "--kind", "no_driver").code == 2
    assert out.run("order", "close", "1042", "--result", "x").code == 1
    assert out.run("order", "again", "1042", "--at", "soon").code == 2
    assert out.run("report", "problems", "--from", "2026-02-02", "--to", "2026-02-01").code == 2


def test_goods_back_to_be_agreed_go_once_more(out: Till) -> None:
    assert out.run("order", "trouble", "1042", "--kind", "unreachable").code == 0
    assert out.run("order", "receive", "1042", "--money", "later").code == 0
    assert out.run("order", "again", "1042", "--at", "23:59", "--to", "台北市 9 號", "--extra", "90").code == 0
    order = out.run("order", "show", "1042", "--json").told
    assert (order["stage"], order["promised_to"] is not None) == (Stage.READY, True)
    (one,) = out.run("report", "problems", "--json").told["troubles"]
    assert (one["who_pays"], one["cost"], one["result"]) == ("customer", "90.00", "it goes once more")


def test_tables_for_a_spreadsheet_hold_no_formulas(out: Till) -> None:
    assert out.run("order", "trouble", "1042", "--kind", "lost", "--words", "=cmd()").code == 0
    folder = out.data / "tables"
    assert out.run("report", "problems", "--csv", str(folder)).code == 0
    with (folder / "problems.csv").open(encoding="utf-8-sig", newline="") as told:
        (row,) = csv.DictReader(told)
    assert (row["kind"], row["detail"]) == ("lost", "'=cmd()")
