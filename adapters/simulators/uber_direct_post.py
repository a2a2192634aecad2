"""The webhooks of the simulated Uber Direct: signed, repeated after failures, and troubled on wish (9)."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from adapters import http, signatures
from adapters.simulators.clock import Agenda
from adapters.simulators.uber_direct_ids import Ids
from adapters.simulators.uber_direct_ride import Ride
from adapters.simulators.uber_direct_rider import place, written
from adapters.simulators.uber_direct_troubles import Troubles
from core.ports.courier import CourierDown

PAUSES: Final = (10, 30, 60, 120)  # seconds of the simulated clock before each repeat
LONGEST_HELD: Final = timedelta(minutes=30)
ANY_ANSWER: Final = frozenset(range(300, 600))


class Post:
    """Sends events to one URL, those of one ride in order unless trouble is wanted."""

    def __init__(
        self,
        agenda: Agenda,
        *,
        url: str | None,
        secret: str,
        account: dict[str, object],
        ids: Ids,
        troubles: Callable[[], Troubles],
    ) -> None:
        self.url = url
        self._agenda = agenda
        self._secret = secret
        self._account = account
        self._ids = ids
        self._troubles = troubles
        self._client: http.Client | None = None
        self._held: dict[str, bytes] = {}

    def status(self, ride: Ride, at: datetime) -> None:
        """Tell that a status, or being near, has changed."""
        event = self._event(ride, at, "event.delivery_status") | {"status": ride.status}
        self._send(ride, event | {**self._account, "data": ride.wire(at)})

    def place(self, ride: Ride, at: datetime) -> None:
        """Tell where the driver is, unless the last telling is still under way; without `customer_id`, as recorded."""
        if not ride.post_lock.locked():
            event = self._event(ride, at, "event.courier_update") | {"location": place(ride.spot(at))}
            self._send(ride, event | {"data": ride.wire(at)})

    async def close(self) -> None:
        """Let go of connections."""
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    def _event(self, ride: Ride, at: datetime, kind: str) -> dict[str, object]:
        return {
            "id": self._ids.new("evt"),
            "kind": kind,
            "created": written(at),
            "live_mode": False,
            "delivery_id": ride.id,
            "batch_id": ride.batch,
        }

    def _send(self, ride: Ride, event: dict[str, object]) -> None:
        troubles = self._troubles()
        if self.url is None or troubles.silent_webhooks or ride.troubles.silent_webhooks:
            return
        body = json.dumps(event, ensure_ascii=False).encode()
        reordered = "status" in event and (troubles.reordered_events or ride.troubles.reordered_events)
        (self._send_overtaken if reordered else self._send_now)(ride, body)

    def _send_overtaken(self, ride: Ride, body: bytes) -> None:
        if (earlier := self._held.pop(ride.id, None)) is not None:
            self._send_now(ride, body)
            self._send_now(ride, earlier)
        elif ride.is_ended:
            self._send_now(ride, body)
        else:
            self._held[ride.id] = body
            self._agenda.at(self._agenda.now() + LONGEST_HELD, partial(self._let_go, ride, body))

    def _let_go(self, ride: Ride, body: bytes, at: datetime) -> None:
        if self._held.get(ride.id) is body:
            self._send_now(ride, self._held.pop(ride.id))

    def _send_now(self, ride: Ride, body: bytes) -> None:
        twice = self._troubles().duplicate_events or ride.troubles.duplicate_events
        for _ in range(2 if twice else 1):
            self._agenda.spawn(self._deliver(ride, body, 0))

    async def _deliver(self, ride: Ride, body: bytes, tries: int) -> None:
        async with ride.post_lock:
            done = await self._is_taken(body)
        if not done and tries < len(PAUSES):
            pause = timedelta(seconds=PAUSES[tries])
            self._agenda.at(self._agenda.now() + pause, partial(self._repeat, ride, body, tries + 1))

    def _repeat(self, ride: Ride, body: bytes, tries: int, at: datetime) -> None:
        self._agenda.spawn(self._deliver(ride, body, tries))

    async def _is_taken(self, body: bytes) -> bool:
        """Whether it need not be repeated: silence and 5xx are, 4xx are not."""
        if self.url is None:
            return True
        self._client = self._client or http.client(self.url)
        signature = signatures.hmac_hex(self._secret, body)
        headers = {"x-uber-signature": signature, "x-postmates-signature": signature}
        call = http.Call(
            method="POST",
            url=self.url,
            raw=body,
            headers=headers | {"Content-Type": "application/json"},
            accept=ANY_ANSWER,
        )
        try:
            return (await http.ask(self._client, call)).status < 500
        except CourierDown:
            return False
