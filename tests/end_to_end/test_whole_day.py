"""A whole practice day by one person who has only a keyboard, or only a scanner and its card."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.person import Person
from tests.end_to_end.practice import open_practice

ORDERS = 8
ON_THE_BOARD = 7  # one is a test order of the shop's
ENDED = ("completed", "rejected", "cancelled", "returned")


def is_over(orders: list[dict[str, Any]]) -> bool:
    """All came, and nothing needs to be done for any of them."""
    at_rest = all(order["stage"] in ENDED and not order["problems"] for order in orders)
    return len(orders) >= ON_THE_BOARD and at_rest


@pytest.mark.timeout(400)
@pytest.mark.parametrize("scans", [False, True], ids=["keyboard", "scanner"])
def test_a_whole_day_is_worked_by_what_the_screen_says(tmp_path: Path, scans: bool) -> None:
    with open_practice(tmp_path, speed=120, orders=ORDERS, hours=0.5) as practice:
        practice.terminal.shows("ORDERS")
        Person(practice, scans=scans).works_until(is_over, patience=300)
        orders = practice.orders()
        assert Counter(order["stage"] for order in orders) == {"completed": 4, "cancelled": 2, "rejected": 1}
        done = [order for order in orders if order["stage"] == "completed"]
        assert all(line["shipped"] == line["quantity"] for order in done for line in order["lines"])
