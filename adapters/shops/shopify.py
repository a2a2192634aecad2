"""Shopify's GraphQL Admin API, told what becomes of an order (order sources, section 1; version 2026-10)."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Final

from pydantic import ValidationError

from adapters import fields, http
from adapters.channels.shopify import Settings
from adapters.payloads import shopify_orders as theirs
from adapters.payloads.shopify_calls import Body, cancelling, has_gone, order_gid, refunding, shipping
from adapters.payloads.shopify_orders import Answer, Done, Order
from adapters.shop_errors import as_shop, require
from adapters.values import text
from core.domain.ids import ChannelName
from core.domain.shop_call import ShopAbility, ShopCall
from core.ports.shop import NO_SUCH_ORDER, ShopDown, ShopLockedOut, ShopRefused

HEADER: Final = "X-Shopify-Access-Token"
LOOKS: Final = (0.3, 0.7, 1.5)  # seconds between looks at an order they cancel behind our back
UNDER_WAY: Final = "under_way"
LOCKED: Final = frozenset({"ACCESS_DENIED", "SHOP_INACTIVE"})
PATIENCE: Final = frozenset({"THROTTLED"})
UNSURE: Final = frozenset({"INTERNAL_SERVER_ERROR", "TIMEOUT", "IDEMPOTENCY_CONCURRENT_REQUEST"})


class GivenToken:
    """A token that stays."""

    def __init__(self, token: str) -> None:
        self._headers = {HEADER: token}

    async def headers(self, call: http.Call) -> Mapping[str, str]:
        """As Shopify wants it."""
        return self._headers

    def renew(self, used: Mapping[str, str]) -> bool:
        """There is no other."""
        return False


class GrantedToken:
    """A token fetched for a day with the app's own id and secret."""

    def __init__(self, tokens: http.Tokens) -> None:
        self._tokens = tokens
        self._bearer: Mapping[str, str] = {}

    async def headers(self, call: http.Call) -> Mapping[str, str]:
        """As Shopify wants it."""
        self._bearer = await self._tokens.headers(call)
        return {HEADER: self._bearer["Authorization"].removeprefix("Bearer ")}

    def renew(self, used: Mapping[str, str]) -> bool:
        """Fetch another one."""
        return self._tokens.renew(self._bearer)


