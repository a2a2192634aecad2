"""Uber Direct: its settings, its words for a delivery's state, and its calls (Direct API 1.0)."""

import re
from base64 import b64decode
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from json import dumps
from typing import Annotated, Final, Literal
from urllib.parse import quote as quoted

from pydantic import (
    AliasChoices,
    AliasPath,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    model_validator,
)

from adapters import http, signatures
from adapters.carrying import BoxCm, Carrying, Kilograms
from adapters.fields import Moment, Secrets, revealed, short
from adapters.reading import json_object
from core.domain.delivery import DeliveryState, Driver, Report
from core.domain.ids import CourierName
from core.domain.job import Job, JobItem, Stop
from core.domain.measures import Place
from core.domain.money import LARGEST_MINOR, Money, decimals_of
from core.domain.quote import Quote
from core.domain.text import tidy
from core.ports.courier import Ability, CourierDown, CourierRefused, Proof, Waypoint
from core.ports.letter import BadSignature, Letter, Reading

KIND: Final = "uber_direct"


class Settings(Carrying):
    """`[couriers.…]` with `kind = "uber_direct"`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["uber_direct"] = Field(KIND, description="Which courier this section is about.")
    base_url: str = Field("https://api.uber.com/v1", description="Where the API is; a URL, with or without /v1.")
    auth_url: str = Field("https://auth.uber.com", description="Where tokens come from; a URL.")
    customer_id: str = Field(description="The account's customer id, from the dashboard; no default.")
    client_id: str = Field(description="The application's client id, from the dashboard; no default.")
    client_secret: SecretStr = Field(description="The application's client secret, from the dashboard; no default.")
    webhook_secret: Secrets = Field(
        (), description="The webhook's signing key, or a list while keys change; default none: no webhook is believed."
    )
    scope: str = Field("eats.deliveries", description="What the token is asked for; some accounts need it empty.")
    country: str = Field("TW", pattern=r"^[A-Z]{2}$", description="Where the addresses are; ISO 3166 code.")
    pin: bool = Field(True, description="Whether the driver must ask the customer for a PIN; default true (C57).")
    picture: bool = Field(False, description="Whether the driver must take a picture at the door; default false.")
    deliverable_action: Literal["deliverable_action_meet_at_door", "deliverable_action_leave_at_door"] = Field(
        "deliverable_action_meet_at_door", description="Where the driver hands over; default at the door, in person."
    )
    undeliverable_action: Literal["return", "leave_at_door", "discard"] = Field(
        "return", description="What becomes of goods that nobody takes; default back to the store."
    )
    max_weight_kg: Kilograms | None = Field(13, description="Most weight of one job, kg; default 13 (C36).")
    boxes_cm: tuple[BoxCm, ...] = Field(
        ((30, 60, 40), (40, 40, 40)),
        description="Boxes of which one must take the goods: length, width, height in cm; default C37's two.",
    )

    @model_validator(mode="after")
    def _left_goods_need_no_pin(self) -> "Settings":
        if self.pin and (self.deliverable_action + self.undeliverable_action).count("leave_at_door"):
            raise ValueError("pin = true does not go with goods left at the door; allowed: pin = false")
        return self

    @property
    def token_form(self) -> dict[str, str]:
        """What a token is asked for with."""
        form = {"client_id": self.client_id, "client_secret": self.client_secret.get_secret_value()}
        form["grant_type"] = "client_credentials"
        return form | ({"scope": self.scope} if self.scope else {})

    @property
    def checks(self) -> dict[str, object] | None:
        """What the driver must do at the door."""
        pin: dict[str, object] = {"pincode": {"enabled": True}} if self.pin else {}
        picture: dict[str, object] = {"picture": True} if self.picture else {}
        return pin | picture or None

    @property
    def account_url(self) -> str:
        """Where this customer's quotes and deliveries are."""
        base = self.base_url.rstrip("/").removesuffix("/v1")
        return f"{base}/v1/customers/{quoted(self.customer_id, safe='')}"

    @property
    def token_url(self) -> str:
        """Where tokens are fetched."""
        return self.auth_url.rstrip("/").removesuffix("/oauth/v2/token") + "/oauth/v2/token"


