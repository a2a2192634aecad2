"""Who follows the journal."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from core.board.board import Board

if TYPE_CHECKING:
    from core.domain.events import Event


@dataclass(frozen=True)
class Update:
    """The next board, and what happened since the last one."""

    board: Board
    events: "tuple[Event, ...]" = ()


class FeedLost(Exception):
    """The database cannot be read just now; the last board stays true as of its time."""


class Feed(Protocol):
    """The picture as it changes."""

    def updates(self) -> AsyncIterator[Update]:
        """The first board at once, then one update for each burst of changes; raises `FeedLost`."""
