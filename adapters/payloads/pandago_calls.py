"""What pandago is written, and how it says no (On Demand Rider API v1)."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import quote as quoted

from adapters import http
from adapters.payloads.pandago import amount
from adapters.writing import dialled, said
from core.domain.job import Job, Stop
from core.domain.text import tidy
from core.ports.courier import CourierRefused

Body = dict[str, object]
TOO_LATE: Final = "not_cancellable"
REASONS: Final = frozenset({"DELIVERY_ETA_TOO_LONG", "MISTAKE_ERROR", "REASON_UNKNOWN"})
USUAL_RIDE: Final = timedelta(minutes=30)  # from the store to the door
SOONEST: Final = timedelta(minutes=56)  # their limit, and a minute for clocks that differ
FARTHEST: Final = timedelta(days=2)
TEXT_AT_MOST: Final = 255
NOTES_AT_MOST: Final = 2048
CONTENTS_AT_MOST: Final = 200
POSTCODE: Final = re.compile(r"(?<!\d)\d{6}(?!\d)")
# They have no codes: a piece of what their messages say, and a word of ours for it (6).
CODES: Final = (
    ("not cancellable", TOO_LATE),
    ("proof of", "no_proof"),
    ("order not found", "order_not_found"),
    ("outlet not found", "no_outlet"),
    ("branch", "no_outlet"),
    ("operating hours", "closed"),
    ("not be updated", "not_updatable"),
)


def explain(words: object) -> tuple[str, str]:
    """A message, or a list of them; a list of fields beside it says what was wrong."""
    told = "; ".join(filter(None, map(_message, words if isinstance(words, list) else [words])))
    return next((code for piece, code in CODES if piece in told.lower()), ""), told


def _message(words: object) -> str:
    if not isinstance(words, dict):
        return str(words or "")
    return " ".join(str(value) for value in words.values() if value and isinstance(value, str | list | dict))


MANNERS: Final = http.Manners(
    explain=explain,
    hopeless=frozenset({TOO_LATE, "no_proof", "order_not_found", "not_updatable"}),
    unknown=frozenset({"order_not_found"}),
    stale=frozenset({401, 403}),  # their papers say the first, their servers the second
)


def _contents(job: Job) -> str:
    return tidy(", ".join(f"{item.quantity} × {item.name}" for item in job.items), CONTENTS_AT_MOST) or "goods"


def _door_at(job: Job, now: datetime) -> dict[str, object]:
    """When it should be at the door; nothing where a driver called now would find the goods ready."""
    wanted = None if job.ready_at is None else job.ready_at + USUAL_RIDE
    if wanted is None or not now + SOONEST <= wanted < now + FARTHEST:
        return {}
    return {"preordered_for": int(wanted.timestamp())}


def path(ref: str) -> str:
    """Where an order is."""
    return f"/orders/{quoted(ref, safe='')}"


def reason_of(reason: str) -> Body:
    """Why we cancel, in a word of theirs (3.5)."""
    return {"reason": reason if reason in REASONS else "REASON_UNKNOWN"}


@dataclass(frozen=True, kw_only=True)
class Account:
    """What is told of every job of one account, as its settings say it."""

    country: str
    outlet: str = ""
    contents: str = ""
    packaging: str = ""
    coldbag: bool = False
    pin: bool = False

    def estimate(self, job: Job, now: datetime) -> Body:
        """What is needed for a price: no name and no phone of the customer's leaves for it."""
        return self._goods(job, now) | {"recipient": {"location": self.location(job.door)}}

    def order(self, job: Job, now: datetime) -> Body:
        """What a driver is called with (3.1)."""
        door = job.door
        recipient = said(
            name=tidy(door.name, TEXT_AT_MOST),
            phone_number=dialled(door.phone),
            location=self.location(door),
            notes=tidy(door.note, NOTES_AT_MOST),
        )
        tasks = {"handover_confirmation": {"drop_off": "PIN"}} if self.pin else {}
        return self._goods(job, now) | said(recipient=recipient, delivery_tasks=tasks)

    def door(self, door: Stop) -> Body:
        """Another door (3.4)."""
        return {"location": self.location(door) | said(notes=tidy(door.note, NOTES_AT_MOST))}

    def store(self, store: Stop, *, city: str, currency: str, locale: str) -> Body:
        """The outlet, as they are to know it (3.8)."""
        return self.location(store) | said(
            name=tidy(store.name, 300),
            phone_number=dialled(store.phone),
            rider_instructions=tidy(store.note, 500),
            city=city,
            currency=currency,
            locale=locale,
        )

    def location(self, stop: Stop) -> Body:
        """Where it is."""
        postcode = POSTCODE.search(stop.address) if self.country == "SG" else None
        return said(
            address=tidy(stop.address, TEXT_AT_MOST),
            latitude=stop.latitude,
            longitude=stop.longitude,
            postalcode=postcode and postcode[0],
        )

    def _goods(self, job: Job, now: datetime) -> Body:
        """What estimates and orders have in common."""
        weight = job.weight_g
        packaging = said(size=self.packaging, weight=weight and weight / 1000) if self.packaging else {}
        return said(
            client_order_id=job.key,
            sender=self._sender(job),
            payment_method="PAID",
            amount=amount(job.value),
            description=self.contents or _contents(job),
            coldbag_needed=self.coldbag,
            packaging=packaging,
            **_door_at(job, now),
        )

    def _sender(self, job: Job) -> Body:
        """The outlet by its number, or by its place; the notes name the order for the driver."""
        store, notes = job.store, tidy(f"#{job.number} {job.store.note}", NOTES_AT_MOST)
        if self.outlet:
            return {"client_vendor_id": self.outlet, "notes": notes}
        if store.latitude is None or store.longitude is None:
            raise CourierRefused("they need `outlet` in the config, or the store's place on the map", code="no_outlet")
        return {
            "name": tidy(store.name, TEXT_AT_MOST),
            "phone_number": dialled(store.phone),
            "location": self.location(store),
            "notes": notes,
        }