_D = DeliveryState
STATUS: Final = {
    "pending": _D.MATCHING,
    "pickup": _D.HEADING_TO_STORE,
    "pickup_complete": _D.PICKED_UP,
    "dropoff": _D.PICKED_UP,
    "delivered": _D.DELIVERED,
    "returned": _D.RETURNING,  # the way there has ended; a job of its own brings the goods back
    "canceled": _D.FAILED,
}
RETURN_STATUS: Final = {
    **dict.fromkeys(("pending", "pickup", "pickup_complete", "dropoff", "returned"), _D.RETURNING),
    "delivered": _D.RETURNED,
    "canceled": _D.FAILED,
}
STALE_QUOTE: Final = frozenset({"expired_quote", "used_quote", "mismatched_price_quote"})
TOO_LATE: Final = "noncancelable_delivery"
TIPPED: Final = "tip_already_recorded_error"
CANCEL_REASONS: Final = frozenset(
    "out_of_items store_closed customer_called_to_cancel store_too_busy courier_delayed_en_route_to_pickup "
    "too_expensive customer_changed_order_requirements delivery_vehicle_too_small no_courier_assigned".split()
)


def _explain(words: object) -> tuple[str, str]:
    """Their message, and the field it is about, which they tell apart from it (6)."""
    code, message = http.explain(words)
    about = words.get("metadata") if isinstance(words, dict) else None
    details = "; ".join(f"{name}: {found}" for name, found in about.items()) if isinstance(about, dict) else ""
    return code, f"{message} {details}".strip()


MANNERS: Final = http.Manners(
    explain=_explain,
    # Some of these come with 400.
    patient=frozenset({"request_timeout", "couriers_busy", "service_unavailable"}),
    limited=frozenset({"customer_limited"}),
    hopeless=frozenset({TOO_LATE, TIPPED, "delivery_not_found", "max_tip_exceeded", "no_tip", "invalid_tipping_state"}),
    unknown=frozenset({"delivery_not_found"}),
)
ABILITIES: Final = frozenset({Ability.QUOTE, Ability.CANCEL, Ability.TIP, Ability.PROOF})
PLACE: Final = "event.courier_update"
EVENTS: Final = frozenset({"event.delivery_status", PLACE})
SIGNATURES: Final = ("x-uber-signature", "x-postmates-signature")
PAGE: Final = 50
MOST_PAGES: Final = 6
TEXT_AT_MOST: Final = 280
QUOTE_LIFE: Final = timedelta(minutes=15)
SOON: Final = timedelta(minutes=1)  # their clock and ours differ, and a call takes a while
FARTHEST: Final = timedelta(days=30)
PICKUP_WINDOW: Final = timedelta(minutes=25)  # at least 10 after ready and 20 after now


Text = Annotated[str, short(200)]
Hundredths = Annotated[int | None, Field(ge=0, le=LARGEST_MINOR)]


def _as_list(value: object) -> object:
    return value if isinstance(value, list) else [value]


class _Related(http.Loose):
    id: Text = ""
    relationship: Text = ""


