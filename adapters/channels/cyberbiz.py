"""CYBERBIZ app webhooks (order sources, section 3)."""

from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import Annotated, Final, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from adapters import fields, gathering, signatures, values
from adapters.reading import checked, json_object
from core.domain.ids import ChannelName, LineId
from core.domain.line import OrderLine
from core.domain.money import Money
from core.domain.payment import PROGRESS, Payment
from core.domain.purchase import Customer, OrderType, Purchase
from core.domain.shop_call import ShopAbility
from core.ports.letter import BadSignature, Letter, Reading

PAYMENT: Final = {
    "pending": Payment.UNPAID,
    "partially_paid": Payment.UNPAID,
    "authorized": Payment.AUTHORIZED,
    "cod": Payment.COD,
    "paid": Payment.PAID,  # 「已收到款項」
    "partially_refunded": Payment.PART_REFUNDED,
    "partial_refunded": Payment.PART_REFUNDED,
    "refunded": Payment.REFUNDED,
    "voided": Payment.VOID,
    "void": Payment.VOID,
}
FULFILLED: Final = frozenset({"shipped", "fulfilled", "received", "arrived"})
GIVEN_BACK: Final = {"orders/partial_refunded": Payment.PART_REFUNDED, "orders/refunded": Payment.REFUNDED}
CANCELLED: Final = "orders/cancelled"  # orders/expired is a parcel nobody fetched, not a cancelled order
EXPRESS: Final = "express_delivery_orders/update"
ORDER_EVENTS: Final = frozenset(
    {
        EXPRESS,
        *(
            f"orders/{what}"
            for what in (
                *("create", "paid", "preparing", "fulfilled", "received", "arrived", "expired", "cancelled"),
                *("returned", "partial_return", "refunded", "partial_refunded", "closed", "request_return", "opened"),
            )
        ),
    }
)
# They know no refund: their back office gives money back when an order is cancelled or returned.
TOLD: Final = (ShopAbility.ACCEPT, ShopAbility.SHIPPED, ShopAbility.CANCEL, ShopAbility.RETURN)
_LONGEST_AT_HOME: Final = 10  # digits of a number in Taiwan, the leading 0 counted
_SLOT: Final = r"^(([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9])?$"


class Settings(BaseModel):
    """The `[channels.…]` section of a CYBERBIZ shop."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["cyberbiz"] = "cyberbiz"
    secret: fields.Secrets = ()
    """The app's secret; a list while it is being changed. Default none: nothing is taken in."""
    shop: str = ""
    """Name of the shop in its orders' identity. Default the domain."""
    domain: str = ""
    """The shop's issued host; set, calls must name it and sign it. Default any."""
    currency: str = Field(default="", pattern=r"^([A-Z]{3})?$")
    """ISO 4217 code for orders that name none. Default the store's."""
    timezone: ZoneInfo = ZoneInfo("Asia/Taipei")
    """Zone of the times in the messages, which carry none. Default Asia/Taipei."""
    weight_unit: Literal["", "g", "kg"] = ""
    """Unit of a line's weight, which the vendor does not state. Default none: weights count as unknown."""
    slots: tuple[Annotated[str, Field(pattern=_SLOT)], ...] = ()
    """Hours behind the delivery slots 0, 1, 2 …, like "13:00-18:00"; "" for any time. Default none."""
    api_token: SecretStr = SecretStr("")
    """The app's API token, by which the shop is told what becomes of orders. Default none: nothing is told."""
    base_url: str = Field(default="https://app-store-api.cyberbiz.io", pattern=fields.URL)
    """Where the API is."""
    tells: tuple[ShopAbility, ...] = TOLD
    """What is told of all that can be. Leave `shipped` out where their system calls the drivers. Default everything."""


class _Statuses(BaseModel):
    financial_status: Annotated[str, fields.short(40)] = ""
    order_status: Annotated[str, fields.short(40)] = ""
    fulfillment_status: Annotated[str, fields.short(40)] = ""


class _Detail(BaseModel):
    zip: Annotated[str, fields.short(20)] = ""
    city: Annotated[str, fields.short(60)] = ""
    district: Annotated[str, fields.short(60)] = ""
    address1: Annotated[str, fields.short(200)] = ""
    address2: Annotated[str, fields.short(100)] = ""

    @property
    def line(self) -> str:
        """As an envelope in Taiwan reads: from the city to the floor, without spaces."""
        street = gathering.joined((self.city, self.district, self.address1, self.address2), 300, "")
        return gathering.joined((self.zip, street), 300, " ")


