"""Stuart: its settings and its calls (API v2)."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Final, Literal
from urllib.parse import parse_qs, urlsplit

from pydantic import ConfigDict, Field, SecretStr

from adapters import http, pictures, signatures
from adapters.bookings import cannot_tell
from adapters.carrying import BoxCm, Carrying, Kilograms
from adapters.fields import Secrets, revealed
from adapters.payloads.stuart import CANCELLED, STATUS, Delivery, Eta, Event, Job as Theirs, Number, Pricing, Told
from adapters.payloads.stuart_calls import (
    CLEAR,
    MANNERS,
    UNKNOWN_JOB,
    Package,
    basic,
    package,
    path,
    reason_of,
    tag,
    wanted,
)
from adapters.payloads.stuart_memory import Memory
from adapters.reading import json_object
from adapters.writing import private_words, this_clock
from core.domain.delivery import DeliveryState, Report
from core.domain.ids import CourierName
from core.domain.job import Job
from core.domain.money import Money
from core.domain.quote import Quote
from core.ports.courier import Ability, CourierDown, CourierProblem, CourierRefused, NoSuchJob, Proof, Waypoint
from core.ports.letter import BadSignature, Letter, Reading

__all__ = ["KIND", "STATUS", "Settings", "Stuart", "build"]

KIND: Final = "stuart"
CURRENCY: Final = {"FR": "EUR", "GB": "GBP", "ES": "EUR", "IT": "EUR", "PL": "PLN"}
ABILITIES: Final = frozenset({Ability.QUOTE, Ability.CANCEL, Ability.PROOF})
ETA_WITHIN: Final = 3.0  # seconds after the price has come
PAGE: Final = 50  # jobs
MOST_PAGES: Final = 4
RIDING: Final = frozenset({DeliveryState.HEADING_TO_STORE, DeliveryState.AT_STORE, DeliveryState.PICKED_UP})
Body = dict[str, object]


class Settings(Carrying):
    """`[couriers.…]` with `kind = "stuart"`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["stuart"] = Field(KIND, description="Which courier this section is about.")
    base_url: str = Field(
        "https://api.stuart.com", description="Where the API is; for trying out https://api.sandbox.stuart.com."
    )
    client_id: str = Field(min_length=1, description="The API client id, from the dashboard; no default.")
    client_secret: SecretStr = Field(description="The API client secret, from the dashboard; no default.")
    webhook_secret: Secrets = Field(
        (), description="Their webhooks' Authorization header, or the token in their URL; a list too; default none."
    )
    market: Literal["FR", "GB", "ES", "IT", "PL"] = Field("FR", description="The country of the store; ISO 3166 code.")
    scope: str = Field("api", description="What the token is asked for; empty for accounts that have no scopes.")
    transport_type: Literal["", "bike", "motorbike", "motorbikexl", "cargobike", "cargobikexl", "car", "van"] = Field(
        "", description="What drivers come with, where the account may choose; default what the package needs."
    )
    package_type: Literal["auto", "xsmall", "small", "medium", "large", "xlarge"] = Field(
        "auto", description="The size they are asked for; default the smallest that may be so heavy."
    )
    max_weight_kg: Kilograms | None = Field(12, description="Most weight of one job, kg; default 12, a backpack.")
    boxes_cm: tuple[BoxCm, ...] = Field(
        ((50, 30, 30),), description="Boxes of which one must take the goods: length, width, height in cm."
    )

    @property
    def root(self) -> str:
        """What stands before `/v2` and `/oauth`."""
        return self.base_url.rstrip("/").removesuffix("/v2")

    @property
    def currency(self) -> str:
        """What prices are in where they do not say."""
        return CURRENCY[self.market]

    def tokens(self, client: http.Client) -> http.Tokens:
        """What fetches this account's tokens; each lives for about a month."""
        form = {"grant_type": "client_credentials", "scope": self.scope}
        header = basic(self.client_id, self.client_secret.get_secret_value())
        return http.Tokens(partial(http.fetch_token, client, f"{self.root}/oauth/token", form, header))

    def body(self, job: Job, now: datetime, key: str = "") -> Body:
        """What is wanted, in their words."""
        size: Package = package(job, self.package_type)
        return wanted(job, size=size, transport=self.transport_type, now=now, key=key)


