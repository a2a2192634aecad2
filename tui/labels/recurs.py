"""What recurs, in words: places, the one sentence, a trouble in one line (L33, L34)."""

from collections.abc import Iterator
from datetime import tzinfo
from typing import Final

from core.board.recurring import Habit, Incident, Recurring, Side
from core.domain.problem import ProblemKind
from core.domain.record import Record
from tui.i18n import N_, _, ngettext
from tui.labels.amounts import money
from tui.labels.bearers import bearer
from tui.labels.details import detail, said
from tui.labels.events import happened
from tui.labels.problems import title
from tui.labels.times import clock, day_clock

SIDES: Final[dict[Side, str]] = {
    Side.KIND: N_("BY KIND"),
    Side.COURIER: N_("BY COURIER"),
    Side.PRODUCT: N_("BY PRODUCT"),
    Side.HOUR: N_("BY HOUR"),
    Side.PERSON: N_("BY PERSON WHO PACKED"),
}
_PLACES: Final[dict[Side, str]] = {
    Side.COURIER: N_("{many} of them with {value}"),
    Side.PRODUCT: N_("{many} of them with {value} in the bag"),
    Side.HOUR: N_("{many} of them from {value}"),
    Side.PERSON: N_("{many} of them packed by {value}"),
}
_ADVICE: Final[dict[Side, str]] = {
    Side.COURIER: N_("Call another courier first, and speak with this one."),
    Side.PRODUCT: N_("Look how it is packed, and how many there are."),
    Side.HOUR: N_("Call drivers earlier then, or promise later."),
    Side.PERSON: N_("Pack a few together, and look at what is hard."),
}


def place(side: Side, value: str) -> str:
    """A value as people say it: `18:00–19:00`."""
    if side is Side.KIND:
        return title(ProblemKind(value)) if value in set(ProblemKind) else value
    return f"{value}:00–{(int(value) + 1) % 24:02d}:00" if side is Side.HOUR else value


def habit_words(recurring: Recurring) -> str:
    """What recurs most, and where; that nothing does."""
    habit, count = recurring.habit, len(recurring.incidents)
    if not count:
        return _("Nothing went wrong in {days} days.").format(days=recurring.days)
    if habit is None:
        words = ngettext(
            "{count} trouble in {days} days, none of them often.",
            "{count} troubles in {days} days, none of them often.",
            count,
        )
        return words.format(count=count, days=recurring.days)
    return f"{_most(habit, recurring)} {_where(habit)}".strip()


def _most(habit: Habit, recurring: Recurring) -> str:
    words = _("Most often: {kind}, {count} of {all} in {days} days.")
    return words.format(kind=title(habit.kind), count=habit.count, all=len(recurring.incidents), days=recurring.days)


def _where(habit: Habit) -> str:
    if habit.place is None:
        return _("No courier, product, hour or person stands out.")
    found = _(_PLACES[habit.place]).format(many=habit.many, value=place(habit.place, habit.value))
    return _("{found}. {advice}").format(found=found, advice=_(_ADVICE[habit.place]))


def incident_words(one: Incident, zone: tzinfo) -> str:
    """One trouble in one line: kind, cause, result, cost, who pays."""
    parts = [
        f"{day_clock(one.opened_at, zone)} {f'#{one.number} ' if one.number else ''}{title(one.kind)}",
        detail(one.kind, one.detail) if one.detail else "",
        one.courier,
        said(one.result) if one.closed_at else _("still open"),
        money(one.cost) if one.cost and one.cost.minor else "",
        paid(one.bearer),
    ]
    return " · ".join(part for part in parts if part)


def paid(value: str) -> str:
    """Who pays; empty where nobody said."""
    word = bearer(value)
    return _("{bearer} pays").format(bearer=word.text) if word else ""


def record_lines(record: Record, zone: tzinfo) -> Iterator[str]:
    """The record of a trouble: kind, time, people, what was done, result, cost, who pays (L33)."""
    problem = record.problem
    ended = clock(problem.closed_at, zone) if problem.closed_at else _("still open")
    yield f"{day_clock(problem.opened_at, zone)} – {ended}" + (f" · {record.courier}" if record.courier else "")
    if problem.detail:
        yield detail(problem.kind, problem.detail)
    if record.people:
        yield _("people: {names}").format(names=", ".join(record.people))
    for event in record.done:
        yield f"{clock(event.at, zone)} {happened(event, zone)}"
    if problem.result:
        yield _("result: {result}").format(result=said(problem.result))
    cost = money(problem.cost) if problem.cost and problem.cost.minor else ""
    yield " · ".join(part for part in (cost, paid(problem.bearer)) if part) or _("no cost known")
