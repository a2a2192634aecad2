"""What the simulated shop's system knows of its orders, and what can be done to them: the same for every wire."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Final

from adapters.simulators.marks import NO_REFUND_MARK
from adapters.simulators.shop_sale import Back, Event, Item, MoneyState, Sale

Told = Callable[[Sale], None]
Pieces = Mapping[int, int]
"""By the place of the line."""
FIRST_BACK: Final = 5_001
PAID: Final = frozenset({MoneyState.PAID, MoneyState.PART_REFUNDED, MoneyState.REFUNDED})


class Wrong(Exception):
    """What real ones refuse as well; `code` is a word of ours that each wire says in its own way."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass
class Record:
    """One order as it stands; `accepted`, `ready` count how often it was told so."""

    id: str
    sale: Sale
    accepted: int = 0
    ready: int = 0
    shipments: int = 0
    reason: str = ""
    tracking: object = None

    @property
    def left_cents(self) -> int:
        """Money of the customer's that is still here."""
        return self.sale.total * 100 - self.sale.back_cents if self.sale.money in PAID else 0

    def item(self, place: int) -> Item:
        """Raises `Wrong`."""
        found = next((item for item in self.sale.items if item.place == place), None)
        if found is None:
            raise Wrong("unknown_line", f"no line {place}")
        return found

    def to_send(self, place: int) -> int:
        """Pieces still in the house."""
        back = 0 if self.sale.gone(place) else self.sale.back(place)
        return self.item(place).pieces - self.sale.gone(place) - back

    def to_take_back(self, place: int) -> int:
        """Pieces not taken back yet."""
        return self.item(place).pieces - self.sale.back(place)

    def facts(self) -> dict[str, object]:
        """For whoever watches from outside."""
        sale = self.sale
        return {
            "id": self.id,
            "number": str(sale.number),
            "money": sale.money.value,
            "cancelled": sale.is_off,
            "accepted": self.accepted,
            "ready": self.ready,
            "shipments": self.shipments,
            "sent": dict(sale.sent),
            "refunded": sale.back_cents,
            "refunds": [{"key": back.key, "cents": back.cents, "pieces": dict(back.pieces)} for back in sale.backs],
            "return": sale.return_status,
        }


class Books:
    """Every order the shop has told of; `told` hears each change, to be told on by webhook. Raises `Wrong`."""

    def __init__(self, now: Callable[[], datetime], told: Told) -> None:
        self._now = now
        self._told = told
        self._ids = count(FIRST_BACK)
        self._records: dict[str, Record] = {}

    def know(self, order_id: str, sale: Sale) -> bool:
        """The shop tells of a sale; False when it is over meanwhile, so that nothing is left to be told."""
        record = self._records.setdefault(order_id, Record(order_id, sale))
        before = record.sale
        if before.is_off or before.sent:
            return False
        record.sale = replace(
            sale,
            is_off=sale.event is Event.CANCELLED,
            is_preparing=before.is_preparing,
            backs=before.backs,
            money=before.money if before.backs else sale.money,
            updated_at=max(before.updated_at, sale.updated_at),
        )
        return True

    def find(self, order_id: str) -> Record:
        """By their id."""
        if (record := self._records.get(order_id)) is None:
            raise Wrong("not_found", "no such order")
        return record

    def all(self) -> list[dict[str, object]]:
        """Every order's facts."""
        return [record.facts() for record in self._records.values()]

    def accept(self, record: Record) -> None:
        """The shop prepares it."""
        self._require_on(record)
        record.accepted += 1
        self._change(record, Event.PREPARING, is_preparing=True)

    def ready(self, record: Record) -> None:
        """It is packed."""
        self._require_on(record)
        record.ready += 1

    def send(self, record: Record, pieces: Pieces, tracking: object = None) -> None:
        """They go out; a line never twice."""
        self._require_on(record)
        if not pieces or any(wanted <= 0 for wanted in pieces.values()):
            raise Wrong("nothing", "nothing to send")
        for place, wanted in pieces.items():
            if wanted > record.to_send(place):
                raise Wrong("too_many", f"line {place} has {record.to_send(place)} left to send")
        record.shipments += 1
        record.tracking = tracking
        self._change(record, Event.SENT, sent=(*record.sale.sent, *pieces.items()))

    def cancel(self, record: Record, reason: str) -> None:
        """Over, unless goods are out."""
        if record.sale.is_off:
            raise Wrong("cancelled", "the order was cancelled before")
        if record.sale.sent:
            raise Wrong("fulfilled", "an order that has gone cannot be cancelled")
        record.reason = reason
        self._change(record, Event.CANCELLED, is_off=True)

    def give_back(self, record: Record, cents: int, pieces: Pieces, *, key: str = "", note: str = "") -> Back:
        """Money, goods or both; never more than there is."""
        if cents and NO_REFUND_MARK in record.sale.note:
            raise Wrong("too_old", "this payment can no longer be refunded")
        if cents > record.left_cents:
            raise Wrong("over_refund", f"{cents / 100:.2f} asked for, {record.left_cents / 100:.2f} left")
        if cents < 0 or (not cents and not pieces):
            raise Wrong("nothing", "nothing to give back")
        for place, wanted in pieces.items():
            if wanted > record.to_take_back(place):
                raise Wrong("too_many", f"line {place} has {record.to_take_back(place)} left to take back")
        back = Back(id=next(self._ids), key=key, note=note, cents=cents, pieces=tuple(pieces.items()))
        self._change(record, Event.REFUNDED, backs=(*record.sale.backs, back), money=_money(record, cents))
        return back

    def returned(self, record: Record, status: str, *, is_done: bool) -> None:
        """The goods are on their way back, or here."""
        if not record.sale.sent:
            raise Wrong("not_sent", "nothing has gone that could come back")
        self._change(record, Event.RETURNED if is_done else Event.UPDATED, return_status=status)

    def _require_on(self, record: Record) -> None:
        if record.sale.is_off:
            raise Wrong("cancelled", "the order is cancelled")

    def _change(self, record: Record, event: Event, **changes: object) -> None:
        """Told with a later time than anything before: shop systems tell whole seconds."""
        now = self._now().replace(microsecond=0)
        at = max(now, record.sale.updated_at + timedelta(seconds=1))
        record.sale = replace(record.sale, event=event, updated_at=at, **changes)  # type: ignore[arg-type]
        self._told(record.sale)


def _money(record: Record, cents: int) -> MoneyState:
    if not cents:
        return record.sale.money
    return MoneyState.REFUNDED if cents == record.left_cents else MoneyState.PART_REFUNDED