class _Delivery(http.Loose):
    """Either leg of a job; flat, for what is nested with them is mostly missing."""

    id: Text = ""
    uuid: Text = ""
    status: Text = ""
    external_id: Text = ""
    created: Moment = None
    updated: Moment = None
    courier_imminent: bool = False
    currency: Text = ""
    fee: Hundredths = None
    tip: Hundredths = None
    tracking_url: Text = ""
    pickup_eta: Moment = None
    dropoff_eta: Moment = None
    undeliverable_action: Text = ""
    undeliverable_reason: Text = ""
    related_deliveries: Annotated[tuple[_Related, ...], BeforeValidator(_as_list)] = ()
    pin: Text = Field(
        default="", validation_alias=AliasPath("dropoff", "verification_requirements", "pincode", "value")
    )
    courier: dict[str, object] | None = None
    latitude: float | None = Field(
        default=None, validation_alias=AliasPath("courier", "location", "lat"), ge=-90, le=90
    )
    longitude: float | None = Field(
        default=None, validation_alias=AliasPath("courier", "location", "lng"), ge=-180, le=180
    )

    def related(self, *words: str) -> str:
        return next((leg.id for leg in self.related_deliveries if leg.relationship in words), "")

    @property
    def is_return(self) -> bool:
        return self.id.startswith("ret_") or bool(self.related("original"))

    @property
    def state(self) -> DeliveryState:
        if self.is_return:
            return RETURN_STATUS.get(self.status, _D.UNKNOWN)
        if self.status == "pickup" and self.courier_imminent:
            return _D.AT_STORE  # about a minute early: they have no word for "arrived"
        if self.status == "returned" and self.undeliverable_action.startswith("discard"):
            return _D.FAILED
        return STATUS.get(self.status, _D.UNKNOWN)

    def report(self, name: CourierName, otherwise: datetime) -> Report:
        """What is said of either leg, under the job we booked; `otherwise` when it does not say of what time."""
        at = self.updated or self.created or otherwise
        told = Report(
            courier=name,
            ref=self.id,
            state=self.state,
            word=self.status,
            at=at,
            our_key=self.external_id,
            driver=None if self.courier is None else _Courier.model_validate(self.courier).driver,
            place=_place(self.latitude, self.longitude, at),
            tracking_url=self.tracking_url,
            reason=self.undeliverable_reason,
        )
        return self._back(told) if self.is_return else self._forth(told)

    def _forth(self, told: Report) -> Report:
        return replace(
            told,
            # UNSURE which number the driver reads out; the end of the uuid is what both sides can see.
            waybill=self.uuid[-5:].upper(),
            eta_store=self.pickup_eta,
            eta_door=self.dropoff_eta,
            fee=_money(self.fee, self.currency),
            pin=self.pin,
            return_ref=self.related("return", "returned"),
        )

    def _back(self, told: Report) -> Report:
        return replace(told, ref=self.related("original") or self.id, return_ref=self.id, eta_store=self.dropoff_eta)


class _Courier(http.Loose):
    name: Text = ""
    phone_number: Text = ""
    public_number: Text = Field(default="", validation_alias=AliasPath("public_phone_info", "phone_number"))
    vehicle_type: Text = ""
    vehicle_color: Text = ""
    vehicle_make: Text = ""
    vehicle_model: Text = ""
    vehicle_license_plate: Text = ""

    @property
    def driver(self) -> Driver:
        vehicle = (self.vehicle_type, self.vehicle_color, self.vehicle_make, self.vehicle_model)
        return Driver(
            name=self.name,
            phone=self.public_number or self.phone_number,  # the second answers to the customer only
            vehicle=" ".join(filter(None, vehicle)),
            plate=self.vehicle_license_plate,
        )


class _Page(http.Loose):
    data: tuple[_Delivery, ...] = ()
    next_href: Text = ""


class _Price(http.Loose):
    id: Text = ""
    fee: Hundredths = None
    currency: Text = Field(default="", validation_alias=AliasChoices("currency_type", "currency"))
    created: Moment = None
    expires: Moment = None
    pickup_duration: int | None = Field(default=None, ge=0, le=10_000)  # minutes
    dropoff_eta: Moment = None

    def quote(self, name: CourierName, now: datetime) -> Quote:
        fee, created = _money(self.fee, self.currency), self.created or now
        if not self.id or fee is None:
            raise CourierDown("the quote lacks its id or its price")
        return Quote(
            courier=name,
            ref=self.id,
            fee=fee,
            expires_at=self.expires or created + QUOTE_LIFE,
            at_store=None if self.pickup_duration is None else created + timedelta(minutes=self.pickup_duration),
            at_door=self.dropoff_eta,
        )


