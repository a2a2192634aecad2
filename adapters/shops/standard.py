"""Signed callbacks to a system that sends our own order (docs/standard-orders.md; Standard Webhooks 1.0.0)."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Final

from adapters import fields, http
from adapters.channels.standard import Settings
from adapters.shop_errors import as_shop, require
from adapters.signatures import standard_signature
from adapters.values import text
from core.domain.ids import ChannelName
from core.domain.shop_call import ShopAbility, ShopCall
from core.ports.shop import NO_LOOKUP, ShopDown

TYPES: Final = {
    ShopAbility.ACCEPT: "order.accepted",
    ShopAbility.READY: "order.ready",
    ShopAbility.SHIPPED: "order.shipped",
    ShopAbility.CANCEL: "order.cancelled",
    ShopAbility.REFUND: "order.refund",
    ShopAbility.RETURN: "order.returned",
}
PING: Final = "ping"
SECONDS: Final = 20.0  # for an answer; Standard Webhooks advises 15 to 30
Body = dict[str, object]


class Signed:
    """Signs every attempt anew: the id stays, the time is that of the attempt."""

    def __init__(self, message_id: str, secrets: tuple[str, ...], now: Callable[[], datetime]) -> None:
        self._id = message_id
        self._secrets = secrets
        self._now = now

    async def headers(self, call: http.Call) -> Mapping[str, str]:
        """The three headers of Standard Webhooks."""
        at, body = int(self._now().timestamp()), call.content or b""
        signatures = (standard_signature(secret, self._id, at, body) for secret in self._secrets)
        return {"webhook-id": self._id, "webhook-timestamp": str(at), "webhook-signature": " ".join(signatures)}

    def renew(self, used: Mapping[str, str]) -> bool:
        """There are no others."""
        return False


class StandardDesk:
    """One callback URL. A receiver that has seen a `webhook-id` before does nothing twice."""

    cancel_refunds = False

    def __init__(self, name: str, settings: Settings, client: http.Client, now: Callable[[], datetime]) -> None:
        self.name = ChannelName(name)
        self.abilities = frozenset(settings.tells)
        self._url = settings.callback_url
        self._secrets = fields.revealed(settings.callback_secret) or fields.revealed(settings.secret)
        self._client = client
        self._now = now

    async def tell(self, call: ShopCall) -> str:
        """Post it; the same call bears the same `webhook-id`, whenever it is told again."""
        require(call, self.abilities)
        return await self._post(f"msg_{call.key}", {"type": TYPES[call.ability], "data": _data(call)})

    async def find(self, call: ShopCall) -> str | None:
        """They have no list to look through."""
        raise ShopDown("a callback can only be told again", code=NO_LOOKUP)

    async def ping(self) -> str:
        """A message of type `ping`, which carries nothing."""
        await self._post(f"msg_ping_{int(self._now().timestamp())}", {"type": PING, "data": {}})
        return self._url

    async def close(self) -> None:
        """Let go of connections."""
        await self._client.aclose()

    async def _post(self, message_id: str, body: Body) -> str:
        # Doing it twice is doing it once: that is what their memory of ids is for.
        call = http.Call(method="POST", url=self._url, json=body, safe=True)
        with as_shop():
            answer = await http.ask(
                self._client, call, keys=Signed(message_id, self._secrets, self._now), limit=SECONDS
            )
        return _reference(answer)


def build(name: str, settings: Settings, *, now: Callable[[], datetime]) -> StandardDesk | None:
    """None where no callback URL is set, or nothing to sign with."""
    if not settings.callback_url or not fields.revealed((*settings.callback_secret, *settings.secret)):
        return None
    return StandardDesk(name, settings, http.client(settings.callback_url, timeout=SECONDS), now)


def _data(call: ShopCall) -> Body:
    told: Body = {
        "id": call.channel_order_id,
        "shop": call.shop,
        "number": call.number,
        "lines": [{"id": line_id, "quantity": pieces} for line_id, pieces in call.lines],
        "all": call.is_all,
        "reason": call.reason,
        "restock": call.restock,
        "notify": call.notify,
    }
    money = {"amount": call.money.text, "currency": call.money.currency} if call.money else {}
    tracking = {"tracking": asdict(call.tracking)} if call.tracking else {}
    return {**told, **money, **tracking}


def _reference(answer: http.Answer) -> str:
    """`reference` in a JSON answer; any 2xx is a yes, whatever it says."""
    words = answer.words
    found = words.get("reference") if isinstance(words, dict) else ""
    return text(found, 100) if isinstance(found, str) else ""