class _Person(BaseModel):
    name: Annotated[str, fields.short(100)] = ""
    country_calling_code: Annotated[str, fields.short(8)] = ""
    phone: fields.Phone = ""
    mobile: fields.Phone = ""
    address: Annotated[str, fields.short(300)] = ""
    detail_address: _Detail | None = None
    lat: fields.RoughLatitude = None
    lng: fields.RoughLongitude = None

    @property
    def dialled(self) -> str:
        """The number with its country, as far as both are told."""
        number, country = self.phone or self.mobile, self.country_calling_code.lstrip("+")
        if not country.isdecimal() or not number.isdecimal():
            return number
        if number.startswith(country) and len(number) > _LONGEST_AT_HOME:
            return f"+{number}"
        return f"+{country}{number.removeprefix('0')}"

    @property
    def where(self) -> str:
        return self.address or (self.detail_address.line if self.detail_address else "")


class _Store(BaseModel):
    store_no: Annotated[str, fields.short(40)] = ""
    name: Annotated[str, fields.short(100)] = ""

    @property
    def is_named(self) -> bool:
        return bool(self.store_no or self.name)


class _Invoice(BaseModel):
    company_no: Annotated[str, fields.short(40)] = ""
    title: Annotated[str, fields.short(100)] = ""


class _Cancelling(BaseModel):
    reason_detail: Annotated[str, fields.short(100)] = ""


class _Prices(BaseModel):
    total_price: fields.MaybeAmount = None
    total_line_items_price: fields.RoughAmount = None
    shipping_rate_price: fields.RoughAmount = None

    @property
    def discount(self) -> Decimal | None:
        """What the goods and the way are more than what was paid. UNSURE of a field of their own for it."""
        goods, way, paid = self.total_line_items_price, self.shipping_rate_price, self.total_price
        return None if goods is None or way is None or paid is None else max(goods + way - paid, Decimal(0))


class _Part(BaseModel):
    title: Annotated[str, fields.short(100)] = ""
    quantity: Annotated[str, fields.short(10)] = ""

    @property
    def shown(self) -> str:
        return f"{self.quantity or 1} × {self.title}" if self.title else ""


class _Bundle(BaseModel):
    items: Annotated[list[_Part], fields.Entries] = Field(default=[], max_length=100)


class _Line(BaseModel):
    id: fields.MaybeId = None
    sku: Annotated[str, fields.short(64)] = ""
    qc: Annotated[str, fields.short(64)] = ""
    title: Annotated[str, fields.short(150)] = ""
    variant_title: Annotated[str, fields.short(100)] = ""
    price: fields.MaybeAmount = None
    quantity: fields.Quantity
    weight: fields.MaybeAmount = None
    related_items: Annotated[list[_Bundle], fields.Entries] = Field(default=[], max_length=100)

    def line(self, line_id: LineId, currency: str, unit: str) -> OrderLine:
        """A line with the parts of a bundle among its options."""
        return OrderLine(
            id=line_id,
            sku=self.sku,
            name=self.title or self.sku or self.qc or "?",
            quantity=self.quantity,
            unit_price=gathering.money(self.price, currency),
            weight_g=self._grams(unit),
            barcode=gathering.gtin(self.qc),
            options=gathering.joined((self.variant_title, *(part.shown for part in self._parts))),
        )

    @property
    def _parts(self) -> list[_Part]:
        return [part for bundle in self.related_items for part in bundle.items]

    def _grams(self, unit: str) -> int | None:
        """Nought is unknown, and so is a weight that no single piece has."""
        weight = (self.weight or Decimal(0)) * {"": 0, "g": 1, "kg": 1000}[unit]
        return values.grams(weight) if weight < values.MOST_GRAMS else None


