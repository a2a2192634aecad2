"""The routes of the simulated Uber Direct: tokens, the seven calls, and a side door for tests and demonstrations."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from adapters.signatures import matches
from adapters.simulators import door
from adapters.simulators.uber_direct_desk import Desk
from adapters.simulators.uber_direct_faults import Fault, bad_params
from adapters.simulators.uber_direct_ids import Ids
from adapters.simulators.uber_direct_troubles import Troubles

Call = Callable[[Request], Awaitable[dict[str, object]]]
TOKEN_SECONDS: Final = 2_592_000
SCOPES: Final = frozenset({"eats.deliveries", "direct.organizations"})
PAGE: Final = 30
LARGEST_PAGE: Final = 100


class Door(door.Door[Troubles]):
    """Lets calls in, or does not."""

    def __init__(
        self, desk: Desk, troubles: Troubles, *, ids: Ids, customer_id: str, client_id: str, client_secret: str
    ) -> None:
        super().__init__(troubles, desk.all)
        self._desk = desk
        self._ids = ids
        self._customer_id = customer_id
        self._client_id = client_id
        self._client_secret = client_secret
        self._tokens: set[str] = set()

    def routes(self) -> Sequence[BaseRoute]:
        """The API below `/v1`."""
        base = "/v1/customers/{customer_id}"
        one = f"{base}/deliveries/{{ref}}"
        return [
            Route("/oauth/v2/token", self.troubled("token", self._token), methods=["POST"]),
            self._api("POST", f"{base}/delivery_quotes", "quote", self._quote),
            self._api("POST", f"{base}/deliveries", "create", self._create),
            self._api("GET", f"{base}/deliveries", "list", self._list),
            self._api("GET", one, "read", self._read),
            self._api("POST", one, "update", self._update),
            self._api("POST", f"{one}/cancel", "cancel", self._cancel),
            self._api("POST", f"{one}/proof-of-delivery", "proof", self._proof),
        ]

    def wished(self) -> Fault:
        """By its code."""
        return Fault(self.troubles.fail)

    def admit(self, request: Request) -> None:
        """By a token that was given out, to the customer it was given to."""
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        if kind.lower() != "bearer" or token not in self._tokens:
            raise Fault("unauthorized", "Invalid OAuth 2.0 credentials provided.")
        if request.path_params["customer_id"] != self._customer_id:
            raise Fault("customer_not_found", "Customer does not exist.")

    def _api(self, method: str, path: str, operation: str, call: Call) -> Route:
        async def answered(request: Request) -> Response:
            return JSONResponse(await call(request))

        return self.route(method, path, operation, answered)

    async def _token(self, request: Request) -> Response:
        form = await door.form_of(request)
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
