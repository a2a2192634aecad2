"""Our own neutral order over Standard Webhooks 1.0.0 (order sources, sections 0 and 10; docs/standard-orders.md)."""

from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Final, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, SecretStr, field_validator

from adapters import fields, gathering, signatures, values
from adapters.reading import checked, json_object
from core.domain.ids import ChannelName, LineId
from core.domain.line import IfMissing, OrderLine
from core.domain.money import Money
from core.domain.payment import Payment
from core.domain.purchase import Customer, OrderType, Purchase
from core.domain.shop_call import ShopAbility
from core.ports.letter import BadSignature, Letter, Reading

CANCELLED: Final = "order.cancelled"
PAID: Final = "order.paid"
ORDER_TYPES: Final = frozenset({"order.created", PAID, "order.updated", CANCELLED})
TOLERANCE: Final = timedelta(minutes=5)
MOST_SIGNATURES: Final = 20  # a header with more is not a key being changed
MOST_OPTIONS: Final = 50
_NOT_YET: Final = frozenset({Payment.UNPAID, Payment.AUTHORIZED, Payment.COD})

Word = TypeVar("Word", bound=StrEnum)


class Settings(BaseModel):
    """The `[channels.…]` section of a feed that sends our own order."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["standard"] = "standard"
    secret: fields.Secrets = ()
    """The signing secret, `whsec_` and base64; a list while it is being changed. Default none: nothing is taken in."""
    shop: str = ""
    """Name of the shop for orders that name none. Default empty."""
    currency: str = Field(default="", pattern=r"^([A-Z]{3})?$")
    """ISO 4217 code for orders that name none. Default the store's."""
    callback_url: str = Field(default="", pattern=fields.URL_OR_NONE)
    """Where we tell what becomes of an order. Default none: nothing is told."""
    callback_secret: fields.Secrets = ()
    """Signs what we tell, `whsec_` and base64; of a list each signs. Default the secret the feed signs with."""
    tells: tuple[ShopAbility, ...] = tuple(ShopAbility)
    """What is told of all that can be. Default everything."""

    @field_validator("secret", "callback_secret")
    @classmethod
    def _holds_keys(cls, secrets: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
        for secret in fields.revealed(secrets):
            signatures.standard_key(secret)
        return secrets


def _word(words: type[Word], default: Word | None = None) -> Callable[[object], Word]:
    def read(value: object) -> Word:
        if value in ("", None) and default is not None:
            return default
        if isinstance(value, str) and value in list(words):
            return words(value)
        raise values.refused(value, "one of " + ", ".join(words))

    return read


def _text_id(value: object) -> str:
    if not isinstance(value, str):
        raise values.refused(value, "an id as text")
    return values.known_id(value)


def _line_id(value: object) -> str | None:
    return None if value in ("", None) else _text_id(value)


def _kind(value: object) -> str:
    """As it stands: a type with a space behind it is another type."""
    return value if isinstance(value, str) else values.text(value)


def _options(value: object) -> str:
    if not isinstance(value, list):
        return values.text(value)
    if len(value) > MOST_OPTIONS:
        raise values.refused(value, f"at most {MOST_OPTIONS} options")
    return gathering.joined(values.text(option) for option in value)


class _Customer(BaseModel):
    name: Annotated[str, fields.short(100)] = ""
    phone: fields.Phone = ""
    address: Annotated[str, fields.short(300)] = ""
    latitude: fields.Latitude = None
    longitude: fields.Longitude = None

    def customer(self) -> Customer:
        latitude, longitude = gathering.place(self.latitude, self.longitude)
        return Customer(name=self.name, phone=self.phone, address=self.address, latitude=latitude, longitude=longitude)


class _Line(BaseModel):
    id: Annotated[str | None, PlainValidator(_line_id)] = None
    sku: Annotated[str, fields.short(64)] = ""
    barcode: Annotated[str, fields.short(64)] = ""
    name: Annotated[str, fields.short(150)]
    quantity: fields.Quantity
    unit_price: fields.MaybeAmount = None
    weight_g: fields.Grams = None
    size_mm: fields.Size = None
    options: Annotated[str, PlainValidator(_options)] = ""
    note: Annotated[str, fields.short(200)] = ""
    gift: fields.Flag = False
    shelf: Annotated[str, fields.short(40)] = ""
    total: fields.MaybeAmount = None
    tax: fields.MaybeAmount = None
    if_missing: Annotated[IfMissing, PlainValidator(_word(IfMissing, IfMissing.UNSAID))] = IfMissing.UNSAID
    wish: Annotated[str, fields.short(200)] = ""

    def line(self, line_id: LineId, currency: str) -> OrderLine:
        """A line that always has a name to be read out."""
        return OrderLine(
            id=line_id,
            sku=self.sku,
            name=self.name or self.sku or self.barcode or "?",
            quantity=self.quantity,
            unit_price=gathering.money(self.unit_price, currency),
            weight_g=self.weight_g,
            size=self.size_mm,
            barcode=self.barcode,
            options=self.options,
            note=self.note,
            shelf=self.shelf,
            is_gift=self.gift,
            total=gathering.money(self.total, currency),
            tax=gathering.money(self.tax, currency),
            if_missing=self.if_missing,
            wish=self.wish,
        )


class _Order(BaseModel):
    id: Annotated[str, PlainValidator(_text_id)]
    number: Annotated[str, fields.short(40)] = ""
    shop: Annotated[str, fields.short(100)] = ""
    updated_at: fields.Moment = None
    placed_at: fields.Moment = None
    payment: Annotated[Payment, PlainValidator(_word(Payment))]
    type: Annotated[OrderType, PlainValidator(_word(OrderType, OrderType.DELIVERY))] = OrderType.DELIVERY
    customer: _Customer | None = None
    lines: list[_Line] = Field(min_length=1, max_length=fields.MOST_LINES)
    total: fields.Amount
    discount: fields.MaybeAmount = None
    tax: fields.MaybeAmount = None
    tax_included: fields.MaybeFlag = None
    delivery_fee: fields.MaybeAmount = None
    currency: fields.Currency = ""
    promised_from: fields.Moment = None
    promised_to: fields.Moment = None
    accept_by: fields.Moment = None
    note: Annotated[str, fields.short(500)] = ""
    allergens: Annotated[str, fields.short(200)] = ""
    wants_invoice: fields.Flag = False
    test: fields.Flag = False
    cancel_reason: Annotated[str, fields.short(100)] = ""

    def order_lines(self, currency: str) -> tuple[OrderLine, ...]:
        ids = gathering.own_ids(line.id for line in self.lines)
        return tuple(line.line(line_id, currency) for line, line_id in zip(self.lines, ids, strict=True))


class _Kind(BaseModel):
    type: Annotated[str, PlainValidator(_kind)]


class _Message(BaseModel):
    type: str
    timestamp: fields.Moment = None
    data: _Order


class Standard:
    """A feed that speaks our own order."""

    kind = "standard"

    def __init__(self, name: str, settings: Settings, currency: str) -> None:
        self.name = name
        self._settings = settings
        self._secrets = fields.revealed(settings.secret)
        self._currency = settings.currency or currency

    def verify(self, letter: Letter) -> None:
        """Any `v1` signature under any secret, at most five minutes old or early; raises `BadSignature`."""
        message_id, timestamp = _header(letter, "id"), _header(letter, "timestamp")
        if not message_id or not _is_recent(timestamp, letter):
            raise BadSignature("no id, or a time more than five minutes off")
        given = _header(letter, "signature").split(" ")[:MOST_SIGNATURES]
        expected = [signatures.standard_signature(key, message_id, timestamp, letter.body) for key in self._secrets]
        if not any([signatures.matches(ours, theirs) for ours in expected for theirs in given]):
            raise BadSignature("no secret of this feed made a signature")

    def read(self, letter: Letter) -> Reading:
        """The order in the message, unless its type carries none; raises `Unreadable`."""
        key = values.text(_header(letter, "id")) or letter.body_key
        raw = json_object(letter.body, key)
        kind = checked(_Kind, raw, key).type
        if kind not in ORDER_TYPES:
            return Reading(key=key, ignored=f"{values.text(kind, 60) or 'a message without type'} carries no order")
        message = checked(_Message, raw, key)
        return Reading(key=key, purchases=(self._purchase(message, letter),))

    def _purchase(self, message: _Message, letter: Letter) -> Purchase:
        order, currency = message.data, message.data.currency or self._currency
        told_at = order.updated_at or message.timestamp or order.placed_at or letter.received_at
        start, end, window_clash = gathering.window(order.promised_from, order.promised_to)
        return Purchase(
            channel=ChannelName(self.name),
            shop=order.shop or self._settings.shop,
            channel_order_id=order.id,
            number=order.number or values.text(order.id, 40),
            updated_at=told_at,
            placed_at=order.placed_at or told_at,
            payment=order.payment,
            type=order.type,
            customer=(order.customer or _Customer()).customer(),
            lines=order.order_lines(currency),
            total=Money.parse(order.total, currency),
            discount=gathering.money(order.discount, currency),
            tax=gathering.money(order.tax, currency),
            tax_included=order.tax_included is not False,
            delivery_fee=gathering.money(order.delivery_fee, currency),
            promised_from=start,
            promised_to=end,
            accept_by=order.accept_by,
            note=order.note,
            allergens=order.allergens,
            wants_invoice=order.wants_invoice,
            is_test=order.test,
            cancel_reason=order.cancel_reason or ("cancelled" if message.type == CANCELLED else None),
            clash=gathering.joined((_payment_clash(message), window_clash), between="; "),
        )


def build(name: str, settings: Settings, *, currency: str) -> Standard:
    """A feed ready to use; `currency` is the store's."""
    return Standard(name, settings, currency)


def _payment_clash(message: _Message) -> str:
    payment = message.data.payment
    return f"{PAID}, but payment state {payment}" if message.type == PAID and payment in _NOT_YET else ""


def _header(letter: Letter, name: str) -> str:
    return letter.headers.get(f"webhook-{name}", "")


def _is_recent(timestamp: str, letter: Letter) -> bool:
    """The time of this attempt, in whole Unix seconds, so that a letter caught underway can't be sent again later."""
    if not (timestamp.isascii() and timestamp.isdecimal() and len(timestamp) < 13):
        return False
    return abs(letter.received_at.timestamp() - int(timestamp)) <= TOLERANCE.total_seconds()
