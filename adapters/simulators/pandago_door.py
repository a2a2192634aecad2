"""The routes of the simulated pandago: tokens, its calls, and a side door for tests and demonstrations."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from adapters.simulators.pandago_desk import Desk
from adapters.simulators.pandago_faults import Fault
from adapters.simulators.pandago_keys import Keys
from adapters.simulators.pandago_troubles import Troubles

Endpoint = Callable[[Request], Awaitable[Response]]
PROOFS: Final = ("proof_of_pickup", "proof_of_delivery", "proof_of_return")
FORM: Final = "application/x-www-form-urlencoded"


class Door:
    """Lets calls in, or does not."""

    def __init__(self, desk: Desk, keys: Keys) -> None:
        self.troubles = Troubles()
        self._desk = desk
        self._keys = keys

    def app(self) -> Starlette:
        """All routes; the API below `/CC/api/v1`, the side door below `/_sim`."""
        one = "/orders/{ref}"
        return Starlette(
            routes=[
                Route("/oauth2/token", self._troubled("token", self._token), methods=["POST"]),
                # Before what stands in for any order's number.
                self._route("POST", "/orders/fee", "fee", self._fee),
                self._route("POST", "/orders/time", "time", self._time),
                *(self._route("GET", f"/orders/{name}/{{ref}}", "proof", self._proof(name)) for name in PROOFS),
                self._route("POST", "/orders", "create", self._create),
                self._route("GET", one, "read", self._read),
                self._route("GET", f"{one}/coordinates", "coordinates", self._coordinates),
                self._route("PUT", one, "update", self._update),
                self._route("DELETE", one, "cancel", self._cancel),
                self._route("GET", "/outlets/{ref}", "outlet", self._outlet),
                self._route("PUT", "/outlets/{ref}", "outlet", self._save_outlet),
                self._route("PATCH", "/outlets/{ref}", "outlet", self._save_outlet),
                self._route("GET", "/outletList", "outlet", self._outlets),
                Route("/_sim/trouble", self._trouble, methods=["GET", "POST"]),
                Route("/_sim/deliveries", self._deliveries, methods=["GET"]),
                Route("/_sim/forget_tokens", self._forget, methods=["POST"]),
            ]
        )

    def _route(self, method: str, path: str, operation: str, call: Endpoint) -> Route:
        endpoint = self._troubled(operation, self._admitted(call))
        return Route("/{country}/api/v1" + path, endpoint, methods=[method])

    def _admitted(self, call: Endpoint) -> Endpoint:
        async def admitted(request: Request) -> Response:
            if not self._keys.admits(request.headers.get("authorization", "")):
                raise Fault(403 if self.troubles.stale_is_403 else 401)
            return await call(request)

        return admitted

    def _troubled(self, operation: str, endpoint: Endpoint) -> Endpoint:
        async def troubled(request: Request) -> Response:
            failure = self._failure(operation)
            if failure is None or self.troubles.fail_after:
                answer = await self._answer(operation, endpoint, request)
            await asyncio.sleep(self.troubles.slow_seconds)
            return failure or answer

        return troubled

    async def _answer(self, operation: str, endpoint: Endpoint, request: Request) -> Response:
        try:
            return await endpoint(request)
        except Fault as fault:
            return self._no(operation, fault)

    def _failure(self, operation: str) -> Response | None:
        troubles = self.troubles
        if not troubles.meets(operation):
            return None
        self.troubles = troubles.spent()
        return self._no(operation, Fault(troubles.fail, troubles.fail_message))

    def _no(self, operation: str, fault: Fault) -> Response:
        listed = self.troubles.listed_errors and operation == "create" and fault.status in (422, 500)
        return JSONResponse([fault.body()] if listed else fault.body(), fault.status)

    async def _token(self, request: Request) -> Response:
        if not request.headers.get("content-type", "").startswith(FORM):
            raise Fault(400, "The body is not a form")
        granted = self._keys.grant(dict(parse_qsl((await request.body()).decode(errors="replace"))))
        if self.troubles.texts_for_numbers:
            granted["expires_in"] = str(granted["expires_in"])
        return JSONResponse(granted)

    async def _fee(self, request: Request) -> Response:
        return JSONResponse(self._desk.fee(_country(request), await _body(request)))

    async def _time(self, request: Request) -> Response:
        return JSONResponse(self._desk.time(_country(request), await _body(request)))

    async def _create(self, request: Request) -> Response:
        return JSONResponse(self._desk.create(_country(request), await _body(request)), 201)

    async def _read(self, request: Request) -> Response:
        return JSONResponse(self._desk.read(request.path_params["ref"]))

    async def _update(self, request: Request) -> Response:
        return JSONResponse(self._desk.update(request.path_params["ref"], await _body(request)))

    async def _cancel(self, request: Request) -> Response:
        told = self._desk.cancel(request.path_params["ref"], await _body(request))
        return JSONResponse({"message": told}, 203) if told else Response(status_code=204)

    async def _coordinates(self, request: Request) -> Response:
        return JSONResponse(self._desk.coordinates(request.path_params["ref"]))

    def _proof(self, name: str) -> Endpoint:
        async def proof(request: Request) -> Response:
            return PlainTextResponse(self._desk.proof(request.path_params["ref"], name))

        return proof

    async def _outlet(self, request: Request) -> Response:
        return JSONResponse(self._desk.outlet(_country(request), request.path_params["ref"]))

    async def _save_outlet(self, request: Request) -> Response:
        ref = request.path_params["ref"]
        return JSONResponse(self._desk.save_outlet(_country(request), ref, await _body(request)))

    async def _outlets(self, request: Request) -> Response:
        return JSONResponse(self._desk.outlets(_country(request)))

    async def _trouble(self, request: Request) -> Response:
        try:
            self.troubles = self.troubles.changed(await _body(request) or {})
        except (ValueError, Fault) as error:
            return JSONResponse({"error": str(error)}, 400)
        return JSONResponse(self.troubles.told())

    async def _deliveries(self, request: Request) -> Response:
        return JSONResponse({"deliveries": self._desk.all()})

    async def _forget(self, request: Request) -> Response:
        self._keys.forget()
        return Response(status_code=204)


def _country(request: Request) -> str:
    return str(request.path_params["country"])


async def _body(request: Request) -> object:
    """The JSON sent, None for nothing."""
    raw = await request.body()
    try:
        return json.loads(raw) if raw.strip() else None
    except (ValueError, RecursionError):
        raise Fault(400, "The body is not JSON") from None
