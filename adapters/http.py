"""Calls out: time limits, repeats with growing pauses, tokens, and answers turned into the errors of a port."""

import asyncio
import json
import re
from asyncio import Lock
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache, cached_property
from logging import getLogger
from ssl import SSLContext
from time import monotonic
from typing import Final, Protocol, TypeVar
from urllib.parse import urlsplit

import httpx
import stamina
from pydantic import BaseModel, Field, ValidationError, ValidationInfo, ValidatorFunctionWrapHandler, field_validator
from stamina.instrumentation import RetryDetails, set_on_retry_hooks

from adapters.allowance import calls_left
from core.domain.text import tidy
from core.ports import wire
from core.ports.courier import (
    TOO_LARGE,
    CourierDown,
    CourierLockedOut,
    CourierProblem,
    CourierRefused,
    NoSuchJob,
    RateLimited,
)

logger = getLogger(__name__)

Client = httpx.AsyncClient
USER_AGENT: Final = "Orderbell/0.1"
SECONDS_A_CALL: Final = 10.0
ATTEMPTS: Final = 3
SHORTEST_PAUSE: Final = 0.4  # seconds
LONGEST_PAUSE: Final = 5.0  # seconds; who is told to wait longer is told so, and calls again by himself
LONGEST_ADVICE: Final = 3600.0  # seconds of Retry-After believed
MOST_BYTES: Final = 8 * 1024 * 1024
PATIENCE: Final = frozenset({408, 425, 429})
LOCKED: Final = frozenset({401, 402, 403})
TOO_MANY: Final = 429
TURNED_AWAY: Final = frozenset({425, TOO_MANY})  # before anybody looked at what was asked
_NEVER_LEFT: Final = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
)
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_LONG_NUMBER: Final = re.compile(r"\+?\d[\d\s().-]{5,}\d")


def client(base_url: str = "", *, timeout: float = SECONDS_A_CALL) -> Client:
    """A pool of connections to one service; `timeout` in seconds for each step of a call."""
    return Client(
        base_url=base_url,
        timeout=httpx.Timeout(timeout, connect=min(timeout, 5.0)),
        headers={"User-Agent": USER_AGENT},
        verify=_authorities(),
        trust_env=urlsplit(base_url).hostname not in _LOOPBACK,  # a shop's proxy can't reach our own machine
    )


@cache
def _authorities() -> SSLContext:
    """Whose certificates are believed: read once for all clients, for it takes a tenth of a second."""
    return httpx.create_ssl_context()


@dataclass(frozen=True, kw_only=True)
class Call:
    """One request. `safe`: doing it twice is doing it once. `accept`: error statuses that come back as answers."""

    method: str
    url: str
    json: object = None
    form: Mapping[str, str] | None = None
    raw: bytes | None = None
    params: Mapping[str, str] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    safe: bool = False
    accept: frozenset[int] = frozenset()
    private: tuple[str, ...] = ()  # words of the customer's, kept out of every message

    @cached_property
    def content(self) -> bytes | None:
        """The body as it goes out, for those who sign it; None for a form or no body."""
        if self.json is None:
            return self.raw
        return json.dumps(self.json, separators=(",", ":")).encode()


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back, read to its end."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    took: float = 0.0  # seconds, from the first byte that left to the last that came

    @property
    def data(self) -> object:
        """The JSON in it, None when empty; raises `CourierDown` when it is something else."""
        try:
            return json.loads(self.body) if self.body.strip() else None
        except (ValueError, RecursionError):
            raise CourierDown(f"the answer ({self.status}) is not JSON") from None

    @property
    def words(self) -> object:
        """As `data`, but whatever can't be read is plain text."""
        try:
            return self.data
        except CourierDown:
            return self.body[:2000].decode(errors="replace")

    @property
    def retry_after(self) -> float | None:
        """Seconds the service asks us to wait (RFC 9110, 10.2.3), None when it does not say."""
        told = self.headers.get("retry-after", "")
        try:
            seconds = float(told) if told.strip().isdigit() else self._until(parsedate_to_datetime(told))
        except (ValueError, TypeError, OverflowError, KeyError):
            return None
        return min(max(seconds, 0.0), LONGEST_ADVICE)

    def until(self, epoch: float) -> float | None:
        """Seconds until a moment in Unix seconds, None when they do not say what time it is there."""
        try:
            seconds = self._until(datetime.fromtimestamp(epoch, UTC))
        except (ValueError, TypeError, OverflowError, OSError, KeyError):
            return None
        return min(max(seconds, 0.0), LONGEST_ADVICE)

    def _until(self, moment: datetime) -> float:
        # Measured against their clock, not ours.
        return (moment - parsedate_to_datetime(self.headers["date"])).total_seconds()


