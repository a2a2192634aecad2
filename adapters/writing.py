"""What couriers are written in the same way, and the clock of this machine where none is handed in."""

import re
from datetime import UTC, datetime

from core.domain.job import Stop


def said(**fields: object) -> dict[str, object]:
    """Without what is empty."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}


def dialled(phone: str) -> str:
    """Without spaces and brackets."""
    return re.sub(r"[^\d+]", "", phone)


def private_words(door: Stop) -> tuple[str, ...]:
    """What must not come back in a message."""
    return door.name, door.phone, door.address, door.note


def written(moment: datetime, timespec: str = "milliseconds") -> str:
    """As ISO 8601 in UTC, with a Z."""
    return moment.astimezone(UTC).isoformat(timespec=timespec).replace("+00:00", "Z")


def this_clock() -> datetime:
    """The machine's own time."""
    return datetime.now(UTC)
