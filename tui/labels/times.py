"""Times in the store's own zone, and how long it takes; the clock has 24 hours in every language."""

from datetime import datetime, timedelta, tzinfo

from tui.i18n import _, ngettext, spoken


def clock(at: datetime, zone: tzinfo) -> str:
    """`14:50`."""
    return f"{at.astimezone(zone):%H:%M}"


def day_clock(at: datetime, zone: tzinfo) -> str:
    """`14:50:07`."""
    return f"{at.astimezone(zone):%H:%M:%S}"


def day(at: datetime, zone: tzinfo) -> str:
    """`Sat, Nov 21`, `11月21日 週六`."""
    from babel.dates import format_skeleton  # slow to load, and not needed for the first picture

    return format_skeleton("MMMEd", at.astimezone(zone), locale=spoken())


def window(start: datetime | None, end: datetime | None, zone: tzinfo) -> str:
    """`14:50–15:20`, or the one end that is known."""
    return "–".join(clock(at, zone) for at in (start, end) if at is not None)


def countdown(left: timedelta) -> str:
    """`3:12` to go, `-0:40` when it is over; hours as `2h05`."""
    seconds = int(left.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    if seconds >= 3600:
        return f"{sign}{seconds // 3600}h{seconds % 3600 // 60:02}"
    return f"{sign}{seconds // 60}:{seconds % 60:02}"


def left(time: timedelta) -> str:
    """`3:12` while seconds count, `22 min`, `2h05`; nobody takes it for a time of day. `-2:10` when it is over."""
    seconds = abs(int(time.total_seconds()))
    if not 600 <= seconds < 3600:
        return countdown(time)
    sign = "-" if time.total_seconds() < 0 else ""
    return f"{sign}{ngettext('{count} min', '{count} min', seconds // 60).format(count=seconds // 60)}"


def minutes(taken: timedelta) -> str:
    """`6 min`."""
    count = max(0, int(taken.total_seconds() // 60))
    return ngettext("{count} min", "{count} min", count).format(count=count)


def seconds_of(count: int) -> str:
    """`4 s`."""
    return _("{count} s").format(count=count)


def ago(taken: timedelta) -> str:
    """`14 s`, `3 min`, `2 h`: for lamps."""
    seconds = max(0, int(taken.total_seconds()))
    if seconds < 60:
        return seconds_of(seconds)
    return _("{count} h").format(count=seconds // 3600) if seconds >= 3600 else minutes(taken)
