"""Lalamove: its settings, its signatures and its calls (API v3)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from json import dumps
from typing import Final, Literal, TypeVar
from urllib.parse import urlsplit

from pydantic import ConfigDict, Field, SecretStr

from adapters import http, signatures
from adapters.bookings import Bookings, Successions
from adapters.carrying import Carrying, Kilograms
from adapters.fields import Secrets, revealed
from adapters.payloads.lalamove import (
    ABOUT_AN_ORDER,
    STATUS,
    SUPPORT,
    WITH_DRIVER,
    City,
    Event,
    Order,
    Quotation,
    Rider,
    amount,
    money,
    signed_text,
)
from adapters.payloads.lalamove_calls import (
    MANNERS,
    Signer,
    as_told,
    contact,
    coordinates,
    ends,
    order_path,
    remarks,
    schedule,
)
from adapters.reading import json_object
from adapters.writing import private_words, this_clock
from core.domain.delivery import DeliveryState, Report
from core.domain.ids import CourierName
from core.domain.job import Job, Stop
from core.domain.limits import CourierLimits
from core.domain.money import Money
from core.domain.quote import Quote
from core.domain.text import tidy
from core.ports.courier import Ability, CourierDown, CourierProblem, CourierRefused, Proof, Waypoint
from core.ports.letter import BadSignature, Letter, Reading, Unreadable

__all__ = ["KIND", "STATUS", "Lalamove", "Settings", "build"]

KIND: Final = "lalamove"


class Settings(Carrying):
    """`[couriers.…]` with `kind = "lalamove"`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["lalamove"] = Field(KIND, description="Which courier this section is about.")
    base_url: str = Field("https://rest.lalamove.com", description="Where the API is; a URL, with or without /v3.")
    api_key: str = Field(min_length=1, description="The public key (pk_…), from the partner portal; no default.")
    api_secret: SecretStr = Field(description="The secret that signs calls and webhooks (sk_…); no default.")
    webhook_secret: Secrets = Field(
        (), description="More secrets that webhooks may be signed with while keys change; default only api_secret."
    )
    webhook_url: str = Field(
        "", description="The URL registered with them, where a proxy changes its path; default the path as it comes."
    )
    market: Literal["BR", "HK", "ID", "JP", "MY", "MX", "PH", "SG", "TW", "TH", "VN", "AE", "SA"] = Field(
        "TW", description="The country the keys are for; ISO 3166 code."
    )
    language: str = Field("zh_TW", description="The language of the addresses, one of the market's; default zh_TW.")
    service_type: str = Field(
        "MOTORCYCLE", min_length=1, description="The vehicle, by its key in the market; default MOTORCYCLE."
    )
    special_requests: tuple[str, ...] = Field((), description="Extras by their names in the market; default none.")
    proof: bool = Field(True, description="Whether the driver takes a photo or signature at the door; default true.")
    sms: bool = Field(False, description="Whether they text the customer, where the account has it; default false.")
    max_weight_kg: Kilograms | None = Field(20, description="Most weight of one job, kg; default 20.")

    @property
    def root(self) -> str:
        """What comes before the path that is signed."""
        return self.base_url.rstrip("/").removesuffix("/v3")

    def signer(self, now: Callable[[], datetime]) -> Signer:
        """What signs the calls of this account."""
        return Signer(
            root=self.root, key=self.api_key, secret=self.api_secret.get_secret_value(), market=self.market, now=now
        )

    @property
    def webhook_secrets(self) -> tuple[str, ...]:
        """Whatever a webhook may be signed with; none at all keeps the door shut."""
        return revealed((self.api_secret, *self.webhook_secret))


_D = DeliveryState
STALE: Final = "ERR_INVALID_QUOTATION_ID"
TOO_LATE: Final = "ERR_CANCELLATION_FORBIDDEN"
BAD_TIP: Final = "ERR_INVALID_TIPS"
CHANGE_REASONS: Final = frozenset({"DRIVER_LATE", "DRIVER_ASKED_CHANGE", "DRIVER_UNRESPONSIVE", "DRIVER_RUDE"})
QUOTE_LIFE: Final = timedelta(minutes=5)
PROOFS: Final = {"DELIVERED": Proof.PICTURE, "SIGNED": Proof.SIGNATURE}
PICTURES: Final = (b"\x89PNG", b"\xff\xd8\xff")
ABILITIES: Final = frozenset({Ability.QUOTE, Ability.CANCEL, Ability.TIP})
Told = TypeVar("Told", bound=http.Loose)


