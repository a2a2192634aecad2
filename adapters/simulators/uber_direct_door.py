"""The routes of the simulated Uber Direct: tokens, the seven calls, and a side door for tests and demonstrations."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from adapters.signatures import matches
from adapters.simulators.uber_direct_desk import Desk
from adapters.simulators.uber_direct_faults import Fault, bad_params
from adapters.simulators.uber_direct_ids import Ids
from adapters.simulators.uber_direct_troubles import Troubles

Endpoint = Callable[[Request], Awaitable[Response]]
Call = Callable[[Request], Awaitable[dict[str, object]]]
TOKEN_SECONDS: Final = 2_592_000
SCOPES: Final = frozenset({"eats.deliveries", "direct.organizations"})
PAGE: Final = 30
LARGEST_PAGE: Final = 100


class Door:
    """Lets calls in, or does not."""

    def __init__(self, desk: Desk, *, ids: Ids, customer_id: str, client_id: str, client_secret: str) -> None:
        self.troubles = Troubles()
        self._desk = desk
        self._ids = ids
        self._customer_id = customer_id
        self._client_id = client_id
        self._client_secret = client_secret
        self._tokens: set[str] = set()

    def app(self) -> Starlette:
        """All routes; the API below `/v1`, the side door below `/_sim`."""
        base = "/v1/customers/{customer_id}"
        one = f"{base}/deliveries/{{ref}}"
        return Starlette(
            routes=[
                Route("/oauth/v2/token", self._troubled("token", self._token), methods=["POST"]),
                Route(f"{base}/delivery_quotes", self._api("quote", self._quote), methods=["POST"]),
                Route(f"{base}/deliveries", self._api("create", self._create), methods=["POST"]),
                Route(f"{base}/deliveries", self._api("list", self._list), methods=["GET"]),
                Route(one, self._api("read", self._read), methods=["GET"]),
                Route(one, self._api("update", self._update), methods=["POST"]),
                Route(f"{one}/cancel", self._api("cancel", self._cancel), methods=["POST"]),
                Route(f"{one}/proof-of-delivery", self._api("proof", self._proof), methods=["POST"]),
                Route("/_sim/trouble", self._trouble, methods=["GET", "POST"]),
                Route("/_sim/deliveries", self._deliveries, methods=["GET"]),
            ]
        )

    def _api(self, operation: str, call: Call) -> Endpoint:
        async def endpoint(request: Request) -> Response:
            self._admit(request)
            return JSONResponse(await call(request))

        return self._troubled(operation, endpoint)

    def _troubled(self, operation: str, endpoint: Endpoint) -> Endpoint:
        async def troubled(request: Request) -> Response:
            failure = self._failure(operation)
            if failure is not None and not self.troubles.fail_after:
                return await self._slowly(failure)
            answer = await self._answer(endpoint, request)
            return await self._slowly(failure or answer)

        return troubled

    async def _answer(self, endpoint: Endpoint, request: Request) -> Response:
        try:
            return await endpoint(request)
        except Fault as fault:
            return JSONResponse(fault.body, fault.status)

    async def _slowly(self, answer: Response) -> Response:
        await asyncio.sleep(self.troubles.slow_seconds)
        return answer

    def _failure(self, operation: str) -> Response | None:
        troubles = self.troubles
        if not troubles.meets(operation):
            return None
        self.troubles = troubles.spent()
        fault = Fault(troubles.fail)
        wait = {} if troubles.retry_after is None else {"Retry-After": str(troubles.retry_after)}
        return JSONResponse(fault.body, fault.status, headers=wait)

    def _admit(self, request: Request) -> None:
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        if kind.lower() != "bearer" or token not in self._tokens:
            raise Fault("unauthorized", "Invalid OAuth 2.0 credentials provided.")
        if request.path_params["customer_id"] != self._customer_id:
            raise Fault("customer_not_found", "Customer does not exist.")

    async def _token(self, request: Request) -> Response:
        form = dict(parse_qsl((await request.body()).decode(errors="replace")))
        if (error := self._token_error(form)) is not None:
            return JSONResponse({"error": error}, 401 if error == "invalid_client" else 400)
        self._tokens.add(token := self._ids.new("IA"))
        scope = form.get("scope") or "eats.deliveries"
        granted = {"access_token": token, "token_type": "Bearer", "expires_in": TOKEN_SECONDS, "scope": scope}
        return JSONResponse(granted)

    def _token_error(self, form: dict[str, str]) -> str | None:
        ours = f"{self._client_id}\n{self._client_secret}"
        if not matches(ours, f"{form.get('client_id', '')}\n{form.get('client_secret', '')}"):
            return "invalid_client"
        if form.get("grant_type") != "client_credentials":
            return "unsupported_grant_type"
        return None if SCOPES.issuperset(form.get("scope", "").split()) else "invalid_scope"

    async def _quote(self, request: Request) -> dict[str, object]:
        return self._desk.quote(await _body(request))

    async def _create(self, request: Request) -> dict[str, object]:
        return self._desk.create(await _body(request))

    async def _list(self, request: Request) -> dict[str, object]:
        asked = request.query_params
        limit = min(_whole(asked.get("limit"), PAGE) or PAGE, LARGEST_PAGE)
        offset = _whole(asked.get("offset") or asked.get("Offset"), 0)
        data, has_more = self._desk.listing(asked.get("filter", ""), limit, offset)
        url = request.url.path
        following = request.url.include_query_params(offset=offset + limit)
        href = f"{url}?{following.query}" if has_more else ""
        return {"object": "list", "data": data, "next_href": href, "total_count": -1, "url": url}

    async def _read(self, request: Request) -> dict[str, object]:
        return self._desk.read(request.path_params["ref"])

    async def _update(self, request: Request) -> dict[str, object]:
        return self._desk.update(request.path_params["ref"], await _body(request))

    async def _cancel(self, request: Request) -> dict[str, object]:
        return self._desk.cancel(request.path_params["ref"], await _body(request))

    async def _proof(self, request: Request) -> dict[str, object]:
        return self._desk.proof(request.path_params["ref"], await _body(request))

    async def _trouble(self, request: Request) -> Response:
        try:
            self.troubles = self.troubles.changed(await _body(request) or {})
        except (ValueError, Fault) as error:
            return JSONResponse({"error": str(error)}, 400)
        return JSONResponse(self.troubles.told())

    async def _deliveries(self, request: Request) -> Response:
        return JSONResponse({"deliveries": self._desk.all()})


async def _body(request: Request) -> object:
    """The JSON sent, None for nothing."""
    if not (await request.body()).strip():
        return None
    try:
        return await request.json()
    except (ValueError, RecursionError):
        raise bad_params(param_details="the body is not JSON") from None


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else otherwise
