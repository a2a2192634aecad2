"""`orderbell simulate`: the courier simulators alone, on their real wire."""

import asyncio
from typing import Annotated

import typer

from tui.cli import out
from tui.cli.everywhere import BadUsage


def simulate(
    couriers: Annotated[str, typer.Option(help="Kinds, with commas between; default all.")] = "",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Of the first; the others take the next ones. 0: any.")
    ] = 0,
    speed: Annotated[float, typer.Option(min=0.001, max=100_000, help="How many times as fast their time runs.")] = 1.0,
    seed: Annotated[int, typer.Option(help="The same seed drives the same ways.")] = 1,
    webhooks: Annotated[str, typer.Option(help="Where events go: the station's URL, or …/couriers/uber.")] = "",
) -> None:
    """Serve courier simulators until Ctrl-C; one JSON line says how to call them."""
    from adapters.registry import UnknownKind
    from tui.wiring.simulators import run_simulators

    kinds = [kind.strip() for kind in couriers.split(",") if kind.strip()]
    try:
        asyncio.run(run_simulators(kinds, port=port, speed=speed, seed=seed, station=webhooks, on_ready=_tell))
    except UnknownKind as error:
        raise BadUsage(f"--couriers: {error}") from error


def _tell(sections: dict[str, dict[str, object]]) -> None:
    out.tell({"event": "ready", "couriers": sections})