class Loose(BaseModel):
    """An outside payload of which anything missing or of the wrong type counts as not said: the field's default."""

    @field_validator("*", mode="wrap")
    @classmethod
    def _or_default(cls, value: object, read: ValidatorFunctionWrapHandler, info: ValidationInfo) -> object:
        try:
            return read(value)
        except (ValueError, OverflowError):
            return cls.model_fields[info.field_name or ""].get_default(call_default_factory=True)


Payload = TypeVar("Payload", bound=BaseModel)


def read(model: type[Payload], answer: Answer) -> Payload:
    """The answer as `model`; raises `CourierDown` when it is something else."""
    try:
        return model.model_validate(answer.data)
    except ValidationError:
        raise CourierDown(f"the answer ({answer.status}) is not what they announce") from None


def explain(words: object) -> tuple[str, str]:
    """Code and message of the usual `{"code": …, "message": …}`; OAuth says `error` and `error_description`."""
    if not isinstance(words, dict):
        return "", str(words or "")
    code = words.get("code") or words.get("error") or ""
    return str(code), str(words.get("message") or words.get("error_description") or "")


@dataclass(frozen=True, kw_only=True)
class Manners:
    """How one courier says no. `hopeless`: another courier would say the same. `pause`: seconds it asks us to wait.

    `unknown`: codes that say they know no such job. `limited`: codes that say what 429 says. `stale`: the statuses
    that say our token has ended, so that one more attempt is made with a new one.
    """

    explain: Callable[[object], tuple[str, str]] = explain
    pause: Callable[[Answer], float | None] = lambda answer: answer.retry_after
    patient: frozenset[str] = frozenset()
    limited: frozenset[str] = frozenset()
    locked: frozenset[str] = frozenset()
    hopeless: frozenset[str] = frozenset()
    unknown: frozenset[str] = frozenset()
    stale: frozenset[int] = frozenset({401})


PLAIN: Final = Manners()


class Keys(Protocol):
    """What proves who we are, put on every attempt anew."""

    async def headers(self, call: Call) -> Mapping[str, str]:
        """What to add to a call; may itself call out, and raise the courier's errors."""

    def renew(self, used: Mapping[str, str]) -> bool:
        """`used` was refused as stale: whether one more attempt has other keys."""


@dataclass(frozen=True)
class Token:
    """A bearer token and the seconds it lives; `is_granted`: by them, else we made it ourselves."""

    text: str = field(repr=False)
    lifetime: float
    is_granted: bool = False


class Tokens:
    """Keeps a bearer token until shortly before it ends; one refresh at a time."""

    def __init__(self, fetch: Callable[[], Awaitable[Token]], ticks: Callable[[], float] = monotonic) -> None:
        self._fetch = fetch
        self._ticks = ticks
        self._lock = Lock()
        self._headers: dict[str, str] = {}
        self._token: Token | None = None
        self._since = self._ends = 0.0

    async def headers(self, call: Call) -> Mapping[str, str]:
        """The Authorization header, fetched when there is none or it is about to end."""
        async with self._lock:
            if not self._headers or self._ticks() >= self._ends:
                self._token = token = await self._fetch()
                self._since = self._ticks()
                self._ends = self._since + token.lifetime - min(60.0, token.lifetime / 10)
                self._headers = {"Authorization": f"Bearer {token.text}"}
            return self._headers

    def renew(self, used: Mapping[str, str]) -> bool:
        """Forget the token, unless someone else has fetched a new one meanwhile."""
        if self._headers == used:
            self._headers = {}
        return True

    @property
    def age(self) -> wire.TokenAge | None:
        """Of a token that was granted and is in use; None where there is none."""
        if self._token is None or not self._headers or not self._token.is_granted:
            return None
        age = self._ticks() - self._since
        return wire.TokenAge(age=age, left=self._token.lifetime - age)


class _Granted(BaseModel):
    access_token: str = Field(min_length=1)
    expires_in: float = 3600  # seconds


async def fetch_token(
    client: Client, url: str, form: Mapping[str, str], headers: Mapping[str, str] | None = None
) -> Token:
    """Ask an OAuth 2.0 token endpoint, without repeats of its own: the call that needs the token repeats.

    Raises `CourierLockedOut` when our credentials are refused, else as `ask`.
    """
    try:
        answer = await ask(client, Call(method="POST", url=url, form=form, headers=headers or {}))
    except CourierRefused as refused:  # OAuth says 400 where others say 401
        raise CourierLockedOut(str(refused), code=refused.code) from None
    granted = read(_Granted, answer)
    return Token(granted.access_token, granted.expires_in, is_granted=True)


