"""The simulated GraphQL Admin API of Shopify (version 2026-10), as far as orders are told what becomes of them."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from adapters.signatures import matches
from adapters.simulators import door
from adapters.simulators.graphql import BadQuery, Field, answer, root_of
from adapters.simulators.shop_books import Books, Record, Wrong
from adapters.simulators.shop_shopify import DOMAIN
from adapters.simulators.shop_shopify_orders import LOCATION, gid, line_of, order_of
from adapters.simulators.troubles import Troubles

TOKEN: Final = "shpat_practice_shop"
CLIENT_ID: Final = "practice-app"
VERSION: Final = "2026-10"
HEADER: Final = "x-shopify-access-token"
CODES: Final = {"THROTTLED": "Throttled", "ACCESS_DENIED": "Access denied", "INTERNAL_SERVER_ERROR": "Internal error"}
REASONS: Final = frozenset({"CUSTOMER", "DECLINED", "FRAUD", "INVENTORY", "OTHER", "STAFF"})
RESTOCKS: Final = frozenset({"NO_RESTOCK", "CANCEL", "RETURN"})
Wire = dict[str, Any]


class Fault(door.Fault):
    """An HTTP status, or a code of GraphQL's with status 200."""

    def __init__(self, code: int | str, message: str = "") -> None:
        super().__init__(message or CODES.get(str(code), "") or str(code))
        self.code = code
        self.status = code if isinstance(code, int) else 200

    @property
    def body(self) -> object:
        """Before GraphQL, errors are a text."""
        if isinstance(self.code, int):
            return {"errors": str(self)}
        throttle = {"maximumAvailable": 100.0, "currentlyAvailable": 4.0, "restoreRate": 100.0}
        cost = {"requestedQueryCost": 54, "actualQueryCost": None, "throttleStatus": throttle}
        trouble = {"message": str(self), "extensions": {"code": self.code}}
        return {"errors": [trouble], "extensions": {"cost": cost}}


