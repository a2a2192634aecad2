"""pandago: its settings, the keys it wants, and its calls (On Demand Rider API v1)."""

import asyncio
import re
from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, Literal
from urllib.parse import quote as quoted
from uuid import uuid4

from pydantic import ConfigDict, Field, SecretStr, field_validator, model_validator

from adapters import assertions, http, signatures
from adapters.bookings import Bookings
from adapters.carrying import BoxCm, Cai, Carrying, Kilograms
from adapters.fields import Secrets, revealed
from adapters.payloads.pandago import CURRENCY, STATUS, Fee, Order, Outlet, Spot, Times
from adapters.payloads.pandago_calls import MANNERS, TOO_LATE, Account, path, reason_of
from adapters.pictures import BEGINNINGS
from adapters.reading import json_object
from adapters.writing import private_words, this_clock
from core.domain.delivery import ENDED, DeliveryState, Report
from core.domain.ids import CourierName
from core.domain.job import Job, Stop
from core.domain.measures import Place
from core.domain.money import Money
from core.domain.quote import Quote
from core.ports.courier import Ability, CourierDown, CourierProblem, CourierRefused, Proof, Waypoint
from core.ports.letter import BadSignature, Letter, Reading

__all__ = ["KIND", "STATUS", "Pandago", "Settings", "build"]

KIND: Final = "pandago"
SUFFIX: Final = re.compile(r"/([a-z]{2})/api/v1/?$")


