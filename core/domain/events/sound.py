"""Whether the bell was heard."""

from dataclasses import dataclass

from core.domain.events.base import Event


@dataclass(frozen=True, kw_only=True)
class SoundChecked(Event):
    """A person said how many beeps were heard, and so whether the bell can be trusted."""

    backend: str
    played: int
    heard: int
