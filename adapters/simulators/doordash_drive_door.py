"""The routes of the simulated DoorDash Drive: tokens, its calls, and a side door for tests and demonstrations."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Final

import jwt
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from adapters.signatures import matches
from adapters.simulators import door
from adapters.simulators.doordash_drive_desk import Desk
from adapters.simulators.doordash_drive_faults import KNOWN, Fault, invalid
from adapters.simulators.doordash_drive_troubles import Troubles
from adapters.simulators.png import png

Call = Callable[[Request], Awaitable[dict[str, object]]]
LONGEST_TOKEN: Final = 1800  # seconds
LEEWAY: Final = 30  # seconds their clock and ours may differ


class Door(door.Door[Troubles]):
    """Lets calls in, or does not. Tokens are looked at by the wall's clock, as fast as the simulated one may run."""

    def __init__(self, desk: Desk, troubles: Troubles, *, developer_id: str, key_id: str, key: bytes) -> None:
        super().__init__(troubles, desk.all)
        self._desk = desk
        self._developer_id = developer_id
        self._key_id = key_id
        self._key = key

    def routes(self) -> Sequence[BaseRoute]:
        """The API below `/drive/v2`."""
        quotes, deliveries = "/drive/v2/quotes", "/drive/v2/deliveries"
        one = f"{deliveries}/{{ref}}"
        return [
            self._api("POST", quotes, "quote", self._quote),
            self._api("POST", f"{quotes}/{{ref}}/accept", "accept", self._accept),
            self._api("POST", deliveries, "create", self._create),
            self._api("GET", one, "read", self._read),
            self._api("PATCH", one, "update", self._update),
            self._api("PUT", f"{one}/cancel", "cancel", self._cancel),
            Route("/_sim/pictures/{name}", self._picture, methods=["GET"]),
        ]

    def wished(self) -> Fault:
        """By its code or reason."""
        return Fault(self.troubles.fail)

    def is_fault(self, word: object) -> bool:
        """One of their codes or reasons."""
        return word in KNOWN

    def _api(self, method: str, path: str, operation: str, call: Call) -> Route:
        async def answered(request: Request) -> Response:
            return JSONResponse(await call(request))

        return self.route(method, path, operation, answered)

    def admit(self, request: Request) -> None:
        """By a token of this account's."""
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        wrong = self._fault_of(token) if kind.lower() == "bearer" else "there is none"
        if wrong:
            raise Fault("authentication_error", f"The token is not valid: {wrong}")

    def _fault_of(self, token: str) -> str:
        """What is wrong with a token, empty for one that is right (1)."""
        try:
            claims = jwt.decode(
                token,
                self._key,
                algorithms=["HS256"],
                audience="doordash",
                leeway=LEEWAY,
                options={"require": ["exp", "iat", "aud", "iss"]},
            )
            version = jwt.get_unverified_header(token).get("dd-ver")
        except jwt.PyJWTError as error:
            return str(error)
        faults = {
            "dd-ver": version != "DD-JWT-V1",
            "iss": not matches(self._developer_id, str(claims["iss"])),
            "kid": not matches(self._key_id, str(claims.get("kid"))),
            "exp": claims["exp"] - claims["iat"] > LONGEST_TOKEN,
        }
        return " ".join(name for name, is_wrong in faults.items() if is_wrong)

    async def _quote(self, request: Request) -> dict[str, object]:
        return self._desk.quote(await _body(request), door.base_of(request))

    async def _accept(self, request: Request) -> dict[str, object]:
        return self._desk.accept(request.path_params["ref"], await _body(request))

    async def _create(self, request: Request) -> dict[str, object]:
        return self._desk.create(await _body(request), door.base_of(request))

    async def _read(self, request: Request) -> dict[str, object]:
        return self._desk.read(request.path_params["ref"])

    async def _update(self, request: Request) -> dict[str, object]:
        return self._desk.update(request.path_params["ref"], await _body(request))

    async def _cancel(self, request: Request) -> dict[str, object]:
        return self._desk.cancel(request.path_params["ref"])

    async def _picture(self, request: Request) -> Response:
        shade = 200 if "signature" in request.path_params["name"] else 40
        return Response(png(40, 120, shade), media_type="image/png")


async def _body(request: Request) -> object:
    """The JSON sent, None for nothing."""
    if not (await request.body()).strip():
        return None
    try:
        return await request.json()
    except (ValueError, RecursionError):
        raise invalid(body="is not JSON") from None
