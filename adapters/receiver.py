"""The station's HTTP (contract section 3): verify over the raw bytes, read, store, and only then answer."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from traceback import extract_tb
from typing import Final, Protocol

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from core.ports.channel import Channel
from core.ports.clock import Clock
from core.ports.courier import Courier
from core.ports.intake import CannotTake, IntakeDesk, StationView
from core.ports.letter import BadSignature, Letter, Reading, Unreadable

logger = logging.getLogger(__name__)
MOST_BYTES: Final = 2 * 1024 * 1024  # the largest body any channel sends (CYBERBIZ)
READ_AT_ALL: Final = 16 * 1024 * 1024  # past this nobody reads on, not even to check the signature
BODY_WITHIN: Final = 20  # seconds
SECRET_HEADERS: Final = ("authorization", "cookie", "signature", "hmac")


class Sender(Protocol):
    """A channel or courier, as far as its letters go."""

    def verify(self, letter: Letter) -> None:
        """Raises `BadSignature`."""

    def read(self, letter: Letter) -> Reading:
        """Raises `Unreadable`."""


class _CourierLetters:
    """A courier's letters, read like a channel's."""

    def __init__(self, courier: Courier) -> None:
        self.verify: Callable[[Letter], None] = courier.verify
        self.read: Callable[[Letter], Reading] = courier.read_letter


class TooLarge(Exception):
    """The body is past what is read at all."""


class Receiver:
    """One ASGI application over all configured senders."""

    def __init__(
        self,
        channels: Mapping[str, Channel],
        couriers: Mapping[str, Courier],
        desk: IntakeDesk,
        view: StationView,
        clock: Clock,
    ) -> None:
        self._senders: dict[str, Sender] = {f"channels/{name}": channel for name, channel in channels.items()}
        self._senders |= {f"couriers/{name}": _CourierLetters(courier) for name, courier in couriers.items()}
        self._desk = desk
        self._view = view
        self._clock = clock

    def app(self) -> Starlette:
        """The routes of the contract."""
        return Starlette(
            routes=[
                Route("/channels/{name}", self._letter, methods=["POST"]),
                Route("/couriers/{name}", self._letter, methods=["POST"]),
                Route("/health", self._health, methods=["GET"]),
                Route("/metrics", self._metrics, methods=["GET"]),
            ]
        )

    async def _letter(self, request: Request) -> Response:
        name = request.url.path.strip("/")
        sender = self._senders.get(name)
        if sender is None:
            return _no(404, "no such sender is configured")
        try:
            async with asyncio.timeout(BODY_WITHIN):
                body = await _body(request)
        except TimeoutError:
            return _no(408, f"a body arrives within {BODY_WITHIN} seconds")
        except TooLarge:
            return _no(413, f"a body has at most {MOST_BYTES} bytes")
        except ClientDisconnect:
            return _no(400, "the body did not arrive whole")
        return await self._answer(sender, _letter(name, request, body, self._clock.now()))

    async def _answer(self, sender: Sender, letter: Letter) -> Response:
        try:
            return await self._take(sender, letter)
        except BadSignature as error:
            self._desk.turned_away(letter.sender, str(error))
            return _no(401, "the signature does not fit")
        except CannotTake as error:
            logger.warning("%s: cannot take letters: %s", letter.sender, error)
            return _come_again(error.retry_after)
        except Exception as error:  # ours to mend: the sender keeps the letter meanwhile
            logger.error("%s: a letter could not be taken: %s", letter.sender, _place_of(error))
            return _come_again()

    async def _take(self, sender: Sender, letter: Letter) -> Response:
        sender.verify(letter)
        plain = _without_secrets(letter)
        if len(letter.body) > MOST_BYTES:
            await self._desk.refuse(plain, f"{len(letter.body)} bytes, allowed {MOST_BYTES}", too_large=True)
            return _no(413, f"a body has at most {MOST_BYTES} bytes")
        try:
            reading = sender.read(letter)
        except Unreadable as error:
            await self._desk.refuse(plain, error.reason, key=error.key)
            return _no(400, error.reason)
        await self._desk.take(plain, reading)
        return JSONResponse({"status": "ok"})

    async def _health(self, _: Request) -> Response:
        well, words = await self._view.health()
        return JSONResponse(dict(words), status_code=200 if well else 503)

    async def _metrics(self, _: Request) -> Response:
        try:
            return PlainTextResponse(await self._view.metrics(), media_type="text/plain; version=0.0.4")
        except CannotTake as error:
            return _come_again(error.retry_after)


async def _body(request: Request) -> bytes:
    """Raises `TooLarge` as soon as it is known, however the length was declared."""
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared[:20]) > READ_AT_ALL:
        raise TooLarge
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > READ_AT_ALL:
            raise TooLarge
        parts.append(part)
    return b"".join(parts)


def _letter(sender: str, request: Request, body: bytes, at: datetime) -> Letter:
    headers = {name.lower(): value for name, value in request.headers.items()}
    return Letter(sender=sender, headers=headers, body=body, received_at=at, path=str(request.url))


def _without_secrets(letter: Letter) -> Letter:
    kept = {name: value for name, value in letter.headers.items() if not any(word in name for word in SECRET_HEADERS)}
    return Letter(sender=letter.sender, headers=kept, body=letter.body, received_at=letter.received_at)


def _come_again(after: int = 5) -> Response:
    return _no(503, "cannot take more just now", {"Retry-After": str(after)})


def _place_of(error: Exception) -> str:
    """What it is and where it was raised; its words may hold a customer's."""
    frames = extract_tb(error.__traceback__)
    where = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "unknown"
    return f"{type(error).__name__} at {where}"


def _no(status: int, reason: str, headers: Mapping[str, str] | None = None) -> Response:
    return JSONResponse({"error": reason}, status_code=status, headers=headers)
