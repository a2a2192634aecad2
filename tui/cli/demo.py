"""`orderbell demo`: the practice shop."""

from typing import Annotated

import typer

from tui.cli.everywhere import BadUsage, Everywhere
from tui.i18n import _


def demo(
    context: typer.Context,
    headless: Annotated[bool, typer.Option(help="No screen: an automatic clerk works the day.")] = False,
    orders: Annotated[int, typer.Option(min=1, max=100_000, help="How many orders come.")] = 36,
    speed: Annotated[float, typer.Option(min=0, max=1000, help="How many times as fast; 0: as fits.")] = 0,
    seed: Annotated[int, typer.Option(help="The same seed gives the same day.")] = 7,
    hours: Annotated[float, typer.Option(min=0.1, max=24, help="Hours in which the orders come.")] = 2.0,
) -> None:
    """The practice shop: real code over loopback, in a data folder of its own."""
    from tui.cli.shift import tell_report
    from tui.wiring.practice.plan import Practice
    from tui.wiring.practice.run import run_practice
    from tui.wiring.screen import has_terminal

    said: Everywhere = context.obj
    if headless and said.plain:
        raise BadUsage(_("--plain talks to a person and --headless needs none: say one of them"))
    alone = headless or not (said.plain or has_terminal())
    practice = Practice(orders=orders, speed=speed, seed=seed, hours=hours, headless=alone)
    report = run_practice(practice, said.data_path, said.lang, plain=said.plain)
    if report is not None:
        tell_report(said, report)
