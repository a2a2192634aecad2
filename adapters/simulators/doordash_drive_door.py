"""The routes of the simulated DoorDash Drive: tokens, its calls, and a side door for tests and demonstrations."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

import jwt
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from adapters.signatures import matches
from adapters.simulators.doordash_drive_desk import Desk
from adapters.simulators.doordash_drive_faults import KNOWN, Fault, invalid
from adapters.simulators.doordash_drive_troubles import Troubles
from adapters.simulators.png import png

Call = Callable[[Request], Awaitable[dict[str, object]]]
Endpoint = Callable[[Request], Awaitable[Response]]
LONGEST_TOKEN: Final = 1800  # seconds
LEEWAY: Final = 30  # seconds their clock and ours may differ


class Door:
    """Lets calls in, or does not. Tokens are looked at by the wall's clock, as fast as the simulated one may run."""

    def __init__(self, desk: Desk, *, developer_id: str, key_id: str, key: bytes) -> None:
        self.troubles = Troubles()
        self._desk = desk
        self._developer_id = developer_id
        self._key_id = key_id
        self._key = key

    def app(self) -> Starlette:
        """All routes; the API below `/drive/v2`, the side door below `/_sim`."""
        quotes, deliveries = "/drive/v2/quotes", "/drive/v2/deliveries"
        one = f"{deliveries}/{{ref}}"
        return Starlette(
            routes=[
                Route(quotes, self._api("quote", self._quote), methods=["POST"]),
                Route(f"{quotes}/{{ref}}/accept", self._api("accept", self._accept), methods=["POST"]),
                Route(deliveries, self._api("create", self._create), methods=["POST"]),
                Route(one, self._api("read", self._read), methods=["GET"]),
                Route(one, self._api("update", self._update), methods=["PATCH"]),
                Route(f"{one}/cancel", self._api("cancel", self._cancel), methods=["PUT"]),
                Route("/_sim/trouble", self._trouble, methods=["GET", "POST"]),
                Route("/_sim/deliveries", self._deliveries, methods=["GET"]),
                Route("/_sim/pictures/{name}", self._picture, methods=["GET"]),
            ]
        )

    def _api(self, operation: str, call: Call) -> Endpoint:
        async def endpoint(request: Request) -> Response:
            failure = self._failure(operation)
            if failure is None or self.troubles.fail_after:
                answer = await self._answer(call, request)
            await asyncio.sleep(self.troubles.slow_seconds)
            return failure or answer

        return endpoint

    async def _answer(self, call: Call, request: Request) -> Response:
        try:
            self._admit(request)
            return JSONResponse(await call(request))
        except Fault as fault:
            return JSONResponse(fault.body, fault.status)

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
        return self._desk.quote(await _body(request), _base(request))

    async def _accept(self, request: Request) -> dict[str, object]:
        return self._desk.accept(request.path_params["ref"], await _body(request))

    async def _create(self, request: Request) -> dict[str, object]:
        return self._desk.create(await _body(request), _base(request))

    async def _read(self, request: Request) -> dict[str, object]:
        return self._desk.read(request.path_params["ref"])

    async def _update(self, request: Request) -> dict[str, object]:
        return self._desk.update(request.path_params["ref"], await _body(request))

    async def _cancel(self, request: Request) -> dict[str, object]:
        return self._desk.cancel(request.path_params["ref"])

    async def _trouble(self, request: Request) -> Response:
        try:
            troubles = self.troubles.changed(await _body(request) or {})
            if troubles.fail and troubles.fail not in KNOWN:
                raise ValueError(f"fail: found {troubles.fail!r:.40}; allowed are {', '.join(sorted(KNOWN))}")
        except (ValueError, Fault) as error:
            return JSONResponse({"error": str(error)}, 400)
        self.troubles = troubles
        return JSONResponse(self.troubles.told())

    async def _deliveries(self, request: Request) -> Response:
        return JSONResponse({"deliveries": self._desk.all()})

    async def _picture(self, request: Request) -> Response:
        shade = 200 if "signature" in request.path_params["name"] else 40
        return Response(png(40, 120, shade), media_type="image/png")


def _base(request: Request) -> str:
    return f"{request.url.scheme}://{request.url.netloc}{request.scope.get('root_path', '')}"


async def _body(request: Request) -> object:
    """The JSON sent, None for nothing."""
    if not (await request.body()).strip():
        return None
    try:
        return await request.json()
    except (ValueError, RecursionError):
        raise invalid(body="is not JSON") from None
