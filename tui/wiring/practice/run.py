"""Runs a practice day: town and station as processes of their own, and a person or a clerk at the counter."""

import asyncio
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import IO, TYPE_CHECKING, Any, Final

from adapters.simulators.shop import KINDS, Post, Shop, Timed, mixed_day
from adapters.simulators.shop_day import Story
from core.domain.ids import StaffId
from core.services import reports
from core.services.desk import StoreDesk
from core.services.feed import StoreFeed
from core.services.picture import Painter
from core.store.unit_of_work import reading
from core.store.writer import Writer
from tui.wiring.beside import end_station, start_station, stop
from tui.wiring.counter import present, run_counter
from tui.wiring.plain import run_plain
from tui.wiring.practice.clerk import Clerk
from tui.wiring.practice.mishap import mishaps_of
from tui.wiring.practice.plan import SHOWS, Practice, fresh_folder, write_config
from tui.wiring.screen import has_terminal
from tui.wiring.shop import Shop as Store, open_shop

if TYPE_CHECKING:
    from core.board.report import ShiftReport

SHIFT_ENDS_AFTER: Final = timedelta(hours=4)  # of shop time behind the last order, whatever is still open


class TownDown(Exception):
    """The simulators did not come up."""


def run_practice(
    practice: Practice, data: Path | None, language: str = "", *, plain: bool = False
) -> "ShiftReport | None":
    """A day; the report of a headless one. Everything started is stopped again."""
    folder = fresh_folder(data)
    port = _free_port()
    with _town(practice, port, folder) as (begin, sections):
        config = write_config(practice, folder, port, sections, language)
        store = open_shop(config, folder)
        station = start_station(store)
        try:
            begin.write(b"begin\n")
            begin.flush()
            return _day(practice, store, language, plain)
        finally:
            stop(station)
            end_station(store)  # the one that was started anew, if the first one died


def _day(practice: Practice, store: Store, language: str, plain: bool) -> "ShiftReport | None":
    if not practice.headless and (plain or has_terminal()):
        run = run_plain if plain else run_counter
        run(store, language=language, hint=True)
        return None
    try:
        with present(store):
            asyncio.run(_work(practice, store))
        with reading(store.database) as uow:
            return reports.shift(uow, SHOWS, store.clock.now(), store.rules.zone)
    finally:
        store.database.close()


async def _work(practice: Practice, store: Store) -> None:
    writer = Writer(store.database)
    try:
        clerk = Clerk(
            desk=StoreDesk(store.database, writer, store.services, store.clock, StaffId("clerk")),
            feed=StoreFeed(store.database, Painter(store.rules, store.timing), store.clock),
            clock=store.clock,
            chance=Random(practice.seed),
            expected=_expected(practice),
            mishaps=mishaps_of(_day_of(practice), store.channels, SHOWS),
        )
        await clerk.work(SHOWS + timedelta(hours=practice.hours) + SHIFT_ENDS_AFTER)
    finally:
        await asyncio.to_thread(writer.close)


def _expected(practice: Practice) -> int:
    """Orders that will be on the board: test orders never are."""
    day = _day_of(practice)
    return len({(timed.what.kind, timed.what.order_id) for timed in day if timed.what.story is not Story.TEST})


def _day_of(practice: Practice) -> tuple[Timed[Post], ...]:
    """What the town is going to tell."""
    shops = tuple(Shop(kind, start=SHOWS, channel=kind) for kind in KINDS)
    return mixed_day(shops, practice.orders, practice.hours, practice.seed)


@contextmanager
def _town(practice: Practice, port: int, folder: Path) -> Iterator[tuple[IO[bytes], dict[str, Any]]]:
    """Its standard input is its life line: it goes home when we end, however we end."""
    log = folder / "logs" / "town.log"
    log.parent.mkdir(exist_ok=True)
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "tui.wiring.practice", str(port), *_words(practice)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            start_new_session=True,
            cwd=os.path.sep,
        )
    try:
        line = process.stdout.readline() if process.stdout else b""
        if not line or process.stdin is None:
            raise TownDown(f"the simulators did not start; see {log}")
        yield process.stdin, json.loads(line)
    finally:
        stop(process)


def _words(practice: Practice) -> list[str]:
    told = (practice.orders, practice.speed, practice.seed, practice.hours, int(practice.headless))
    return [*(str(word) for word in told), practice.started_at.isoformat()]


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port
