"""Troubles as JSON: money as text with the currency's decimals, times ISO 8601 with zone."""

from datetime import tzinfo
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from core.board.recurring import Incident, Recurring


def trouble_object(one: "Incident", zone: "tzinfo | None" = None) -> dict[str, Any]:
    """One of them."""
    times = {"opened_at": one.opened_at, "closed_at": one.closed_at}
    return {
        "id": one.problem_id,
        "order": one.number,
        "kind": one.kind.value,
        "detail": one.detail,
        **{
            name: at.astimezone(zone).isoformat() if at and zone else at and at.isoformat()
            for name, at in times.items()
        },
        "result": one.result,
        "cost": one.cost.text if one.cost else None,
        "currency": one.cost.currency if one.cost else None,
        "who_pays": one.bearer,
        "courier": one.courier,
        "person": one.person,
        "products": list(one.products),
    }


def recurring_object(found: "Recurring") -> dict[str, Any]:
    """Counts by each side, what recurs most, and each trouble."""
    from core.board.recurring import Side
    from tui.labels.recurs import habit_words

    habit = found.habit
    return {
        "days": found.days,
        "count": len(found.incidents),
        "open": found.open_ones,
        "cost": found.cost.text if found.cost else None,
        "currency": found.cost.currency if found.cost else None,
        "words": habit_words(found),
        "habit": None
        if habit is None
        else {"kind": habit.kind, "count": habit.count, "by": habit.place, "value": habit.value, "many": habit.many},
        "by": {
            side.value: [
                {"value": one.value, "count": one.count, "cost": one.cost.text if one.cost else None}
                for one in found.by(side)
            ]
            for side in Side
        },
        "troubles": [trouble_object(one, found.zone) for one in found.incidents],
    }
