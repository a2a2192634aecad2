"""The simulated shop: believable orders, told the way real shop systems tell them."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, Generic, Literal, TypeVar

from adapters.http import Call, Client, ask
from adapters.signatures import standard_signature
from adapters.simulators import shop_cyberbiz, shop_shopify, shop_standard
from adapters.simulators.shop_day import Story, Telling, plan
from adapters.simulators.shop_letter import ShopLetter
from adapters.simulators.shop_sale import Sale
from core.ports.courier import CourierProblem

Kind = Literal["shopify", "cyberbiz", "standard"]
Thing = TypeVar("Thing")

KINDS: Final[tuple[Kind, ...]] = ("shopify", "cyberbiz", "standard")
SECONDS_AN_ATTEMPT: Final = 5.0  # Shopify waits no longer
# Seconds before each repeat (order sources, sections 1, 3 and 10); CYBERBIZ does not say.
REPEATS: Final[dict[Kind, tuple[float, ...]]] = {
    "shopify": (60, 120, 300, 600, 1200, 2400, 3600, 6120),
    "cyberbiz": (60, 300, 900),
    "standard": (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400),
}
UNTOLD: Final[dict[Kind, frozenset[Story]]] = {"cyberbiz": frozenset({Story.TEST})}  # they know no test orders
ANY_NO: Final = frozenset(range(300, 600))
GONE: Final = 410  # the receiver wants no more


@dataclass(frozen=True, kw_only=True)
class Post:
    """One call ready to be sent: `path` below the station's base URL. The rest says what it is about."""

    kind: Kind
    path: str
    headers: Mapping[str, str]
    body: bytes
    order_id: str
    number: str
    event: str
    story: Story
    sale: Sale
    secret: str = field(default="", repr=False)  # where the signature covers the time of the attempt

    def headers_at(self, now: datetime) -> Mapping[str, str]:
        """The headers of an attempt made `now`."""
        if self.kind != "standard":
            return self.headers
        at = int(now.timestamp())
        signature = standard_signature(self.secret, self.headers["webhook-id"], at, self.body)
        return {**self.headers, "webhook-timestamp": str(at), "webhook-signature": signature}


@dataclass(frozen=True, kw_only=True)
class Timed(Generic[Thing]):
    """Something due so many seconds of the shop's time after the day began."""

    after: float
    what: Thing


@dataclass(frozen=True, kw_only=True)
class Sent:
    """How sending ended: the last status (0: no answer at all) and the attempts it took."""

    status: int
    attempts: int

    @property
    def arrived(self) -> bool:
        """The receiver has taken it on."""
        return 200 <= self.status < 300


class Shop:
    """One shop on one shop system; the same seed and start give the same day, byte for byte."""

    def __init__(self, kind: Kind, *, start: datetime, channel: str = "web", secret: str = "") -> None:
        self.kind = kind
        self.channel = channel
        self.start = start
        self._wire = {"shopify": shop_shopify, "cyberbiz": shop_cyberbiz, "standard": shop_standard}[kind]
        self._secret = secret or self._wire.SECRET

    @property
    def secret(self) -> str:
        """What its webhooks are signed with."""
        return self._secret

    def order_id(self, sale: Sale) -> str:
        """How its system calls a sale."""
        letter: ShopLetter = self._wire.letter(sale, self._secret)
        return letter.order_id

    def settings(self) -> dict[str, object]:
        """The config section of a feed that understands this shop."""
        return {"kind": self.kind, "secret": self._secret, **self._wire.SETTINGS}

    def day(self, orders: int, hours: float, seed: int) -> tuple[Timed[Post], ...]:
        """Everything the shop tells in a day of `orders` sales within `hours`, follow-ups included."""
        tellings = plan(orders, hours, seed, self.start, without=UNTOLD.get(self.kind, frozenset()))
        return tuple(Timed(after=telling.after, what=self.post(telling)) for telling in tellings)

    def post(self, telling: Telling) -> Post:
        """A telling, written and signed."""
        letter: ShopLetter = self._wire.letter(telling.sale, self._secret)
        return Post(
            kind=self.kind,
            path=f"/channels/{self.channel}",
            headers={"content-type": "application/json", **letter.headers},
            body=letter.body,
            order_id=letter.order_id,
            number=letter.number,
            event=letter.event,
            story=telling.story,
            sale=telling.sale,
            secret=self._secret if self.kind == "standard" else "",
        )


def mixed_day(shops: Sequence[Shop], orders: int, hours: float, seed: int) -> tuple[Timed[Post], ...]:
    """One day dealt out to several shops in turn, so that the numbers people say stay apart."""
    return tuple(
        Timed(after=telling.after, what=shop.post(telling))
        for telling in plan(orders, hours, seed, shops[0].start)
        if telling.story not in UNTOLD.get((shop := shops[telling.sale.place % len(shops)]).kind, frozenset())
    )


async def send(
    post: Post,
    base_url: str,
    client: Client,
    *,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> Sent:
    """Send until a 2xx comes or the shop system gives up; `now` and `sleep` may run on the shop's own time."""
    pauses = iter(REPEATS[post.kind])
    attempts = 0
    while True:
        attempts += 1
        status, advice = await _attempt(post, base_url, client, now())
        sent = Sent(status=status, attempts=attempts)
        pause = next(pauses, None)
        if sent.arrived or status == GONE or pause is None:
            return sent
        await sleep(max(pause, advice))


async def _attempt(post: Post, base_url: str, client: Client, now: datetime) -> tuple[int, float]:
    """The status and the seconds the receiver asks for; 0 when there is no answer."""
    call = Call(
        method="POST",
        url=base_url.rstrip("/") + post.path,
        raw=post.body,
        headers=post.headers_at(now),
        accept=ANY_NO,
    )
    try:
        answer = await ask(client, call, limit=SECONDS_AN_ATTEMPT)
    except CourierProblem:
        return 0, 0.0
    return answer.status, answer.retry_after or 0.0
