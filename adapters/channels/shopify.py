"""Shopify order webhooks (order sources, section 1)."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Final, Literal, TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationInfo, field_validator

from adapters import fields, gathering, signatures, values
from adapters.payloads.shopify_money import Refund, Shares, TaxLines, off, share_of, taxes
from adapters.reading import checked, json_object
from core.domain.ids import ChannelName, LineId
from core.domain.line import OrderLine
from core.domain.money import Money
from core.domain.payment import Payment
from core.domain.purchase import Customer, OrderType, Purchase
from core.domain.shop_call import ShopAbility
from core.ports.letter import BadSignature, Letter, Reading

PAYMENT: Final = {
    "pending": Payment.UNPAID,
    "expired": Payment.UNPAID,
    "authorized": Payment.AUTHORIZED,  # a promise of the bank, not money
    "partially_paid": Payment.UNPAID,
    "paid": Payment.PAID,
    "partially_refunded": Payment.PART_REFUNDED,
    "refunded": Payment.REFUNDED,
    "voided": Payment.VOID,
}
CANCELLED: Final = "orders/cancelled"
ORDER_TOPICS: Final = frozenset(
    f"orders/{what}"
    for what in ("create", "paid", "updated", "edited", "cancelled", "fulfilled", "partially_fulfilled")
)
COD_GATEWAYS: Final = ("cash on delivery", "cash_on_delivery", "貨到付款", "货到付款")
TOLD: Final = tuple(word for word in ShopAbility if word is not ShopAbility.READY)  # theirs is for picking up only
TEST_NOTIFICATION: Final = "820982911946154508"  # the order behind the admin's test button

Keyed = TypeVar("Keyed", str, SecretStr)


class Settings(BaseModel):
    """The `[channels.…]` section of a Shopify shop."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["shopify"] = "shopify"
    secret: fields.Secrets = ()
    """The app's client secret; a list while it is being changed. Default none: nothing is taken in."""
    shop: str = ""
    """The `….myshopify.com` name; set, calls that name another shop are turned away. Default any."""
    currency: str = Field(default="", pattern=r"^([A-Z]{3})?$")
    """ISO 4217 code for orders that name none. Default the store's."""
    timezone: ZoneInfo = ZoneInfo("Asia/Taipei")
    """Zone of promised times written without one. Default Asia/Taipei."""
    window_from: str = ""
    """Name of the note attribute with the start of the promised window. Default none."""
    window_to: str = ""
    """Name of the note attribute with the end of the promised window. Default none."""
    invoice_attribute: str = ""
    """Name of the note attribute that asks for an invoice. Default none."""
    allergens_attribute: str = ""
    """Name of the note attribute with allergens. Default none."""
    if_missing_property: str = ""
    """Name of the line property with the customer's wish for pieces that are missing. Default none."""
    delivery_titles: tuple[str, ...] = ("local delivery", "本地配送", "本地外送", "快速到貨")
    """Words in a shipping title that mean a courier of ours, in any case."""
    pickup_titles: tuple[str, ...] = ("pickup", "pick up", "pick-up", "自取", "門市取貨")
    """Words in a shipping title that mean the customer comes, in any case."""
    access_token: SecretStr = SecretStr("")
    """The Admin API's token, by which the shop is told what becomes of orders. Default none."""
    app_client_id: str = ""
    """The app's client id: with it and the client secret tokens are fetched, where the app shows none. Default none."""
    api_version: str = Field(default="2026-10", pattern=r"^20[0-9]{2}-(01|04|07|10)$")
    """Which version of the Admin API is spoken. Default 2026-10."""
    base_url: str = Field(default="", pattern=fields.URL_OR_NONE)
    """Where the Admin API is. Default the shop's own name."""
    tells: tuple[ShopAbility, ...] = TOLD
    """What is told of all that can be. Default everything."""

    @field_validator("access_token", "app_client_id")
    @classmethod
    def _has_a_shop(cls, given: Keyed, info: ValidationInfo) -> Keyed:
        if not given or info.data.get("shop"):
            return given
        raise ValueError("needs the shop's own name in `shop`")

    @property
    def root(self) -> str:
        """What stands before `/admin`; empty where the shop is not named."""
        return self.base_url.rstrip("/") or (f"https://{self.shop}" if self.shop else "")


