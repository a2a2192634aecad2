"""A usual practice day holds one of each thing that goes wrong, and its closing report explains each."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from core.domain.problem import ProblemKind
from tests.end_to_end.program import run

# What never happens on a good network with able couriers, or not on every day.
RARE = {
    *(ProblemKind.UNREADABLE, ProblemKind.CLASH, ProblemKind.COURIER_REFUSED, ProblemKind.COURIER_DOWN),
    *(ProblemKind.COURIER_LOCKED_OUT, ProblemKind.BOOKING_UNSURE, ProblemKind.RECALL_REFUSED, ProblemKind.TAKEN_OPEN),
    *(ProblemKind.JOIN_UNSURE, ProblemKind.JOIN_DIFFERS, ProblemKind.NOBODY_TOLD, ProblemKind.DELIVERY_FAILED),
    ProblemKind.GOODS_RETURNING,
}
HAPPENED = {"shipped_short", "order_rejected", "hold_put_on", "review_asked", "order_keyed_in", "order_joined"}


@pytest.mark.timeout(600)
def test_a_usual_day_holds_one_of_each_and_explains_it(tmp_path: Path) -> None:
    said = run(["demo", "--headless", "--json", "--data", str(tmp_path)], patience=500)
    assert said.code == 0, said.err
    report: dict[str, Any] = said.told
    missing = set(ProblemKind) - RARE - set(report["problems"])
    assert missing == set()
    assert report["problems_open"] == 0
    explained = {one["kind"] for one in report["troubles"]}
    assert explained == set(report["problems"]) - {ProblemKind.REFUND_DUE}  # a thing to do, about another trouble
    assert all(one["result"] for one in report["troubles"])
    with sqlite3.connect(tmp_path / "practice" / "orderbell.db") as store:
        happened = {kind for (kind,) in store.execute("SELECT DISTINCT kind FROM journal")}
        assert set() == HAPPENED - happened
        too_much = (
            "SELECT number FROM orders JOIN refunds ON order_id = orders.id"
            " WHERE refunds.state IN ('owed', 'done', 'by_hand')"
            " GROUP BY orders.id HAVING sum(amount_minor) > total_minor"
        )
        assert store.execute(too_much).fetchall() == []