async def ask(
    client: Client,
    call: Call,
    *,
    keys: Keys | None = None,
    manners: Manners = PLAIN,
    limit: float | None = None,
) -> Answer:
    """Make a call, `limit` seconds (usually ten) an attempt; a safe one is repeated while they ask for patience.

    Raises `CourierDown`, `CourierRefused` or `CourierLockedOut`.
    """
    async for attempt in stamina.retry_context(
        on=_pause,
        attempts=ATTEMPTS if call.safe else 1,
        timeout=None,
        wait_initial=SHORTEST_PAUSE,
        wait_max=LONGEST_PAUSE,
    ):
        with attempt:
            answer = await _ask_once(client, call, keys, manners.stale, limit or SECONDS_A_CALL)
            if answer.status >= 300 and answer.status not in call.accept:
                raise _problem(answer, call, manners)
    return answer


def _pause(error: Exception) -> bool | float:
    """Whether to try again, or after how many seconds."""
    if not isinstance(error, CourierDown) or (error.retry_after or 0.0) > LONGEST_PAUSE:
        return False
    return True if error.retry_after is None else max(error.retry_after, SHORTEST_PAUSE)


async def _ask_once(client: Client, call: Call, keys: Keys | None, stale: frozenset[int], limit: float) -> Answer:
    if keys is None:
        return _told(await _send(client, call, {}, limit))
    answer = _told(await _send(client, call, used := await _shown(keys, call), limit), keys)
    if answer.status in stale and keys.renew(used):
        answer = _told(await _send(client, call, await _shown(keys, call), limit), keys)
    return answer


def _told(answer: Answer, keys: Keys | None = None) -> Answer:
    """Whoever listens hears what the answer shows beside its words."""
    age = keys.age if isinstance(keys, Tokens) else None
    wire.tell(wire.Exchange(took=answer.took, calls_left=calls_left(answer.headers, answer.until), token=age))
    return answer


async def _shown(keys: Keys, call: Call) -> Mapping[str, str]:
    """The keys for a call; without them it does not leave."""
    try:
        return await keys.headers(call)
    except CourierDown as down:
        down.may_have_happened = call.safe
        raise


async def _send(client: Client, call: Call, keys: Mapping[str, str], limit: float) -> Answer:
    kind = {} if call.json is None else {"Content-Type": "application/json"}
    headers = {**kind, **call.headers, **keys}
    try:
        # httpx limits each step only: a body that trickles would never end.
        async with asyncio.timeout(limit):
            return await _exchange(client, call, headers)
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, TimeoutError) as error:
        # Of a call that is repeated, an earlier attempt may have come through.
        happened = call.safe or not isinstance(error, _NEVER_LEFT)
        raise CourierDown(f"no answer: {type(error).__name__}", may_have_happened=happened) from None


async def _exchange(client: Client, call: Call, headers: Mapping[str, str]) -> Answer:
    request = client.build_request(
        call.method, call.url, content=call.content, data=call.form, params=call.params, headers=headers
    )
    begun = monotonic()
    response = await client.send(request, stream=True)
    try:
        body = await _body(response)
    finally:
        await response.aclose()
    return Answer(status=response.status_code, headers=response.headers, body=body, took=monotonic() - begun)


async def _body(response: httpx.Response) -> bytes:
    body = bytearray()
    async for piece in response.aiter_bytes():
        body += piece
        if len(body) > MOST_BYTES:
            raise CourierDown(f"the answer ({response.status_code}) does not end", code=TOO_LARGE)
    return bytes(body)


def _problem(answer: Answer, call: Call, manners: Manners) -> CourierProblem:
    code, words = manners.explain(answer.words)
    code = tidy(code, 60)
    status = f"{answer.status} {code}".strip()
    message = tidy(f"{status}: {_hush(words[:2000], call.private)}")
    if answer.status in PATIENCE or code in manners.patient | manners.limited:
        happened = call.safe or answer.status not in TURNED_AWAY
        down = RateLimited if answer.status == TOO_MANY or code in manners.limited else CourierDown
        return down(message, code=code, retry_after=manners.pause(answer), may_have_happened=happened)
    if answer.status in LOCKED or code in manners.locked:
        return CourierLockedOut(message, code=code)
    if 400 <= answer.status < 500:
        if code in manners.unknown:
            return NoSuchJob(message, code=code, try_another=code not in manners.hopeless)
        return CourierRefused(message, code=code, try_another=code not in manners.hopeless)
    return CourierDown(message, code=code, retry_after=manners.pause(answer))


def _hush(words: str, private: tuple[str, ...]) -> str:
    """Services like to repeat what they were sent: names and long numbers go."""
    for word in private:
        words = words.replace(word, "…") if len(word) > 1 else words
    return _LONG_NUMBER.sub("…", words)


def _note(details: RetryDetails) -> None:
    logger.info("%s; asking again in %.1f s", details.caused_by, details.wait_for)


# Without this, stamina would bring its own way of telling.
set_on_retry_hooks([_note])
