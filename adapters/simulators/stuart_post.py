"""The webhooks of the simulated Stuart: jobs, deliveries and drivers, with a header of the merchant's own making."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from adapters.simulators import post
from adapters.simulators.stuart_job import Job

AUTHORIZATION: Final = "Bearer practice-stuart-webhook"
PACKAGE_WORDS: Final = {
    "pending": "package_created",
    "picking": "courier_assigned",
    "almost_picking": "courier_arriving_at_pickup",
    "waiting_at_pickup": "courier_waiting_at_pickup",
    "delivering": "package_delivering",
    "almost_delivering": "courier_arriving_at_dropoff",
    "waiting_at_dropoff": "courier_waiting_at_dropoff",
    "delivered": "package_delivered",
    "cancelled": "package_canceled",
}


class Post(post.Post[Job]):
    """UNSURE of the real one: how it proves who it is, and how often it tries again."""

    def headers(self, body: bytes) -> Mapping[str, str]:
        """What the dashboard lets one write."""
        return {"Authorization": AUTHORIZATION}

    def job(self, job: Job, kind: str = "update") -> None:
        """A job is new, or stands otherwise."""
        if not self.has(job, "package_events"):
            self._tell(job, "job", kind, job.event(job.updated))

    def delivery(self, job: Job, kind: str = "update") -> None:
        """So does its delivery."""
        if not self.has(job, "package_events"):
            return self._tell(job, "delivery", kind, job.delivery_event(job.updated))
        word = PACKAGE_WORDS[job.mine.status]
        data = {"job_id": job.number, "client_reference": job.mine.dropoff.client_reference, "status": word}
        return self._tell(job, "package", word, data)

    def driver(self, job: Job, at: datetime) -> None:
        """Where somebody is."""
        if job.rider is not None and not self.has(job, "package_events"):
            about = job.rider.event(job.leg.spot(at) if job.leg else job.store, job.transport, hidden=False)
            self._tell(job, "driver", "update", about | {"job": job.event(at)}, in_turn=False)

    def _tell(self, job: Job, event: str, kind: str, data: object, *, in_turn: bool = True) -> None:
        body = json.dumps({"event": event, "type": kind, "data": data}, ensure_ascii=False)
        self.send(job, body.encode(), in_turn=in_turn)
