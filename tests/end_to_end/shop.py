"""A whole shop for one test: its folder, station and courier, and everything one may ask of them."""

import random
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx
import tomlkit

from tests.end_to_end import letters
from tests.end_to_end.program import PATIENCE, Running, Said, run, surroundings
from tui.cli.run import run as command_line

T = TypeVar("T")
COURIER = "uber_direct"
HOURS = "00:00-24:00"  # tests run at any time of day


def free_port() -> int:
    """Below those the system gives out by itself, so that nobody takes it meanwhile."""
    for _ in range(100):
        port = random.SystemRandom().randrange(12_000, 30_000)
        with socket.socket() as asker:
            if asker.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise AssertionError("no port is free")


def eventually(ask: Callable[[], T], is_so: Callable[[T], object] = bool, patience: float = PATIENCE) -> T:
    """The first answer that is so."""
    end = time.monotonic() + patience
    while not is_so(answer := ask()):
        assert time.monotonic() < end, f"still {answer!r}"
        time.sleep(0.15)
    return answer


class Shop:
    """Config and data in one folder; `close` ends whatever was started."""

    def __init__(self, folder: Path, **store: Any) -> None:
        self.folder, self.config, self.data = folder, folder / "config.toml", folder / "data"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.settings: dict[str, Any] = {
            "store": {
                "name": "台北南西店",
                "phone": "+886225550000",
                "address": "南京西路 1 號",
                "hours": HOURS,
                **store,
            },
            "station": {"port": self.port},
            "sound": {"backend": "off"},
            "channels": {"web": {"kind": "standard", "secret": letters.SECRET}},
        }
        self.env = surroundings()
        self.running: list[Running] = []
        self.write()

    def write(self) -> None:
        """The settings to the config."""
        self.config.write_text(tomlkit.dumps(self.settings), encoding="utf-8")
        self.config.chmod(0o600)

    def words(self, *words: str) -> list[str]:
        """With the options that lead to this shop."""
        return [*words, "--config", str(self.config), "--data", str(self.data)]

    def run(self, *words: str, typed: str = "") -> Said:
        """Any command."""
        return run(self.words(*words), typed=typed, env=self.env)

    def order(self, *words: str, typed: str = "") -> Any:
        """`orderbell order … --json`, which must succeed: what it told."""
        said = self.run("order", *words, "--json", typed=typed)
        assert said.code == 0, said.err
        return said.told

    def here(self, *words: str) -> Said:
        """Any command in this process: as good, and quick."""
        out, err = StringIO(), StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = command_line(self.words(*words))
        return Said(code, out.getvalue(), err.getvalue())

    def look(self, number: str) -> Any:
        """How an order stands."""
        return self.here("order", "show", number, "--json").told

    def awaits(self, number: str, *states: str) -> Any:
        """The order as soon as its delivery is in one of these states."""
        return eventually(lambda: self.look(number), lambda told: (told["delivery"] or {}).get("state") in states)

    def serve(self, *words: str) -> Running:
        """A station that listens."""
        station = self.start("serve", *words)
        assert station.first() == {"event": "ready", "url": self.url, "pid": station.process.pid}
        return station

    def start(self, *words: str) -> Running:
        """A command that goes on."""
        started = Running(self.words(*words), self.folder / f"{words[0]}.err", self.env)
        self.running.append(started)
        return started

    def simulate(self, kind: str = COURIER, *, speed: float) -> str:
        """A courier, whose printed section goes into the config; returns where its simulator is."""
        courier = self.start("simulate", "--couriers", kind, "--speed", str(speed), "--webhooks", self.url)
        sections = courier.first()["couriers"]
        self.settings["couriers"] = sections
        self.write()
        return f"http://{urlsplit(sections[kind]['base_url']).netloc}"

    def simulate_all(self, *, speed: float) -> dict[str, str]:
        """Every courier that can be, from one process; where each is."""
        town = self.start("simulate", "--speed", str(speed), "--webhooks", self.url)
        sections = self.settings["couriers"] = town.first()["couriers"]
        self.write()
        return {kind: f"http://{urlsplit(section['base_url']).netloc}" for kind, section in sections.items()}

    def is_on_the_map(self) -> None:
        """Some couriers want degrees."""
        self.settings["store"] |= {"latitude": 25.0523, "longitude": 121.5202}
        self.write()

    def post(self, number: str, **more: Any) -> httpx.Response:
        """A paid order of the shop's own system."""
        return letters.post(self.url, letters.signed(letters.order(number, **more)))

    def close(self) -> None:
        """Nothing stays."""
        for started in self.running:
            started.close()


@contextmanager
def open_shop(folder: Path, **store: Any) -> Iterator[Shop]:
    """A shop until the block ends, however it ends."""
    shop = Shop(folder, **store)
    try:
        yield shop
    finally:
        shop.close()


def deliveries(courier: str) -> list[dict[str, Any]]:
    """Every job the simulated courier was given."""
    told: list[dict[str, Any]] = httpx.get(f"{courier}/_sim/deliveries").json()["deliveries"]
    return told


def trouble(courier: str, **more: Any) -> None:
    """From now on things go wrong there."""
    assert httpx.post(f"{courier}/_sim/trouble", json=more).is_success
