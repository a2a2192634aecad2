"""The webhooks of the simulated Lalamove: signed inside their bodies, and repeated for a day (6)."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from random import Random
from typing import ClassVar, Final
from urllib.parse import urlsplit
from uuid import UUID

from adapters import signatures
from adapters.payloads.lalamove import signed_text
from adapters.simulators import post
from adapters.simulators.clock import Agenda
from adapters.simulators.lalamove_faults import Fault
from adapters.simulators.lalamove_market import Market
from adapters.simulators.lalamove_order import Order
from adapters.simulators.lalamove_troubles import Troubles

STATUS_EVENT: Final = "ORDER_STATUS_CHANGED"
SINCE_2026: Final = frozenset(
    {"POD_STATUS_CHANGED", "POP_STATUS_CHANGED", "DELIVERY_CODE_STATUS_CHANGED", "ORDER_CREATED"}
)


class Post(post.Post[Order]):
    """What happens to orders."""

    PAUSES: ClassVar = tuple(60 * 2**repeat for repeat in range(10))  # the tenth is within a day

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
        super().__init__(agenda, url=url, troubles=troubles)
        self._key = key
        self._secret = secret
        self._chance = chance
        self._wrong = troubles

    def is_taken(self, status: int) -> bool:
        """Only 200 will do."""
        return status == 200

    def give_up(self) -> None:
        """Theirs switches the URL off as well."""
        self.url = None

    def tell(self, order: Order, kind: str, at: datetime, data: Mapping[str, object]) -> None:
        """An event about an order; only statuses overtake one another."""
        unknown = self._wrong().old_webhooks and kind in SINCE_2026
        if self.url is None or unknown or self.has(order, "silent_webhooks"):
            return
        body = self._body(kind, at, {**data, "updatedAt": order.market.wrongly(at)})
        self.send(order, body, in_turn=kind == STATUS_EVENT)

    async def knock(self, url: str, market: Market) -> None:
        """Register a URL: called with nothing in it, it must say 200 (3.10)."""
        if await self.status_of(url, b"") != 200:
            words = "The webhook URL did not answer with 200."
            raise Fault("ERR_INVALID_RESPONSE", words, market.code, shape="object")
        self.url = url

    def _body(self, kind: str, at: datetime, data: object) -> bytes:
        troubles, stamp = self._wrong(), int(at.timestamp())
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
