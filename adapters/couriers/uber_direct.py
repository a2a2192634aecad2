"""Uber Direct: its settings, its words for a delivery's state, and its calls (Direct API 1.0)."""

from base64 import b64decode
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Final, Literal
from urllib.parse import quote as quoted

from pydantic import ConfigDict, Field, SecretStr, model_validator

from adapters import http, signatures
from adapters.carrying import BoxCm, Carrying, Kilograms
from adapters.fields import Secrets, revealed
from adapters.payloads.uber_direct import (
    PLACE,
    RETURN_STATUS,
    STATUS,
    Delivery,
    Document,
    Duplicate,
    Event,
    Page,
    Price,
    hundredths,
)
from adapters.payloads.uber_direct_calls import MANNERS, STALE_QUOTE, TIPPED, TOO_LATE, path, priced, reason_of, wanted
from adapters.reading import json_object
from adapters.writing import private_words, this_clock
from core.domain.delivery import DeliveryState, Report
from core.domain.ids import CourierName
from core.domain.job import Job
from core.domain.money import Money
from core.domain.quote import Quote
from core.ports.courier import Ability, CourierDown, CourierRefused, Proof, Waypoint
from core.ports.letter import BadSignature, Letter, Reading

__all__ = ["KIND", "RETURN_STATUS", "STATUS", "Settings", "UberDirect", "build"]

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
    def actions(self) -> dict[str, object]:
        """What the driver must do at the door."""
        pin: dict[str, object] = {"pincode": {"enabled": True}} if self.pin else {}
        picture: dict[str, object] = {"picture": True} if self.picture else {}
        return {
            "dropoff_verification": pin | picture,
            "deliverable_action": self.deliverable_action,
            "undeliverable_action": self.undeliverable_action,
        }

    @property
    def account_url(self) -> str:
        """Where this customer's quotes and deliveries are."""
        base = self.base_url.rstrip("/").removesuffix("/v1")
        return f"{base}/v1/customers/{quoted(self.customer_id, safe='')}"

    @property
    def token_url(self) -> str:
        """Where tokens are fetched."""
        return self.auth_url.rstrip("/").removesuffix("/oauth/v2/token") + "/oauth/v2/token"


ABILITIES: Final = frozenset({Ability.QUOTE, Ability.CANCEL, Ability.TIP, Ability.PROOF})
EVENTS: Final = frozenset({"event.delivery_status", PLACE})
SIGNATURES: Final = ("x-uber-signature", "x-postmates-signature")
PAGE: Final = 50
MOST_PAGES: Final = 6


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
        body = priced(job, self._settings.country, self._now())
        answer = await self._ask("POST", "/delivery_quotes", json=body, private=private_words(job.door))
        return http.read(Price, answer).quote(self.name, self._now())

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
            page = http.read(Page, await self._ask("GET", "/deliveries", params=params))
            for delivery in page.data:
                yield delivery.report(self.name, self._now())
            if not page.data or not page.next_href:
                return
            offset += len(page.data)

    async def read(self, ref: str) -> Report:
        """How a job stands, by its way back when there is one (5)."""
        return await self._followed(self._report(await self._ask("GET", path(ref))))

    async def cancel(self, ref: str, reason: str = "") -> Report:
        """End the search; one of their reasons, or words of ours (3.9). A second time is harmless."""
        try:
            return self._report(await self._ask("POST", f"{path(ref)}/cancel", json=reason_of(reason)))
        except CourierRefused as refused:
            if refused.code != TOO_LATE or (standing := await self.read(ref)).state is not DeliveryState.FAILED:
                raise
            return standing

    async def tip(self, ref: str, tip: Money) -> Report:
        """Raise the tip to `tip` in all; possible only while the driver rides to the door (3.7)."""
        amount = hundredths(tip)
        try:
            answer = await self._ask("POST", path(ref), json={"tip_by_customer": amount})
        except CourierRefused as refused:
            if refused.code != TIPPED:
                raise
            answer = await self._ask("GET", path(ref))
            # A repeat after a lost answer finds its own tip.
            if http.read(Delivery, answer).tip != amount:
                raise
        return self._report(answer)

    async def proof(self, ref: str, waypoint: Waypoint, kind: Proof) -> bytes:
        """A proof as PNG; they keep it for 30 days (8)."""
        body = {"waypoint": waypoint.value, "type": kind.value}
        answer = await self._ask("POST", f"{path(ref)}/proof-of-delivery", json=body)
        try:
            return b64decode(http.read(Document, answer).document, validate=True)
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
        event = Event.model_validate(json_object(letter.body, letter.body_key))
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
        order, private = self._order(job, quote), private_words(job.door)
        answer = await self._ask("POST", "/deliveries", json=order, private=private, accept=frozenset({409}))
        if answer.status != 409:
            return self._report(answer)
        existing = http.read(Duplicate, answer).ref
        found = await self.read(existing) if existing else await self.find(job.key)
        if found is None:
            raise CourierDown("they know the job but do not name it", code="duplicate_delivery")
        return found

    def _order(self, job: Job, quote: Quote | None) -> dict[str, object]:
        return wanted(job, quote, self._settings.country, self._settings.actions, self._now())

    async def _followed(self, report: Report) -> Report:
        if report.state is not DeliveryState.RETURNING or report.ref.startswith("ret_") or not report.return_ref:
            return report
        try:
            back = self._report(await self._ask("GET", path(report.return_ref)))
        except CourierRefused:
            return report
        return replace(
            back,
            ref=report.ref,
            our_key=report.our_key,
            reason=back.reason or report.reason,
            trouble=back.trouble or report.trouble,
        )

    def _report(self, answer: http.Answer) -> Report:
        delivery = http.read(Delivery, answer)
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


def build(name: str, settings: Settings, *, now: Callable[[], datetime] = this_clock) -> UberDirect:
    """An account ready to be called; `now` must be the clock that windows are measured by."""
    return UberDirect(name, settings, http.client(settings.account_url), now)
