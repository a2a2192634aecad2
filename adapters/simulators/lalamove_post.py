"""The webhooks of the simulated Lalamove: signed inside their bodies, repeated, and troubled on wish (6)."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from adapters import http, signatures
from adapters.payloads.lalamove import signed_text
from adapters.simulators.clock import Agenda
from adapters.simulators.lalamove_faults import Fault
from adapters.simulators.lalamove_market import Market
from adapters.simulators.lalamove_order import Order
from adapters.simulators.lalamove_troubles import Troubles
from core.ports.courier import CourierDown

REPEATS: Final = 10
FIRST_PAUSE: Final = timedelta(minutes=1)  # doubled each time: the tenth is within a day
LONGEST_HELD: Final = timedelta(minutes=30)
STATUS_EVENT: Final = "ORDER_STATUS_CHANGED"
ANY_ANSWER: Final = frozenset(range(300, 600))
SINCE_2026: Final = frozenset(
    {"POD_STATUS_CHANGED", "POP_STATUS_CHANGED", "DELIVERY_CODE_STATUS_CHANGED", "ORDER_CREATED"}
)


class Post:
    """Sends events to one URL, those of one order in sequence unless trouble is wanted."""

    def __init__(
        self,
        agenda: Agenda,
        *,
        url: str | None,
        key: str,
        secret: str,
        chance: Random,
        troubles: Callable[[], Troubles],
    ) -> None:
        self.url = url
        self._agenda = agenda
        self._key = key
        self._secret = secret
        self._chance = chance
        self._troubles = troubles
        self._client: http.Client | None = None
        self._held: dict[str, bytes] = {}

    def tell(self, order: Order, kind: str, at: datetime, data: Mapping[str, object]) -> None:
        """An event about an order, unless it is to be silent."""
        troubles = self._troubles()
        silent = troubles.silent_webhooks or order.troubles.silent_webhooks
        unknown = troubles.old_webhooks and kind in SINCE_2026
        if self.url is None or silent or unknown:
            return
        body = self._body(kind, at, {**data, "updatedAt": order.market.wrongly(at)})
        reordered = kind == STATUS_EVENT and (troubles.reordered_events or order.troubles.reordered_events)
        (self._send_overtaken if reordered else self._send)(order, body)

    async def knock(self, url: str, market: Market) -> None:
        """Register a URL: called with nothing in it, it must say 200 (3.10)."""
        if await self._status(url, b"") != 200:
            words = "The webhook URL did not answer with 200."
            raise Fault("ERR_INVALID_RESPONSE", words, market.code, shape="object")
        self.url = url

    async def close(self) -> None:
        """Let go of connections."""
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    def _body(self, kind: str, at: datetime, data: object) -> bytes:
        troubles, stamp = self._troubles(), int(at.timestamp())
        timestamp: object = str(stamp * 1000) if troubles.odd_timestamps else stamp
        compact = json.dumps(data, separators=(",", ":"), ensure_ascii=False).encode()
        text = signed_text(str(timestamp), "POST", urlsplit(self.url or "").path, compact)
        event = {
            "apiKey": self._key,
            "timestamp": timestamp,
            "signature": signatures.hmac_hex(self._secret, text),
            "eventId": str(UUID(int=self._chance.getrandbits(128), version=4)).upper(),
            "eventType": kind,
            "eventVersion": "v3",
            "data": data,
        }
        spaces = (", ", ": ") if troubles.spaced_events else (",", ":")
        return json.dumps(event, separators=spaces, ensure_ascii=False).encode()

    def _send_overtaken(self, order: Order, body: bytes) -> None:
        if (earlier := self._held.pop(order.id, None)) is not None:
            self._send(order, body)
            self._send(order, earlier)
        elif order.is_ended:
            self._send(order, body)
        else:
            self._held[order.id] = body
            self._agenda.at(self._agenda.now() + LONGEST_HELD, partial(self._let_go, order, body))

    def _let_go(self, order: Order, body: bytes, at: datetime) -> None:
        if self._held.get(order.id) is body:
            self._send(order, self._held.pop(order.id))

    def _send(self, order: Order, body: bytes) -> None:
        twice = self._troubles().duplicate_events or order.troubles.duplicate_events
        for _ in range(2 if twice else 1):
            self._agenda.spawn(self._deliver(order, body, 0))

    async def _deliver(self, order: Order, body: bytes, tries: int) -> None:
        async with order.post_lock:
            taken = self.url is None or await self._status(self.url, body) == 200
        if taken:
            return
        if tries >= REPEATS:
            self.url = None  # theirs switches it off as well
            return
        self._agenda.at(self._agenda.now() + FIRST_PAUSE * 2**tries, partial(self._repeat, order, body, tries + 1))

    def _repeat(self, order: Order, body: bytes, tries: int, at: datetime) -> None:
        self._agenda.spawn(self._deliver(order, body, tries))

    async def _status(self, url: str, body: bytes) -> int:
        self._client = self._client or http.client(url)
        kind = {"Content-Type": "application/json"}
        call = http.Call(method="POST", url=url, raw=body, headers=kind, accept=ANY_ANSWER)
        try:
            return (await http.ask(self._client, call)).status
        except CourierDown:
            return 0