class Lalamove:
    """One Lalamove account in one market."""

    kind: str = KIND

    def __init__(self, name: str, settings: Settings, client: http.Client, now: Callable[[], datetime]) -> None:
        self.name = CourierName(name)
        self.limits = settings.limits
        self.abilities = ABILITIES | {Ability.PROOF} if settings.proof else ABILITIES
        self._settings = settings
        self._client = client
        self._now = now
        self._keys = settings.signer(now)
        self._bookings = Bookings()
        self._successions = Successions()

    async def quote(self, job: Job) -> Quote:
        """A binding price, good for five minutes (3.1); its `ref` also names the two stops."""
        wanted: dict[str, object] = {
            "serviceType": self._settings.service_type,
            "language": self._settings.language,
            "stops": ends(job),
            **schedule(job, self._now()),
        }
        if self._settings.special_requests:
            wanted["specialRequests"] = list(self._settings.special_requests)
        answer = await self._ask("POST", "/v3/quotations", wanted, private=private_words(job.door))
        return _told(Quotation, answer).quote(self.name, self._now() + QUOTE_LIFE)

    async def book(self, job: Job, quote: Quote | None = None) -> Report:
        """Call a driver; a stale quote is replaced once. What may have arrived is never sent again (5)."""
        if ref := self._bookings.begin(job.key):
            return await self.read(ref)
        try:
            return await self._create(job, quote)
        except CourierRefused as refused:
            if refused.code != STALE:
                raise
        return await self._create(job, None)

    async def find(self, key: str) -> Report | None:
        """The job booked under `key`. They keep no list: what this process does not know, nobody can say (5)."""
        ref = self._bookings.ref(key)
        return await self.read(ref) if ref else None

    async def read(self, ref: str) -> Report:
        """How a job stands, and who rides where; of the job that stands in for it when there is one."""
        at, order = self._heard_at(), await self._order(ref)
        told = self._report(order, at, ref)
        if not order.rider_id or order.status not in WITH_DRIVER:
            return told
        rider = await self._rider(order)
        if rider is None:
            return told
        # They have no word for a driver at the store: where he is shows by itself, and is no state.
        return replace(told, driver=rider.driver, place=rider.spot.place(at))

    async def cancel(self, ref: str, reason: str = "") -> Report:
        """End the search, or turn a driver back within five minutes (3.7). A second time is harmless."""
        current = self._successions.current(ref)
        try:
            await self._ask("DELETE", order_path(current))
        except CourierRefused as refused:
            if refused.code != TOO_LATE or (standing := await self.read(ref)).state is not _D.FAILED:
                raise
            return standing
        return self._report(Order.model_validate({"orderId": current, "status": "CANCELED"}), self._heard_at(), ref)

    async def tip(self, ref: str, tip: Money) -> Report:
        """Raise the priority fee to `tip` in all; possible only while a driver is looked for (3.5)."""
        path = order_path(self._successions.current(ref), "priority-fee")
        try:
            await self._ask("POST", path, {"priorityFee": amount(tip)})
        except CourierRefused as refused:
            # A repeat after a lost answer finds its own fee.
            if refused.code != BAD_TIP or money((await self._order(ref)).price.priority, tip.currency) != tip:
                raise
        return await self.read(ref)

    async def proof(self, ref: str, waypoint: Waypoint, kind: Proof) -> bytes:
        """The picture a driver left at the door: a photo, or a signature where one was given (7)."""
        order = await self._order(ref)
        left = order.stops[-1].proof if waypoint is Waypoint.DROPOFF and order.stops else None
        if left is None or PROOFS.get(left.status) is not kind or not self._is_theirs(left.image):
            raise CourierRefused(f"there is no {kind} of the {waypoint}", code="no_proof", try_another=False)
        return await self._picture(left.image)

    async def change_driver(self, ref: str, reason: str = "DRIVER_LATE") -> Report:
        """Look for another driver, from a quarter of an hour after the match until pickup; free (3.8)."""
        if reason not in CHANGE_REASONS:
            raise ValueError(f"found {reason!r:.40}; allowed are {', '.join(sorted(CHANGE_REASONS))}")
        order = await self._order(ref)
        await self._ask("DELETE", order_path(order.id, "drivers", order.rider_id or "none"), {"reason": reason})
        return await self.read(ref)

    async def edit(self, ref: str, door: Stop) -> Report:
        """Send the driver to another door, once, while he rides to the store; the price may change (3.6)."""
        at, order = self._heard_at(), await self._order(ref)
        if not order.stops:
            raise CourierDown("the order does not name its stops")
        there = {"coordinates": coordinates(door, "customer"), "address": tidy(door.address), **contact(door)}
        stops = [as_told(order), there | {"remarks": remarks(door)}]
        answer = await self._ask(
            "PATCH", order_path(order.id), {"stops": stops}, safe=False, private=private_words(door)
        )
        return self._report(_told(Order, answer), at, ref)

    async def services(self) -> dict[str, dict[str, CourierLimits]]:
        """What each vehicle of the market carries, by city (3.9)."""
        told = _data(await self._ask("GET", "/v3/cities"))
        listed = told if isinstance(told, list) else []
        cities = [City.model_validate(city) for city in listed if isinstance(city, dict)]
        return {city.code: {service.key: service.limits for service in city.services} for city in cities}

    async def listen(self, url: str) -> None:
        """Have webhooks sent to `url`, which they call at once with nothing in it (3.10)."""
        await self._ask("PATCH", "/v3/webhook", {"url": url})

    def verify(self, letter: Letter) -> None:
        """HMAC over time, path and the text of `data`, all in the body itself; an empty call knocks only (3.10, 6)."""
        if not letter.body:
            return
        try:
            event = json_object(letter.body, "")
        except Unreadable as error:
            raise BadSignature(error.reason) from None
        path = _path_of(self._settings.webhook_url or letter.path)
        stamp, given = str(event.get("timestamp", "")), str(event.get("signature", ""))
        texts = [signed_text(stamp, "POST", path, data) for data in _as_signed(event, letter.body)]
        wanted = [signatures.hmac_hex(key, text) for key in self._settings.webhook_secrets for text in texts]
        # A list, so that each is compared.
        if not any([signatures.matches(ours, given) for ours in wanted]):
            raise BadSignature("the signature does not fit, or there is no secret")

    def read_letter(self, letter: Letter) -> Reading:
        """What is said of an order; other events are ignored (6)."""
        if not letter.body:
            return Reading(key="knock", ignored="an empty call: they ask whether anybody listens")
        event = Event.model_validate(json_object(letter.body, letter.body_key))
        key = event.id or letter.body_key
        if event.kind not in ABOUT_AN_ORDER:
            return Reading(key=key, ignored=f"nothing follows from {event.kind or 'an event without a kind'}")
        if not event.data.order.id:
            return Reading(key=key, ignored="names no order")
        at = event.at(letter.received_at)
        return Reading(key=key, reports=(event.report(self.name, at, ref=self._followed(event, at)),))

    async def close(self) -> None:
        """Let go of connections."""
        await self._client.aclose()

    def _followed(self, event: Event, at: datetime) -> str:
        """The job we booked that an event is about; what it tells of lost answers and successors is remembered."""
        order, data = event.data.order, event.data
        self._bookings.is_job(order.key, order.id)
        self._successions.replaced(data.replaced or self._bookings.known(order.key), order.id)
        if order.was_taken_away:
            self._successions.taken_away(order.id, at)
        return self._successions.first(order.id)

    async def _create(self, job: Job, quote: Quote | None) -> Report:
        if quote is None or quote.expires_at <= self._now() or quote.ref.count(".") != 2:
            quote = await self._quoted(job)
        if ref := self._bookings.begin(job.key):  # somebody else was quicker meanwhile
            return await self.read(ref)
        at, wanted = self._heard_at(), self._order_body(job, quote)
        with self._bookings.attempt(job.key):
            answer = await self._ask("POST", "/v3/orders", wanted, safe=False, private=private_words(job.door))
        order = _known(answer)
        self._bookings.is_job(job.key, order.id)
        return replace(self._report(order, at, order.id), our_key=job.key)

    async def _quoted(self, job: Job) -> Quote:
        try:
            return await self.quote(job)
        except CourierProblem:
            self._bookings.came_to_nothing(job.key)
            raise

    def _order_body(self, job: Job, quote: Quote) -> dict[str, object]:
        quotation, store, door = quote.ref.split(".")
        sms = {"isRecipientSMSEnabled": True} if self._settings.sms else {}
        return {
            "quotationId": quotation,
            "sender": {"stopId": store, **contact(job.store)},
            "recipients": [{"stopId": door, **contact(job.door), "remarks": remarks(job.door, job.number)}],
            "isPODEnabled": self._settings.proof,
            "metadata": {"key": job.key, "number": tidy(job.number)},
            **sms,
        }

    async def _order(self, ref: str) -> Order:
        answer = await self._ask("GET", order_path(self._successions.current(ref)), accept=frozenset({403}))
        if answer.status == 403:
            raise CourierRefused("403: they do not show this order any more", code="not_shown", try_another=False)
        return _known(answer)

    async def _rider(self, order: Order) -> Rider | None:
        """Who rides, as far as they show him: silence and refusals leave the order's own words standing (3.4)."""
        hidden = frozenset({403, 404})
        try:
            answer = await self._ask("GET", order_path(order.id, "drivers", order.rider_id), safe=False, accept=hidden)
            return None if answer.status in hidden else _told(Rider, answer)
        except CourierProblem:
            return None

    async def _picture(self, url: str) -> bytes:
        """From wherever they keep it, without our keys."""
        call = http.Call(method="GET", url=url, safe=True, accept=frozenset(range(400, 500)))
        answer = await http.ask(self._client, call)
        if answer.status != 200:
            raise CourierRefused(f"{answer.status}: the picture is not there", code="no_proof", try_another=False)
        if not answer.body.startswith(PICTURES):
            raise CourierDown("the proof is no picture")
        return answer.body

    def _report(self, order: Order, at: datetime, ref: str) -> Report:
        told = order.report(self.name, at, ref=self._successions.first(ref))
        early = order.status == "CANCELED" and self._successions.may_follow(order.id, self._now())
        return replace(told, state=_D.UNKNOWN, reason=SUPPORT) if early else told

    def _heard_at(self) -> datetime:
        """The time of what is asked now: before the call, and in whole seconds, as their events tell it."""
        return self._now().replace(microsecond=0)

    def _is_theirs(self, url: str) -> bool:
        return url.startswith(("https://", f"{self._settings.root}/"))

    async def _ask(
        self,
        method: str,
        path: str,
        data: object = None,
        *,
        safe: bool = True,
        accept: frozenset[int] = frozenset(),
        private: tuple[str, ...] = (),
    ) -> http.Answer:
        call = http.Call(
            method=method,
            url=self._settings.root + path,
            json=None if data is None else {"data": data},
            safe=safe,
            accept=accept,
            private=private,
        )
        return await http.ask(self._client, call, keys=self._keys, manners=MANNERS)


def _told(model: type[Told], answer: http.Answer) -> Told:
    """What stands in the `data` of an answer; raises `CourierDown` when that is no object."""
    found = _data(answer)
    if not isinstance(found, dict):
        raise CourierDown(f"the answer ({answer.status}) is not what they announce")
    return model.model_validate(found)


def _data(answer: http.Answer) -> object:
    whole = answer.data
    return whole.get("data") if isinstance(whole, dict) else None


def _known(answer: http.Answer) -> Order:
    order = _told(Order, answer)
    if not order.id:
        raise CourierDown(f"the answer ({answer.status}) names no order")
    return order


def _as_signed(event: dict[str, object], body: bytes) -> tuple[bytes, bytes]:
    """The text of `data` as it stands in the body, and as JavaScript would write it (6)."""
    written = dumps(event.get("data"), separators=(",", ":"), ensure_ascii=False, default=float)
    return signatures.member(body, "data"), written.encode()


def _path_of(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def build(name: str, settings: Settings, *, now: Callable[[], datetime] = this_clock) -> Lalamove:
    """An account ready to be called; `now` must be the real time: every call is signed with it."""
    return Lalamove(name, settings, http.client(settings.root), now)
