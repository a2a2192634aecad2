"""What shows that goods changed hands: a picture, a signature or a PIN, wanted, kept or not to be had."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from core.domain.delivery import DeliveryState
from core.domain.ids import DeliveryId


class Waypoint(StrEnum):
    """Where a proof was taken."""

    PICKUP = "pickup"
    DROPOFF = "dropoff"
    RETURN = "return"


class ProofKind(StrEnum):
    """What a proof is."""

    PICTURE = "picture"
    SIGNATURE = "signature"
    PIN = "pincode"


class ProofState(StrEnum):
    """WANTED is asked for again and again, with growing pauses; the rest is over."""

    WANTED = "wanted"
    KEPT = "kept"
    MISSING = "missing"


WANTED_AFTER: Final[dict[DeliveryState, Waypoint]] = {
    DeliveryState.PICKED_UP: Waypoint.PICKUP,
    DeliveryState.DELIVERED: Waypoint.DROPOFF,
    DeliveryState.RETURNED: Waypoint.RETURN,
}
PAUSES: Final = tuple(timedelta(seconds=seconds) for seconds in (5, 20, 60, 300, 1200, 3600, 10_800, 21_600))
REFUSALS: Final = 4  # times that "there is none" is heard before it is believed: pictures arrive late
REFUSALS_AT_PICKUP: Final = 2  # where few couriers take any


@dataclass(frozen=True, kw_only=True)
class Proof:
    """One proof of one delivery. `asked_at`: when it is to be asked for, or was kept; `file` below the data folder."""

    delivery_id: DeliveryId
    waypoint: Waypoint
    asked_at: datetime
    kind: ProofKind = ProofKind.PICTURE
    state: ProofState = ProofState.WANTED
    file: str = ""
    tries: int = 0
    reason: str = ""

    @property
    def most_refusals(self) -> int:
        """How often a plain no is heard before it is believed."""
        return REFUSALS_AT_PICKUP if self.waypoint is Waypoint.PICKUP else REFUSALS

    def kept(self, kind: ProofKind, file: str, at: datetime) -> "Proof":
        """On disk, as what it turned out to be."""
        return replace(self, kind=kind, state=ProofState.KEPT, file=file, asked_at=at, tries=self.tries + 1, reason="")

    def postponed(self, reason: str, at: datetime, retry_after: float | None = None) -> "Proof":
        """Asked in vain: again after a growing pause, or given up after the last."""
        if self.tries >= len(PAUSES):
            return self.missing(reason, at)
        wait = max(PAUSES[self.tries], timedelta(seconds=retry_after or 0))
        return replace(self, asked_at=at + wait, tries=self.tries + 1, reason=reason)

    def refused(self, reason: str, at: datetime) -> "Proof":
        """There is none yet; believed after some times."""
        if self.tries + 1 >= self.most_refusals:
            return self.missing(reason, at)
        return self.postponed(reason, at)

    def missing(self, reason: str, at: datetime) -> "Proof":
        """Not to be had."""
        return replace(self, state=ProofState.MISSING, asked_at=at, tries=self.tries + 1, reason=reason)
