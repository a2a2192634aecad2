"""The program under measure and the bare ones beside it."""

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.bench.stores import Store
from tests.bench.terminal import Terminal

ORDERBELL = [sys.executable, "-m", "tui"]
SIZE = (120, 40)


def counter(store: Store, size: tuple[int, int] = SIZE, env: Mapping[str, str] | None = None) -> Terminal:
    """`orderbell` on a store."""
    return Terminal([*ORDERBELL, *store.options], size, env)


def bare_screen() -> Terminal:
    """The barest Textual app."""
    return Terminal([sys.executable, "-m", "tests.bench.bare_screen"], SIZE)


def bare_list(count: int, store: Path | None = None, size: tuple[int, int] = SIZE) -> Terminal:
    """The bare line list; with a store it shows what is open there and follows it."""
    words = [sys.executable, "-m", "tests.bench.bare_list", str(count), *([str(store)] if store else [])]
    return Terminal(words, size)


@contextmanager
def station(store: Store) -> Iterator[int]:
    """A station on a fresh store; its port."""
    port = free_port()
    store.fresh(port)
    words = [*ORDERBELL, *store.options, "serve"]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        json.loads(process.stdout.readline() if process.stdout else b"")
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate()


def await_port(port: int) -> None:
    """Until something listens there."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise TimeoutError(f"nothing listens on {port}")


def free_port() -> int:
    """One nobody uses."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port
