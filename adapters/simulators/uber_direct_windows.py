"""The rules that time windows must keep with the simulated Uber Direct (3.5)."""

from datetime import datetime, timedelta
from typing import Final

from pydantic import AwareDatetime, BaseModel

from adapters.simulators.uber_direct_faults import Fault

MINUTE: Final = timedelta(minutes=1)


class Windows(BaseModel):
    """The four times of 3.5; all may be missing."""

    pickup_ready_dt: AwareDatetime | None = None
    pickup_deadline_dt: AwareDatetime | None = None
    dropoff_ready_dt: AwareDatetime | None = None
    dropoff_deadline_dt: AwareDatetime | None = None

    def filled(self, now: datetime) -> tuple[datetime, datetime, datetime, datetime]:
        """All four, with what recorded jobs show for missing ones."""
        ready = self.pickup_ready_dt or now
        pickup_by = self.pickup_deadline_dt or ready + 20 * MINUTE
        door_from = self.dropoff_ready_dt or ready
        return (
            ready,
            pickup_by,
            door_from,
            self.dropoff_deadline_dt or max(ready + 80 * MINUTE, pickup_by + 60 * MINUTE),
        )

    def check(self, now: datetime, slack: timedelta) -> None:
        """Raise the fault of the first rule broken; `slack` is what a call itself may take."""
        for broken, code in self._breaches(now, slack):
            if broken:
                raise Fault(code)

    def _breaches(self, now: datetime, slack: timedelta) -> list[tuple[bool, str]]:
        ready, pickup_by, door_from, door_by = self.filled(now)
        return [
            (bool(self.pickup_deadline_dt and not self.pickup_ready_dt), "pickup_ready_time_not_specified"),
            (ready < now - slack, "pickup_ready_too_early"),
            (ready >= now + timedelta(days=30), "pickup_ready_too_late"),
            (pickup_by < ready + 10 * MINUTE, "pickup_window_too_small"),
            (pickup_by < now + 20 * MINUTE - slack, "pickup_deadline_too_early"),
            (door_from > pickup_by, "dropoff_ready_after_pickup_deadline"),
            (door_by < door_from + 20 * MINUTE, "dropoff_deadline_too_early"),
            (door_by < pickup_by, "dropoff_deadline_before_pickup_deadline"),
        ]
