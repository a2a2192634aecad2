"""What Uber Direct is written, and how it says no (Direct API 1.0)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from json import dumps
from typing import Final
from urllib.parse import quote as quoted

from adapters import http
from adapters.payloads.uber_direct import hundredths
from adapters.writing import dialled, said, written
from core.domain.job import Job, JobItem, Stop
from core.domain.quote import Quote
from core.domain.text import tidy

STALE_QUOTE: Final = frozenset({"expired_quote", "used_quote", "mismatched_price_quote"})
TOO_LATE: Final = "noncancelable_delivery"
TIPPED: Final = "tip_already_recorded_error"
CANCEL_REASONS: Final = frozenset(
    "out_of_items store_closed customer_called_to_cancel store_too_busy courier_delayed_en_route_to_pickup "
    "too_expensive customer_changed_order_requirements delivery_vehicle_too_small no_courier_assigned".split()
)


def explain(words: object) -> tuple[str, str]:
    """Their message, and the field it is about, which they tell apart from it (6)."""
    code, message = http.explain(words)
    about = words.get("metadata") if isinstance(words, dict) else None
    details = "; ".join(f"{name}: {found}" for name, found in about.items()) if isinstance(about, dict) else ""
    return code, f"{message} {details}".strip()


MANNERS: Final = http.Manners(
    explain=explain,
    # Some of these come with 400.
    patient=frozenset({"request_timeout", "couriers_busy", "service_unavailable"}),
    limited=frozenset({"customer_limited"}),
    hopeless=frozenset({TOO_LATE, TIPPED, "delivery_not_found", "max_tip_exceeded", "no_tip", "invalid_tipping_state"}),
    unknown=frozenset({"delivery_not_found"}),
)
TEXT_AT_MOST: Final = 280
SOON: Final = timedelta(minutes=1)  # their clock and ours differ, and a call takes a while
FARTHEST: Final = timedelta(days=30)
PICKUP_WINDOW: Final = timedelta(minutes=25)  # at least 10 after ready and 20 after now


def path(ref: str) -> str:
    """Where a delivery is."""
    return f"/deliveries/{quoted(ref, safe='')}"


def ways(job: Job, country: str) -> dict[str, object]:
    """Both ends of the way, as quotes and deliveries want them."""
    return {**_end("pickup", job.store, country), **_end("dropoff", job.door, country)}


def _end(end: str, stop: Stop, country: str) -> dict[str, object]:
    address = dumps({"street_address": [tidy(stop.address)], "country": country}, ensure_ascii=False)
    fields = said(address=address, latitude=stop.latitude, longitude=stop.longitude, phone_number=dialled(stop.phone))
    return {f"{end}_{name}": value for name, value in fields.items()}


def windows(job: Job, now: datetime) -> dict[str, object]:
    """When goods are ready and wanted; nothing where the rules for windows would be broken."""
    ready = job.ready_at
    if ready is None or not now + SOON <= ready < now + FARTHEST:
        return {}
    pickup_by = ready + PICKUP_WINDOW
    told: dict[str, object] = {"pickup_ready_dt": written(ready), "pickup_deadline_dt": written(pickup_by)}
    if job.door_by is not None and job.door_by >= pickup_by:
        told["dropoff_deadline_dt"] = written(job.door_by)
    return told


def priced(job: Job, country: str, now: datetime) -> dict[str, object]:
    """What a quote is asked for with (3.3)."""
    return {**ways(job, country), **windows(job, now), "manifest_total_value": hundredths(job.value)}


def wanted(
    job: Job, quote: Quote | None, country: str, actions: Mapping[str, object], now: datetime
) -> dict[str, object]:
    """What a driver is called with; `actions` is what is to be done at the door (3.4)."""
    return said(
        **ways(job, country),
        **windows(job, now),
        **actions,
        pickup_name=tidy(job.store.name),
        pickup_notes=tidy(job.store.note, TEXT_AT_MOST),
        dropoff_name=tidy(job.door.name),
        dropoff_notes=tidy(job.door.note, TEXT_AT_MOST),
        manifest_items=[_item(item) for item in job.items],
        manifest_reference=f"{tidy(job.number)}-{job.key[:6]}",
        manifest_total_value=hundredths(job.value),
        quote_id=quote and quote.ref,
        external_id=job.key,
        idempotency_key=job.key,
    )


def _item(item: JobItem) -> dict[str, object]:
    price = None if item.price is None else hundredths(item.price)
    return said(name=tidy(item.name), quantity=item.quantity, weight=item.weight_g or None, price=price)


def reason_of(reason: str) -> dict[str, object] | None:
    """Why we cancel: one of their words, or ours (3.9)."""
    if not reason:
        return None
    if reason in CANCEL_REASONS:
        return {"cancelation_reason": reason}
    return {"cancelation_reason": "other", "additional_description": tidy(reason, TEXT_AT_MOST)}
