"""What may still be changed in which state, and which proofs there are, with the simulated Uber Direct (3.7, 8)."""

from typing import Final

from adapters.simulators.uber_direct_bodies import LEAVE, DeliveryBody, ProofBody, UpdateBody, Verification
from adapters.simulators.uber_direct_faults import Fault, too_late
from adapters.simulators.uber_direct_ids import Ids
from adapters.simulators.uber_direct_ride import Ride

LARGEST_TIP: Final = 100_000  # hundredths of a unit
# The last stage in which a field may change; stages count up along the ride.
STAGES: Final = (
    ("pending", False),
    ("pickup", False),
    ("pickup", True),
    ("pickup_complete", False),
    ("dropoff", False),
    ("dropoff", True),
)
LAST_STAGE: Final = {
    **dict.fromkeys(("manifest_reference", "manifest_items", "pickup_notes"), ("pickup", False)),
    **dict.fromkeys(("dropoff_latitude", "dropoff_longitude"), ("pickup", False)),
    "pickup_verification": ("pickup", True),
    **dict.fromkeys(("dropoff_notes", "dropoff_seller_notes", "dropoff_verification"), ("dropoff", False)),
    **dict.fromkeys(("requires_dropoff_signature", "requires_id"), ("dropoff", False)),
}


def change(ride: Ride, body: UpdateBody) -> None:
    """Take over what is given; raises the fault of a field that is too late."""
    given = {name: value for name, value in body.model_dump(exclude_unset=True).items() if value is not None}
    late = sorted(name for name in given if name in LAST_STAGE and _is_past(ride, LAST_STAGE[name]))
    if late or body.requires_id:
        raise too_late(", ".join(late) or "requires_id")
    if body.tip_by_customer is not None:
        _raise_tip(ride, body.tip_by_customer)
    # A PIN can't be removed, so what was to be checked stays.
    for name in ("pickup_verification", "dropoff_verification"):
        if name in given:
            given[name] = {**getattr(ride.order, name).model_dump(), "barcodes": given[name]["barcodes"]}
    ride.order = DeliveryBody.model_validate(ride.order.model_dump() | given)


def _is_past(ride: Ride, last: tuple[str, bool]) -> bool:
    stage = (ride.status, ride.is_imminent)
    return stage not in STAGES or STAGES.index(stage) > STAGES.index(last)


def _raise_tip(ride: Ride, tip: int) -> None:
    if ride.status not in ("dropoff", "delivered"):
        raise Fault("invalid_tipping_state")
    if tip <= 0:
        raise Fault("no_tip")
    if tip > LARGEST_TIP:
        raise Fault("max_tip_exceeded")
    if tip <= ride.tip:
        raise Fault("tip_already_recorded_error")
    ride.tip = tip


def pin_of(order: DeliveryBody, ids: Ids) -> str:
    """The PIN of a job, empty when none is asked for; by default the end of the customer's number."""
    wanted = order.dropoff_verification.pincode
    if not wanted.enabled:
        return ""
    by_type = {"default": order.dropoff_phone_number[-4:], "random": f"{ids.uuid().int % 10_000:04d}"}
    return wanted.value or by_type[wanted.type]


def has_proof(ride: Ride, asked: ProofBody) -> bool:
    """Whether a proof was asked for and its waypoint is done."""
    standing, _ = ride.waypoints.get(asked.waypoint, ("", None))
    if (asked.waypoint == "return") != ride.is_return or standing != "completed":
        return False
    wanted: Verification = getattr(ride.order, f"{asked.waypoint}_verification")
    return {
        "picture": wanted.picture or _was_left(ride, asked),
        "signature": wanted.signature_requirement.enabled,
        "pincode": asked.waypoint == "dropoff" and bool(ride.pin),
    }[asked.type]


def _was_left(ride: Ride, asked: ProofBody) -> bool:
    # Goods left at the door are always photographed.
    left = ride.order.deliverable_action == LEAVE or ride.undeliverable_action == "left_at_door"
    return asked.waypoint == "dropoff" and left


def spoilt(picture: bytes, how: str) -> bytes:
    """The picture, or what comes in its place."""
    if how == "html":
        return b"<!doctype html><title>Sorry</title>"
    if how == "huge":
        return picture + bytes(20_000_000)
    return picture[:-9] if how == "cut" else picture