class _Event(http.Loose):
    id: Text = ""
    kind: Text = ""
    created: Moment = None
    delivery_id: Text = ""
    status: Text = ""
    latitude: float | None = Field(default=None, validation_alias=AliasPath("location", "lat"), ge=-90, le=90)
    longitude: float | None = Field(default=None, validation_alias=AliasPath("location", "lng"), ge=-180, le=180)
    data: _Delivery = Field(default_factory=_Delivery)

    @property
    def ref(self) -> str:
        return self.data.id or self.delivery_id

    def report(self, name: CourierName, received_at: datetime) -> Report:
        at = self.created or received_at
        whole = self.data.model_copy(update={"id": self.ref, "status": self.data.status or self.status})
        told = replace(whole.report(name, at), at=self.data.updated or at)
        place = _place(self.latitude, self.longitude, at) or told.place
        # A place alone is no word on how the job stands.
        return replace(told, word=told.word or ("" if self.kind == PLACE else self.kind), place=place)


class _Duplicate(http.Loose):
    ref: Text = Field(default="", validation_alias=AliasPath("metadata", "delivery_id"))


class _Document(BaseModel):
    document: str  # base64


def _money(hundredths: int | None, currency: str) -> Money | None:
    """Their amounts are hundredths of a unit whatever the currency."""
    code = currency.upper()
    if hundredths is None or not re.fullmatch("[A-Z]{3}", code):
        return None
    return Money(_rounded(Decimal(hundredths).scaleb(decimals_of(code) - 2)), code)


def _hundredths(money: Money) -> int:
    return _rounded(Decimal(money.minor).scaleb(2 - decimals_of(money.currency)))


