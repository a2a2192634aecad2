"""What Lalamove is written, how a call is signed, and how it says no (API v3)."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import quote as quoted
from uuid import uuid4

from adapters import http, signatures
from adapters.payloads.lalamove import Order, signed_text
from adapters.writing import dialled, written
from core.domain.job import Job, Stop
from core.domain.text import tidy
from core.ports.courier import CourierRefused

UNPLACED: Final = "no_coordinates"
SOON: Final = timedelta(minutes=1)  # their clock and ours differ, and a call takes a while
FARTHEST: Final = timedelta(days=30)
REMARKS_AT_MOST: Final = 1500


def explain(words: object) -> tuple[str, str]:
    """A list of errors, one error, or a bare message that is the code (5)."""
    told = words if isinstance(words, dict) else {}
    errors = told.get("errors")
    first = errors[0] if isinstance(errors, list) and errors else errors
    error = first if isinstance(first, dict) else {}
    code = str(error.get("id") or told.get("message") or "")
    details = " ".join(str(error[name]) for name in ("message", "detail") if error.get(name))
    return code, details or ("" if told else str(words or ""))


def pause(answer: http.Answer) -> float | None:
    """Seconds until their latest limit starts anew; the headers' names differ from call to call (3)."""
    resets = [told for name, told in answer.headers.items() if re.match("ratelimits?-reset", name.lower())]
    latest = max((int(told) for told in resets if re.fullmatch("[0-9]{1,12}", told)), default=None)
    return answer.retry_after if latest is None else answer.until(latest)


MANNERS: Final = http.Manners(
    explain=explain,
    pause=pause,
    limited=frozenset({"ERR_RATE_LIMIT_EXCEEDED"}),
    locked=frozenset({"ERR_INSUFFICIENT_CREDIT"}),
    hopeless=frozenset(
        f"ERR_{word}"
        for word in "ORDER_NOT_FOUND CANCELLATION_FORBIDDEN INVALID_ORDER_STATUS CHANGE_DRIVER "
        "INVALID_TIPS EXCEED_MIN_TIPS EXCEED_MAX_TIPS".split()
    ),
    unknown=frozenset({"ERR_ORDER_NOT_FOUND"}),
)


@dataclass(frozen=True, kw_only=True)
class Signer:
    """Proves who we are: each attempt is signed anew, with a time and a nonce of its own (2)."""

    root: str  # what comes before the path that is signed
    key: str
    secret: str = field(repr=False)
    market: str
    now: Callable[[], datetime]

    async def headers(self, call: http.Call) -> dict[str, str]:
        """Authorization over the exact bytes that leave."""
        stamp = str(int(self.now().timestamp() * 1000))
        text = signed_text(stamp, call.method, call.url.removeprefix(self.root), call.content or b"")
        return {
            "Authorization": f"hmac {self.key}:{stamp}:{signatures.hmac_hex(self.secret, text)}",
            "Market": self.market,
            "Request-ID": uuid4().hex,
            "Content-Type": "application/json",
        }

    def renew(self, used: object) -> bool:
        """There are no other keys."""
        return False


def order_path(ref: str, *more: str) -> str:
    """An order's place, or something of its."""
    return "/v3/orders/" + "/".join(quoted(part, safe="") for part in (ref, *more))


def coordinates(stop: Stop, whose: str) -> dict[str, str]:
    """Degrees as text; raises `CourierRefused` when they are not known: without them there is no price."""
    if stop.latitude is None or stop.longitude is None:
        raise CourierRefused(f"they need the place on the map, and that of the {whose} is not known", code=UNPLACED)
    return {"lat": f"{stop.latitude:.7f}", "lng": f"{stop.longitude:.7f}"}


def ends(job: Job) -> list[dict[str, object]]:
    """Both ends of the way."""
    both = ((job.store, "store"), (job.door, "customer"))
    return [{"coordinates": coordinates(stop, whose), "address": tidy(stop.address)} for stop, whose in both]


def contact(stop: Stop) -> dict[str, object]:
    """Who is there."""
    return {"name": tidy(stop.name), "phone": dialled(stop.phone)}


def remarks(stop: Stop, number: str = "") -> str:
    """What the driver reads: the number people say, then the customer's wish."""
    lines = (f"#{tidy(number)}" if number else "", tidy(stop.note, REMARKS_AT_MOST - 100))
    return "\r\n".join(filter(None, lines))


def schedule(job: Job, now: datetime) -> dict[str, object]:
    """When goods are ready; nothing where that is about now, or further off than they plan."""
    ready = job.ready_at
    if ready is None or not now + SOON <= ready < now + FARTHEST:
        return {}
    return {"scheduleAt": written(ready)}


def as_told(order: Order) -> dict[str, object]:
    """The first stop, as they know it."""
    store = order.stops[0]
    spot = {"lat": f"{store.spot.lat}", "lng": f"{store.spot.lng}"}
    return {"coordinates": spot, "address": store.address, "name": store.name, "phone": store.phone, "remarks": ""}
