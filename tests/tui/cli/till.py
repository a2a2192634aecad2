"""A shop on disk and the command line in this process: what is said to it, and what it answers."""

import json
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import tomlkit

from core.domain.order import Order
from core.domain.purchase import Purchase
from core.store.unit_of_work import UnitOfWork, reading, writing
from tests import builders
from tests.empty import empty_sqlite
from tui.cli.run import run
from tui.wiring.shop import Shop, open_shop

COURIER = {"kind": "uber_direct", "customer_id": "c", "client_id": "i", "client_secret": "hidden-words"}


@dataclass(frozen=True)
class Said:
    """An exit code and words."""

    code: int
    out: str
    err: str

    @property
    def told(self) -> Any:
        return json.loads(self.out)


class Till:
    """One shop; every call of `run` is as a process of its own, apart from being quick."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.config, self.data = folder / "config.toml", folder / "data"
        self.settings: dict[str, Any] = {
            "store": {"hours": "00:00-24:00", "phone": "+886225550000", "hold_seconds": 5},
            "sound": {"backend": "off"},
            "review": {"duplicate": "off"},  # all orders here are of one customer
            "couriers": {"uber": dict(COURIER)},
        }
        self._patch = patch
        self._opened: list[Shop] = []
        self.write()

    def write(self) -> None:
        """The settings to the config."""
        self.config.write_text(tomlkit.dumps(self.settings), encoding="utf-8")
        self.config.chmod(0o600)

    def run(self, *words: str, typed: str = "") -> Said:
        """A command on this shop."""
        return self.bare(*words, "--config", str(self.config), "--data", str(self.data), typed=typed)

    def bare(self, *words: str, typed: str = "") -> Said:
        """The words as they are."""
        out, err = StringIO(), StringIO()
        self._patch.setattr("sys.stdin", StringIO(typed))
        with redirect_stdout(out), redirect_stderr(err):
            code = run(list(words))
        return Said(code, out.getvalue(), err.getvalue())

    def order(self, *words: str, typed: str = "") -> Any:
        """`order … --json` that must succeed: what it told."""
        said = self.run("order", *words, "--json", typed=typed)
        assert said.code == 0, said.err
        return said.told

    def take(self, number: str = "1042", **more: Any) -> Order:
        """An order comes in now."""
        now = datetime.now(UTC)
        bought: Purchase = builders.purchase(number, **{"updated_at": now, "placed_at": now} | more)
        letter, reading_ = builders.letter(received_at=now), builders.reading(bought)
        with writing(self.shop.database) as uow:
            self.shop.intake.take(uow, letter, reading_)
            return uow.orders.get(bought.order_id)

    def make_ready(self, number: str = "1042", **more: Any) -> Order:
        """Accepted and packed, too."""
        order = self.take(number, **more)
        for words in (("accept", order.id), ("check", order.id, "--all"), ("ready", order.id)):
            self.order(*words)
        return order

    def read(self, ask: Callable[[UnitOfWork], Any]) -> Any:
        """Behind the command line."""
        with reading(self.shop.database) as uow:
            return ask(uow)

    @property
    def shop(self) -> Shop:
        """The store itself."""
        if not self._opened:
            self.data.mkdir(exist_ok=True)
            if not (self.data / "orderbell.db").exists():
                empty_sqlite(self.data)
            self._opened.append(open_shop(self.config, self.data))
        return self._opened[0]

    def close(self) -> None:
        for opened in self._opened:
            opened.database.close()
