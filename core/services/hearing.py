"""When to ask how many beeps were heard: at the start, after long silence, when sound came back, when somebody asks."""

from collections.abc import Callable
from datetime import datetime
from random import randint

from core.domain.alert import SoundRules
from core.domain.hours import OpeningHours

Beeps = Callable[[], int]
"""How many to play."""


def two_to_four() -> int:
    """Nobody can know before."""
    return randint(2, 4)


class Hearing:
    """By itself only while the store is open; `hours` None is always."""

    def __init__(self, rules: SoundRules, hours: OpeningHours | None, beeps: Beeps = two_to_four) -> None:
        self._after = rules.check_after
        self._hours = hours
        self.beeps = beeps
        self.is_asked_for = False
        self._is_wanted = True
        self._noise_at: datetime | None = None

    def ask(self) -> None:
        """A person wants it now."""
        self.is_asked_for = True

    def want(self) -> None:
        """What was known about the sound is not known any more."""
        self._is_wanted = True

    def noise(self, at: datetime) -> None:
        """Something sounded: no long silence."""
        self._noise_at = at

    def done(self, at: datetime) -> None:
        """Played, or found impossible: not again by itself until a long silence has passed."""
        self.is_asked_for = self._is_wanted = False
        self.noise(at)

    def is_due(self, now: datetime) -> bool:
        """Nothing must ring meanwhile: the caller sees to that."""
        if self.is_asked_for:
            return True
        if self._after is None or not (self._hours is None or self._hours.is_open(now)):
            return False
        return self._is_wanted or self._noise_at is None or now - self._noise_at >= self._after