class _Address(BaseModel):
    name: Annotated[str, fields.short(100)] = ""
    first_name: Annotated[str, fields.short(50)] = ""
    last_name: Annotated[str, fields.short(50)] = ""
    phone: fields.Phone = ""
    address1: Annotated[str, fields.short(200)] = ""
    address2: Annotated[str, fields.short(100)] = ""
    city: Annotated[str, fields.short(100)] = ""
    province: Annotated[str, fields.short(100)] = ""
    zip: Annotated[str, fields.short(20)] = ""
    latitude: fields.RoughLatitude = None
    longitude: fields.RoughLongitude = None

    @property
    def person(self) -> str:
        return self.name or gathering.joined((self.first_name, self.last_name), 100, " ")

    @property
    def line(self) -> str:
        parts = (self.address1, self.address2, self.city, self.province, self.zip)
        return gathering.joined(dict.fromkeys(parts), 300, ", ")


class _Named(BaseModel):
    name: Annotated[str, fields.short(60)] = ""
    value: Annotated[str, fields.short(300)] = ""

    @property
    def shown(self) -> str:
        """Names with a leading underscore are the apps' own."""
        return f"{self.name}: {self.value}" if self.value and not self.name.startswith("_") else ""


class _Shipping(BaseModel):
    code: Annotated[str, fields.short(100)] = ""
    title: Annotated[str, fields.short(100)] = ""
    phone: fields.Phone = ""
    price: fields.RoughAmount = None
    discount_allocations: Shares = []

    @property
    def paid(self) -> Decimal | None:
        """For the way, its own discounts taken off."""
        return None if self.price is None else max(self.price - off(self.discount_allocations), Decimal(0))


class _Line(BaseModel):
    id: fields.MaybeId = None
    sku: Annotated[str, fields.short(64)] = ""
    title: Annotated[str, fields.short(150)] = ""
    name: Annotated[str, fields.short(150)] = ""
    variant_title: Annotated[str, fields.short(100)] = ""
    quantity: fields.Quantity
    current_quantity: fields.PiecesLeft = None
    price: fields.MaybeAmount = None
    grams: fields.Grams = None
    requires_shipping: fields.MaybeFlag = None
    properties: Annotated[list[_Named], fields.Entries] = Field(default=[], max_length=50)
    discount_allocations: Shares = []
    tax_lines: TaxLines = []

    def left(self, ours: Iterable[Refund]) -> int:
        """What editing and the refunds of others left over; pieces we took back ourselves were bought all the same."""
        if self.current_quantity is None:
            return self.quantity
        return min(self.quantity, self.current_quantity + sum(refund.pieces(self.id or "") for refund in ours))

    def line(self, line_id: LineId, currency: str, pieces: int, wish: str) -> OrderLine:
        """The title first; `pieces` of those bought at first. `wish` names the property about missing pieces."""
        words = next((each.value for each in self.properties if wish and each.name == wish), "")
        return OrderLine(
            id=line_id,
            sku=self.sku,
            name=self.title or self.name or self.sku or "?",
            quantity=pieces,
            unit_price=gathering.money(self.price, currency),
            weight_g=self.grams,
            options=gathering.joined((self._variant, *(each.shown for each in self.properties if each.name != wish))),
            total=gathering.money(self._share(self._paid, pieces), currency),
            tax=gathering.money(self._share(taxes(self.tax_lines), pieces), currency),
            if_missing=gathering.if_missing(words),
            wish=words,
        )

    @property
    def _paid(self) -> Decimal | None:
        """For all pieces bought at first; their part of the order's discount is theirs."""
        if self.price is None or not self.discount_allocations:
            return None
        return max(self.price * self.quantity - off(self.discount_allocations), Decimal(0))

    def _share(self, amount: Decimal | None, pieces: int) -> Decimal | None:
        return None if amount is None else share_of(amount, pieces, self.quantity)

    @property
    def _variant(self) -> str:
        return "" if self.variant_title == "Default Title" else self.variant_title


