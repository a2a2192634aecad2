"""Words to be heard: times, orders and sentences that a screen reader speaks well."""

import re
from datetime import datetime, timedelta, tzinfo
from typing import Final

from core.domain.refusal import OrderRefusal
from core.domain.text import tidy
from tui import labels
from tui.i18n import _, ngettext

LONGEST: Final = 500  # signs of a line
ENDS: Final = tuple(".!?。？！")  # Chinese ones too
FACT: Final = 60  # signs of a name within a line
COARSE: Final = 600  # seconds from which nobody counts seconds any more
# Signs of our own words that are read as noise; outside words keep theirs.
_SIGNS: Final = {" · ": ", ", " …": "", "…": "...", "≈": ""}
_RANGE: Final = re.compile(r"(?<=\d)\s*–\s*(?=\d)")
_NUMBER: Final = re.compile(r"#(?=\w)")


def harmless(text: str) -> str:
    """One line without anything that steers a terminal."""
    return tidy(text, LONGEST)


def fact(text: str) -> str:
    """Outside words within a longer sentence: as long as anybody listens."""
    return tidy(text, FACT)


def spoken(words: str) -> str:
    """Words made for eyes, as they are said: no dots between, ranges and arrows in words, no number sign."""
    for sign, said in _SIGNS.items():
        words = words.replace(sign, said)
    words = _RANGE.sub(_(" to "), words).replace(" → ", _(" to "))
    return _NUMBER.sub(_("order {number}").format(number=""), words)


def sentence(*parts: str) -> str:
    """Parts joined by commas, a capital in front and a stop behind."""
    said = _(", ").join(part for part in parts if part).strip()
    return ended(f"{said[0].upper()}{said[1:]}") if said else ""


def ended(words: str) -> str:
    """With the language's stop behind, unless there is one."""
    return words if words.endswith(ENDS) else f"{words}{_('.')}"


def order(number: str) -> str:
    """`order 1042`."""
    return _("order {number}").format(number=number)


def lasting(span: timedelta) -> str:
    """`50 seconds`, `3 minutes 12`, `18 minutes`, `2 hours 5 minutes`; never negative."""
    seconds = abs(int(span.total_seconds()))
    if seconds < 60:
        return ngettext("{count} second", "{count} seconds", seconds).format(count=seconds)
    minutes, rest = divmod(seconds, 60)
    if seconds < COARSE and rest:
        return ngettext("{count} minute {seconds}", "{count} minutes {seconds}", minutes).format(
            count=minutes, seconds=rest
        )
    if minutes < 60:
        return _minutes(minutes)
    hours = ngettext("{count} hour", "{count} hours", minutes // 60).format(count=minutes // 60)
    return f"{hours} {_minutes(minutes % 60)}" if minutes % 60 else hours


def window(start: datetime | None, end: datetime | None, zone: tzinfo) -> str:
    """`14:50 to 15:20`, or the one end that is known."""
    return spoken(labels.window(start, end, zone))


def why(refusal: OrderRefusal, number: str = "") -> str:
    """Why not: rule, number found, number allowed."""
    return sentence(spoken(labels.why(refusal, number)))


def _minutes(count: int) -> str:
    return ngettext("{count} minute", "{count} minutes", count).format(count=count)