class Stuart:
    """One Stuart account.

    Our key is a job's client_reference, unique among those under way, and what we know a job by: their people may put
    it together with another, and the number there then changes.
    """

    kind: str = KIND

    def __init__(self, name: str, settings: Settings, client: http.Client, now: Callable[[], datetime]) -> None:
        self.name = CourierName(name)
        self.limits = settings.limits
        self.abilities = ABILITIES
        self._settings = settings
        self._client = client
        self._now = now
        self._keys = settings.tokens(client)
        self._memory = Memory()

    async def quote(self, job: Job) -> Quote:
        """A price, and when somebody could be at the store; it binds nobody."""
        now, private = self._now(), private_words(job.door)
        body = self._settings.body(job, now)
        eta = asyncio.create_task(self._eta(body, private))
        try:
            price = await self._ask("POST", path("jobs", "pricing"), body, safe=True, private=private)
            done, _ = await asyncio.wait({eta}, timeout=ETA_WITHIN)
        finally:  # whoever is refused a price leaves no call behind
            eta.cancel()
            await asyncio.wait({eta})
        there = eta.result() if done else None
        return http.read(Pricing, price).quote(self.name, now, self._settings.currency, there)

    async def book(self, job: Job, quote: Quote | None = None) -> Report:
        """Call a driver; whatever stands under our key is adopted."""
        if self._memory.has_left(job.key) and (standing := await self.find(job.key)) is not None:
            return standing
        self._memory.leaves(job.key)
        told = await self._create(job)
        return replace(told, waybill=told.waybill or tag(job))

    async def find(self, key: str) -> Report | None:
        """The job that bears `key`; raises `CourierDown` when they show more than we can look through."""
        asked = self._now()
        found = await self._look(key)
        return None if found is None else self._report(found, key, asked)

    async def read(self, ref: str) -> Report:
        """How a job stands, and who rides where; of the one it was put together with when there is such."""
        asked = self._now()
        told = await self._standing(ref)
        report = self._report(told, ref, asked)
        if report.state in RIDING and report.driver is not None and not report.driver.phone:
            number = await self._number(told.delivery)
            return replace(report, driver=replace(report.driver, phone=number))
        return report

    async def cancel(self, ref: str, reason: str = "") -> Report:
        """End the search, or turn a driver back before he has the goods. A second time is harmless."""
        asked, told = self._now(), await self._standing(ref)
        alone = len(told.job.all) < 2  # a job put together from several is another customer's as well
        where = path("jobs", told.job.id, "cancel") if alone else path("deliveries", told.delivery.id, "cancel")
        try:
            await self._ask("POST", where, reason_of(reason), safe=True)
        except CourierRefused:
            if (standing := await self.read(ref)).state is not DeliveryState.FAILED:
                raise
            return standing
        ended = Told(told.job.model_copy(update={"status": CANCELLED}), told.delivery)
        return self._report(ended, ref, asked)

    async def tip(self, ref: str, tip: Money) -> Report:
        """They take none."""
        raise CourierRefused("they take no tips", code="no_tips", try_another=False)

    async def proof(self, ref: str, waypoint: Waypoint, kind: Proof) -> bytes:
        """The signature or picture from the door."""
        url = (await self._standing(ref)).delivery.image(waypoint, kind)
        if not url.startswith(("https://", f"{self._settings.root}/")):
            words = f"there is no {kind} of the {waypoint}"
            raise CourierRefused(words, code=pictures.NO_PROOF, try_another=False)
        return await pictures.fetched(self._client, url)

    def verify(self, letter: Letter) -> None:
        """The Authorization header, or the `token` in the URL, is a secret of ours.

        UNSURE how they prove who they are: so the secret stands wherever their dashboard lets us write it.
        """
        given = (*_headers(letter), *_tokens(letter))
        wanted = revealed(self._settings.webhook_secret)
        # A list, so that each is compared.
        if not any([signatures.matches(ours, each) for ours in wanted for each in given]):
            raise BadSignature("neither header nor token fits, or no webhook_secret is set")

    def read_letter(self, letter: Letter) -> Reading:
        """What is said of a job, a delivery or a driver; what names none that we know is ignored."""
        event = Event.model_validate(json_object(letter.body, letter.body_key))
        told = event.told
        if not (key := told.delivery.key or self._memory.key(told.job.id)):
            return Reading(key=letter.body_key, ignored="names no client_reference")
        if told.state is DeliveryState.FAILED and self._memory.is_past(key, told):
            return Reading(key=letter.body_key, ignored="about a job that another stands in for")
        at = event.at or self._memory.dated(key, told.state, letter.received_at)
        return Reading(key=letter.body_key, reports=(self._report(told, key, at),))

    async def close(self) -> None:
        """Let go of connections."""
        await self._client.aclose()

    async def _create(self, job: Job) -> Report:
        asked, body = self._now(), self._settings.body(job, self._now(), job.key)
        try:
            # Not repeated unseen: that their references are unique is their word, and nobody has tried.
            answer = await self._ask("POST", path("jobs"), body, private=private_words(job.door))
        except CourierRefused as refused:
            if refused.code in CLEAR or (standing := await self.find(job.key)) is None:
                raise
            return standing
        return self._report(_known(answer).about(job.key), job.key, asked)

    async def _standing(self, key: str) -> Told:
        """The job that bears `key`, by its number where that is known."""
        told = await self._numbered(key) if self._memory.number(key) else None
        if told is None or told.was_stacked or not told.delivery.id:
            told = await self._look(key) or told
        if told is None:
            raise NoSuchJob("they know no such job", code=UNKNOWN_JOB, try_another=False)
        return told

    async def _numbered(self, key: str) -> Told | None:
        answer = await self._ask("GET", path("jobs", self._memory.number(key)), safe=True, accept=frozenset({404}))
        return None if answer.status == 404 else _known(answer).about(key)

    async def _look(self, key: str) -> Told | None:
        """Among their jobs: one that goes on, else the newest."""
        mine = await self._bearing(key)
        goes_on = [job for job in mine if job.about(key).state is not DeliveryState.FAILED]
        found = next(iter(goes_on or mine), None)
        return None if found is None else found.about(key)

    async def _bearing(self, key: str) -> list[Theirs]:
        """Those with our number, newest first. UNSURE that they filter by it: so whatever comes is looked at too."""
        for page in range(1, MOST_PAGES + 1):
            params = {"client_reference": key, "page": str(page), "per_page": str(PAGE)}
            listed = _listed(await self._ask("GET", path("jobs"), safe=True, params=params))
            if mine := [job for job in listed if job.id and job.bears(key)]:
                return sorted(mine, key=lambda job: (len(job.id), job.id), reverse=True)
            if len(listed) < PAGE:
                return []
        raise cannot_tell()

    async def _eta(self, body: Body, private: tuple[str, ...]) -> float | None:
        """Nice to know: without it, a price is still a price."""
        try:
            return http.read(Eta, await self._ask("POST", path("jobs", "eta"), body, private=private)).eta
        except CourierProblem:
            return None

    async def _number(self, delivery: Delivery) -> str:
        """Where a driver is rung, as far as they tell. UNSURE what the answer looks like."""
        try:
            answer = await self._ask("GET", path("deliveries", delivery.id, "phone_number"))
            return http.read(Number, answer).phone
        except CourierProblem:
            return ""

    def _report(self, told: Told, key: str, at: datetime) -> Report:
        self._memory.note(key, told, at)
        report = told.report(self.name, key, at, self._settings.currency)
        early = told.was_stacked and self._memory.may_follow(key, self._now())
        return replace(report, state=DeliveryState.UNKNOWN) if early else report

    async def _ask(
        self,
        method: str,
        where: str,
        json: Body | None = None,
        *,
        safe: bool = False,
        params: dict[str, str] | None = None,
        accept: frozenset[int] = frozenset(),
        private: tuple[str, ...] = (),
    ) -> http.Answer:
        call = http.Call(
            method=method,
            url=self._settings.root + where,
            json=json,
            params=params,
            safe=safe,
            accept=accept,
            private=private,
        )
        return await http.ask(self._client, call, keys=self._keys, manners=MANNERS)


