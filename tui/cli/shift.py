"""The shift report, printed."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tui.cli import out
from tui.cli.everywhere import Everywhere

if TYPE_CHECKING:
    from core.board.report import ShiftReport


def tell_report(said: Everywhere, report: "ShiftReport") -> None:
    """JSON for scripts, a page for people."""
    if said.as_json:
        out.tell(_object(report))
        return
    out.say("Shift report")
    out.say(f"  orders        {report.orders} ({report.pieces} pieces): {_counts(report.by_channel)}")
    out.say(f"  became        {_counts(report.by_stage)}")
    out.say(
        f"  times         accept {_span(report.to_accept)}, pack {_span(report.to_pack)}, door {_span(report.to_door)}"
    )
    out.say(f"  deliveries    {report.delivered} delivered, {report.failed} failed, {report.late} late")
    out.say(f"  problems      {_counts(report.problems) or 'none'}; {report.problems_open} open")
    for reason, count in report.refused.items():
        out.say(f"  not done      {count} × {reason}")


def _object(report: "ShiftReport") -> dict[str, Any]:
    return {name: _seconds(value) if isinstance(value, timedelta) else value for name, value in vars(report).items()}


def _seconds(span: timedelta) -> int:
    return round(span.total_seconds())


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {word}" for word, count in counts.items())


def _span(span: timedelta | None) -> str:
    return "–" if span is None else f"{_seconds(span) // 60}:{_seconds(span) % 60:02d}"