class _Order(BaseModel):
    id: fields.Id
    order_name: Annotated[str, fields.short(40)] = ""
    order_number: Annotated[str, fields.short(40)] = ""
    updated_at: fields.ZonelessMoment = None
    created_at: fields.ZonelessMoment = None
    statuses: _Statuses | None = None
    customer_cancel_reason_detail: _Cancelling | None = None
    payment_name: Annotated[str, fields.short(60)] = ""
    currency: fields.Currency = ""
    prices: _Prices | None = None
    total_price: fields.MaybeAmount = None
    receiver: _Person | None = None
    buyer: _Person | None = None
    express_delivery_branch_store: _Store | None = None
    branch_store: _Store | None = None
    line_items: list[_Line] = Field(min_length=1, max_length=fields.MOST_LINES)
    delivery_date: Annotated[str, fields.short(20)] = ""
    delivery_time: Annotated[str, fields.short(20)] = ""
    einvoice: _Invoice | None = None
    note: Annotated[str, fields.short(400)] = ""

    @property
    def status(self) -> str:
        return self.statuses.financial_status if self.statuses else ""

    @property
    def is_cancelled(self) -> bool:
        return bool(self.statuses and self.statuses.order_status == "cancelled")

    @property
    def is_fulfilled(self) -> bool:
        """Shipped or closed in the shop's own system."""
        told = self.statuses or _Statuses()
        return told.order_status == "closed" or told.fulfillment_status in FULFILLED

    @property
    def type(self) -> OrderType:
        """A store for fast arrival stands above a store for picking up."""
        if self.express_delivery_branch_store and self.express_delivery_branch_store.is_named:
            return OrderType.DELIVERY
        return OrderType.PICKUP if self.branch_store and self.branch_store.is_named else OrderType.SHIPPING

    @property
    def wants_invoice(self) -> bool:
        """Every order gets an electronic invoice; one to a company is asked for (H2)."""
        return bool(self.einvoice and (self.einvoice.company_no or self.einvoice.title))

    @property
    def number(self) -> str:
        return self.order_name.removeprefix("#") or self.order_number or values.text(self.id, 40)

    def payment(self, event: str) -> Payment:
        """The state, not the event's name; but money the event says went back is not counted on."""
        state = PAYMENT.get(self.status, Payment.UNPAID)
        return max(state, GIVEN_BACK.get(event, state), key=lambda payment: PROGRESS[payment])

    def amount(self, currency: str) -> Money:
        """The total where it is told, else what the lines add up to: a paid order is not lost for a missing sum."""
        told = self._told_total
        return gathering.line_sum(self.lines(currency, ""), currency) if told is None else Money.parse(told, currency)

    @property
    def _told_total(self) -> Decimal | None:
        total = self.prices.total_price if self.prices else None
        return self.total_price if total is None else total

    def clash(self, event: str) -> str:
        """Where the event and the states tell different stories."""
        found = (
            gathering.NO_TOTAL if self._told_total is None else "",
            "" if self.status in PAYMENT else f"payment state {self.status or 'missing'}: counted as unpaid",
            f"{event}, but payment state {self.status}" if self._denies_money(event) else "",
            f"{event}, but order not cancelled" if event == CANCELLED and not self.is_cancelled else "",
        )
        return gathering.joined(found, between="; ")

    def _denies_money(self, event: str) -> bool:
        told = PAYMENT.get(self.status)
        return (event == "orders/paid" and told in (Payment.UNPAID, Payment.AUTHORIZED, Payment.COD)) or (
            event in GIVEN_BACK and told is not GIVEN_BACK[event]
        )

    def cancel_reason(self, event: str) -> str | None:
        """The customer's words, when event or state say that it is over."""
        detail = self.customer_cancel_reason_detail
        is_off = self.is_cancelled or event == CANCELLED
        return ((detail.reason_detail if detail else "") or "cancelled") if is_off else None

    def lines(self, currency: str, unit: str) -> tuple[OrderLine, ...]:
        ids = gathering.own_ids(line.id for line in self.line_items)
        return tuple(line.line(line_id, currency, unit) for line, line_id in zip(self.line_items, ids, strict=True))

    def person(self) -> Customer:
        """The recipient first, the buyer's telephone where that has none."""
        to, buyer = (each or _Person() for each in (self.receiver, self.buyer))
        latitude, longitude = gathering.place(to.lat, to.lng)
        return Customer(
            name=to.name or buyer.name,
            phone=to.dialled or buyer.dialled,
            address=to.where,
            latitude=latitude,
            longitude=longitude,
        )


