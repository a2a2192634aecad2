"""`orderbell serve`: the station without a screen."""

import asyncio
import os
from typing import Annotated

import typer

from tui.cli import out
from tui.cli.everywhere import Everywhere


def serve(
    context: typer.Context,
    with_counters: Annotated[bool, typer.Option("--with-counters", hidden=True)] = False,
) -> None:
    """Take in orders, call couriers, keep time. One JSON line when it listens; SIGTERM ends it cleanly."""
    from tui.wiring.logs import log_to_file, log_to_stderr
    from tui.wiring.station import run_station

    said: Everywhere = context.obj
    shop = said.shop
    if with_counters:
        log_to_file(shop.loaded.data / "logs", "station")
    else:
        log_to_stderr()
    asyncio.run(run_station(shop, _tell_ready, ends_with_counters=with_counters))


async def _tell_ready(url: str) -> None:
    out.tell({"event": "ready", "url": url, "pid": os.getpid()})