class ShopifyDesk:
    """One Shopify shop. Nothing is done before a look at whether it was done already.

    A refund has its key twice: as their idempotency key, which they forget after a while, and in its note.
    """

    cancel_refunds = False

    def __init__(
        self,
        name: str,
        settings: Settings,
        client: http.Client,
        keys: http.Keys,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.name = ChannelName(name)
        self.abilities = frozenset(settings.tells) & frozenset(_TELL)
        self._url = f"{settings.root}/admin/api/{settings.api_version}/graphql.json"
        self._client = client
        self._keys = keys
        self._sleep = sleep

    async def tell(self, call: ShopCall) -> str:
        """What was done before is not done again."""
        require(call, self.abilities)
        return await _TELL[call.ability](self, call)

    async def find(self, call: ShopCall) -> str | None:
        """By the state of the order, or the note of the refund."""
        require(call, self.abilities)
        return _FOUND[call.ability](call, await self._order(_ASKED[call.ability], call))

    async def ping(self) -> str:
        """The shop's own name."""
        shop = (await self._ask(theirs.SHOP, {})).get("shop")
        return text(shop.get("myshopifyDomain"), 100) if isinstance(shop, dict) else ""

    async def close(self) -> None:
        """Let go of connections."""
        await self._client.aclose()

    async def _accept(self, call: ShopCall) -> str:
        order = await self._order(theirs.SHIPPING, call)
        for place in order.open:
            if place.status == "OPEN":
                await self._do(theirs.PROGRESS, {"id": place.id})
        return ""

    async def _ship(self, call: ShopCall) -> str:
        order = await self._order(theirs.SHIPPING, call)
        if (done := has_gone(call, order)) is not None:
            return done
        return (await self._do(theirs.FULFIL, shipping(call, order))).made

    async def _cancel(self, call: ShopCall) -> str:
        if (await self._order(theirs.STANDING, call)).cancelledAt:
            return ""
        await self._do(theirs.CANCEL, cancelling(call))
        for pause in LOOKS:
            if (await self._order(theirs.STANDING, call)).cancelledAt:
                return ""
            await self._sleep(pause)
        raise ShopDown("they have not finished cancelling yet", code=UNDER_WAY, retry_after=LOOKS[-1])

    async def _refund(self, call: ShopCall) -> str:
        order = await self._order(theirs.MONEY, call)
        if (done := order.refund_of(call.key)) is not None:
            return done
        body = refunding(call, order)
        if not body["transactions"] and not body["refundLineItems"]:
            return ""
        return (await self._do(theirs.REFUND, {"input": body, "key": call.key})).made

    async def _order(self, query: str, call: ShopCall) -> Order:
        found = (await self._ask(query, {"id": order_gid(call)})).get("order")
        if found is None:
            raise ShopRefused("they know no such order, or show it to nobody any more", code=NO_SUCH_ORDER)
        try:
            return Order.model_validate(found)
        except ValidationError:
            raise ShopDown("the answer is not what they announce", may_have_happened=False) from None

    async def _do(self, mutation: str, variables: Body) -> Done:
        answer = next(iter((await self._ask(mutation, variables, changes=True)).values()), None)
        try:
            done = Done.model_validate(answer)
        except ValidationError:
            raise ShopDown("the answer is not what they announce") from None
        if (complaint := done.complaint) is not None:
            raise ShopRefused(text(complaint.message), code=complaint.code or ".".join(complaint.field or ()))
        return done

    async def _ask(self, query: str, variables: Body, *, changes: bool = False) -> dict[str, object]:
        """Asking is repeated at once when no answer comes; telling is not, so that a look comes before."""
        body = {"query": " ".join(query.split()), "variables": variables}
        call = http.Call(method="POST", url=self._url, json=body, safe=not changes)
        with as_shop(is_look=not changes):
            answer = http.read(Answer, await http.ask(self._client, call, keys=self._keys))
        return _data(answer, changes)


def _data(answer: Answer, changes: bool) -> dict[str, object]:
    """What was asked for; raises the error that stands in its place."""
    if (trouble := answer.trouble) is None:
        if answer.data is None:
            raise ShopDown("an answer without data", may_have_happened=changes)
        return answer.data
    code, words = trouble.extensions.code, text(trouble.message) or "an error without words"
    if code in PATIENCE or words == "Throttled":
        raise ShopDown(words, code=code or "THROTTLED", retry_after=answer.wait, may_have_happened=False)
    if code in LOCKED:
        raise ShopLockedOut(words, code=code)
    if code in UNSURE:
        raise ShopDown(words, code=code, may_have_happened=changes)
    raise ShopRefused(words, code=code)


def _accepted(call: ShopCall, order: Order) -> str | None:
    places = order.fulfillmentOrders.nodes
    return "" if places and all(place.status != "OPEN" for place in places) else None


def _cancelled(call: ShopCall, order: Order) -> str | None:
    return "" if order.cancelledAt else None


def _refunded(call: ShopCall, order: Order) -> str | None:
    return order.refund_of(call.key)


_TELL: Final[dict[ShopAbility, Callable[[ShopifyDesk, ShopCall], Awaitable[str]]]] = {
    ShopAbility.ACCEPT: ShopifyDesk._accept,
    ShopAbility.SHIPPED: ShopifyDesk._ship,
    ShopAbility.CANCEL: ShopifyDesk._cancel,
    ShopAbility.REFUND: ShopifyDesk._refund,
    ShopAbility.RETURN: ShopifyDesk._refund,
}
_ASKED: Final = {
    ShopAbility.ACCEPT: theirs.SHIPPING,
    ShopAbility.SHIPPED: theirs.SHIPPING,
    ShopAbility.CANCEL: theirs.STANDING,
    ShopAbility.REFUND: theirs.MONEY,
    ShopAbility.RETURN: theirs.MONEY,
}
_FOUND: Final[dict[ShopAbility, Callable[[ShopCall, Order], str | None]]] = {
    ShopAbility.ACCEPT: _accepted,
    ShopAbility.SHIPPED: has_gone,
    ShopAbility.CANCEL: _cancelled,
    ShopAbility.REFUND: _refunded,
    ShopAbility.RETURN: _refunded,
}


def build(name: str, settings: Settings, *, now: Callable[[], datetime]) -> ShopifyDesk | None:
    """None where nothing proves to them who we are."""
    keys = _keys(settings, client := http.client(settings.root)) if settings.root else None
    return None if keys is None else ShopifyDesk(name, settings, client, keys)


def _keys(settings: Settings, client: http.Client) -> http.Keys | None:
    if token := settings.access_token.get_secret_value():
        return GivenToken(token)
    secret = next(iter(fields.revealed(settings.secret)), "")
    if not settings.app_client_id or not secret:
        return None
    form = {"grant_type": "client_credentials", "client_id": settings.app_client_id, "client_secret": secret}
    return GrantedToken(
        http.Tokens(partial(http.fetch_token, client, f"{settings.root}/admin/oauth/access_token", form))
    )
