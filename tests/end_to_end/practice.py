"""The practice shop at a pseudo-terminal, and how its one order stands."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

from tests.end_to_end.shop import eventually
from tests.end_to_end.terminal import Terminal
from tui.cli.run import run

SEED = 3  # its first order is paid, and every rule allows it


class Practice:
    """`orderbell demo` in a folder of its own."""

    def __init__(self, folder: Path, terminal: Terminal) -> None:
        self.folder, self.terminal = folder, terminal
        self._words = ["--config", str(folder / "practice" / "config.toml"), "--data", str(folder / "practice")]

    def words(self) -> str:
        """What the processes behind the screen noted last."""
        logs = sorted((self.folder / "practice").glob("**/*.log*"))
        return "\n".join(f"{log.name}: {log.read_text(encoding='utf-8', errors='replace')[-2000:]}" for log in logs)

    def orders(self) -> Any:
        """All there are."""
        told = StringIO()
        with redirect_stdout(told):
            run(["order", "list", "--json", *self._words])
        return json.loads(told.getvalue())

    def order(self) -> Any:
        """The one there is."""
        (one,) = self.orders()
        return one

    def becomes(self, stage: str) -> Any:
        """The order as soon as it stands there."""
        return eventually(self.order, lambda order: order["stage"] == stage)

    def awaits(self, *states: str) -> Any:
        """The order as soon as its driver is in one of these states."""
        return eventually(self.order, lambda order: (order["delivery"] or {}).get("state") in states)


@contextmanager
def open_practice(folder: Path, *, speed: float, orders: int = 1, hours: float = 4) -> Iterator[Practice]:
    """With a single order, or a day of them; nobody is left behind."""
    words = ["demo", "--orders", str(orders), "--hours", str(hours), "--speed", str(speed)]
    terminal = Terminal([*words, "--seed", str(SEED), "--data", str(folder), "--lang", "en"])
    try:
        yield Practice(folder, terminal)
    finally:
        terminal.close()
