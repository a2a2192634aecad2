"""The webhooks of the simulated DoorDash Drive: a fixed header, three tries, and troubled on wish (6)."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from adapters import http
from adapters.simulators.clock import Agenda
from adapters.simulators.doordash_drive_job import Job, written
from adapters.simulators.doordash_drive_troubles import Troubles
from core.ports.courier import CourierDown

PAUSES: Final = (10, 60)  # seconds of the simulated clock before the second and the third try
LONGEST_HELD: Final = timedelta(minutes=30)
ANY_ANSWER: Final = frozenset(range(300, 600))
ON_REQUEST: Final = frozenset(
    "DASHER_ENROUTE_TO_PICKUP DASHER_ENROUTE_TO_DROPOFF DASHER_ENROUTE_TO_RETURN DELIVERY_CREATED "
    "DELIVERY_BATCHED".split()
)
NOT_TOLD: Final = frozenset({"delivery_status", "updated_at"})


class Post:
    """Sends events to one URL, those of one delivery in sequence unless trouble is wanted."""

    def __init__(
        self, agenda: Agenda, *, url: str | None, authorization: str, troubles: Callable[[], Troubles]
    ) -> None:
        self.url = url
        self._agenda = agenda
        self._authorization = authorization
        self._troubles = troubles
        self._client: http.Client | None = None
        self._held: dict[str, bytes] = {}

    def tell(self, job: Job, event: str, **more: object) -> None:
        """What has happened just now, unless it is to be silent or nobody asked for it."""
        unasked = event in ON_REQUEST and not self._is(job, "more_events")
        if self.url is None or unasked or self._is(job, "silent_webhooks"):
            return
        name = "event_type" if self._is(job, "event_types") else "event_name"
        about = job.bare() if self._is(job, "bare_events") else job.wire(job.updated)
        fields = {key: value for key, value in about.items() if key not in NOT_TOLD}
        body = json.dumps({name: event, "created_at": written(job.updated), **fields, **more}, ensure_ascii=False)
        (self._send_overtaken if self._is(job, "reordered_events") else self._send)(job, body.encode())

    async def close(self) -> None:
        """Let go of connections."""
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    def _is(self, job: Job, trouble: str) -> bool:
        return bool(getattr(self._troubles(), trouble) or getattr(job.troubles, trouble))

    def _send_overtaken(self, job: Job, body: bytes) -> None:
        if (earlier := self._held.pop(job.id, None)) is not None:
            self._send(job, body)
            self._send(job, earlier)
        elif job.is_ended:
            self._send(job, body)
        else:
            self._held[job.id] = body
            self._agenda.at(self._agenda.now() + LONGEST_HELD, partial(self._let_go, job, body))

    def _let_go(self, job: Job, body: bytes, at: datetime) -> None:
        if self._held.get(job.id) is body:
            self._send(job, self._held.pop(job.id))

    def _send(self, job: Job, body: bytes) -> None:
        for _ in range(2 if self._is(job, "duplicate_events") else 1):
            self._agenda.spawn(self._deliver(job, body, 0))

    async def _deliver(self, job: Job, body: bytes, tries: int) -> None:
        async with job.post_lock:
            taken = self.url is None or await self._status(self.url, body) == 200
        if not taken and tries < len(PAUSES):
            again = self._agenda.now() + timedelta(seconds=PAUSES[tries])
            self._agenda.at(again, partial(self._repeat, job, body, tries + 1))

    def _repeat(self, job: Job, body: bytes, tries: int, at: datetime) -> None:
        self._agenda.spawn(self._deliver(job, body, tries))

    async def _status(self, url: str, body: bytes) -> int:
        self._client = self._client or http.client(url)
        headers = {"Content-Type": "application/json", "Authorization": self._authorization}
        call = http.Call(method="POST", url=url, raw=body, headers=headers, accept=ANY_ANSWER)
        try:
            return (await http.ask(self._client, call)).status
        except CourierDown:
            return 0
