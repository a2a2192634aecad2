"""The hour a caller wants it, as it is typed: `14:50`, `11-23 12:00`, `+40` minutes; nothing is as soon as possible."""

import re
from datetime import datetime, timedelta
from typing import Final
from unicodedata import normalize
from zoneinfo import ZoneInfo

_CLOCK: Final = re.compile(r"(?:(?:\d{4}-)?(\d{1,2})[-/](\d{1,2})\s+)?(\d{1,2})[:.h]?(\d{2})")
_MINUTES: Final = re.compile(r"\+\s*(\d{1,4})")
A_DAY: Final = timedelta(days=1)


class NoTime(ValueError):
    """Nobody can tell which hour is meant."""


def read_promise(typed: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """None: as soon as possible. An hour that is over is tomorrow's; raises `NoTime`."""
    words = normalize("NFKC", typed).strip()
    if not words:
        return None
    if (ahead := _MINUTES.fullmatch(words)) is not None:
        return (now + timedelta(minutes=int(ahead[1]))).replace(second=0, microsecond=0)
    if (told := _CLOCK.fullmatch(words)) is None:
        raise NoTime(words)
    return _at(told, now, zone)


def promise_words(at: datetime | None, now: datetime, zone: ZoneInfo) -> str:
    """What is typed for it."""
    if at is None:
        return ""
    there, here = at.astimezone(zone), now.astimezone(zone)
    return there.strftime("%H:%M" if there.date() == here.date() else "%m-%d %H:%M")


def _at(told: re.Match[str], now: datetime, zone: ZoneInfo) -> datetime:
    here = now.astimezone(zone)
    month, day, hour, minute = (None if part is None else int(part) for part in told.groups())
    try:
        at = here.replace(hour=hour or 0, minute=minute or 0, second=0, microsecond=0)
        if month is not None and day is not None:
            at = at.replace(month=month, day=day)
            return (at if at >= here - A_DAY else at.replace(year=at.year + 1)).astimezone(now.tzinfo)
    except ValueError as error:
        raise NoTime(told[0]) from error
    return (at if at > here else at + A_DAY).astimezone(now.tzinfo)
