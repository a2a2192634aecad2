"""The routes of the simulated pandago: tokens, its calls, and a side door for tests and demonstrations."""

import json
from collections.abc import Sequence
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from adapters.simulators import door
from adapters.simulators.pandago_desk import Desk
from adapters.simulators.pandago_faults import Fault
from adapters.simulators.pandago_keys import Keys
from adapters.simulators.pandago_troubles import Troubles

PROOFS: Final = ("proof_of_pickup", "proof_of_delivery", "proof_of_return")
FORM: Final = "application/x-www-form-urlencoded"


class Door(door.Door[Troubles]):
    """Lets calls in, or does not."""

    def __init__(self, desk: Desk, troubles: Troubles, keys: Keys) -> None:
        super().__init__(troubles, desk.all)
        self._desk = desk
        self._keys = keys

    def routes(self) -> Sequence[BaseRoute]:
        """The API below `/CC/api/v1`."""
        one = "/orders/{ref}"
        return [
            Route("/oauth2/token", self.troubled("token", self._token), methods=["POST"]),
            # Before what stands in for any order's number.
            self._api("POST", "/orders/fee", "fee", self._fee),
            self._api("POST", "/orders/time", "time", self._time),
            *(self._api("GET", f"/orders/{name}/{{ref}}", "proof", self._proof(name)) for name in PROOFS),
            self._api("POST", "/orders", "create", self._create),
            self._api("GET", one, "read", self._read),
            self._api("GET", f"{one}/coordinates", "coordinates", self._coordinates),
            self._api("PUT", one, "update", self._update),
            self._api("DELETE", one, "cancel", self._cancel),
            self._api("GET", "/outlets/{ref}", "outlet", self._outlet),
            self._api("PUT", "/outlets/{ref}", "outlet", self._save_outlet),
            self._api("PATCH", "/outlets/{ref}", "outlet", self._save_outlet),
            self._api("GET", "/outletList", "outlet", self._outlets),
            Route("/_sim/forget_tokens", self._forget, methods=["POST"]),
        ]

    def admit(self, request: Request) -> None:
        """By a token that was given out."""
        if not self._keys.admits(request.headers.get("authorization", "")):
            raise Fault(403 if self.troubles.stale_is_403 else 401)

    def wished(self) -> Fault:
        """By its status."""
        return Fault(self.troubles.fail, self.troubles.fail_message)

    def refuse(self, operation: str, fault: door.Fault) -> Response:
        """Errors of a submission may come as a list."""
        listed = self.troubles.listed_errors and operation == "create" and fault.status in (422, 500)
        return JSONResponse([fault.body] if listed else fault.body, fault.status)

    def _api(self, method: str, path: str, operation: str, call: door.Endpoint) -> Route:
        return self.route(method, "/{country}/api/v1" + path, operation, call)

    async def _token(self, request: Request) -> Response:
        if not request.headers.get("content-type", "").startswith(FORM):
            raise Fault(400, "The body is not a form")
        granted = self._keys.grant(await door.form_of(request))
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

    def _proof(self, name: str) -> door.Endpoint:
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
