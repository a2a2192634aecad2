"""DoorDash Drive: its settings and its calls (API v2)."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final, Literal
from uuid import uuid4

from pydantic import ConfigDict, Field, SecretStr, field_validator, model_validator

from adapters import http, pictures, signatures
from adapters.carrying import Carrying, Kilograms
from adapters.fields import Secrets, revealed
from adapters.payloads.doordash_drive import QUOTED, STATUS, Delivery, Event, cents
from adapters.payloads.doordash_drive_calls import (
    ALREADY_ASKED,
    MANNERS,
    NOTE_AT_MOST,
    TAKEN_ID,
    UNKNOWN_ID,
    Signer,
    dropoff,
    goods,
    path,
    pickup,
    schedule,
    signing_key,
    tag,
)
from adapters.reading import json_object
from adapters.writing import dialled, private_words, said, this_clock
from core.domain.delivery import DeliveryState, Report
from core.domain.ids import CourierName
from core.domain.job import Job, Stop
from core.domain.money import Money
from core.domain.quote import Quote
from core.domain.text import tidy
from core.ports.courier import Ability, CourierDown, CourierRefused, Proof, Waypoint
from core.ports.letter import BadSignature, Letter, Reading

__all__ = ["KIND", "STATUS", "DoorDashDrive", "Settings", "build"]

KIND: Final = "doordash_drive"
CURRENCY: Final = {"US": "USD", "CA": "CAD", "AU": "AUD", "NZ": "NZD"}
PROOFS: Final = {"photo": "photo_required", "pin": "pin_code", "none": "none"}
FORM: Final = {"Content-Type": "application/x-www-form-urlencoded"}  # their own client sends an empty one
ABILITIES: Final = frozenset({Ability.QUOTE, Ability.CANCEL, Ability.TIP})
QUOTES_REMEMBERED: Final = 500
Body = dict[str, object]


class Settings(Carrying):
    """`[couriers.…]` with `kind = "doordash_drive"`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["doordash_drive"] = Field(KIND, description="Which courier this section is about.")
    base_url: str = Field(
        "https://openapi.doordash.com", description="Where the API is; a URL, for trying out as well."
    )
    developer_id: str = Field(min_length=1, description="The developer id, from the developer portal; no default.")
    key_id: str = Field(min_length=1, description="The access key's id, from the developer portal; no default.")
    signing_secret: SecretStr = Field(description="The access key's signing secret, base64; no default.")
    webhook_secret: Secrets = Field(
        (), description="The whole Authorization header of their webhooks, or a list while it changes; default none."
    )
    market: Literal["US", "CA", "AU", "NZ"] = Field("US", description="The country of the store; ISO 3166 code.")
    locale: Literal["en-US", "fr-CA", "es-US"] = Field(
        "en-US", description="The language they write to the customer in; default en-US."
    )
    business_id: str = Field("", description="The store's business there (external_business_id); default its address.")
    store_id: str = Field("", description="The store there (external_store_id), with business_id; default its address.")
    proof: Literal["photo", "pin", "none"] = Field(
        "photo", description="What the Dasher brings from the door; pin where the account has it; default photo."
    )
    signature: bool = Field(False, description="Whether the customer must sign; default false.")
    contactless: bool = Field(False, description="Whether the Dasher leaves the goods at the door; default false.")
    undeliverable_action: Literal["return_to_pickup", "dispose"] = Field(
        "return_to_pickup", description="What becomes of goods that nobody takes; default back to the store."
    )
    notify: bool = Field(True, description="Whether they text the customer; default true.")
    allowed_vehicles: tuple[Literal["car", "bicycle", "walking"], ...] = Field(
        (), description="What Dashers may come with: car, bicycle, walking; default any."
    )
    max_weight_kg: Kilograms | None = Field(20, description="Most weight of one job, kg; default 20.")

    @field_validator("signing_secret")
    @classmethod
    def _is_base64(cls, secret: SecretStr) -> SecretStr:
        signing_key(secret.get_secret_value())
        return secret

    @model_validator(mode="after")
    def _what_goes_together(self) -> "Settings":
        if bool(self.business_id) != bool(self.store_id):
            raise ValueError("found one of business_id and store_id; allowed are both or neither")
        if self.contactless and (self.proof == "pin" or self.signature):
            raise ValueError("contactless = true does not go with a PIN or a signature; allowed: contactless = false")
        return self

    @property
    def abilities(self) -> frozenset[Ability]:
        """What may be asked of this account."""
        proof = {Ability.PROOF} if self.proof == "photo" or self.signature else set()
        return ABILITIES | proof | ({Ability.PIN} if self.proof == "pin" else set())

    @property
    def root(self) -> str:
        """What stands before `/drive/v2`."""
        return self.base_url.rstrip("/").removesuffix("/drive/v2")

    @property
    def currency(self) -> str:
        """What prices and tips are in."""
        return CURRENCY[self.market]

    @property
    def at_the_door(self) -> Body:
        """What the Dasher must do there."""
        signature = {"signature": "required"} if self.signature else {}
        return {"proof_of_delivery": PROOFS[self.proof], **signature}

    def signer(self, clock: Callable[[], datetime]) -> Signer:
        """What makes this account's tokens."""
        key = signing_key(self.signing_secret.get_secret_value())
        return Signer(developer_id=self.developer_id, key_id=self.key_id, key=key, clock=clock)

    def store(self, job: Job) -> Body:
        """Where the goods are: as they know the store, or its address."""
        if not self.store_id:
            return pickup(job.store)
        return {"pickup_external_business_id": self.business_id, "pickup_external_store_id": self.store_id}


