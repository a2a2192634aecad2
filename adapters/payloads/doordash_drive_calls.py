"""What DoorDash Drive is written, how a call proves who we are, and how they say no (API v2)."""

from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import quote as quoted

from adapters import http, signatures
from adapters.payloads.doordash_drive import cents
from adapters.writing import dialled, said, written
from core.domain.job import Job, JobItem, Stop
from core.domain.money import Money
from core.domain.text import tidy

UNKNOWN_ID: Final = "unknown_delivery_id"
TAKEN_ID: Final = "duplicate_delivery_id"
ALREADY_ASKED: Final = "duplicate_request"
TOKEN_SECONDS: Final = 300  # they take at most 1800
THROTTLED_PAUSE: Final = 1.0  # seconds
GRAMS_A_POUND: Final = 453.59237
SOON: Final = timedelta(minutes=1)  # their clock and ours differ, and a call takes a while
FARTHEST: Final = timedelta(days=30)
NOTE_AT_MOST: Final = 500


def signing_key(secret: str) -> bytes:
    """The key in a signing secret, base64 of either alphabet; raises `ValueError`, which repeats nothing of it."""
    text = secret.strip().rstrip("=").replace("-", "+").replace("_", "/")
    try:
        key = b64decode(text + "=" * (-len(text) % 4), validate=True)
    except ValueError:
        key = b""
    if not key:
        raise ValueError("found no signing secret; allowed is base64, as the portal shows it")
    return key


@dataclass(frozen=True, kw_only=True)
class Signer:
    """Makes the tokens that prove who we are (1)."""

    developer_id: str
    key_id: str
    key: bytes = field(repr=False)
    clock: Callable[[], datetime]

    async def token(self) -> http.Token:
        """A new one, good for five minutes."""
        now = int(self.clock().timestamp())
        who = {"aud": "doordash", "iss": self.developer_id, "kid": self.key_id}
        claims = {**who, "exp": now + TOKEN_SECONDS, "iat": now}
        return http.Token(signatures.token(claims, self.key, {"dd-ver": "DD-JWT-V1"}), TOKEN_SECONDS)


def explain(words: object) -> tuple[str, str]:
    """Their reason, or else their code, and the message with the fields it is about (4)."""
    code, message = http.explain(words)
    told = words if isinstance(words, dict) else {}
    found = told.get("field_errors")
    errors = [error for error in found if isinstance(error, dict)] if isinstance(found, list) else []
    details = "; ".join(f"{error.get('field')}: {error.get('error')}" for error in errors)
    return str(told.get("reason") or code), f"{message} {details}".strip()


def pause(answer: http.Answer) -> float | None:
    """Seconds: told to nobody, but at least one after too many calls (4)."""
    return answer.retry_after or (THROTTLED_PAUSE if answer.status == 429 else None)


MANNERS: Final = http.Manners(
    explain=explain,
    pause=pause,
    patient=frozenset({"delivery_creation_in_progress"}),
    hopeless=frozenset(
        "unknown_delivery_id delivery_abandoned delivery_cancelled delivery_completed "
        "delivery_picked_up cancellation_window_closed update_window_closed duplicate_request".split()
    ),
    unknown=frozenset({UNKNOWN_ID}),
)


def path(ref: str = "", *, under: str = "deliveries", then: str = "") -> str:
    """Where a quote or a delivery is, and what may be done with it (2)."""
    parts = ("/drive/v2", under, quoted(ref, safe="~"), then)
    return "/".join(part for part in parts if part)


def tag(job: Job) -> str:
    """What the Dasher reads out: the number people say, and a bit of ours, new for each booking."""
    return f"{tidy(job.number, 40)}-{job.key[:4].upper()}"


def dropoff(door: Stop) -> dict[str, object]:
    """Where it goes and who is there (2.1)."""
    known = door.latitude is not None and door.longitude is not None
    return said(
        dropoff_address=tidy(door.address, 300),
        dropoff_location={"lat": door.latitude, "lng": door.longitude} if known else None,
        dropoff_phone_number=dialled(door.phone),
        dropoff_contact_given_name=tidy(door.name),
        dropoff_instructions=tidy(door.note, NOTE_AT_MOST),
    )


def pickup(store: Stop) -> dict[str, object]:
    """The store, by its address (2.1)."""
    return said(
        pickup_address=tidy(store.address, 300),
        pickup_business_name=tidy(store.name),
        pickup_phone_number=dialled(store.phone),
    )


def schedule(job: Job, now: datetime) -> dict[str, object]:
    """When goods are ready; nothing where that is about now, or further off than anyone plans."""
    ready = job.ready_at
    if ready is None or not now + SOON <= ready < now + FARTHEST:
        return {}
    return {"pickup_time": written(ready, "seconds")}


def goods(job: Job, currency: str) -> dict[str, object]:
    """What is carried; amounts in another currency than theirs are not told at all."""
    return said(order_value=_price(job.value, currency), items=[_item(item, currency) for item in job.items])


def _item(item: JobItem, currency: str) -> Mapping[str, object]:
    pounds = round(item.weight_g / GRAMS_A_POUND, 2) if item.weight_g else None
    return said(name=tidy(item.name), quantity=item.quantity, weight=pounds, price=_price(item.price, currency))


def _price(amount: Money | None, currency: str) -> int | None:
    return cents(amount) if amount is not None and amount.currency == currency else None
