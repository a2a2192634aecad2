"""Goods change hands: waybill compared, parcels counted, PIN where there is one (C49–C52, C57)."""

from dataclasses import dataclass
from typing import Final

from core.domain.delivery import Delivery, DeliveryState
from core.domain.order import Order
from core.domain.refusal import NoDriverYet, WrongParcels, WrongPin, WrongWaybill

WITH_DRIVER: Final = frozenset({DeliveryState.HEADING_TO_STORE, DeliveryState.AT_STORE, DeliveryState.PICKED_UP})


@dataclass(frozen=True, kw_only=True)
class Handover:
    """What staff scanned or typed at the door; parcels and PIN only where they were asked for."""

    waybill: str
    parcels: int | None = None
    pin: str | None = None


def compare(handover: Handover, order: Order, delivery: Delivery | None) -> Delivery:
    """The delivery these goods belong to; raises a refusal that names both sides."""
    if delivery is None or delivery.state not in WITH_DRIVER:
        found = delivery.state.value if delivery else "none"
        raise NoDriverYet(f"order {order.number} has no driver at the door", found=found, allowed="at_store")
    if _plain(handover.waybill) not in {_plain(delivery.waybill), _plain(delivery.ref)} - {""}:
        raise WrongWaybill("the waybill is another one", found=handover.waybill[:40], allowed=delivery.waybill)
    if handover.parcels is not None and handover.parcels != order.parcels:
        raise WrongParcels("the parcels do not add up", found=str(handover.parcels), allowed=str(order.parcels))
    if handover.pin is not None and handover.pin.strip() != delivery.pin:
        raise WrongPin("the PIN is another one", found="another", allowed="the one on the order")
    return delivery


def _plain(text: str) -> str:
    return "".join(sign for sign in text.upper() if sign.isalnum())
