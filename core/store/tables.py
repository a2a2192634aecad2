"""The tables. Written and read as Core rows (ORM objects cost three times as much), mapped in `mapping.py`."""

from datetime import datetime
from typing import Any, ClassVar, Final

from sqlalchemy import JSON, BigInteger, Index, LargeBinary, MetaData, Table, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from core.store.columns import UtcTime
from core.store.open_rows import OPEN_SENDS, OPEN_STAGES

NAMES: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
metadata: Final = MetaData(naming_convention=NAMES)


class _Base(SQLModel):
    metadata = metadata


def _time(**more: Any) -> Any:
    return Field(default=None, sa_type=UtcTime, **more)


def _only_where(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    return Index(name, *columns, unique=unique, sqlite_where=text(where), postgresql_where=text(where))


class OrderRow(_Base, table=True):
    """One order: what was bought and where it stands. Money in minor units, places in degrees."""

    __tablename__: ClassVar[Any] = "orders"
    __table_args__ = (
        UniqueConstraint("channel", "shop", "channel_order_id"),
        _only_where("ix_orders_open", "stage", "received_at", where=OPEN_STAGES),
        Index("ix_orders_buyer", "buyer", "received_at"),
        Index("ix_orders_door", "door", "received_at"),
        _only_where("ix_orders_by_hand", "channel", "received_at", where="channel = 'hand'"),
    )
    id: str = Field(primary_key=True)
    channel: str
    shop: str
    channel_order_id: str
    number: str = Field(index=True)
    told_at: datetime = _time(nullable=False)
    placed_at: datetime = _time(nullable=False)
    payment: str
    type: str
    customer_name: str
    customer_phone: str
    customer_address: str
    latitude: float | None = None
    longitude: float | None = None
    total_minor: int = Field(sa_type=BigInteger)
    currency: str
    promised_from: datetime | None = _time()
    promised_to: datetime | None = _time()
    channel_accept_by: datetime | None = _time()
    note: str
    allergens: str
    wants_invoice: bool
    is_test: bool
    cancel_reason: str | None = None
    is_fulfilled: bool
    clash: str
    stage: str
    version: int
    received_at: datetime = _time(nullable=False, index=True)
    accept_by: datetime = _time(nullable=False)
    opened_at: datetime | None = _time()
    seen_at: datetime | None = _time()
    seen_by: str | None = None
    accepted_at: datetime | None = _time(index=True)
    accepted_by: str | None = None
    ready_by: datetime | None = _time()
    ready_at: datetime | None = _time()
    left_at: datetime | None = _time()
    ended_at: datetime | None = _time()
    reason: str
    changed: str  # field names with spaces between
    parcels: int
    is_short: bool
    hand_number: str = Field(sa_column_kwargs={"server_default": ""})
    discount_minor: int | None = Field(default=None, sa_type=BigInteger)
    tax_minor: int | None = Field(default=None, sa_type=BigInteger)
    delivery_fee_minor: int | None = Field(default=None, sa_type=BigInteger)
    tax_included: bool = Field(sa_column_kwargs={"server_default": text("true")})
    review: str = Field(sa_column_kwargs={"server_default": ""})  # one finding a line
    reviewed_by: str | None = None
    reviewed_at: datetime | None = _time()
    completed: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    buyer: str = Field(sa_column_kwargs={"server_default": ""})  # last digits of the phone
    door: int | None = Field(default=None, sa_type=BigInteger)  # of the address, however it is spaced
    hold_reason: str | None = None
    held_by: str | None = None
    held_at: datetime | None = _time()
    held_until: datetime | None = _time()
    hold_lifted_by: str | None = None
    reminders: int = Field(sa_column_kwargs={"server_default": "0"})
    reminded_at: datetime | None = _time()


class LineRow(_Base, table=True):
    """One line of an order, in the shop's sequence."""

    __tablename__: ClassVar[Any] = "lines"
    order_id: str = Field(primary_key=True, foreign_key="orders.id", ondelete="CASCADE")
    id: str = Field(primary_key=True)
    place: int
    sku: str
    name: str
    quantity: int
    unit_price_minor: int | None = Field(default=None, sa_type=BigInteger)
    weight_g: int | None = None
    barcode: str
    options: str
    note: str
    shelf: str
    is_gift: bool
    picked: int
    shipped: int
    refunded: int
    length_mm: int | None = None
    width_mm: int | None = None
    height_mm: int | None = None
    total_minor: int | None = Field(default=None, sa_type=BigInteger)
    tax_minor: int | None = Field(default=None, sa_type=BigInteger)
    if_missing: str = Field(sa_column_kwargs={"server_default": "unsaid"})
    wish: str = Field(sa_column_kwargs={"server_default": ""})
    swap_of: str | None = None


class CheckRow(_Base, table=True):
    """A ticked check."""

    __tablename__: ClassVar[Any] = "checks"
    order_id: str = Field(primary_key=True, foreign_key="orders.id", ondelete="CASCADE")
    name: str = Field(primary_key=True)


class DeliveryRow(_Base, table=True):
    """One courier job. At most one is live for an order: the database sees to it (X6)."""

    __tablename__: ClassVar[Any] = "deliveries"
    __table_args__ = (
        UniqueConstraint("courier", "ref"),
        _only_where("uq_deliveries_live", "order_id", where="ended_at IS NULL", unique=True),
    )
    id: str = Field(primary_key=True)
    order_id: str = Field(foreign_key="orders.id", index=True, ondelete="CASCADE")
    courier: str
    ref: str
    key: str = Field(unique=True)
    state: str
    word: str
    at: datetime = _time(nullable=False)
    state_since: datetime = _time(nullable=False)
    booked_at: datetime = _time(nullable=False)
    waybill: str
    driver_name: str | None = None
    driver_phone: str | None = None
    driver_vehicle: str | None = None
    driver_plate: str | None = None
    place_latitude: float | None = None
    place_longitude: float | None = None
    place_at: datetime | None = _time()
    eta_store: datetime | None = _time()
    eta_door: datetime | None = _time()
    tracking_url: str
    fee_minor: int | None = Field(default=None, sa_type=BigInteger)
    fee_currency: str | None = None
    pin: str
    reason: str
    return_ref: str = Field(index=True)
    handed_over_at: datetime | None = _time()
    picked_up_at: datetime | None = _time()
    ended_at: datetime | None = _time()
    at_store_at: datetime | None = _time()
    heard_at: datetime | None = _time()
    eta_at: datetime | None = _time()
    received_at: datetime | None = _time()
    cancel_fee_minor: int | None = Field(default=None, sa_type=BigInteger)
    cancel_fee_currency: str | None = None
    tip_minor: int | None = Field(default=None, sa_type=BigInteger)
    tip_currency: str | None = None
    eta_told_at: datetime | None = _time()
    driver_at: datetime | None = _time()
    driver_from: datetime | None = _time()
    former_driver: str = Field(sa_column_kwargs={"server_default": ""})
    driver_changed_at: datetime | None = _time()


class ProofRow(_Base, table=True):
    """A picture or signature of a delivery: wanted, kept in a file, or not to be had."""

    __tablename__: ClassVar[Any] = "proofs"
    __table_args__ = (_only_where("ix_proofs_wanted", "asked_at", where="state = 'wanted'"),)
    delivery_id: str = Field(primary_key=True, foreign_key="deliveries.id", ondelete="CASCADE")
    waypoint: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    state: str
    file: str  # below the data folder, empty until kept
    asked_at: datetime = _time(nullable=False)  # when it was, or is to be, asked for
    tries: int
    reason: str


class InboxRow(_Base, table=True):
    """A signed call as it came; `state` is read, ignored, unreadable or too_large."""

    __tablename__: ClassVar[Any] = "inbox"
    __table_args__ = (UniqueConstraint("sender", "key"),)
    id: int | None = Field(default=None, primary_key=True)
    sender: str
    key: str
    received_at: datetime = _time(nullable=False)
    state: str
    reason: str
    headers: dict[str, str] = Field(sa_type=JSON)
    body: bytes = Field(sa_type=LargeBinary)
    size: int


class OutboxRow(_Base, table=True):
    """An outside call we owe. One call at a time for an order (X6), one recall and one tip for each of its jobs."""

    __tablename__: ClassVar[Any] = "outbox"
    __table_args__ = (
        _only_where("uq_outbox_call", "order_id", where=f"{OPEN_SENDS} AND kind = 'book_courier'", unique=True),
        _only_where("uq_outbox_open", "order_id", "kind", "courier", "ref", where=OPEN_SENDS, unique=True),
        _only_where("ix_outbox_due", "due_at", where=OPEN_SENDS),
    )
    id: str = Field(primary_key=True)
    order_id: str = Field(foreign_key="orders.id", index=True, ondelete="CASCADE")
    kind: str
    courier: str
    key: str
    due_at: datetime = _time(nullable=False)
    created_at: datetime = _time(nullable=False)
    created_by: str
    state: str
    attempts: int
    ref: str
    reason: str
    is_unwanted: bool
    quote: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    tip_minor: int | None = Field(default=None, sa_type=BigInteger)
    tip_currency: str | None = None
    why: str = Field(sa_column_kwargs={"server_default": ""})
    channel: str = Field(sa_column_kwargs={"server_default": ""})
    call: dict[str, Any] | None = Field(default=None, sa_type=JSON)


class ProblemRow(_Base, table=True):
    """Something that wants a person; one open of a kind for an order."""

    __tablename__: ClassVar[Any] = "problems"
    __table_args__ = (
        _only_where("uq_problems_open", "order_id", "kind", where="closed_at IS NULL", unique=True),
        _only_where("ix_problems_open", "opened_at", where="closed_at IS NULL"),
        Index("ix_problems_opened_at", "opened_at"),
    )
    id: str = Field(primary_key=True)
    order_id: str | None = Field(default=None, foreign_key="orders.id", index=True, ondelete="CASCADE")
    kind: str
    opened_at: datetime = _time(nullable=False)
    detail: str
    closed_at: datetime | None = _time()
    result: str
    cause: str = Field(sa_column_kwargs={"server_default": ""})
    bearer: str = Field(sa_column_kwargs={"server_default": ""})
    cost_minor: int | None = Field(default=None, sa_type=BigInteger)
    cost_currency: str | None = None
    step: int = Field(sa_column_kwargs={"server_default": "0"})
    next_at: datetime | None = _time()
    louder: int = Field(sa_column_kwargs={"server_default": "0"})
    said: str = Field(sa_column_kwargs={"server_default": ""})


class RefundRow(_Base, table=True):
    """Money that goes back. `state` is owed, done, refused, by_hand or taken_back; `lines` are [line id, pieces]."""

    __tablename__: ClassVar[Any] = "refunds"
    id: str = Field(primary_key=True)
    order_id: str = Field(foreign_key="orders.id", index=True, ondelete="CASCADE")
    amount_minor: int = Field(sa_type=BigInteger)
    currency: str
    reason: str
    by: str
    at: datetime = _time(nullable=False)
    lines: list[list[Any]] = Field(sa_type=JSON)
    state: str
    send_id: str | None = None
    ref: str
    cause: str
    bearer: str


class DraftRow(_Base, table=True):
    """An order that is being keyed in; gone when it is confirmed or thrown away."""

    __tablename__: ClassVar[Any] = "drafts"
    id: str = Field(primary_key=True)
    by: str
    kept_at: datetime = _time(nullable=False)
    form: dict[str, Any] = Field(sa_type=JSON)


class JournalRow(_Base, table=True):
    """What happened, in the order of its numbers; nothing is ever changed in it."""

    __tablename__: ClassVar[Any] = "journal"
    __table_args__ = ({"sqlite_autoincrement": True},)
    id: int | None = Field(default=None, primary_key=True)
    at: datetime = _time(nullable=False)
    order_id: str | None = Field(default=None, index=True)
    kind: str
    by: str
    data: dict[str, Any] = Field(sa_type=JSON)


class LeaseRow(_Base, table=True):
    """Who holds a role: the one station, each open counter. `health` is what the holder says of the world."""

    __tablename__: ClassVar[Any] = "lease"
    name: str = Field(primary_key=True)
    holder: str
    host: str
    pid: int
    url: str
    since: datetime = _time(nullable=False)
    until: datetime = _time(nullable=False)
    health: dict[str, Any] = Field(sa_type=JSON)


orders: Final[Table] = metadata.tables["orders"]
lines: Final[Table] = metadata.tables["lines"]
checks: Final[Table] = metadata.tables["checks"]
deliveries: Final[Table] = metadata.tables["deliveries"]
proofs: Final[Table] = metadata.tables["proofs"]
inbox: Final[Table] = metadata.tables["inbox"]
outbox: Final[Table] = metadata.tables["outbox"]
problems: Final[Table] = metadata.tables["problems"]
refunds: Final[Table] = metadata.tables["refunds"]
drafts: Final[Table] = metadata.tables["drafts"]
journal: Final[Table] = metadata.tables["journal"]
lease: Final[Table] = metadata.tables["lease"]
