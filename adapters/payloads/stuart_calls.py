"""What Stuart is written, how it says no, and which of its package sizes goods are (API v2)."""

from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final, Literal
from urllib.parse import quote as quoted

from adapters import http
from adapters.writing import dialled, said, written
from core.domain.job import Job, Stop
from core.domain.text import tidy

Package = Literal["xsmall", "small", "medium", "large", "xlarge"]
INVALID: Final = "RECORD_INVALID"
UNKNOWN_JOB: Final = "NOT_FOUND"
REASON: Final = "customer_cancellation_requested"
REASONS: Final = frozenset(
    "address_error package_damaged package_not_ready customer_cancellation_requested wrong_transport_type pu_closed "
    "no_supply technical_issue courier_issue incorrect_package".split()
)
# Heaviest goods of each size, in grams. UNSURE: theirs for drivers, from 2023; xsmall is about size alone.
HEAVIEST: Final[tuple[tuple[Package, int], ...]] = (("small", 8_000), ("medium", 12_000), ("large", 40_000))
UNWEIGHED: Final[Package] = "medium"  # one thermal bag
SOON: Final = timedelta(minutes=15)  # what is ready before is driven to at once
FARTHEST: Final = timedelta(days=30)
NOTE_AT_MOST: Final = 300


def explain(words: object) -> tuple[str, str]:
    """Their code, and the message with the fields it is about."""
    code, message = http.explain(words)
    told = words if isinstance(words, dict) else {}
    fields = told.get("data")
    details = "; ".join(f"{name}: {_because(why)}" for name, why in fields.items()) if isinstance(fields, dict) else ""
    return code, f"{message} {details}".strip()


def _because(why: object) -> str:
    return ", ".join(map(str, why)) if isinstance(why, list) else str(why)


MANNERS: Final = http.Manners(
    explain=explain,
    locked=frozenset({"INVALID_GRANT"}),
    unknown=frozenset({UNKNOWN_JOB}),
    # Where they don't ride, or can't find, another may; a number that is none is none for all.
    hopeless=frozenset({"PHONE_INVALID", "EMAIL_INVALID", "ADDRESS_CONTACT_PHONE_REQUIRED", UNKNOWN_JOB}),
)
# What is said of addresses and ways says nothing of our number.
CLEAR: Final = frozenset(
    "CANT_GEOCODE_ADDRESS OUT_OF_RANGE ADDRESS_INVALID JOB_DISTANCE_NOT_ALLOWED PHONE_INVALID EMAIL_INVALID "
    "ADDRESS_CONTACT_PHONE_REQUIRED".split()
)


def basic(client_id: str, client_secret: str) -> Mapping[str, str]:
    """The header that says who asks for a token (RFC 7617)."""
    return {"Authorization": "Basic " + b64encode(f"{client_id}:{client_secret}".encode()).decode()}


def path(*parts: str) -> str:
    """Where something of theirs is."""
    return "/v2/" + "/".join(quoted(part, safe="") for part in parts)


def tag(job: Job) -> str:
    """What the driver reads out: the number people say, and a bit of ours, new for each booking."""
    return f"{tidy(job.number, 40).replace(' ', '-')}-{job.key[:4].upper()}"


def package(job: Job, wanted: Package | Literal["auto"]) -> Package:
    """The size to ask for: the one that is set, or the smallest that may be so heavy."""
    if wanted != "auto":
        return wanted
    if (weight := job.weight_g) is None:
        return UNWEIGHED
    return next((size for size, most in HEAVIEST if weight <= most), "xlarge")


def wanted(job: Job, *, size: Package, transport: str, now: datetime, key: str = "") -> dict[str, object]:
    """A job of one pickup and one dropoff; without `key` for those who only ask."""
    store, door, name = job.store, job.door, tag(job)
    return {
        "job": said(
            transport_type=transport,
            pickup_at=_pickup_at(job, now),
            pickups=[_stop(store, comment=_note(name, store.note), company=store.name)],
            dropoffs=[
                _stop(door, comment=tidy(door.note, NOTE_AT_MOST), firstname=door.name)
                | said(package_type=size, package_description=_note(name, _goods(job)), client_reference=key)
            ],
        )
    }


def reason_of(reason: str) -> dict[str, object]:
    """Why we cancel: in a word of theirs, and in ours where there is one."""
    known = reason if reason in REASONS else REASON
    return said(public_reason_key=known, comment=tidy(reason, NOTE_AT_MOST))


def _stop(stop: Stop, *, comment: str, firstname: str = "", company: str = "") -> dict[str, object]:
    contact = said(firstname=tidy(firstname, 60), phone=dialled(stop.phone), company=tidy(company, 60))
    return said(address=tidy(stop.address, 300), comment=comment, contact=contact)


def _note(name: str, words: str) -> str:
    return tidy(f"{name}: {words}", NOTE_AT_MOST)


def _goods(job: Job) -> str:
    bags = f"{job.parcels} parcels, " if job.parcels > 1 else ""
    return bags + ", ".join(f"{item.quantity} x {item.name}" for item in job.items)


def _pickup_at(job: Job, now: datetime) -> str | None:
    ready = job.ready_at
    if ready is None or not now + SOON <= ready < now + FARTHEST:
        return None
    return written(ready)
