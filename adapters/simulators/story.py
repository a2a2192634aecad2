"""What happens to any simulated job, step by step at its time."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Generic, Protocol, TypeVar

from adapters.simulators.clock import Agenda

Story = Iterator[timedelta]


class Hero(Protocol):
    """Whom a story is about."""

    updated: datetime

    @property
    def is_ended(self) -> bool: ...


Who = TypeVar("Who", bound=Hero)


class Teller(Generic[Who]):
    """Goes through stories: each yields how long to wait until it goes on, and ends with its hero."""

    def __init__(self, agenda: Agenda) -> None:
        self._agenda = agenda

    def tell(self, hero: Who, story: Story, at: datetime) -> None:
        """Go on with a story at a moment, and arrange for the next."""
        if hero.is_ended:
            return
        hero.updated = max(at, hero.updated)
        if (pause := next(story, None)) is not None:
            self._agenda.at(at + max(pause, timedelta()), partial(self.tell, hero, story))