class Cyberbiz:
    """One CYBERBIZ shop."""

    kind = "cyberbiz"

    def __init__(self, name: str, settings: Settings, currency: str) -> None:
        self.name = name
        self._settings = settings
        self._secrets = fields.revealed(settings.secret)
        self._currency = settings.currency or currency

    def verify(self, letter: Letter) -> None:
        """HMAC-SHA256 over the body, in hex as sent or base64 as documented; the domain's too, if one is set."""
        if not self._is_signed(letter.body, _header(letter, "hmac-sha256")):
            raise BadSignature("no secret of this feed made the signature")
        if self._settings.domain:
            self._verify_domain(letter)

    def _verify_domain(self, letter: Letter) -> None:
        domain = _header(letter, "domain")
        is_signed = self._is_signed(domain.encode(), _header(letter, "domain-hmac-sha256"))
        if domain != self._settings.domain or not is_signed:
            raise BadSignature("the call is of another shop")

    def _is_signed(self, signed: bytes, given: str) -> bool:
        ways = (signatures.hmac_hex, signatures.hmac_base64)
        found = [signatures.matches(way(secret, signed), given) for secret in self._secrets for way in ways]
        return any(found)

    def read(self, letter: Letter) -> Reading:
        """The order in the body, unless the event carries none; raises `Unreadable`."""
        event = _header(letter, "event")
        if event and event not in ORDER_EVENTS:
            return Reading(key=letter.body_key, ignored=f"{event} carries no order")
        raw = json_object(letter.body, letter.body_key)
        order = checked(_Order, raw, letter.body_key, zone=self._settings.timezone)
        purchase = self._purchase(order, event, letter)
        return Reading(key=_key(event, order, letter.body), purchases=(purchase,))

    def _purchase(self, order: _Order, event: str, letter: Letter) -> Purchase:
        currency = order.currency or self._currency
        placed_at = order.created_at or order.updated_at or letter.received_at
        start, end = self._window(order)
        prices = order.prices or _Prices()
        return Purchase(
            channel=ChannelName(self.name),
            shop=self._settings.shop or self._settings.domain,
            channel_order_id=order.id,
            number=order.number,
            updated_at=order.updated_at or placed_at,
            placed_at=placed_at,
            payment=order.payment(event),
            type=OrderType.DELIVERY if event == EXPRESS else order.type,
            customer=order.person(),
            lines=order.lines(currency, self._settings.weight_unit),
            total=order.amount(currency),
            discount=gathering.money(prices.discount, currency),
            delivery_fee=gathering.money(prices.shipping_rate_price, currency),
            promised_from=start,
            promised_to=end,
            note=gathering.joined((order.note, "" if start else _wished(order)), 500),
            wants_invoice=order.wants_invoice,
            cancel_reason=order.cancel_reason(event),
            is_fulfilled=order.is_fulfilled,
            clash=order.clash(event),
        )

    def _window(self, order: _Order) -> tuple[datetime | None, datetime | None]:
        """The wished day and slot as hours, when the settings say what the slot means."""
        slots = dict(enumerate(self._settings.slots))
        hours = slots.get(int(order.delivery_time), "") if order.delivery_time.isdecimal() else ""
        day = order.delivery_date[:10]
        try:
            start, end = (values.local_moment(f"{day} {hour}", self._settings.timezone) for hour in hours.split("-"))
        except ValueError:
            return None, None
        return (start, end) if start <= end else (None, None)


def build(name: str, settings: Settings, *, currency: str) -> Cyberbiz:
    """A feed ready to use; `currency` is the store's."""
    return Cyberbiz(name, settings, currency)


def _wished(order: _Order) -> str:
    slot = f"slot {order.delivery_time}" if order.delivery_time else ""
    return gathering.joined((order.delivery_date[:10], slot), 40, " ") if order.delivery_date else ""


def _header(letter: Letter, name: str) -> str:
    return values.text(letter.headers.get(f"x-cyberbiz-{name}", ""), 200)


def _key(event: str, order: _Order, body: bytes) -> str:
    """No delivery has an id; two messages of one second are told apart by what they say."""
    version = order.updated_at.isoformat() if order.updated_at else ""
    return f"{event}:{order.id}:{version}:{sha256(body).hexdigest()[:16]}"