class _Order(BaseModel):
    id: fields.Id
    name: Annotated[str, fields.short(40)] = ""
    updated_at: fields.Moment = None
    created_at: fields.Moment = None
    cancelled_at: fields.Moment = None
    cancel_reason: Annotated[str, fields.short(100)] = ""
    financial_status: Annotated[str, fields.short(40)] = ""
    fulfillment_status: Annotated[str, fields.short(40)] = ""
    closed_at: fields.Moment = None
    payment_gateway_names: Annotated[list[Annotated[str, fields.short(60)]], fields.Entries] = Field(
        default=[], max_length=50
    )
    currency: fields.Currency = ""
    total_price: fields.MaybeAmount = None
    current_total_price: fields.MaybeAmount = None
    total_discounts: fields.RoughAmount = None
    total_tax: fields.RoughAmount = None
    taxes_included: fields.MaybeFlag = None
    refunds: Annotated[list[Refund], fields.Entries] = Field(default=[], max_length=200)
    phone: fields.Phone = ""
    customer: _Address | None = None
    shipping_address: _Address | None = None
    billing_address: _Address | None = None
    shipping_lines: Annotated[list[_Shipping], fields.Entries] = Field(default=[], max_length=50)
    line_items: list[_Line] = Field(min_length=1, max_length=fields.MOST_LINES)
    note: Annotated[str, fields.short(500)] = ""
    note_attributes: Annotated[list[_Named], fields.Entries] = Field(default=[], max_length=100)
    test: fields.Flag = False

    @property
    def payment(self) -> Payment:
        """A state nobody has told us of is not money received."""
        state = PAYMENT.get(self.financial_status, Payment.UNPAID)
        gateways = " ".join(self.payment_gateway_names).lower()
        at_the_door = any(word in gateways for word in COD_GATEWAYS)
        return Payment.COD if state is Payment.UNPAID and at_the_door else state

    @property
    def payment_clash(self) -> str:
        known = self.financial_status in PAYMENT
        return "" if known else f"payment state {self.financial_status or 'missing'}: counted as unpaid"

    def amount(self, currency: str) -> Money:
        """What was paid in all: what editing made of it, and what we gave back; at first, of an order that is off."""
        ours = sum((refund.money for refund in self._ours), Decimal(0))
        now = None if self.cancelled_at or self.current_total_price is None else self.current_total_price + ours
        told = now or self.total_price or self.current_total_price
        return gathering.line_sum(self.lines(currency), currency) if told is None else Money.parse(told, currency)

    @property
    def discount(self) -> Decimal | None:
        """What no line and no way was given a part of."""
        if self.total_discounts is None:
            return None
        lines = (share for line in self.line_items for share in line.discount_allocations)
        ways = (share for way in self.shipping_lines for share in way.discount_allocations)
        return max(self.total_discounts - off(lines) - off(ways), Decimal(0))

    @property
    def delivery_fee(self) -> Decimal | None:
        paid = [line.paid for line in self.shipping_lines if line.paid is not None]
        return sum(paid, Decimal(0)) if paid else None

    @property
    def _ours(self) -> list[Refund]:
        return [refund for refund in self.refunds if refund.is_ours]

    @property
    def total_clash(self) -> str:
        return gathering.NO_TOTAL if self.current_total_price is None and self.total_price is None else ""

    def lines(self, currency: str, wish: str = "") -> tuple[OrderLine, ...]:
        """What is still wanted; all lines of an order of which nothing is left."""
        ours = self._ours
        left = [(line, pieces) for line in self.line_items if (pieces := line.left(ours))]
        left = left or [(line, line.quantity) for line in self.line_items]
        ids = gathering.own_ids(line.id for line, _ in left)
        pairs = zip(left, ids, strict=True)
        return tuple(line.line(line_id, currency, pieces, wish) for (line, pieces), line_id in pairs)

    def person(self) -> Customer:
        """The recipient first, the buyer where that says nothing."""
        to, buyer, payer = (each or _Address() for each in (self.shipping_address, self.customer, self.billing_address))
        phones = (to.phone, *(line.phone for line in self.shipping_lines), buyer.phone, self.phone, payer.phone)
        latitude, longitude = gathering.place(to.latitude, to.longitude)
        return Customer(
            name=to.person or buyer.person or payer.person,
            phone=next(filter(None, phones), ""),
            address=to.line,
            latitude=latitude,
            longitude=longitude,
        )

    def attribute(self, name: str) -> str:
        """The value of a note attribute; empty for no name."""
        return next((named.value for named in self.note_attributes if name and named.name == name), "")

    def notes(self, mapped: frozenset[str]) -> str:
        """The note and every attribute that has no place of its own."""
        others = (named.shown for named in self.note_attributes if named.name not in mapped)
        return gathering.joined((self.note, *others), 500)


