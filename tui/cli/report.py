"""`orderbell report …`: what was, for a span of days."""

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from tui.cli import out
from tui.cli.everywhere import BadUsage, Everywhere
from tui.i18n import _

if TYPE_CHECKING:
    from core.board.recurring import Recurring
    from core.domain.day import Span

app = typer.Typer(help="Reports: what went wrong, how often, what it cost.", no_args_is_help=True)
WEEK: Final = 7  # days, when nothing is said
Day = Annotated[str, typer.Option(metavar="YYYY-MM-DD")]


@app.callback()
def reports() -> None:
    """Reports: what went wrong, how often, what it cost."""


@app.command()
def problems(
    context: typer.Context,
    start: Annotated[str, typer.Option("--from", help="First day, as 2026-11-01; a week ago when not said.")] = "",
    end: Annotated[str, typer.Option("--to", help="Last day; today when not said.")] = "",
    csv: Annotated[
        Path | None, typer.Option("--csv", help="A folder: problems.csv and recurring.csv go there.")
    ] = None,
) -> None:
    """What recurs by kind, courier, product, hour and person, and each trouble in one line."""
    said: Everywhere = context.obj
    found = _read(said, start, end)
    if csv is not None:
        from tui.cli.report_csv import write_csv

        for file in write_csv(found, csv):
            out.note(str(file))
    if said.as_json:
        from tui.cli.trouble_json import recurring_object

        return out.tell(recurring_object(found))
    return _print(found)


def _read(said: Everywhere, start: str, end: str) -> "Recurring":
    from core.services.records_of import between
    from core.store.unit_of_work import reading

    zone = said.shop.rules.zone
    with reading(said.shop.database) as uow:
        return between(uow, _span(said, start, end), zone)


def _span(said: Everywhere, start: str, end: str) -> "Span":
    """Whole days of the shop's calendar."""
    from core.domain.day import Span, local_day, midnight

    zone = said.shop.rules.zone
    last = _day(end, "--to") or local_day(said.shop.clock.now(), zone)
    first = _day(start, "--from") or last - timedelta(days=WEEK - 1)
    if first > last:
        raise BadUsage(_("--from {start} is after --to {end}").format(start=first, end=last))
    return Span(midnight(first, zone), midnight(last + timedelta(days=1), zone))


def _day(typed: str, name: str) -> date | None:
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        raise BadUsage(_("{found}: a day is written as 2026-11-01").format(found=f"{name} {typed:.20}")) from None


def _print(found: "Recurring") -> None:
    from core.board.recurring import Side
    from tui import labels
    from tui.labels.recurs import SIDES, habit_words, incident_words, place

    out.say(habit_words(found))
    for side in Side:
        if tallies := found.by(side):
            out.say(_(SIDES[side]))
        for one in tallies:
            cost = labels.money(one.cost) if one.cost and one.cost.minor else ""
            out.say(f"  {one.count:5}  {place(side, one.value)}  {cost}".rstrip())
    for incident in found.incidents:
        out.say(f"▲ {incident_words(incident, found.zone)}")