class ShopifyDoor(door.Door[Troubles]):
    """One app in one shop. Refund keys are remembered; a cancel takes effect `slow_cancels` looks later."""

    def __init__(self, books: Books, troubles: Troubles, *, secret: str) -> None:
        super().__init__(troubles, books.all)
        self.slow_cancels = 0
        self._books = books
        self._secret = secret
        self._tokens = {TOKEN}
        self._keys: dict[str, tuple[object, Wire]] = {}
        self._cancelling: dict[str, tuple[int, str]] = {}

    def routes(self) -> Sequence[BaseRoute]:
        """One for everything, and one for tokens."""
        return [
            Route(f"/admin/api/{VERSION}/graphql.json", self._graphql, methods=["POST"]),
            Route("/admin/oauth/access_token", self.troubled("token", self._token), methods=["POST"]),
            Route("/_sim/forget_tokens", self._forget, methods=["POST"]),
        ]

    def wished(self) -> Fault:
        """By code or status."""
        return Fault(self.troubles.fail)

    def is_fault(self, word: object) -> bool:
        """One of theirs, or any status."""
        return word in CODES or (isinstance(word, int) and 400 <= word < 600)

    async def _token(self, request: Request) -> Response:
        form = await door.form_of(request)
        given = f"{form.get('client_id')}:{form.get('client_secret')}"
        if form.get("grant_type") != "client_credentials" or not matches(f"{CLIENT_ID}:{self._secret}", given):
            return JSONResponse({"error": "invalid_request"}, 400)
        self._tokens.add(token := f"shpat_granted_{len(self._tokens)}")
        return JSONResponse({"access_token": token, "scope": "write_orders", "expires_in": 86_399})

    async def _forget(self, request: Request) -> Response:
        self._tokens.clear()
        return Response(status_code=204)

    async def _graphql(self, request: Request) -> Response:
        if not any([matches(token, request.headers.get(HEADER, "")) for token in self._tokens]):
            return self.refuse("any", Fault(401, "[API] Invalid API key or access token"))
        try:
            told = json.loads(await request.body())
            root, variables = root_of(told["query"]), told.get("variables") or {}
        except (ValueError, KeyError, TypeError, BadQuery) as error:
            return self.refuse("any", Fault("BAD_REQUEST", str(error)))

        async def told_answer(request: Request) -> Response:
            return self._answer_to(root, variables)

        return await self.troubled(root.name, told_answer)(request)

    def _answer_to(self, root: Field, variables: Mapping[str, Any]) -> Response:
        if root.name not in _ROOTS:
            raise Fault("undefinedField", f"Field '{root.name}' doesn't exist")
        given = {name: variables.get(word.removeprefix("$")) for name, word in root.given.items()}
        try:
            found = _ROOTS[root.name](self, given, root, variables)
            return JSONResponse({"data": {root.name: answer(root, found)}})
        except BadQuery as bad:
            raise Fault(bad.code, str(bad)) from None

    def _order(self, given: Wire, root: Field, variables: Mapping[str, Any]) -> Wire | None:
        try:
            record = self._books.find(str(given["id"]).removeprefix(gid("Order", "")))
        except Wrong:
            return None
        self._go_on_cancelling(record)
        return order_of(record)

    def _shop(self, given: Wire, root: Field, variables: Mapping[str, Any]) -> Wire:
        return {"name": "Practice", "myshopifyDomain": DOMAIN}

    def _progress(self, given: Wire, root: Field, variables: Mapping[str, Any]) -> Wire:
        order_id = str(given["id"]).removeprefix(gid("FulfillmentOrder", ""))
        return self._do(lambda: self._books.accept(self._books.find(order_id)))

    def _fulfil(self, given: Wire, root: Field, variables: Mapping[str, Any]) -> Wire:
        told: Wire = given["fulfillment"]
        made: Wire = {"fulfillment": None}

        def send() -> None:
            for part in told["lineItemsByFulfillmentOrder"]:
                record = self._books.find(str(part["fulfillmentOrderId"]).removeprefix(gid("FulfillmentOrder", "")))
                self._books.send(record, _to_send(record, part), told.get("trackingInfo"))
                made["fulfillment"] = {"id": gid("Fulfillment", f"{record.id}{record.shipments}"), "status": "SUCCESS"}

        return made | self._do(send)

    def _cancel(self, given: Wire, root: Field, variables: Mapping[str, Any]) -> Wire:
        record = self._find(given["orderId"])
        if given.get("reason") not in REASONS or record is None:
            complaint = {"field": ["orderId"], "message": "Order does not exist", "code": "NOT_FOUND"}
            return {"job": None, "orderCancelUserErrors": [complaint], "userErrors": []}
        if record.sale.is_off or record.sale.sent or record.id in self._cancelling:
            complaint = {"field": ["orderId"], "message": "Order cannot be cancelled", "code": "INVALID"}
            return {"job": None, "orderCancelUserErrors": [complaint], "userErrors": []}
        self._cancelling[record.id] = (self.slow_cancels, str(given["reason"]).lower())
        self._go_on_cancelling(record)
        return {"job": {"id": gid("Job", record.id), "done": False}, "orderCancelUserErrors": [], "userErrors": []}

    def _go_on_cancelling(self, record: Record) -> None:
        """Theirs is a job behind the scenes, done some looks later."""
        if record.id not in self._cancelling:
            return
        looks, reason = self._cancelling.pop(record.id)
        if looks <= 0:
            self._books.cancel(record, reason)
        else:
            self._cancelling[record.id] = (looks - 1, reason)

    def _refund(self, given: Wire, root: Field, variables: Mapping[str, Any]) -> Wire:
        if (
            key := str(variables.get(root.directives.get("idempotent", {}).get("key", "").removeprefix("$"), ""))
        ) == "":
            raise Fault("BAD_REQUEST", "The @idempotent directive is required for this mutation")
        if key not in self._keys:
            done = self._refund_once(given["input"], key)
            if done["userErrors"]:
                return done
            self._keys[key] = (given["input"], done)
        asked, done = self._keys[key]
        if asked != given["input"]:
            raise Fault("IDEMPOTENCY_KEY_PARAMETER_MISMATCH", "The same key was used with other parameters")
        return done

    def _refund_once(self, told: Wire, key: str) -> Wire:
        made: Wire = {"refund": None}

        def give() -> None:
            if (record := self._find(told["orderId"])) is None:
                raise Wrong("not_found", "Order does not exist")
            cents = sum(_cents(part, record) for part in told["transactions"])
            back = self._books.give_back(record, cents, _to_take_back(record, told), key=key, note=told["note"])
            made["refund"] = {"id": gid("Refund", str(back.id))}

        return made | self._do(give)

    def _find(self, order: object) -> Record | None:
        try:
            return self._books.find(str(order).removeprefix(gid("Order", "")))
        except Wrong:
            return None

    def _do(self, change: Callable[[], object]) -> Wire:
        try:
            change()
        except Wrong as wrong:
            return {"userErrors": [{"field": ["base"], "message": str(wrong)}]}
        return {"userErrors": []}


def _to_send(record: Record, part: Wire) -> dict[int, int]:
    lines = part.get("fulfillmentOrderLineItems")
    if not lines:
        left = {item.place: record.to_send(item.place) for item in record.sale.items}
        return {place: pieces for place, pieces in left.items() if pieces > 0}
    return {line_of(record, line["id"], "FulfillmentOrderLineItem"): line["quantity"] for line in lines}


def _to_take_back(record: Record, told: Wire) -> dict[int, int]:
    pieces = {}
    for line in told["refundLineItems"]:
        if line["restockType"] not in RESTOCKS or (line["restockType"] != "NO_RESTOCK") != ("locationId" in line):
            raise Wrong("restock", "restockType and locationId do not fit")
        if line.get("locationId", gid("Location", LOCATION)) != gid("Location", LOCATION):
            raise Wrong("restock", "Location does not exist")
        pieces[line_of(record, line["lineItemId"], "LineItem")] = line["quantity"]
    return pieces


def _cents(part: Wire, record: Record) -> int:
    if part["kind"] != "REFUND" or part["parentId"] != gid("OrderTransaction", record.id):
        raise Wrong("transaction", "Parent transaction is invalid")
    return round(float(part["amount"]) * 100)


_ROOTS: Final[dict[str, Callable[[ShopifyDoor, Wire, Field, Mapping[str, Any]], object]]] = {
    "order": ShopifyDoor._order,
    "shop": ShopifyDoor._shop,
    "fulfillmentOrderReportProgress": ShopifyDoor._progress,
    "fulfillmentCreate": ShopifyDoor._fulfil,
    "orderCancel": ShopifyDoor._cancel,
    "refundCreate": ShopifyDoor._refund,
}