class DoorDashDrive:
    """One DoorDash Drive account. A job's id there is our own key, so that nothing is ever booked twice (4)."""

    kind: str = KIND

    def __init__(
        self,
        name: str,
        settings: Settings,
        client: http.Client,
        now: Callable[[], datetime],
        wall: Callable[[], datetime],
    ) -> None:
        self.name = CourierName(name)
        self.limits = settings.limits
        self.abilities = settings.abilities
        self._settings = settings
        self._client = client
        self._now = now
        self._keys = http.Tokens(settings.signer(wall).token)
        self._quoted: dict[str, Body] = {}

    async def quote(self, job: Job) -> Quote:
        """A price, good for five minutes (2). One under another number than our key is never booked."""
        wanted = self._body(job)
        try:
            answer = await self._post_job(job, "quotes", wanted)
            self._remember(job.key, wanted)
        except CourierRefused as refused:
            if refused.code != TAKEN_ID:
                raise
            aside = {"external_delivery_id": f"{job.key}~{uuid4().hex[:8]}"}
            answer = await self._post_job(job, "quotes", wanted | aside)
        return http.read(Delivery, answer).quote(self.name, self._now(), self._settings.currency)

    async def book(self, job: Job, quote: Quote | None = None) -> Report:
        """Call a Dasher, by the quote when it is for the very same; whatever stands under our key is adopted."""
        wanted = self._body(job)
        is_for_this = quote is not None and quote.ref == job.key and _same(self._quoted.get(job.key), wanted)
        booked = await self._accept(job.key) if is_for_this else None
        told = booked or await self._create(job, wanted)
        return replace(told, waybill=told.waybill or tag(job), pin=told.pin or self._pin(job))

    async def find(self, key: str) -> Report | None:
        """The job booked under `key`; a mere quote is none."""
        asked = self._now()
        try:
            delivery = await self._delivery(key)
        except CourierRefused as refused:
            if refused.code != UNKNOWN_ID:
                raise
            return None
        return None if delivery.status == QUOTED else self._report(delivery, asked)

    async def read(self, ref: str) -> Report:
        """How a job stands, and who rides where."""
        asked = self._now()
        return self._report(await self._delivery(ref), asked)

    async def cancel(self, ref: str, reason: str = "") -> Report:
        """End the search, or turn a Dasher back before he has the goods (5). A second time is harmless."""
        asked = self._now()
        try:
            answer = await self._ask("PUT", path(ref, then="cancel"), raw=b"", headers=FORM)
        except CourierRefused as refused:
            if refused.code == UNKNOWN_ID or (standing := await self.read(ref)).state is not DeliveryState.FAILED:
                raise _patient(refused) from None
            return standing
        return self._report(_known(answer), asked)

    async def tip(self, ref: str, tip: Money) -> Report:
        """Raise the tip to `tip` in all (5)."""
        if tip.currency != (ours := self._settings.currency):
            raise CourierRefused(f"tips are in {ours} there", code="wrong_currency", try_another=False)
        return await self._change(ref, {"tip": cents(tip)})

    async def edit(self, ref: str, door: Stop) -> Report:
        """Send the Dasher to another door or number, until he has the goods (2)."""
        return await self._change(ref, dropoff(door), private=private_words(door))

    async def proof(self, ref: str, waypoint: Waypoint, kind: Proof) -> bytes:
        """The picture or signature that the Dasher left (2.2)."""
        url = (await self._delivery(ref)).image(waypoint, kind)
        if not url.startswith(("https://", f"{self._settings.root}/")):
            words = f"there is no {kind} of the {waypoint}"
            raise CourierRefused(words, code=pictures.NO_PROOF, try_another=False)
        return await pictures.fetched(self._client, url)

    def verify(self, letter: Letter) -> None:
        """The Authorization header is the one set in their portal (6); there is no signature."""
        given = letter.headers.get("authorization", "").strip()
        wanted = revealed(self._settings.webhook_secret)
        # A list, so that each is compared.
        if not any([signatures.matches(ours, given) for ours in wanted]):
            raise BadSignature("the Authorization header does not fit, or no webhook_secret is set")

    def read_letter(self, letter: Letter) -> Reading:
        """What happened to a delivery (6); what names none is ignored."""
        event = Event.model_validate(json_object(letter.body, letter.body_key))
        key = event.key or letter.body_key
        if not event.id:
            return Reading(key=key, ignored="names no delivery in external_delivery_id")
        if not (event.what or event.status):
            return Reading(key=key, ignored="says neither what happened nor how the delivery stands")
        return Reading(key=key, reports=(event.told(self.name, letter.received_at, self._settings.currency),))

    async def close(self) -> None:
        """Let go of connections."""
        await self._client.aclose()

    async def _accept(self, key: str) -> Report | None:
        """Take up the quote under `key`. None when it cannot be taken up any more, and was not before."""
        asked = self._now()
        try:
            answer = await self._ask("POST", path(key, under="quotes", then="accept"), {})
        except CourierRefused:
            return await self.find(key)
        delivery = _known(answer)
        return None if delivery.status == QUOTED else self._report(delivery, asked)

    async def _create(self, job: Job, wanted: Body) -> Report:
        asked, standing = self._now(), None
        try:
            delivery = _known(await self._post_job(job, "deliveries", wanted))
            if delivery.status != QUOTED:
                return self._report(delivery, asked)
            # They found a quote for the very same under our key, and gave it back.
            standing = await self._accept(job.key)
        except CourierRefused as refused:
            if refused.code != TAKEN_ID or (standing := await self.find(job.key)) is None:
                raise
        if standing is None:
            raise CourierRefused("a quote that has ended stands under this number", code=TAKEN_ID)
        return standing

    async def _delivery(self, ref: str) -> Delivery:
        return _known(await self._ask("GET", path(ref)))

    async def _change(self, ref: str, changed: Body, *, private: tuple[str, ...] = ()) -> Report:
        asked = self._now()
        return self._report(_known(await self._ask("PATCH", path(ref), changed, private=private)), asked)

    async def _post_job(self, job: Job, under: str, wanted: Body) -> http.Answer:
        return await self._ask("POST", path(under=under), wanted, private=private_words(job.door))

    def _body(self, job: Job) -> Body:
        settings, pin = self._settings, self._pin(job)
        given = {"pin_code_type": "merchant_provided_number", "pin_code_value": pin} if pin else None
        return said(
            external_delivery_id=job.key,
            locale=settings.locale,
            **settings.store(job),
            **dropoff(job.door),
            **schedule(job, self._now()),
            **goods(job, settings.currency),
            pickup_instructions=tidy(job.store.note, NOTE_AT_MOST),
            pickup_reference_tag=tag(job),
            dropoff_contact_send_notifications=settings.notify,
            dropoff_options=settings.at_the_door,
            dropoff_pin_code_verification_metadata=given,
            contactless_dropoff=settings.contactless,
            action_if_undeliverable=settings.undeliverable_action,
            dasher_allowed_vehicles=list(settings.allowed_vehicles),
        )

    def _pin(self, job: Job) -> str:
        """The end of the customer's number, which nobody has to be told (C57)."""
        return dialled(job.door.phone)[-4:] if self._settings.proof == "pin" else ""

    def _remember(self, key: str, wanted: Body) -> None:
        self._quoted.pop(key, None)
        self._quoted[key] = wanted
        while len(self._quoted) > QUOTES_REMEMBERED:
            del self._quoted[next(iter(self._quoted))]

    def _report(self, delivery: Delivery, asked: datetime) -> Report:
        # Asked later than it changed, it still stood so: or a place on the map would count as old.
        at = max(delivery.updated or asked, asked)
        return delivery.report(self.name, at, self._settings.currency)

    async def _ask(
        self,
        method: str,
        where: str,
        json: Mapping[str, object] | None = None,
        *,
        raw: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        private: tuple[str, ...] = (),
    ) -> http.Answer:
        call = http.Call(
            method=method,
            url=self._settings.root + where,
            json=json,
            raw=raw,
            headers=headers or {},
            safe=True,  # booking by our key, the rest by its nature
            private=private,
        )
        return await http.ask(self._client, call, keys=self._keys, manners=MANNERS)


def _known(answer: http.Answer) -> Delivery:
    delivery = http.read(Delivery, answer)
    if not delivery.id:
        raise CourierDown(f"the answer ({answer.status}) names no delivery")
    return delivery


def _same(quoted: Body | None, wanted: Body) -> bool:
    """Whether both are for the same; the moment goods are ready may have passed meanwhile."""
    return quoted is not None and quoted | {"pickup_time": None} == wanted | {"pickup_time": None}


def _patient(refused: CourierRefused) -> CourierRefused | CourierDown:
    """An earlier cancel that is still under way there is no refusal."""
    return CourierDown(str(refused), code=refused.code) if refused.code == ALREADY_ASKED else refused


def build(
    name: str,
    settings: Settings,
    *,
    now: Callable[[], datetime] = this_clock,
    wall: Callable[[], datetime] = this_clock,
) -> DoorDashDrive:
    """An account ready to be called; `now` dates reports, `wall` is the real time, which tokens are signed with."""
    return DoorDashDrive(name, settings, http.client(settings.root), now, wall)