def _known(answer: http.Answer) -> Theirs:
    job = http.read(Theirs, answer)
    if not job.id:
        raise CourierDown(f"the answer ({answer.status}) names no job")
    return job


def _listed(answer: http.Answer) -> list[Theirs]:
    """The jobs of a list. UNSURE whether it is wrapped."""
    found = answer.data
    inner = (
        next((found[name] for name in ("jobs", "data") if name in found), None) if isinstance(found, dict) else found
    )
    if not isinstance(inner, list):
        raise CourierDown(f"the answer ({answer.status}) is no list of jobs")
    return [Theirs.model_validate(each) for each in inner if isinstance(each, dict)]


def _headers(letter: Letter) -> tuple[str, ...]:
    """The header whole, and what follows its scheme."""
    given = letter.headers.get("authorization", "").strip()
    return tuple(filter(None, (given, given.partition(" ")[2].strip())))


def _tokens(letter: Letter) -> tuple[str, ...]:
    try:
        return tuple(parse_qs(urlsplit(letter.path).query).get("token", ()))
    except ValueError:
        return ()


def build(name: str, settings: Settings, *, now: Callable[[], datetime] = this_clock) -> Stuart:
    """An account ready to be called; `now` dates reports."""
    return Stuart(name, settings, http.client(settings.root), now)
