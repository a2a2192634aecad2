"""The webhooks of the simulated DoorDash Drive: a fixed header, and three tries (6)."""

import json
from collections.abc import Callable, Mapping
from typing import Final

from adapters.simulators import post
from adapters.simulators.clock import Agenda
from adapters.simulators.doordash_drive_job import Job, written
from adapters.simulators.doordash_drive_troubles import Troubles

ON_REQUEST: Final = frozenset(
    "DASHER_ENROUTE_TO_PICKUP DASHER_ENROUTE_TO_DROPOFF DASHER_ENROUTE_TO_RETURN DELIVERY_CREATED "
    "DELIVERY_BATCHED".split()
)
NOT_TOLD: Final = frozenset({"delivery_status", "updated_at"})


class Post(post.Post[Job]):
    """What happens to deliveries."""

    def __init__(
        self, agenda: Agenda, *, url: str | None, authorization: str, troubles: Callable[[], Troubles]
    ) -> None:
        super().__init__(agenda, url=url, troubles=troubles)
        self._authorization = authorization

    def headers(self, body: bytes) -> Mapping[str, str]:
        """What the merchant set in the portal."""
        return {"Authorization": self._authorization}

    def is_taken(self, status: int) -> bool:
        """Only 200 will do."""
        return status == 200

    def tell(self, job: Job, event: str, **more: object) -> None:
        """What has happened just now, unless nobody asked for it."""
        if event in ON_REQUEST and not self.has(job, "more_events"):
            return
        name = "event_type" if self.has(job, "event_types") else "event_name"
        about = job.bare() if self.has(job, "bare_events") else job.wire(job.updated)
        fields = {key: value for key, value in about.items() if key not in NOT_TOLD}
        body = json.dumps({name: event, "created_at": written(job.updated), **fields, **more}, ensure_ascii=False)
        self.send(job, body.encode())
