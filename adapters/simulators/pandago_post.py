"""The callbacks of the simulated pandago: signed, and repeated three times (5)."""

import json
from collections.abc import Callable, Mapping
from typing import ClassVar

from adapters import signatures
from adapters.simulators import post
from adapters.simulators.clock import Agenda
from adapters.simulators.pandago_order import Order
from adapters.simulators.pandago_troubles import Troubles


class Post(post.Post[Order]):
    """How orders stand."""

    PAUSES: ClassVar = (30, 60, 120)

    def __init__(self, agenda: Agenda, *, url: str | None, secret: str, troubles: Callable[[], Troubles]) -> None:
        super().__init__(agenda, url=url, troubles=troubles)
        self._secret = secret
        self._wrong = troubles

    def headers(self, body: bytes) -> Mapping[str, str]:
        """Their signature."""
        sign = signatures.hmac_base64 if self._wrong().base64_signatures else signatures.hmac_hex
        return {"X-Signature-SHA256": sign(self._secret, body)}

    def tell(self, order: Order) -> None:
        """How an order stands."""
        self.send(order, json.dumps(order.told(order.updated), ensure_ascii=False).encode())
