"""Goods change hands: waybill compared, parcels counted, PIN where there is one (C49–C52, C57)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from core.domain import waybill
from core.domain.delivery import Delivery, DeliveryState
from core.domain.ids import CourierName
from core.domain.order import Order
from core.domain.refusal import NoDriverYet, TooManyPins, WrongParcels, WrongPin, WrongWaybill
from core.domain.staff import Permission, Staff, require_manager

WITH_DRIVER: Final = frozenset({DeliveryState.HEADING_TO_STORE, DeliveryState.AT_STORE, DeliveryState.PICKED_UP})
PIN_TRIES: Final = 3  # wrong ones; after them a manager decides
DOOR_PIN_DIGITS: Final = 4


class PinAt(StrEnum):
    """Where a courier has a PIN said."""

    NONE = "none"
    PICKUP = "pickup"  # the driver says it here: nothing leaves without it
    DOOR = "door"  # the customer says it to the driver (C57); compared here only when a driver gives one


@dataclass(frozen=True, kw_only=True)
class Custom:
    """How one courier takes goods over, and whether it can show what became of them."""

    pin: PinAt = PinAt.NONE
    has_proofs: bool = False


Customs = Mapping[CourierName, Custom]
NO_CUSTOM: Final = Custom()


@dataclass(frozen=True, kw_only=True)
class Handover:
    """What staff scanned or typed at the door; parcels and PIN only where asked for, `permission` past wrong PINs."""

    waybill: str
    parcels: int | None = None
    pin: str | None = None
    permission: Permission | None = None


@dataclass(frozen=True, kw_only=True)
class PinCheck:
    """What a PIN is held against: the courier's custom, how many were wrong so far, who may waive it."""

    custom: Custom = NO_CUSTOM
    wrong: int = 0
    staff: Sequence[Staff] = ()


NO_PINS_YET: Final = PinCheck()


def compare(handover: Handover, order: Order, delivery: Delivery | None) -> Delivery:
    """The delivery these goods belong to; raises a refusal that names both sides."""
    if delivery is None or delivery.state not in WITH_DRIVER:
        found = delivery.state.value if delivery else "none"
        raise NoDriverYet(f"order {order.number} has no driver at the door", found=found, allowed="at_store")
    if not waybill.is_meant(handover.waybill, delivery):
        raise WrongWaybill("the waybill is another one", found=handover.waybill[:40], allowed=delivery.waybill)
    if handover.parcels is not None and handover.parcels != order.parcels:
        raise WrongParcels("the parcels do not add up", found=str(handover.parcels), allowed=str(order.parcels))
    return delivery


def check_pin(handover: Handover, delivery: Delivery, pins: PinCheck = NO_PINS_YET) -> str:
    """A manager's reason where the PIN was waived, else empty; raises `WrongPin`, which never tells the right one."""
    if handover.permission is not None:
        return require_manager(handover.permission, pins.staff)
    if pins.wrong >= PIN_TRIES:
        raise TooManyPins("too many wrong PINs", found=str(pins.wrong), allowed=str(PIN_TRIES - 1))
    is_asked = pins.custom.pin is PinAt.PICKUP and bool(delivery.pin)
    if (handover.pin is not None or is_asked) and (handover.pin or "").strip() != delivery.pin:
        raise WrongPin("the PIN is another one", found="another", allowed="the one on the order")
    return ""


def door_pin(phone: str) -> str:
    """The last four digits of the customer's number (C57); empty when there are not that many."""
    digits = "".join(sign for sign in phone if sign.isdecimal())
    return digits[-DOOR_PIN_DIGITS:] if len(digits) >= DOOR_PIN_DIGITS else ""
