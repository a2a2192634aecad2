"""The simulated system of its own: it takes in our signed callbacks, each id once (Standard Webhooks 1.0.0)."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Final

from pydantic import BaseModel, PlainValidator, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from adapters import values
from adapters.signatures import matches, standard_signature
from adapters.simulators import door
from adapters.simulators.shop_books import Books, Record, Wrong
from adapters.simulators.troubles import Troubles

PATH: Final = "/orderbell"
TOLERANCE: Final = 300  # seconds
STATUSES: Final = {"not_found": 404, "cancelled": 409, "fulfilled": 409}
STRANGER: Final = 401


class Fault(door.Fault):
    """A status, and a code in JSON."""

    def __init__(self, status: int, code: str = "", message: str = "") -> None:
        super().__init__(message or code or str(status))
        self.status = status
        self.code = code or str(status)

    @property
    def body(self) -> object:
        """What the answer says."""
        return {"code": self.code, "message": str(self)}


@dataclass(frozen=True)
class Signing:
    """How letters are signed, and how many seconds a signature may be off."""

    secret: str = field(repr=False)
    now: Callable[[], datetime]
    tolerance: float = TOLERANCE

    def age(self, at: int) -> float:
        """Seconds, either way."""
        return abs(at - self.now().timestamp())


class _Piece(BaseModel):
    id: str
    quantity: int


class _Data(BaseModel):
    id: str
    number: str = ""
    lines: list[_Piece] = []
    all: bool = True
    reason: str = ""
    amount: Annotated[object, PlainValidator(values.amount)] = None
    tracking: dict[str, str] | None = None

    @property
    def cents(self) -> int:
        return round(float(str(self.amount)) * 100)


class _Message(BaseModel):
    type: str
    data: dict[str, object] = {}


class StandardDoor(door.Door[Troubles]):
    """Remembers the answer to every `webhook-id`: the second time nothing happens."""

    def __init__(self, books: Books, troubles: Troubles, signing: Signing) -> None:
        super().__init__(troubles, books.all)
        self._books = books
        self._signing = signing
        self._answers: dict[str, dict[str, object]] = {}

    def routes(self) -> Sequence[BaseRoute]:
        """One address for all."""
        return [Route(PATH, self._letter, methods=["POST"])]

    def wished(self) -> Fault:
        """A status."""
        return Fault(int(self.troubles.fail))

    def is_fault(self, word: object) -> bool:
        """Any status."""
        return isinstance(word, int) and 300 <= word < 600

    async def _letter(self, request: Request) -> Response:
        body = await request.body()
        try:
            self._admit(request, body)
            message = _Message.model_validate(json.loads(body))
        except Fault as fault:
            return self.refuse("letter", fault)
        except (ValueError, ValidationError):
            return self.refuse("letter", Fault(400, "unreadable"))

        async def take(request: Request) -> Response:
            return JSONResponse(self._once(request.headers["webhook-id"], message))

        return await self.troubled(message.type, take)(request)

    def _admit(self, request: Request, body: bytes) -> None:
        message_id, at = (request.headers.get(f"webhook-{name}", "") for name in ("id", "timestamp"))
        if not message_id or not at.isdecimal() or self._signing.age(int(at)) > self._signing.tolerance:
            raise Fault(STRANGER, "stranger", "no id, or too old")
        ours = standard_signature(self._signing.secret, message_id, at, body)
        if not any([matches(ours, given) for given in request.headers.get("webhook-signature", "").split(" ")]):
            raise Fault(STRANGER, "stranger", "the signature does not fit")

    def _once(self, message_id: str, message: _Message) -> dict[str, object]:
        if message_id not in self._answers:
            try:
                self._answers[message_id] = self._take(message, message_id)
            except Wrong as wrong:
                raise Fault(STATUSES.get(wrong.code, 422), wrong.code, str(wrong)) from None
        return self._answers[message_id]

    def _take(self, message: _Message, message_id: str) -> dict[str, object]:
        if message.type == "ping":
            return {}
        data = _Data.model_validate({"amount": "0", **message.data})
        record = self._books.find(data.id)
        reference = _DO[message.type](self._books, record, data, message_id) if message.type in _DO else ""
        return {"reference": reference}


def _pieces(record: Record, data: _Data, left: Callable[[int], int]) -> dict[int, int]:
    """By place; of a whole order what is left of every line."""
    if data.all:
        return {item.place: left(item.place) for item in record.sale.items if left(item.place)}
    if strange := [piece.id for piece in data.lines if not piece.id.isdecimal()]:
        raise Wrong("unknown_line", f"no line {strange[0]}")
    return {int(piece.id): piece.quantity for piece in data.lines}


def _accept(books: Books, record: Record, data: _Data, key: str) -> str:
    books.accept(record)
    return ""


def _ready(books: Books, record: Record, data: _Data, key: str) -> str:
    books.ready(record)
    return ""


def _ship(books: Books, record: Record, data: _Data, key: str) -> str:
    books.send(record, _pieces(record, data, record.to_send), data.tracking)
    return f"S-{data.number}-{record.shipments}"


def _cancel(books: Books, record: Record, data: _Data, key: str) -> str:
    books.cancel(record, data.reason)
    return ""


def _refund(books: Books, record: Record, data: _Data, key: str) -> str:
    pieces = {} if data.all else _pieces(record, data, record.to_take_back)
    return f"R-{books.give_back(record, data.cents, pieces, key=key, note=data.reason).id}"


def _return(books: Books, record: Record, data: _Data, key: str) -> str:
    books.returned(record, "returned", is_done=True)
    return ""


_DO: Final[dict[str, Callable[[Books, Record, _Data, str], str]]] = {
    "order.accepted": _accept,
    "order.ready": _ready,
    "order.shipped": _ship,
    "order.cancelled": _cancel,
    "order.refund": _refund,
    "order.returned": _return,
}