class Shopify:
    """One Shopify shop."""

    kind = "shopify"

    def __init__(self, name: str, settings: Settings, currency: str) -> None:
        self.name = name
        self._settings = settings
        self._secrets = fields.revealed(settings.secret)
        self._currency = settings.currency or currency

    def verify(self, letter: Letter) -> None:
        """HMAC-SHA256 in base64 over the body; while a secret is changed the old one signs for an hour."""
        given = _header(letter, "hmac-sha256")
        found = [signatures.matches(signatures.hmac_base64(secret, letter.body), given) for secret in self._secrets]
        if not any(found):
            raise BadSignature("no secret of this feed made the signature")
        if self._settings.shop and _header(letter, "shop-domain") != self._settings.shop:
            raise BadSignature("the call is of another shop")

    def read(self, letter: Letter) -> Reading:
        """The order in the body, unless the topic carries none; raises `Unreadable`."""
        key, topic = _key(letter), _header(letter, "topic")
        if topic and topic not in ORDER_TOPICS:
            return Reading(key=key, ignored=f"{topic} carries no order")
        order = checked(_Order, json_object(letter.body, key), key)
        return Reading(key=key, purchases=(self._purchase(order, topic, letter),))

    def _purchase(self, order: _Order, topic: str, letter: Letter) -> Purchase:
        currency = order.currency or self._currency
        placed_at = order.created_at or order.updated_at or letter.received_at
        start, end, window_clash = self._window(order)
        return Purchase(
            channel=ChannelName(self.name),
            shop=self._settings.shop,
            channel_order_id=order.id,
            number=order.name.removeprefix("#") or values.text(order.id, 40),
            updated_at=order.updated_at or placed_at,
            placed_at=placed_at,
            payment=order.payment,
            type=self._type(order),
            customer=order.person(),
            lines=order.lines(currency, self._settings.if_missing_property),
            total=order.amount(currency),
            discount=gathering.money(order.discount, currency),
            tax=gathering.money(order.total_tax, currency),
            tax_included=order.taxes_included is not False,
            delivery_fee=gathering.money(order.delivery_fee, currency),
            promised_from=start,
            promised_to=end,
            note=order.notes(self._mapped),
            allergens=order.attribute(self._settings.allergens_attribute),
            wants_invoice=gathering.is_yes(order.attribute(self._settings.invoice_attribute)),
            is_test=order.test or order.id == TEST_NOTIFICATION or _header(letter, "test") == "true",
            cancel_reason=_cancel_reason(order, topic),
            is_fulfilled=order.fulfillment_status == "fulfilled" or order.closed_at is not None,
            clash=gathering.joined((order.payment_clash, order.total_clash, window_clash), between="; "),
        )

    @property
    def _mapped(self) -> frozenset[str]:
        mine = self._settings
        return frozenset((mine.window_from, mine.window_to, mine.invoice_attribute, mine.allergens_attribute))

    def _window(self, order: _Order) -> tuple[datetime | None, datetime | None, str]:
        told = [order.attribute(name) for name in (self._settings.window_from, self._settings.window_to)]
        try:
            start, end = (values.local_moment(text, self._settings.timezone) if text else None for text in told)
        except ValueError:
            return None, None, "the promised window is not understood: " + gathering.joined(told, 80, " – ")
        return gathering.window(start, end)

    def _type(self, order: _Order) -> OrderType:
        titles = " ".join(f"{line.code} {line.title}" for line in order.shipping_lines).lower()
        if all(line.requires_shipping is False for line in order.line_items):
            return OrderType.VIRTUAL
        if not titles or _names(titles, self._settings.pickup_titles):
            return OrderType.PICKUP
        return OrderType.DELIVERY if _names(titles, self._settings.delivery_titles) else OrderType.SHIPPING


def build(name: str, settings: Settings, *, currency: str) -> Shopify:
    """A feed ready to use; `currency` is the store's."""
    return Shopify(name, settings, currency)


def _names(titles: str, words: tuple[str, ...]) -> bool:
    return any(word.lower() in titles for word in words)


def _cancel_reason(order: _Order, topic: str) -> str | None:
    is_off = order.cancelled_at is not None or topic == CANCELLED
    return (order.cancel_reason or "cancelled") if is_off else None


def _header(letter: Letter, name: str) -> str:
    """A header by its present name or, in newer subscriptions, without the `x-`."""
    found = letter.headers.get(f"x-shopify-{name}") or letter.headers.get(f"shopify-{name}", "")
    return values.text(found, 200)


def _key(letter: Letter) -> str:
    """The delivery's id, which stays the same on every repeat; the event's id tells topics apart."""
    webhook, event = _header(letter, "webhook-id"), _header(letter, "event-id")
    if webhook:
        return f"webhook:{webhook}"
    return f"event:{event}:{_header(letter, 'topic')}" if event else letter.body_key
