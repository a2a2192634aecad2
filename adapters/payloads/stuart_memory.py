"""What a process remembers of Stuart's jobs: their numbers for our keys, and whose goods have left the store."""

from datetime import datetime, timedelta
from typing import Final, TypeVar

from adapters.bookings import REPLACED_WITHIN
from adapters.payloads.stuart import Told
from core.domain.delivery import DeliveryState

REMEMBERED: Final = 5_000  # jobs; older ones are looked up by our key again
BEFORE_PICKUP: Final = frozenset({DeliveryState.MATCHING, DeliveryState.HEADING_TO_STORE, DeliveryState.AT_STORE})
MOMENT: Final = timedelta(milliseconds=1)

T = TypeVar("T")


class Memory:
    """All of it may be forgotten: nothing is booked twice for that, and no job is lost."""

    def __init__(self, most: int = REMEMBERED) -> None:
        self._asked: dict[str, bool] = {}
        self._numbers: dict[str, str] = {}
        self._parcels: dict[str, str] = {}
        self._keys: dict[str, str] = {}
        self._gone: dict[str, datetime] = {}
        self._stacked: dict[str, datetime] = {}
        self._most = most

    def leaves(self, key: str) -> None:
        """A booking under this key is about to go out."""
        self._keep(self._asked, key, True)

    def has_left(self, key: str) -> bool:
        """Whether one went out before."""
        return key in self._asked

    def number(self, key: str) -> str:
        """Of the job that bears the key, empty when it is not known."""
        return self._numbers.get(key, "")

    def key(self, number: str) -> str:
        """Of the job with this number, empty when it is not known."""
        return self._keys.get(number, "")

    def note(self, key: str, told: Told, at: datetime) -> None:
        """What a telling adds; a job that was put into another is not the one to ask about."""
        if told.job.id and not told.was_stacked:
            self._keep(self._numbers, key, told.job.id)
            self._keep(self._keys, told.job.id, key)
            self._keep(self._parcels, key, told.delivery.id)
        if told.state is DeliveryState.PICKED_UP:
            self._keep(self._gone, key, at)
        if told.was_stacked and key not in self._stacked:
            self._keep(self._stacked, key, at)

    def is_past(self, key: str, told: Told) -> bool:
        """Whether it is about a job or parcel that another has taken the place of."""
        known = ((told.job.id, self._numbers.get(key)), (told.delivery.id, self._parcels.get(key)))
        return any(this and current and this != current for this, current in known)

    def may_follow(self, key: str, now: datetime) -> bool:
        """Whether it is too early to call a job lost that was put into another."""
        since = self._stacked.get(key)
        return since is not None and now - since < REPLACED_WITHIN

    def dated(self, key: str, state: DeliveryState, received_at: datetime) -> datetime:
        """When a letter without a time was true: goods that have left are not on their way to the store again."""
        gone = self._gone.get(key)
        return received_at if gone is None or state not in BEFORE_PICKUP else gone - MOMENT

    def _keep(self, kept: dict[str, T], name: str, value: T) -> None:
        kept.pop(name, None)
        kept[name] = value
        while len(kept) > self._most:
            del kept[next(iter(kept))]
