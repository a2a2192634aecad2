"""The simulated CYBERBIZ open API (order sources, section 3): what an app may do to orders, five calls a second."""

import json
from collections import deque
from collections.abc import Callable, Sequence
from time import monotonic
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from adapters.signatures import matches
from adapters.simulators import door
from adapters.simulators.shop_books import Books, Record, Wrong
from adapters.simulators.shop_cyberbiz import line_id, order
from adapters.simulators.troubles import Troubles

TOKEN: Final = "practice-shop-api-token"
PER_SECOND: Final = 5
ORDERS: Final = "/v1/orders"
CANCEL_REASONS: Final = frozenset(
    "customer duplicate not_pay fraud inventory forgot not_shipped_yet other".split()
)  # the known part of their list
# Which operation may follow on which state, and the state it leads to.
RETURNS: Final = {
    "manual_returning": ({"no_need"}, "returning"),
    "manual_check_goods": ({"returning"}, "check_goods"),
    "manual_return_refuse": ({"returning", "check_goods"}, "no_need"),
    "manual_return_done": ({"returning", "check_goods"}, "returned"),
}


class Fault(door.Fault):
    """A status and a sentence."""

    def __init__(self, status: int, message: str = "") -> None:
        super().__init__(message or f"error {status}")
        self.status = status

    @property
    def body(self) -> object:
        """What the answer says."""
        return {"message": str(self)}


class CyberbizDoor(door.Door[Troubles]):
    """For who bears the token. Their back office gives money back when an order is cancelled or has come back."""

    def __init__(self, books: Books, troubles: Troubles, ticks: Callable[[], float] = monotonic) -> None:
        super().__init__(troubles, books.all)
        self._books = books
        self._ticks = ticks
        self._calls: deque[float] = deque(maxlen=PER_SECOND)

    def routes(self) -> Sequence[BaseRoute]:
        """The part of the API that is about orders."""
        one = f"{ORDERS}/{{id}}"
        return [
            self.route("GET", ORDERS, "list", self._list),
            self.route("GET", one, "read", self._read),
            self.route("PUT", f"{one}/preparing", "preparing", self._preparing),
            self.route("PUT", f"{one}/cancelled", "cancelled", self._cancelled),
            self.route("PUT", f"{one}/manual_return", "manual_return", self._return),
            self.route("POST", f"{one}/fulfillments/express_delivery_shipping", "shipping", self._ship),
        ]

    def admit(self, request: Request) -> None:
        """By the token, and not too often."""
        if not matches(f"Bearer {TOKEN}", request.headers.get("authorization", "")):
            raise Fault(401, "Unauthorized")
        now = self._ticks()
        if len(self._calls) == PER_SECOND and now - self._calls[0] < 1:
            raise Fault(429, "Too many requests")
        self._calls.append(now)

    def wished(self) -> Fault:
        """A status."""
        return Fault(int(self.troubles.fail))

    def is_fault(self, word: object) -> bool:
        """Any status."""
        return isinstance(word, int) and 400 <= word < 600

    def refuse(self, operation: str, fault: door.Fault) -> Response:
        """A limit that was reached says when it is over."""
        answer = super().refuse(operation, fault)
        if fault.status == 429:
            answer.headers["Retry-After"] = "1"
        return answer

    async def _list(self, request: Request) -> Response:
        return JSONResponse({"orders": []})

    async def _read(self, request: Request) -> Response:
        return self._shown(self._record(request))

    async def _preparing(self, request: Request) -> Response:
        return await self._change(request, lambda record, body: self._books.accept(record))

    async def _cancelled(self, request: Request) -> Response:
        return await self._change(request, self._cancel)

    async def _return(self, request: Request) -> Response:
        return await self._change(request, self._operate)

    async def _ship(self, request: Request) -> Response:
        return await self._change(request, self._send)

    async def _change(self, request: Request, do: Callable[[Record, dict[str, object]], None]) -> Response:
        record, body = self._record(request), await _body(request)
        try:
            do(record, body)
        except Wrong as wrong:
            raise Fault(422, str(wrong)) from None
        return self._shown(record)

    def _cancel(self, record: Record, body: dict[str, object]) -> None:
        if (reason := str(body.get("cancel_reason"))) not in CANCEL_REASONS:
            raise Fault(422, f"cancel_reason {reason!r:.40} is not included in the list")
        self._books.cancel(record, reason)
        self._refund(record)

    def _operate(self, record: Record, body: dict[str, object]) -> None:
        states, state = RETURNS.get(str(body.get("operation")), (set(), ""))
        if record.sale.return_status not in states:
            raise Fault(422, f"operation not allowed while {record.sale.return_status}")
        self._books.returned(record, state, is_done=state == "returned")
        if state == "returned":
            self._refund(record)

    def _send(self, record: Record, body: dict[str, object]) -> None:
        ids = [word for word in str(body.get("line_item_ids", "")).split(",") if word]
        places = {str(line_id(record.sale, item)): item.place for item in record.sale.items}
        if strange := [word for word in ids if word not in places]:
            raise Wrong("unknown_line", f"line_item_ids {strange[0]:.40} is invalid")
        left = {places[word]: record.to_send(places[word]) for word in ids}
        self._books.send(record, {place: pieces for place, pieces in left.items() if pieces})

    def _refund(self, record: Record) -> None:
        if record.left_cents:
            self._books.give_back(record, record.left_cents, {}, note="back office")

    def _record(self, request: Request) -> Record:
        try:
            return self._books.find(request.path_params["id"])
        except Wrong as wrong:
            raise Fault(404, str(wrong)) from None

    def _shown(self, record: Record) -> Response:
        return JSONResponse(order(record.sale))


async def _body(request: Request) -> dict[str, object]:
    try:
        told = json.loads(await request.body() or b"{}")
    except ValueError:
        raise Fault(400, "no JSON") from None
    return told if isinstance(told, dict) else {}
