"""The callbacks of the simulated pandago: signed, repeated after failures, and troubled on wish (5)."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from adapters import http, signatures
from adapters.simulators.clock import Agenda
from adapters.simulators.pandago_order import Order
from adapters.simulators.pandago_troubles import Troubles
from core.ports.courier import CourierDown

PAUSES: Final = (30, 60, 120)  # seconds of the simulated clock before each of the three repeats
LONGEST_HELD: Final = timedelta(minutes=30)
ANY_ANSWER: Final = frozenset(range(300, 600))


class Post:
    """Sends callbacks to one URL, those of one order in sequence unless trouble is wanted."""

    def __init__(self, agenda: Agenda, *, url: str | None, secret: str, troubles: Callable[[], Troubles]) -> None:
        self.url = url
        self._agenda = agenda
        self._secret = secret
        self._troubles = troubles
        self._client: http.Client | None = None
        self._held: dict[str, bytes] = {}

    def tell(self, order: Order) -> None:
        """How an order stands, unless it is to be silent."""
        if self.url is None or self._is(order, "silent_webhooks"):
            return
        body = json.dumps(order.told(order.updated), ensure_ascii=False).encode()
        (self._send_overtaken if self._is(order, "reordered_events") else self._send)(order, body)

    async def close(self) -> None:
        """Let go of connections."""
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    def _is(self, order: Order, trouble: str) -> bool:
        return bool(getattr(self._troubles(), trouble) or getattr(order.troubles, trouble))

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
        for _ in range(2 if self._is(order, "duplicate_events") else 1):
            self._agenda.spawn(self._deliver(order, body, 0))

    async def _deliver(self, order: Order, body: bytes, tries: int) -> None:
        async with order.post_lock:
            taken = self.url is None or 200 <= await self._status(self.url, body) < 300
        if not taken and tries < len(PAUSES):
            again = self._agenda.now() + timedelta(seconds=PAUSES[tries])
            self._agenda.at(again, partial(self._repeat, order, body, tries + 1))

    def _repeat(self, order: Order, body: bytes, tries: int, at: datetime) -> None:
        self._agenda.spawn(self._deliver(order, body, tries))

    async def _status(self, url: str, body: bytes) -> int:
        self._client = self._client or http.client(url)
        sign = signatures.hmac_base64 if self._troubles().base64_signatures else signatures.hmac_hex
        headers = {"Content-Type": "application/json", "X-Signature-SHA256": sign(self._secret, body)}
        call = http.Call(method="POST", url=url, raw=body, headers=headers, accept=ANY_ANSWER)
        try:
            return (await http.ask(self._client, call)).status
        except CourierDown:
            return 0
