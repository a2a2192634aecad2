"""The routes of the simulated Lalamove: signatures, its calls, and a side door for tests and demonstrations."""

import json
import re
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from adapters.payloads.lalamove import signed_text
from adapters.signatures import hmac_hex, matches
from adapters.simulators import door
from adapters.simulators.lalamove_desk import Desk
from adapters.simulators.lalamove_faults import Fault
from adapters.simulators.lalamove_market import market_of, told
from adapters.simulators.lalamove_rates import Rates
from adapters.simulators.lalamove_troubles import Troubles
from adapters.simulators.png import png

Call = Callable[[Request], Awaitable[object]]
SKEW: Final = timedelta(minutes=5)
SIGNED: Final = re.compile(r"hmac ([^:\s]+):([0-9]{1,15}):([0-9a-f]{64})")


class Door(door.Door[Troubles]):
    """Lets calls in, or does not."""

    def __init__(
        self, desk: Desk, troubles: Troubles, *, key: str, secret: str, now: Callable[[], datetime], rates: Rates
    ) -> None:
        super().__init__(troubles, desk.all)
        self._desk = desk
        self._key = key
        self._secret = secret
        self._now = now
        self._rates = rates

    def routes(self) -> Sequence[BaseRoute]:
        """The API below `/v3`."""
        one = "/v3/orders/{ref}"
        rider = f"{one}/drivers/{{rider}}"
        return [
            self._api("POST", "/v3/quotations", "quote", "quotation", self._quote, 201),
            self._api("GET", "/v3/quotations/{ref}", "requote", "quotation", self._quotation),
            self._api("POST", "/v3/orders", "create", "order", self._create, 201),
            self._api("GET", one, "read", "order", self._read),
            self._api("PATCH", one, "edit", "order", self._edit, 201),
            self._api("DELETE", one, "cancel", "order", self._cancel, 204),
            self._api("POST", f"{one}/priority-fee", "tip", "priorityfee", self._tip),
            self._api("GET", rider, "driver", "driver", self._rider),
            self._api("DELETE", rider, "change", "driver", self._change, 204),
            self._api("GET", "/v3/cities", "cities", "city", self._cities),
            self._api("PATCH", "/v3/webhook", "any", "webhook", self._listen),
            Route("/_sim/pictures/{name}", self._picture, methods=["GET"]),
        ]

    def wished(self) -> Fault:
        """By its id."""
        return Fault(self.troubles.fail)

    def refuse(self, operation: str, fault: door.Fault) -> Response:
        """What was wished for; a limit that is reached says so in the headers."""
        limited = isinstance(fault, Fault) and "RATE" in fault.code
        return self._no(fault, self._rates.count("Failure")[1] if limited else {})

    def _api(self, method: str, path: str, operation: str, limit: str, call: Call, status: int = 200) -> Route:
        """Signatures are over the body, and answers echo a header: so each call sees to its own admission."""

        async def answered(request: Request) -> Response:
            try:
                return await self._answered(request, f"{method.capitalize()}{limit}", call, status)
            except Fault as fault:
                return self._no(fault, _echo(request))

        return Route(path, self.troubled(operation, answered), methods=[method])

    async def _answered(self, request: Request, limit: str, call: Call, status: int) -> Response:
        await self._admit(request)
        within, headers = self._rates.count(limit)
        if self.troubles.rate_limits and not within:
            return self._no(Fault("ERR_RATE_LIMIT_EXCEEDED"), headers)
        return _said(await call(request), status, headers | _echo(request))

    def _no(self, fault: door.Fault, headers: dict[str, str]) -> Response:
        body = fault.shaped(self.troubles.errors) if isinstance(fault, Fault) else fault.body
        return _json(body, fault.status, headers)

    async def _admit(self, request: Request) -> None:
        found = SIGNED.fullmatch(request.headers.get("authorization", ""))
        key, stamp, signature = found.groups() if found else ("", "0", "")
        ours = hmac_hex(self._secret, signed_text(stamp, request.method, _path(request), await request.body()))
        if not (matches(self._key, key) and matches(ours, signature) and self._is_timely(int(stamp))):
            raise Fault("ERR_UNAUTHORIZED", "Unauthorized")
        market_of(request.headers.get("market", ""))

    def _is_timely(self, stamp: int) -> bool:
        """By this clock, or by the wall's: callers may not share a time that runs faster."""
        moment = datetime.fromtimestamp(stamp / 1000, UTC)
        return any(abs(moment - now) <= SKEW for now in (self._now(), datetime.now(UTC)))

    async def _quote(self, request: Request) -> object:
        return self._desk.quote(await _body(request), market_of(request.headers["market"]))

    async def _quotation(self, request: Request) -> object:
        return self._desk.quotation(request.path_params["ref"])

    async def _create(self, request: Request) -> object:
        return self._desk.create(await _body(request), door.base_of(request))

    async def _read(self, request: Request) -> object:
        return self._desk.read(request.path_params["ref"])

    async def _edit(self, request: Request) -> object:
        return self._desk.edit(request.path_params["ref"], await _body(request))

    async def _cancel(self, request: Request) -> object:
        self._desk.cancel(request.path_params["ref"])
        return None

    async def _tip(self, request: Request) -> object:
        return self._desk.tip(request.path_params["ref"], await _body(request))

    async def _rider(self, request: Request) -> object:
        return self._desk.rider(request.path_params["ref"], request.path_params["rider"])

    async def _change(self, request: Request) -> object:
        self._desk.change_rider(request.path_params["ref"], request.path_params["rider"], await _body(request))
        return None

    async def _cities(self, request: Request) -> object:
        return told(market_of(request.headers["market"]))

    async def _listen(self, request: Request) -> object:
        return await self._desk.listen(await _body(request), market_of(request.headers["market"]))

    async def _picture(self, request: Request) -> Response:
        shade = 200 if "signed" in request.path_params["name"] else 40
        return Response(png(40, 120, shade), media_type="image/png")


def _path(request: Request) -> str:
    """The path as it was called, without where this app is mounted."""
    raw: bytes = request.scope.get("raw_path") or request.url.path.encode()
    return raw.decode("latin-1").split("?")[0].removeprefix(request.scope.get("root_path", ""))


def _echo(request: Request) -> dict[str, str]:
    known = request.headers.get("request-id")
    return {"Request-Id": known} if known else {}


def _said(data: object, status: int, headers: dict[str, str]) -> Response:
    return Response(status_code=204, headers=headers) if status == 204 else _json({"data": data}, status, headers)


def _json(body: object, status: int, headers: dict[str, str]) -> Response:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":")) + "\n"
    kind = "application/json; charset=utf-8"
    return Response(text, status, headers={**headers, "Api-Version": "3.0.0"}, media_type=kind)


async def _body(request: Request) -> object:
    """The JSON sent, None for nothing."""
    if not (await request.body()).strip():
        return None
    try:
        return await request.json()
    except (ValueError, RecursionError):
        raise Fault("ERR_BAD_REQUEST", "The body is not JSON.") from None
