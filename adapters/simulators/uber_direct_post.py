"""The webhooks of the simulated Uber Direct: signed, repeated after silence and 5xx, not after 4xx (9)."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import ClassVar

from adapters import signatures
from adapters.simulators import post
from adapters.simulators.clock import Agenda
from adapters.simulators.uber_direct_ids import Ids
from adapters.simulators.uber_direct_ride import Ride
from adapters.simulators.uber_direct_rider import place, written
from adapters.simulators.uber_direct_troubles import Troubles


class Post(post.Post[Ride]):
    """What changes of a ride, and where its driver is."""

    PAUSES: ClassVar = (10, 30, 60, 120)

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
        super().__init__(agenda, url=url, troubles=troubles)
        self._secret = secret
        self._account = account
        self._ids = ids

    def headers(self, body: bytes) -> Mapping[str, str]:
        """Their signature, by both its names."""
        signature = signatures.hmac_hex(self._secret, body)
        return {"x-uber-signature": signature, "x-postmates-signature": signature}

    def is_taken(self, status: int) -> bool:
        """Silence and 5xx are repeated, 4xx are not."""
        return status != post.SILENCE and status < 500

    def status(self, ride: Ride, at: datetime) -> None:
        """Tell that a status, or being near, has changed."""
        event = self._event(ride, at, "event.delivery_status") | {"status": ride.status}
        self.send(ride, _written(event | {**self._account, "data": ride.wire(at)}))

    def place(self, ride: Ride, at: datetime) -> None:
        """Tell where the driver is, unless the last telling is still under way; without `customer_id`, as recorded."""
        if not ride.post_lock.locked():
            event = self._event(ride, at, "event.courier_update") | {"location": place(ride.spot(at))}
            self.send(ride, _written(event | {"data": ride.wire(at)}), in_turn=False)

    def _event(self, ride: Ride, at: datetime, kind: str) -> dict[str, object]:
        return {
            "id": self._ids.new("evt"),
            "kind": kind,
            "created": written(at),
            "live_mode": False,
            "delivery_id": ride.id,
            "batch_id": ride.batch,
        }


def _written(event: dict[str, object]) -> bytes:
    return json.dumps(event, ensure_ascii=False).encode()
