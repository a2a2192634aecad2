"""Whether the terminal holds keys that nobody has read yet."""

import sys
from select import select


def has_unread() -> bool:
    """False where that cannot be told, as for a keyboard that is no file."""
    if sys.__stdin__ is None:
        return False
    try:
        return bool(select([sys.__stdin__], [], [], 0)[0])
    except (OSError, ValueError):
        return False
