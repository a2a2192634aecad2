"""Goods that went out: one comes back, one nobody reports on, one is delivered with its picture."""

from dataclasses import replace
from datetime import timedelta

from core.domain.delivery import DeliveryState
from core.domain.events import HandedOver, ProofKept
from core.domain.handover import PinAt
from core.domain.order import Order
from core.domain.problem import ProblemKind
from core.domain.proof import Proof, ProofKind, ProofState, Waypoint
from core.domain.stage import Stage
from tests import samples
from tests.samples import LIN, MEI, Shop, ago, ahead, out, ready

PHONE = "+886 2 2555 0000"
FOLDER = "/home/shop/.local/share/orderbell"


def gone(number: str, **facts: object) -> Order:
    """Every piece that was picked has left."""
    order = out(number, **facts)
    lines = tuple(replace(line, shipped=line.picked) for line in order.lines)
    return replace(order, purchase=replace(order.purchase, lines=lines))


def returns() -> Shop:
    """1035 is at the door, 1027 comes back, 1026 is lost, 1024 is at the customer's."""
    door = samples.delivery("1035", DeliveryState.AT_STORE, 6, driver=LIN, pin="4471", waybill="7F2K-88")
    made = samples.shop(
        (
            ready("1035", parcels=2),
            gone("1027", parcels=2),
            gone("1026"),
            replace(gone("1024"), stage=Stage.OUT),
        ),
        deliveries=(
            replace(door, at_store_at=ago(6), eta_door=ahead(20)),
            samples.delivery("1027", DeliveryState.RETURNING, 11, driver=LIN, waybill="7F2K-31"),
            samples.delivery("1026", DeliveryState.FAILED, 4),
            _delivered(),
        ),
        problems=(
            samples.problem("1027", ProblemKind.GOODS_RETURNING, 11, "customer refused"),
            samples.problem("1026", ProblemKind.DELIVERY_FAILED, 4, "CUSTOMER_UNAVAILABLE"),
        ),
    )
    sheets = {number: _with_phone(made, number) for number in made.sheets}
    sheets["1024"] = replace(sheets["1024"], proofs=_proofs(), history=(*sheets["1024"].history, *_happened()))
    return replace(made, sheets=sheets)


def _with_phone(made: Shop, number: str) -> samples.Sheet:
    return replace(made.sheets[number], store_phone=PHONE, folder=FOLDER, pin_at=PinAt.DOOR)


def _delivered() -> samples.Delivery:
    ended = samples.delivery("1024", DeliveryState.DELIVERED, 3, driver=LIN, waybill="7F2K-24")
    return replace(ended, at_store_at=ago(34), handed_over_at=ago(31), ended_at=ago(3))


def _proofs() -> tuple[Proof, ...]:
    job = _delivered().id
    file = "proofs/2026/11/1024-dropoff-picture.jpg"
    return (
        Proof(
            delivery_id=job,
            waypoint=Waypoint.DROPOFF,
            kind=ProofKind.PICTURE,
            asked_at=ago(2),
            state=ProofState.KEPT,
            file=file,
        ),
        Proof(
            delivery_id=job,
            waypoint=Waypoint.PICKUP,
            kind=ProofKind.PICTURE,
            asked_at=ahead(4),
            tries=1,
            reason="the proof is no picture",
        ),
    )


def _happened() -> tuple[samples.Event, ...]:
    waited = int(timedelta(minutes=3).total_seconds())
    order_id = _delivered().order_id
    kept = "proofs/2026/11/1024-dropoff-picture.jpg"
    return (
        HandedOver(order_id=order_id, at=ago(31), by=MEI, waybill="7F2K-24", parcels=1, waited=waited),
        ProofKept(order_id=order_id, at=ago(2), waypoint="dropoff", proof="picture", file=kept, size=88_213),
    )
