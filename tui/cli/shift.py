"""The shift report, printed."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from core.domain.problem import ProblemKind
from core.domain.stage import Stage
from tui import labels
from tui.cli import out
from tui.cli.everywhere import Everywhere
from tui.cli.trouble_json import trouble_object
from tui.i18n import _
from tui.labels.recurs import incident_words
from tui.widgets.cells import column

if TYPE_CHECKING:
    from core.board.report import ShiftReport

NAMES: Final = 14  # cells of the first column


def tell_report(said: Everywhere, report: "ShiftReport") -> None:
    """JSON for scripts, a page for people."""
    if said.as_json:
        out.tell(_object(report))
        return
    out.say(_("Shift report"))
    for name, words in _lines(report):
        out.say(f"  {column(name, NAMES)}{words}")
    for one in report.troubles:
        out.say(f"  {column('▲', NAMES)}{incident_words(one, report.zone)}")


def _lines(report: "ShiftReport") -> Iterator[tuple[str, str]]:
    pieces = labels.count_of(report.pieces)
    yield _("orders"), f"{report.orders} ({pieces}): {_counts(report.by_channel)}"
    yield _("became"), _counts({labels.word(Stage(stage)).text: count for stage, count in report.by_stage.items()})
    times = _("accept {accept}, pack {pack}, door {door}")
    accept, pack, door = (_span(span) for span in (report.to_accept, report.to_pack, report.to_door))
    yield _("times"), times.format(accept=accept, pack=pack, door=door)
    waiting = _("drivers {driver} ({drivers} timed), goods {goods} ({orders} timed), means")
    yield (
        _("waiting"),
        waiting.format(
            driver=_span(report.driver_wait),
            drivers=report.driver_waits,
            goods=_span(report.goods_wait),
            orders=report.goods_waits,
        ),
    )
    ways = _("{delivered} delivered, {failed} failed, {late} late")
    yield _("deliveries"), ways.format(delivered=report.delivered, failed=report.failed, late=report.late)
    problems = {labels.title(ProblemKind(kind)): count for kind, count in report.problems.items()}
    troubles = _("{problems}; still open: {count}")
    yield _("problems"), troubles.format(problems=_counts(problems) or _("none"), count=report.problems_open)
    for reason, count in report.refused.items():
        yield _("not done"), f"{count} × {labels.said(reason)}"


def _object(report: "ShiftReport") -> dict[str, Any]:
    told = {name: _seconds(value) if isinstance(value, timedelta) else value for name, value in vars(report).items()}
    del told["zone"]
    return told | {"troubles": [trouble_object(one, report.zone) for one in report.troubles]}


def _seconds(span: timedelta) -> int:
    return round(span.total_seconds())


def _counts(counts: dict[str, int]) -> str:
    return _(", ").join(f"{count} {word}" for word, count in counts.items())


def _span(span: timedelta | None) -> str:
    return "–" if span is None else f"{_seconds(span) // 60}:{_seconds(span) % 60:02d}"
