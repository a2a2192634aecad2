"""What the queue shows, read by itself: plain SQL over any connection, in a tenth of the time whole orders take."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any, Final

from core.board.glance import Glance, since
from core.domain.checklist import Check
from core.domain.hold import Hold
from core.domain.ids import OrderId, StaffId
from core.domain.money import Money
from core.domain.payment import Payment, is_received
from core.domain.purchase import OrderType
from core.domain.send import Send, SendKind, SendState
from core.domain.staff import Role
from core.domain.stage import Stage
from core.store import rides
from core.store.open_rows import FOR_PEOPLE, OPEN_SENDS, OPEN_STAGES
from core.store.rides import Door, Run, Word, known

_ORDERS: Final = (
    "SELECT id, number, stage, type, channel, customer_name, customer_phone, total_minor, currency, payment, is_test,"
    " is_short, changed, note, allergens, received_at, opened_at, accepted_at, ready_at, left_at, accept_by, ready_by,"
    " promised_to, seen_at, seen_by, promised_from, reminders, reminded_at, held_at, held_until, held_by, hold_reason,"
    " hold_lifted_by FROM orders WHERE {where}"
)
_GOES: Final = "CASE WHEN is_short AND shipped < quantity THEN shipped ELSE quantity END"
_GOODS: Final = (
    f"SELECT order_id, sum({_GOES}), sum(picked), sum(CASE WHEN picked < {_GOES} THEN 1 ELSE 0 END)"
    " FROM orders JOIN lines ON order_id = orders.id WHERE {where} GROUP BY order_id"
)
_TICKED: Final = (
    "SELECT order_id, count(*) FROM orders JOIN checks ON order_id = orders.id WHERE {where} GROUP BY order_id"
)
_UNSEEN: Final = ("quote", "tip", "call")  # of a send: nothing of it shows in the queue
_SEND: Final = tuple(field.name for field in fields(Send) if field.name not in _UNSEEN)
_SENDS: Final = f"SELECT {', '.join(_SEND)} FROM outbox WHERE {OPEN_SENDS} AND {FOR_PEOPLE} ORDER BY created_at"
_NOTHING: Final = (0, 0, 0)


class Glances:
    """The orders of one snapshot."""

    def __init__(self, run: Run) -> None:
        self._run = run

    def orders(self, where: str = OPEN_STAGES) -> list[Glance]:
        """Open orders, in no certain sequence; `where` is ours, never from outside."""
        goods = {row[0]: row[1:] for row in self._run(_GOODS.format(where=where))}
        ticked = {row[0]: row[1] for row in self._run(_TICKED.format(where=where))}
        rows = self._run(_ORDERS.format(where=where))
        return [_glance(row, goods.get(row[0], _NOTHING), ticked.get(row[0], 0)) for row in rows]

    def counts(self) -> dict[Stage, int]:
        """How many stand in each open stage."""
        query = f"SELECT stage, count(*) FROM orders WHERE {OPEN_STAGES} GROUP BY stage"
        return {Stage(stage): int(count) for stage, count in self._run(query)}

    def words(self, where: str = "") -> dict[OrderId, Word]:
        """The newest word of each live delivery, by its order; `where` as in `orders`, of those orders only."""
        return rides.words(self._run, where)

    def doors(self) -> dict[OrderId, Door]:
        """Where each live delivery goes."""
        return rides.doors(self._run)

    def problems(self) -> dict[OrderId, int]:
        """How many stand in the way of each order."""
        query = "SELECT order_id, count(*) FROM problems WHERE closed_at IS NULL GROUP BY order_id"
        return {row[0]: row[1] for row in self._run(query)}

    def sends(self) -> dict[OrderId, Send]:
        """The newest open send of each order."""
        return {row[1]: _send(row) for row in self._run(_SENDS)}

    def last_event(self) -> int:
        """The newest number of the journal, 0 when it is empty."""
        return int(next(iter(self._run("SELECT max(id) FROM journal")))[0] or 0)


def _glance(row: Sequence[Any], goods: Sequence[Any], ticked: int) -> Glance:
    id, number, stage, type_, channel, customer, phone, minor, currency, payment, is_test, is_short, *rest = row
    changed, note, allergens, received_at, opened_at, accepted_at, ready_at, left_at, *times = rest
    accept_by, ready_by, promised_to, seen_at, seen_by, promised_from, reminders, reminded_at, *held = times
    return Glance(
        id=id,
        number=number,
        stage=Stage(stage),
        type=OrderType(type_),
        channel=channel,
        customer=customer,
        phone=phone,
        total=Money(minor, currency),
        pieces=int(goods[0]),
        picked=int(goods[1]),
        is_picked=not goods[2],
        is_checked=ticked == len(Check),
        is_paid=is_received(Payment(payment)),
        is_test=bool(is_test),
        is_short=bool(is_short),
        is_changed=bool(changed),
        has_note=bool(note or allergens),
        since=known(since(received_at, opened_at, accepted_at, ready_at, left_at)),
        accept_by=known(accept_by),
        ready_by=_time(ready_by),
        promised_to=_time(promised_to),
        seen_at=_time(seen_at),
        seen_by=seen_by or "",
        promised_from=_time(promised_from),
        hold=_hold(*held),
        reminders=int(reminders),
        reminded_at=_time(reminded_at),
    )


def _hold(at: Any, until: Any, by: str, reason: str, lifted_by: str) -> Hold | None:
    if at is None:
        return None
    return Hold(reason=reason, by=StaffId(by), at=known(at), until=_time(until), lifted_by=Role(lifted_by))


def _send(row: Sequence[Any]) -> Send:
    values = dict(zip(_SEND, row, strict=True))
    return Send(
        **{
            **values,
            "kind": SendKind(values["kind"]),
            "state": SendState(values["state"]),
            "due_at": known(values["due_at"]),
            "created_at": known(values["created_at"]),
            "is_unwanted": bool(values["is_unwanted"]),
        }
    )


def _time(value: str | datetime | None) -> datetime | None:
    return None if value is None else known(value)
