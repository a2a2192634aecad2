"""One thing that happened, as one line."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.domain.events import Event


@dataclass(frozen=True, kw_only=True)
class JournalLine:
    """`seen` is its number in the journal; `number` is what people call the order, empty for the store's own."""

    seen: int
    event: "Event"
    number: str = ""
