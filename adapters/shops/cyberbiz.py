"""CYBERBIZ's open API, told what becomes of an order (order sources, section 3)."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final
from urllib.parse import quote

from adapters import http
from adapters.channels.cyberbiz import Settings
from adapters.pacing import Pacing
from adapters.payloads.cyberbiz_orders import MANNERS, Order, order_in, reason_of
from adapters.shop_errors import as_shop, require
from core.domain.ids import ChannelName
from core.domain.shop_call import ShopAbility, ShopCall
from core.ports.shop import NO_SUCH_ORDER, ShopRefused

PER_SECOND: Final = 4.0  # requests; they allow five, and the network bunches calls
ABILITIES: Final = frozenset({ShopAbility.ACCEPT, ShopAbility.SHIPPED, ShopAbility.CANCEL, ShopAbility.RETURN})
MISSING: Final = frozenset({404})
UNKNOWN_LINE: Final = "unknown_line"


class Bearer:
    """The app's token."""

    def __init__(self, token: str) -> None:
        self._headers = {"Authorization": f"Bearer {token}"}

    async def headers(self, call: http.Call) -> Mapping[str, str]:
        """On every call."""
        return self._headers

    def renew(self, used: Mapping[str, str]) -> bool:
        """There is no other."""
        return False


class CyberbizDesk:
    """One CYBERBIZ shop. Its wire has no keys of ours: every telling looks at the order first.

    Whole lines are shipped, for pieces have no word; money goes back in their own back office.
    """

    cancel_refunds = True

    def __init__(self, name: str, settings: Settings, client: http.Client, pacing: Pacing) -> None:
        self.name = ChannelName(name)
        self.abilities = frozenset(settings.tells) & ABILITIES
        self._root = f"{settings.base_url.rstrip('/')}/v1/orders"
        self._client = client
        self._keys = Bearer(settings.api_token.get_secret_value())
        self._pacing = pacing

    async def tell(self, call: ShopCall) -> str:
        """Nothing, where the order's state says that it was told before."""
        require(call, self.abilities)
        order = await self._read(call)
        if order.has(call):
            return ""
        if call.ability is ShopAbility.SHIPPED:
            await self._ship(call, order)
        elif call.ability is ShopAbility.RETURN:
            for step in order.steps_left:
                await self._put(call, "manual_return", {"operation": step})
        elif call.ability is ShopAbility.CANCEL:
            await self._put(call, "cancelled", {"cancel_reason": reason_of(call)})
        else:
            await self._put(call, "preparing", {})
        return ""

    async def find(self, call: ShopCall) -> str | None:
        """By the state of the order."""
        require(call, self.abilities)
        return "" if (await self._read(call)).has(call) else None

    async def ping(self) -> str:
        """One page of their orders: whether the token is taken, and the API licensed."""
        await self._ask(http.Call(method="GET", url=self._root, params={"per_page": "1"}, safe=True))
        return ""

    async def close(self) -> None:
        """Let go of connections."""
        await self._client.aclose()

    async def _ship(self, call: ShopCall, order: Order) -> None:
        gone = [line_id for line_id, pieces in call.lines if pieces > 0]
        if strange := [line_id for line_id in gone if not order.knows(line_id)]:
            raise ShopRefused(f"line {strange[0]:.40} is none of theirs", code=UNKNOWN_LINE)
        ids = [str(line.id) for line in order.line_items] if call.is_all else [str(line_id) for line_id in gone]
        await self._change("POST", call, "fulfillments/express_delivery_shipping", {"line_item_ids": ",".join(ids)})

    async def _put(self, call: ShopCall, where: str, body: dict[str, str]) -> None:
        await self._change("PUT", call, where, body)

    async def _change(self, method: str, call: ShopCall, where: str, body: dict[str, str]) -> None:
        await self._ask(http.Call(method=method, url=f"{self._order_url(call)}/{where}", json=body))

    async def _read(self, call: ShopCall) -> Order:
        answer = await self._ask(http.Call(method="GET", url=self._order_url(call), safe=True, accept=MISSING))
        if answer.status in MISSING:
            raise ShopRefused("they know no such order", code=NO_SUCH_ORDER)
        with as_shop(is_look=True):
            return order_in(answer)

    def _order_url(self, call: ShopCall) -> str:
        return f"{self._root}/{quote(call.channel_order_id, safe='')}"

    async def _ask(self, call: http.Call) -> http.Answer:
        await self._pacing.turn()
        with as_shop(is_look=call.method == "GET"):
            return await http.ask(self._client, call, keys=self._keys, manners=MANNERS)


def build(name: str, settings: Settings, *, now: Callable[[], datetime]) -> CyberbizDesk | None:
    """None where no token is set."""
    if not settings.api_token.get_secret_value():
        return None
    return CyberbizDesk(name, settings, http.client(settings.base_url), Pacing(PER_SECOND))
