"""Sends on disk: what we owe the outside."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Select, bindparam, func, insert, select, text, update

from core.domain.ids import OrderId, SendId
from core.domain.send import OF_COURIERS, Send, SendKind, SendState
from core.store import mapping
from core.store.open_rows import FOR_PEOPLE, OPEN_SENDS
from core.store.tables import outbox

_ADD: Final = insert(outbox)
_SAVE: Final = update(outbox).where(outbox.c.id == bindparam("_id"))
_OPEN: Final = text(OPEN_SENDS)
_FOR_PEOPLE: Final = text(FOR_PEOPLE)
_TELLING: Final = outbox.c.kind == SendKind.TELL_SHOP.value
_OF_COURIERS: Final = outbox.c.kind.in_(sorted(OF_COURIERS))
_CAME_TO_NOTHING: Final = (SendState.TAKEN_BACK.value, SendState.REFUSED.value)


class Outbox:
    """The sends of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, send: Send) -> None:
        """A new debt; a second open one of its kind for a job, or a second open call, breaks a constraint."""
        self._connection.execute(_ADD, mapping.send_row(send))

    def save(self, send: Send) -> None:
        """Its next state."""
        self._connection.execute(_SAVE, mapping.send_row(send) | {"_id": send.id})

    def get(self, send_id: SendId) -> Send:
        """One that exists."""
        return self._load(select(outbox).where(outbox.c.id == send_id))[0]

    def due(self, now: datetime) -> list[Send]:
        """What may leave now, the oldest first."""
        return self._load(select(outbox).where(_OPEN, outbox.c.due_at <= now).order_by(outbox.c.due_at))

    def open_of(self, order_id: OrderId, kind: SendKind | None = None) -> Send | None:
        """What is still owed for an order; of no named kind, what people wait for: a tip is none of it."""
        wanted = _FOR_PEOPLE if kind is None else outbox.c.kind == kind.value
        mine = select(outbox).where(_OPEN, outbox.c.order_id == order_id, wanted)
        return next(iter(self._load(mine.order_by(outbox.c.created_at.desc()))), None)

    def open_recall(self, order_id: OrderId, courier: str, ref: str) -> Send | None:
        """The recall of one job that is still owed."""
        job = (outbox.c.order_id == order_id, outbox.c.courier == courier, outbox.c.ref == ref)
        ours = outbox.c.kind == SendKind.CANCEL_COURIER.value
        return next(iter(self._load(select(outbox).where(_OPEN, ours, *job))), None)

    def of(self, order_id: OrderId) -> list[Send]:
        """All of an order, newest first; what is still owed before what is over."""
        return self._newest_first(select(outbox).where(outbox.c.order_id == order_id))

    def of_couriers(self, order_id: OrderId) -> list[Send]:
        """The same, of what couriers were or are to be asked."""
        return self._newest_first(select(outbox).where(outbox.c.order_id == order_id, _OF_COURIERS))

    def tellings(self, order_id: OrderId) -> list[Send]:
        """All that the shop's system was, or is to be, told of an order, in no certain sequence."""
        return self._load(select(outbox).where(outbox.c.order_id == order_id, _TELLING))

    def held_tellings(self) -> list[Send]:
        """What a shop's system is not told yet, and can still be taken back, the one held last first."""
        mine = select(outbox).where(_OPEN, _TELLING, outbox.c.attempts == 0)
        return self._load(mine.order_by(outbox.c.created_at.desc(), outbox.c.id))

    def keyed(self, key: str) -> Send | None:
        """The booking that was made under a key of ours."""
        mine = select(outbox).where(outbox.c.key == key, outbox.c.kind == SendKind.BOOK_COURIER.value)
        return next(iter(self._load(mine)), None)

    def recalled(self, order_id: OrderId, courier: str, ref: str) -> bool:
        """Whether we ourselves called this job off; a recall that came to nothing does not count."""
        return self.recall_of(order_id, courier, ref) is not None

    def recall_of(self, order_id: OrderId, courier: str, ref: str) -> Send | None:
        """The newest recall of a job by ourselves, unless it came to nothing."""
        ours = outbox.c.kind == SendKind.CANCEL_COURIER.value
        job = (outbox.c.order_id == order_id, outbox.c.courier == courier, outbox.c.ref == ref)
        held = outbox.c.state.not_in(_CAME_TO_NOTHING)
        return next(iter(self._load(select(outbox).where(ours, held, *job).order_by(outbox.c.created_at.desc()))), None)

    def open_by_order(self, ids: Iterable[OrderId] | None = None) -> dict[OrderId, Send]:
        """The newest open send of each order; of all orders when none is named."""
        query = select(outbox).where(_OPEN, _FOR_PEOPLE).order_by(outbox.c.created_at)
        sends = self._load(query if ids is None else query.where(outbox.c.order_id.in_(list(ids))))
        return {send.order_id: send for send in sends}

    def waiting(self) -> int:
        """How many are owed."""
        return int(self._connection.execute(select(func.count()).select_from(outbox).where(_OPEN)).scalar_one())

    def _newest_first(self, query: Select[Any]) -> list[Send]:
        sends = self._load(query.order_by(outbox.c.created_at.desc()))
        return sorted(sends, key=lambda send: (send.created_at, send.is_open), reverse=True)

    def _load(self, query: Select[Any]) -> list[Send]:
        return [mapping.send_of(row) for row in self._connection.execute(query).mappings()]
