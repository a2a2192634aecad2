"""`orderbell load`: the hour against the cap, the day hour by hour, beside the usual day."""

from typing import TYPE_CHECKING

import typer

from tui.cli import out
from tui.cli.everywhere import Everywhere

if TYPE_CHECKING:
    from core.board.day_load import DayLoad
    from core.domain.capacity import HourLoad


def load(context: typer.Context) -> None:
    """Hourly load against the cap: accepted, waiting, promised, the next free minute, and what is usual."""
    from tui.cli.load_json import load_object
    from tui.cli.load_words import load_lines

    said: Everywhere = context.obj
    hour, day = _read(said)
    if said.as_json:
        out.tell(load_object(hour, day, said.shop.rules.zone))
        return
    for line in load_lines(hour, day, said.shop.rules.zone):
        out.say(line)


def _read(said: Everywhere) -> "tuple[HourLoad, DayLoad]":
    from core.store.unit_of_work import reading
    from tui.cli.order_list import moment

    now, services = moment(said), said.shop.services
    with reading(said.shop.database) as uow:
        return services.orders.load(uow, now), services.load.day(uow, now.at)
