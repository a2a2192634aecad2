"""A whole practice day in plain mode, worked by somebody who knows only what was said."""

import json
from collections import Counter
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.listener import controls, piped
from tests.end_to_end.practice import SEED
from tests.end_to_end.test_whole_day import ON_THE_BOARD, ORDERS, is_over
from tests.end_to_end.text_clerk import TextClerk
from tui.cli.run import run


@pytest.mark.timeout(400)
def test_a_whole_day_is_worked_by_what_is_said(tmp_path: Path) -> None:
    words = ["demo", "--plain", "--orders", str(ORDERS), "--hours", "0.5", "--speed", "120", "--seed", str(SEED)]
    with piped(*words, "--data", str(tmp_path), "--lang", "en") as listener:
        listener.hears("Orderbell")
        TextClerk(listener).works_until(lambda: is_over(orders(tmp_path)), patience=300)
        ended = orders(tmp_path)
        assert len(ended) == ON_THE_BOARD
        assert Counter(order["stage"] for order in ended) == {"completed": 4, "cancelled": 2, "rejected": 1}
        done = [order for order in ended if order["stage"] == "completed"]
        assert {order["delivery"]["state"] for order in done if order["delivery"]} == {"delivered"}
        assert all(line["shipped"] == line["quantity"] for order in done for line in order["lines"])
        listener.leave()
        listener.hears("Goodbye.")
        assert listener.ended() == 0
        assert controls(listener.raw, b"\n") == set()
        assert "Noted as E-" not in listener.text


def orders(folder: Path) -> Any:
    """As scripts see them."""
    where = ["--config", str(folder / "practice" / "config.toml"), "--data", str(folder / "practice")]
    told = StringIO()
    with redirect_stdout(told):
        run(["order", "list", "--json", *where])
    return json.loads(told.getvalue())