class Settings(Carrying):
    """`[couriers.…]` with `kind = "pandago"`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["pandago"] = Field(KIND, description="Which courier this section is about.")
    base_url: str = Field(
        "https://pandago-api-apse.deliveryhero.io", description="Where the API is; a URL, with or without /tw/api/v1."
    )
    auth_url: str = Field("https://sts.deliveryhero.io", description="Where tokens come from; a URL.")
    client_id: str = Field(min_length=1, description="The ClientID they gave you, pandago:tw:…; no default.")
    key_id: str = Field(min_length=1, description="The KeyID they gave you for your public key; no default.")
    private_key: SecretStr = Field(
        description="Your own half of the RSA key pair, 2048 bits or more, in PEM; no default."
    )
    scope: str = Field("", description="What the token is asked for; default pandago.api.tw.* with your country.")
    webhook_secret: Secrets = Field(
        (), description="What callbacks are signed with, or a list while it changes; default none: none is believed."
    )
    country: Literal["SG", "HK", "MY", "TH", "PH", "TW", "PK", "JO", "FI", "KW", "NO", "SE"] = Field(
        "TW", description="Where the keys are for; ISO 3166 code."
    )
    outlet: str = Field(
        "", max_length=255, description="The store's number with them (client_vendor_id); default the one at its place."
    )
    coldbag: bool = Field(False, description="Whether the driver must bring a cold bag; default false.")
    contents: str = Field("", max_length=200, description="What drivers are told they carry; default the items.")
    packaging: Literal["", "small", "medium", "large"] = Field(
        "", description="Size told with the weight, where the account has it; default not told."
    )
    pin: bool = Field(False, description="Whether the driver asks for a PIN, where the account has it; default false.")
    max_weight_kg: Kilograms | None = Field(20, description="Most weight of one job, kg; default 20 (C33).")
    boxes_cm: tuple[BoxCm, ...] = Field(
        ((30, 60, 40),), description="Boxes of which one must take the goods: length, width, height in cm; default C34."
    )
    max_cai: Cai = Field(2, description="Most volume of the goods, in cai of 27 000 cm³; default 2 (C35), 0 any.")

    @field_validator("private_key")
    @classmethod
    def _is_a_key(cls, private_key: SecretStr) -> SecretStr:
        assertions.rsa_key(private_key.get_secret_value())
        return private_key

    @model_validator(mode="after")
    def _one_country(self) -> "Settings":
        named = SUFFIX.search(self.base_url)
        if named and named[1] != self.country.lower():
            raise ValueError(f"base_url is for {named[1].upper()}, country says {self.country}; allowed: the same")
        return self

    @property
    def account(self) -> Account:
        """What is told of every job."""
        return Account(
            country=self.country,
            outlet=self.outlet,
            contents=self.contents,
            packaging=self.packaging,
            coldbag=self.coldbag,
            pin=self.pin,
        )

    @property
    def root(self) -> str:
        """What comes before `/orders`."""
        return f"{SUFFIX.sub('', self.base_url).rstrip('/')}/{self.country.lower()}/api/v1"

    @property
    def token_url(self) -> str:
        """Where tokens are fetched."""
        return self.auth_url.rstrip("/").removesuffix("/oauth2/token") + "/oauth2/token"

    @property
    def scopes(self) -> str:
        """What a token is asked for."""
        return self.scope or f"pandago.api.{self.country.lower()}.*"


AUDIENCE: Final = "https://sts.deliveryhero.io"  # of the sandbox as well
ASSERTION: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ASSERTION_LIFE: Final = timedelta(minutes=5)
SIGNATURE: Final = "x-signature-sha256"
QUOTE_LIFE: Final = timedelta(minutes=15)  # estimates have no end of their own
PROOFS: Final = {
    Waypoint.PICKUP: "proof_of_pickup",
    Waypoint.DROPOFF: "proof_of_delivery",
    Waypoint.RETURN: "proof_of_return",
}
ABILITIES: Final = frozenset({Ability.QUOTE, Ability.CANCEL, Ability.PROOF})


class Pandago:
    """One pandago account in one country."""

    kind: str = KIND

    def __init__(self, name: str, settings: Settings, client: http.Client, now: Callable[[], datetime]) -> None:
        self.name = CourierName(name)
        self.limits = settings.limits
        self.abilities = ABILITIES | {Ability.PIN} if settings.pin else ABILITIES
        self._settings = settings
        self._client = client
        self._now = now
        self._account = settings.account
        self._currency = CURRENCY[settings.country]
        self._key = assertions.rsa_key(settings.private_key.get_secret_value())
        self._tokens = http.Tokens(self._token)
        self._bookings = Bookings()

    async def quote(self, job: Job) -> Quote:
        """What it would cost and how long it would take, asked side by side; neither binds them (3.3)."""
        wanted, ends = self._account.estimate(job, self._now()), self._now() + QUOTE_LIFE
        fee, times = await asyncio.gather(self._fee(wanted), self._times(wanted), return_exceptions=True)
        if isinstance(fee, BaseException):
            raise fee
        if isinstance(times, BaseException):
            raise times
        return fee.quote(self.name, job.key, self._currency, ends=ends, times=times)

    async def book(self, job: Job, quote: Quote | None = None) -> Report:
        """Call a driver. What may have arrived is never sent again: they know no key of ours (6)."""
        if ref := self._bookings.begin(job.key):
            return await self.read(ref)
        wanted = self._account.order(job, self._now())
        with self._bookings.attempt(job.key):
            order = _known(await self._ask("POST", "/orders", wanted, safe=False, private=private_words(job.door)))
        self._bookings.is_job(job.key, order.id)
        return replace(self._report(order), our_key=job.key)

    async def find(self, key: str) -> Report | None:
        """The job booked under `key`. They keep no list: what this process does not know, nobody can say (6)."""
        ref = self._bookings.ref(key)
        return await self.read(ref) if ref else None

    async def read(self, ref: str) -> Report:
        """How a job stands, and where its driver is."""
        told = self._report(_known(await self._ask("GET", path(ref))))
        if told.driver is None or told.state in ENDED:
            return told
        return replace(told, place=await self._place(told) or told.place)

    async def cancel(self, ref: str, reason: str = "") -> Report:
        """End the search; too late once a driver has accepted (3.5). A second time is harmless."""
        try:
            await self._ask("DELETE", path(ref), reason_of(reason))
        except CourierRefused as refused:
            if refused.code != TOO_LATE or (standing := await self.read(ref)).state is not DeliveryState.FAILED:
                raise
            return standing
        return await self._cancelled(ref)

    async def tip(self, ref: str, tip: Money) -> Report:
        """They take none (7)."""
        raise CourierRefused("pandago takes no tips", code="no_tip", try_another=False)

    async def proof(self, ref: str, waypoint: Waypoint, kind: Proof) -> bytes:
        """A picture; they keep it for a week (3.7)."""
        if kind is not Proof.PICTURE:
            raise CourierRefused(f"there is no {kind} of the {waypoint}", code="no_proof", try_another=False)
        answer = await self._ask("GET", f"/orders/{PROOFS[waypoint]}/{quoted(ref, safe='')}")
        return _picture(answer.body)

    async def edit(self, ref: str, door: Stop) -> Report:
        """Send the driver to another door, before pickup and where the country allows it (3.4)."""
        await self._ask("PUT", path(ref), self._account.door(door), private=private_words(door))
        return await self.read(ref)

    async def outlets(self) -> dict[str, Stop]:
        """The stores they know, by what `outlet` may be set to; refused unless the account is a brand's (3.8)."""
        told = (await self._ask("GET", "/outletList")).data
        listed = [one for one in (told if isinstance(told, list) else []) if isinstance(one, dict)]
        return {outlet.id: outlet.stop for outlet in map(Outlet.model_validate, listed)}

    async def save_outlet(self, store: Stop, *, city: str, locale: str = "zh-TW") -> Stop:
        """Make `outlet` known to them, or tell them what has changed of it (3.8)."""
        wanted = self._account.store(store, city=city, currency=self._currency, locale=locale)
        answer = await self._ask("PUT", f"/outlets/{quoted(self._settings.outlet, safe='')}", wanted)
        return http.read(Outlet, answer).stop

    def verify(self, letter: Letter) -> None:
        """HMAC-SHA256 over the raw body; their papers say base64 and hex (5)."""
        given, secrets = letter.headers.get(SIGNATURE, "").strip(), revealed(self._settings.webhook_secret)
        pairs = [(signatures.hmac_hex(secret, letter.body), given.lower()) for secret in secrets]
        pairs += [(signatures.hmac_base64(secret, letter.body), given) for secret in secrets]
        # A list, so that each is compared.
        if not any([signatures.matches(ours, theirs) for ours, theirs in pairs]):
            raise BadSignature("the signature does not fit, or no webhook_secret is set")

    def read_letter(self, letter: Letter) -> Reading:
        """How a job stands; what names no job is ignored (5)."""
        order = Order.model_validate(json_object(letter.body, letter.body_key))
        key = order.event_key or letter.body_key
        if not order.id:
            return Reading(key=key, ignored="names no order")
        self._bookings.is_job(order.key, order.id)
        return Reading(key=key, reports=(order.report(self.name, letter.received_at, self._currency),))

    async def close(self) -> None:
        """Let go of connections."""
        await self._client.aclose()

    async def _token(self) -> http.Token:
        """A token for an assertion made just now (2)."""
        settings = self._settings
        claims = {
            "iss": settings.client_id,
            "sub": settings.client_id,
            "jti": str(uuid4()),
            "exp": int((self._now() + ASSERTION_LIFE).timestamp()),
            "aud": AUDIENCE,
        }
        form = {
            "grant_type": "client_credentials",
            "client_id": settings.client_id,
            "client_assertion_type": ASSERTION,
            "client_assertion": assertions.rs256(claims, self._key, key_id=settings.key_id),
            "scope": settings.scopes,
        }
        return await http.fetch_token(self._client, settings.token_url, form)

    async def _fee(self, wanted: dict[str, object]) -> Fee:
        return http.read(Fee, await self._ask("POST", "/orders/fee", wanted))

    async def _times(self, wanted: dict[str, object]) -> Times:
        """A price without times is a quote all the same."""
        try:
            return http.read(Times, await self._ask("POST", "/orders/time", wanted))
        except CourierProblem:
            return Times()

    async def _place(self, told: Report) -> Place | None:
        """Where the driver is, as far as they say: silence and refusals leave the job's own words standing (3.6)."""
        hidden = frozenset({400, 404, 409, 422})
        try:
            answer = await self._ask("GET", f"{path(told.ref)}/coordinates", safe=False, accept=hidden)
            return None if answer.status in hidden else http.read(Spot, answer).place(told.at)
        except CourierProblem:
            return None

    async def _cancelled(self, ref: str) -> Report:
        """What they say after they took it: their clock puts reports in order."""
        try:
            standing = await self.read(ref)
        except CourierProblem:
            return self._report(Order.model_validate({"order_id": ref, "status": "CANCELLED"}))
        return standing if standing.state in ENDED else replace(standing, state=DeliveryState.FAILED, word="CANCELLED")

    def _report(self, order: Order) -> Report:
        return order.report(self.name, self._now().replace(microsecond=0), self._currency)

    async def _ask(
        self,
        method: str,
        path: str,
        json: object = None,
        *,
        safe: bool = True,
        accept: frozenset[int] = frozenset(),
        private: tuple[str, ...] = (),
    ) -> http.Answer:
        url = self._settings.root + path
        call = http.Call(method=method, url=url, json=json, safe=safe, accept=accept, private=private)
        return await http.ask(self._client, call, keys=self._tokens, manners=MANNERS)


def _known(answer: http.Answer) -> Order:
    order = http.read(Order, answer)
    if not order.id:
        raise CourierDown(f"the answer ({answer.status}) names no order")
    return order


def _picture(body: bytes) -> bytes:
    """The body is base64 itself; some wrap such a text in quotes, or say before it what it is."""
    text = b"".join(body.split()).strip(b'"').rpartition(b"base64,")[2]
    try:
        picture = b64decode(text, validate=True)
    except ValueError:
        raise CourierDown("the proof is not base64") from None
    if not picture.startswith(BEGINNINGS):
        raise CourierDown("the proof is no picture")
    return picture


def build(name: str, settings: Settings, *, now: Callable[[], datetime] = this_clock) -> Pandago:
    """An account ready to be called; `now` must be the real time: it says until when an assertion holds."""
    return Pandago(name, settings, http.client(settings.root), now)