def _rounded(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _place(latitude: float | None, longitude: float | None, at: datetime) -> Place | None:
    return None if latitude is None or longitude is None else Place(latitude, longitude, at)


def _path(ref: str) -> str:
    return f"/deliveries/{quoted(ref, safe='')}"


def _private(job: Job) -> tuple[str, ...]:
    return job.door.name, job.door.phone, job.door.address, job.door.note


def _dialled(phone: str) -> str:
    return re.sub(r"[^\d+]", "", phone)


def _said(**fields: object) -> dict[str, object]:
    return {name: value for name, value in fields.items() if value not in (None, "")}


def _ways(job: Job, country: str) -> dict[str, object]:
    """Both ends of the way, as quotes and deliveries want them."""
    return {**_end("pickup", job.store, country), **_end("dropoff", job.door, country)}


def _end(end: str, stop: Stop, country: str) -> dict[str, object]:
    address = dumps({"street_address": [tidy(stop.address)], "country": country}, ensure_ascii=False)
    fields = _said(address=address, latitude=stop.latitude, longitude=stop.longitude, phone_number=_dialled(stop.phone))
    return {f"{end}_{name}": value for name, value in fields.items()}


def _windows(job: Job, now: datetime) -> dict[str, object]:
    """When goods are ready and wanted; nothing where the rules for windows would be broken."""
    ready = job.ready_at
    if ready is None or not now + SOON <= ready < now + FARTHEST:
        return {}
    pickup_by = ready + PICKUP_WINDOW
    windows: dict[str, object] = {"pickup_ready_dt": _written(ready), "pickup_deadline_dt": _written(pickup_by)}
    if job.door_by is not None and job.door_by >= pickup_by:
        windows["dropoff_deadline_dt"] = _written(job.door_by)
    return windows


def _item(item: JobItem) -> dict[str, object]:
    price = None if item.price is None else _hundredths(item.price)
    return _said(name=tidy(item.name), quantity=item.quantity, weight=item.weight_g or None, price=price)


def _why(reason: str) -> dict[str, object] | None:
    if not reason:
        return None
    if reason in CANCEL_REASONS:
        return {"cancelation_reason": reason}
    return {"cancelation_reason": "other", "additional_description": tidy(reason, TEXT_AT_MOST)}


class UberDirect:
    """One Uber Direct account."""

    kind: str = KIND

    def __init__(self, name: str, settings: Settings, client: http.Client, now: Callable[[], datetime]) -> None:
        self.name = CourierName(name)
        self.limits = settings.limits
        self.abilities = ABILITIES | {Ability.PIN} if settings.pin else ABILITIES
        self._settings = settings
        self._client = client
        self._now = now
        self._tokens = http.Tokens(partial(http.fetch_token, client, settings.token_url, settings.token_form))

    async def quote(self, job: Job) -> Quote:
        """Price and times for a job; good for a quarter of an hour, for one booking (3.3)."""
        body = {
            **_ways(job, self._settings.country),
            **_windows(job, self._now()),
            "manifest_total_value": _hundredths(job.value),
        }
        answer = await self._ask("POST", "/delivery_quotes", json=body, private=_private(job))
        return http.read(_Price, answer).quote(self.name, self._now())

    async def book(self, job: Job, quote: Quote | None = None) -> Report:
        """Call a driver; a stale quote is replaced once, a job that exists is adopted (3.4, 7)."""
        try:
            return await self._create(job, quote)
        except CourierRefused as refused:
            if quote is None or refused.code not in STALE_QUOTE:
                raise
        return await self._create(job, await self.quote(job))

    async def find(self, key: str) -> Report | None:
        """The job booked under `key`: first among those under way, then among all of the last pages."""
        for status in ("ongoing", ""):
            async for report in self.listing(status):
                if report.our_key == key:
                    return await self._followed(report)
        return None

    async def listing(self, status: str = "", pages: int = MOST_PAGES) -> AsyncIterator[Report]:
        """The account's jobs, newest first, at most `pages` of them; `status` as in 3.8."""
        offset = 0
        for _ in range(pages):
            params = {"limit": str(PAGE), "offset": str(offset)} | ({"filter": status} if status else {})
            page = http.read(_Page, await self._ask("GET", "/deliveries", params=params))
            for delivery in page.data:
                yield delivery.report(self.name, self._now())
            if not page.data or not page.next_href:
                return
            offset += len(page.data)

    async def read(self, ref: str) -> Report:
        """How a job stands, by its way back when there is one (5)."""
        return await self._followed(self._report(await self._ask("GET", _path(ref))))

    async def cancel(self, ref: str, reason: str = "") -> Report:
        """End the search; one of their reasons, or words of ours (3.9). A second time is harmless."""
        try:
            return self._report(await self._ask("POST", f"{_path(ref)}/cancel", json=_why(reason)))
        except CourierRefused as refused:
            if refused.code != TOO_LATE or (standing := await self.read(ref)).state is not _D.FAILED:
                raise
            return standing

    async def tip(self, ref: str, tip: Money) -> Report:
        """Raise the tip to `tip` in all; possible only while the driver rides to the door (3.7)."""
        amount = _hundredths(tip)
        try:
            answer = await self._ask("POST", _path(ref), json={"tip_by_customer": amount})
        except CourierRefused as refused:
            if refused.code != TIPPED:
                raise
            answer = await self._ask("GET", _path(ref))
            # A repeat after a lost answer finds its own tip.
            if http.read(_Delivery, answer).tip != amount:
                raise
        return self._report(answer)

    async def proof(self, ref: str, waypoint: Waypoint, kind: Proof) -> bytes:
        """A proof as PNG; they keep it for 30 days (8)."""
        body = {"waypoint": waypoint.value, "type": kind.value}
        answer = await self._ask("POST", f"{_path(ref)}/proof-of-delivery", json=body)
        try:
            return b64decode(http.read(_Document, answer).document, validate=True)
        except ValueError:
            raise CourierDown("the proof is not base64") from None

    def verify(self, letter: Letter) -> None:
        """HMAC-SHA256 over the raw body, under either header they use (9)."""
        given = [letter.headers.get(name, "") for name in SIGNATURES]
        wanted = [signatures.hmac_hex(secret, letter.body) for secret in revealed(self._settings.webhook_secret)]
        # A list, so that each is compared.
        if not any([signatures.matches(ours, theirs) for ours in wanted for theirs in given]):
            raise BadSignature("the signature does not fit, or no webhook_secret is set")

    def read_letter(self, letter: Letter) -> Reading:
        """A status or a place on the map; other events, and those about no delivery, are ignored (9)."""
        event = _Event.model_validate(json_object(letter.body, letter.body_key))
        key = event.id or letter.body_key
        if event.kind not in EVENTS:
            return Reading(key=key, ignored=f"nothing follows from {event.kind or 'an event without a kind'}")
        if not event.ref:
            # Not every key is in every event, and no repeat would bring what is missing.
            return Reading(key=key, ignored="names no delivery, neither in delivery_id nor in data.id")
        return Reading(key=key, reports=(event.report(self.name, letter.received_at),))

    async def close(self) -> None:
        """Let go of connections."""
        await self._client.aclose()

    async def _create(self, job: Job, quote: Quote | None) -> Report:
        order = self._order(job, quote)
        answer = await self._ask("POST", "/deliveries", json=order, private=_private(job), accept=frozenset({409}))
        if answer.status != 409:
            return self._report(answer)
        existing = http.read(_Duplicate, answer).ref
        found = await self.read(existing) if existing else await self.find(job.key)
        if found is None:
            raise CourierDown("they know the job but do not name it", code="duplicate_delivery")
        return found

    def _order(self, job: Job, quote: Quote | None) -> dict[str, object]:
        settings = self._settings
        return _said(
            **_ways(job, settings.country),
            **_windows(job, self._now()),
            pickup_name=tidy(job.store.name),
            pickup_notes=tidy(job.store.note, TEXT_AT_MOST),
            dropoff_name=tidy(job.door.name),
            dropoff_notes=tidy(job.door.note, TEXT_AT_MOST),
            dropoff_verification=settings.checks,
            manifest_items=[_item(item) for item in job.items],
            manifest_reference=f"{tidy(job.number)}-{job.key[:6]}",
            manifest_total_value=_hundredths(job.value),
            deliverable_action=settings.deliverable_action,
            undeliverable_action=settings.undeliverable_action,
            quote_id=quote and quote.ref,
            external_id=job.key,
            idempotency_key=job.key,
        )

    async def _followed(self, report: Report) -> Report:
        if report.state is not _D.RETURNING or report.ref.startswith("ret_") or not report.return_ref:
            return report
        try:
            back = self._report(await self._ask("GET", _path(report.return_ref)))
        except CourierRefused:
            return report
        return replace(back, ref=report.ref, our_key=report.our_key, reason=back.reason or report.reason)

    def _report(self, answer: http.Answer) -> Report:
        delivery = http.read(_Delivery, answer)
        if not delivery.id:
            raise CourierDown(f"the answer ({answer.status}) names no delivery")
        return delivery.report(self.name, self._now())

    async def _ask(
        self,
        method: str,
        path: str,
        *,
        json: object = None,
        params: Mapping[str, str] | None = None,
        accept: frozenset[int] = frozenset(),
        private: tuple[str, ...] = (),
    ) -> http.Answer:
        call = http.Call(
            method=method,
            url=self._settings.account_url + path,
            json=json,
            params=params,
            safe=True,  # booking by its idempotency key, the rest by its nature
            accept=accept,
            private=private,
        )
        return await http.ask(self._client, call, keys=self._tokens, manners=MANNERS)


def _now() -> datetime:
    return datetime.now(UTC)


def build(name: str, settings: Settings, *, now: Callable[[], datetime] = _now) -> UberDirect:
    """An account ready to be called; `now` must be the clock that windows are measured by."""
    return UberDirect(name, settings, http.client(settings.account_url), now)
