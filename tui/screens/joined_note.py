"""A note that a channel's copy was joined with the order keyed in before it."""

from datetime import tzinfo

from core.domain.events import OrderJoined
from tui import labels


def joined_note(event: object, zone: tzinfo) -> str:
    """What happened, by the number it is called now."""
    return f"#{event.number}: {labels.happened(event, zone)}" if isinstance(event, OrderJoined) else ""
