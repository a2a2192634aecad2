"""The load as one JSON object for scripts."""

from datetime import datetime, timedelta, tzinfo
from typing import Any

from core.board.day_load import DayLoad, HourLine
from core.domain.capacity import HourLoad


def load_object(hour: HourLoad, day: DayLoad, zone: tzinfo) -> dict[str, Any]:
    """Times are ISO 8601 with the shop's zone, spans whole seconds, shares of one; null where nothing is known."""
    busiest = day.busiest
    return {
        "at": _time(hour.at, zone),
        "cap": hour.cap,
        "accepted": hour.count,
        "waiting": hour.waiting,
        "in_progress": hour.in_progress,
        "promised": day.promised,
        "next_free": _time(hour.next_free or hour.at, zone),
        "next_hour": day.expected(hour.at),
        "usual_days": day.usual.days,
        "hours": [_hour(one, zone) for one in day.shown],
        "busiest": _hour(busiest, zone) if busiest else None,
        "day": _numbers(day),
    }


def _hour(one: HourLine, zone: tzinfo) -> dict[str, Any]:
    return {
        "start": _time(one.span.start, zone),
        "accepted": one.accepted,
        "promised": one.promised,
        "usual": None if one.usual is None else round(one.usual, 2),
        "open": one.is_open,
    }


def _numbers(day: DayLoad) -> dict[str, Any]:
    numbers = day.numbers
    return {
        "orders": numbers.orders,
        "accepted": numbers.accepted,
        "rejected": numbers.rejected,
        "cancelled": numbers.cancelled,
        "median_to_accept": _seconds(numbers.to_accept),
        "median_prep": _seconds(numbers.prep),
        "on_time": None if numbers.on_time is None else round(numbers.on_time, 4),
        "mean_driver_wait": _seconds(numbers.waits.driver),
        "drivers_timed": numbers.waits.drivers,
        "mean_goods_wait": _seconds(numbers.waits.goods),
        "goods_timed": numbers.waits.orders,
    }


def _seconds(span: timedelta | None) -> int | None:
    return None if span is None else round(span.total_seconds())


def _time(at: datetime, zone: tzinfo) -> str:
    return at.astimezone(zone).isoformat(timespec="seconds")
