"""The routes of the simulated Stuart: tokens, and its calls."""

import json
from base64 import b64decode
from collections.abc import Sequence
from random import Random
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from adapters.signatures import matches
from adapters.simulators import door
from adapters.simulators.png import png
from adapters.simulators.stuart_desk import Desk
from adapters.simulators.stuart_faults import KNOWN, Fault
from adapters.simulators.stuart_troubles import Troubles

TOKEN_SECONDS: Final = 2_592_000


class Door(door.Door[Troubles]):
    """Lets calls in, or does not."""

    def __init__(self, desk: Desk, troubles: Troubles, *, client_id: str, client_secret: str, ids: Random) -> None:
        super().__init__(troubles, desk.all)
        self._desk = desk
        self._ours = f"{client_id}:{client_secret}"
        self._ids = ids
        self._tokens: set[str] = set()

    def routes(self) -> Sequence[BaseRoute]:
        """The API below `/v2`."""
        jobs, delivery = "/v2/jobs", "/v2/deliveries/{ref}"
        return [
            Route("/oauth/token", self.troubled("token", self._token), methods=["POST"]),
            # Before what stands in for any job's number.
            self.route("POST", f"{jobs}/pricing", "pricing", self._pricing),
            self.route("POST", f"{jobs}/eta", "eta", self._eta),
            self.route("POST", f"{jobs}/validate", "other", self._validate),
            self.route("POST", jobs, "create", self._create),
            self.route("GET", jobs, "list", self._list),
            self.route("GET", f"{jobs}/{{ref}}", "read", self._read),
            self.route("PATCH", f"{jobs}/{{ref}}", "other", self._update),
            self.route("POST", f"{jobs}/{{ref}}/cancel", "cancel", self._cancel),
            self.route("POST", f"{delivery}/cancel", "cancel", self._cancel_delivery),
            self.route("GET", f"{delivery}/phone_number", "phone", self._phone),
            Route("/_sim/pictures/{name}", _picture, methods=["GET"]),
            Route("/_sim/forget_tokens", self._forget, methods=["POST"]),
        ]

    def admit(self, request: Request) -> None:
        """By a token that was given out."""
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        if kind.lower() != "bearer" or token not in self._tokens:
            raise Fault("INVALID_GRANT")

    def wished(self) -> Fault:
        """By its code."""
        return Fault(self.troubles.fail)

    def is_fault(self, word: object) -> bool:
        """One of their codes."""
        return word in KNOWN

    async def _token(self, request: Request) -> Response:
        form = await door.form_of(request)
        given = _basic(request) or f"{form.get('client_id')}:{form.get('client_secret')}"
        if not matches(self._ours, given):
            raise Fault("invalid_client", "Client authentication failed")
        if form.get("grant_type") != "client_credentials":
            raise Fault("unsupported_grant_type")
        self._tokens.add(token := f"{self._ids.getrandbits(256):064x}")
        return JSONResponse(
            {"access_token": token, "token_type": "Bearer", "expires_in": TOKEN_SECONDS, "scope": "api"}
        )

    async def _pricing(self, request: Request) -> Response:
        return JSONResponse(self._desk.pricing(await _body(request)))

    async def _eta(self, request: Request) -> Response:
        return JSONResponse(self._desk.eta(await _body(request)))

    async def _validate(self, request: Request) -> Response:
        return JSONResponse(self._desk.validate(await _body(request)))

    async def _create(self, request: Request) -> Response:
        return JSONResponse(self._desk.create(await _body(request), door.base_of(request)), 201)

    async def _list(self, request: Request) -> Response:
        found = self._desk.listing(request.query_params)
        return JSONResponse({"jobs": found} if self.troubles.wrapped_lists else found)

    async def _read(self, request: Request) -> Response:
        return JSONResponse(self._desk.read(request.path_params["ref"]))

    async def _update(self, request: Request) -> Response:
        return JSONResponse(self._desk.update(request.path_params["ref"], await _body(request)))

    async def _cancel(self, request: Request) -> Response:
        self._desk.cancel(request.path_params["ref"], await _body(request))
        return Response(status_code=204)

    async def _cancel_delivery(self, request: Request) -> Response:
        self._desk.cancel_delivery(request.path_params["ref"], await _body(request))
        return Response(status_code=204)

    async def _phone(self, request: Request) -> Response:
        return JSONResponse(self._desk.phone(request.path_params["ref"]))

    async def _forget(self, request: Request) -> Response:
        self._tokens.clear()
        return Response(status_code=204)


async def _picture(request: Request) -> Response:
    return Response(png(40, 120, 200 if "signature" in request.path_params["name"] else 40), media_type="image/png")


def _basic(request: Request) -> str:
    kind, _, given = request.headers.get("authorization", "").partition(" ")
    try:
        return b64decode(given).decode() if kind.lower() == "basic" else ""
    except ValueError:
        return "?"


async def _body(request: Request) -> object:
    """The JSON sent, None for nothing."""
    raw = await request.body()
    try:
        return json.loads(raw) if raw.strip() else None
    except (ValueError, RecursionError):
        raise Fault("invalid_request", "The body is not JSON") from None
