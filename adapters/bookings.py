"""Bookings at couriers that keep no keys of ours: none is made twice, and nobody guesses."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Final, TypeVar

from core.ports.courier import NO_LOOKUP as NO_LOOKUP, CourierDown, CourierProblem

REMEMBERED: Final = 5_000  # bookings; of older ones nothing is known any more, which is safe
REPLACED_WITHIN: Final = timedelta(minutes=10)  # after support took a job away, another may stand in for it
ASK_AGAIN: Final = 60.0  # seconds

T = TypeVar("T")


def cannot_tell() -> CourierDown:
    """Nobody here knows whether a booking arrived: only the courier's own call, or a person, can say."""
    return CourierDown(
        "it keeps no list by our number: whether the booking arrived is known when it calls, or by looking there",
        code=NO_LOOKUP,
        retry_after=ASK_AGAIN,
    )


class Bookings:
    """What became of each key, as far as this process knows: it came to nothing, it may have arrived, or its job."""

    def __init__(self, most: int = REMEMBERED) -> None:
        self._refs: dict[str, str | None] = {}  # "": came to nothing, None: may have arrived
        self._most = most

    def ref(self, key: str) -> str:
        """The job booked under `key`, empty when it came to nothing; raises `CourierDown` when that is not known."""
        if (ref := self._refs.get(key)) is None:
            raise cannot_tell()
        return ref

    def begin(self, key: str) -> str:
        """As `ref`, but a key never heard of has its first booking before it."""
        return self.ref(key) if key in self._refs else ""

    def known(self, key: str) -> str:
        """The job booked under `key`, empty when none is known."""
        return self._refs.get(key) or ""

    def leaves(self, key: str) -> None:
        """The call is about to go out: from now on it may have arrived."""
        self._note(key, None)

    def came_to_nothing(self, key: str) -> None:
        """It certainly did not arrive, or was refused."""
        self._note(key, "")

    @contextmanager
    def attempt(self, key: str) -> Iterator[None]:
        """The call goes out in this block: what it raises says whether it may have arrived."""
        self.leaves(key)
        try:
            yield
        except CourierProblem as problem:
            if not isinstance(problem, CourierDown) or not problem.may_have_happened:
                self.came_to_nothing(key)
            raise

    def is_job(self, key: str, ref: str) -> None:
        """It did arrive; the courier itself says so."""
        if key and ref and not self._refs.get(key):
            self._note(key, ref)

    def _note(self, key: str, ref: str | None) -> None:
        self._refs.pop(key, None)
        self._refs[key] = ref
        while len(self._refs) > self._most:
            del self._refs[next(iter(self._refs))]


class Successions:
    """Which job stands in for which: a courier's support takes one away and puts another in its place."""

    def __init__(self, most: int = REMEMBERED) -> None:
        self._heirs: dict[str, str] = {}
        self._firsts: dict[str, str] = {}
        self._taken: dict[str, datetime] = {}
        self._most = most

    def taken_away(self, ref: str, at: datetime) -> None:
        """By their support: another may follow."""
        self._remember(self._taken, ref, at)

    def replaced(self, ref: str, heir: str) -> None:
        """`heir` goes on with the job; once."""
        if ref and heir and self.first(heir) != self.first(ref):
            self._remember(self._heirs, self.current(ref), heir)
            self._remember(self._firsts, heir, self.first(ref))

    def current(self, ref: str) -> str:
        """The job to ask about."""
        while ref in self._heirs:
            ref = self._heirs[ref]
        return ref

    def first(self, ref: str) -> str:
        """The job we booked."""
        return self._firsts.get(ref, ref)

    def may_follow(self, ref: str, now: datetime) -> bool:
        """Whether it is too early to call a job that was taken away lost."""
        taken = self._taken.get(ref)
        return taken is not None and now - taken < REPLACED_WITHIN

    def _remember(self, kept: dict[str, T], ref: str, value: T) -> None:
        kept[ref] = value
        while len(kept) > self._most:
            del kept[next(iter(kept))]
