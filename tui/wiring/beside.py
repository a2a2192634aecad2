"""Other processes of this store: a station beside a counter."""

import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Timer
from typing import Final

from core.services.station_lease import running
from core.store.lease import Lease
from core.store.unit_of_work import reading
from tui.wiring.shop import Shop

PATIENCE: Final = 20.0  # seconds for a station to come up


class NoStation(Exception):
    """It did not come up; the message is its own last word."""


def station_of(shop: Shop) -> Lease | None:
    """The station that runs on this store."""
    with reading(shop.database) as uow:
        return running(uow)


def command(config: Path, data: Path, *words: str) -> list[str]:
    """This program again, on the same store."""
    return [sys.executable, "-m", "tui", "--config", str(config), "--data", str(data), *words]


def ensure_station(shop: Shop) -> None:
    """One runs, whoever of several counters started it; raises `NoStation`."""
    if station_of(shop) is not None:
        return
    try:
        start_station(shop)
    except NoStation:
        if station_of(shop) is None:
            raise


def start_station(shop: Shop) -> subprocess.Popen[bytes]:
    """A process of its own, out of reach of this terminal's Ctrl-C and hang-up; raises `NoStation`."""
    words = command(shop.loaded.source.path, shop.loaded.data, "serve", "--with-counters")
    log = shop.loaded.data / "station-start.log"
    with log.open("wb") as errors:
        process = subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            start_new_session=True,
            cwd=os.path.sep,
        )
    _await_ready(process, log)
    return process


def _await_ready(process: subprocess.Popen[bytes], log: Path) -> None:
    watchdog = Timer(PATIENCE, process.kill)
    watchdog.start()
    line = process.stdout.readline() if process.stdout else b""
    watchdog.cancel()
    if line and json.loads(line).get("event") == "ready":
        return
    process.communicate()
    words = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    raise NoStation(words[-1] if words else f"the station ended with code {process.returncode}")


def end_station(shop: Shop) -> None:
    """Ask whichever runs on this store and this machine to end."""
    lease = station_of(shop)
    shop.database.close()
    if lease is not None and lease.host == socket.gethostname():
        with suppress(ProcessLookupError):
            os.kill(lease.pid, signal.SIGTERM)


def stop(process: subprocess.Popen[bytes], patience: float = 8.0) -> None:
    """Ask it to end, and see that it does."""
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(BrokenPipeError):
                pipe.close()
    process.terminate()
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
