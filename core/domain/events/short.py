"""The one partial shipment of an order."""

from dataclasses import dataclass, field

from core.domain.events.base import Event


@dataclass(frozen=True, kw_only=True)
class ShippedShort(Event):
    """The one partial shipment: line id -> pieces that go (C72–C76).

    `instead` and `left_out` are goods as staff call them, `back` what the customer gets back and `extra` what dearer
    goods cost the shop, in the order's currency. `is_asked`: the customer has said yes on the phone.
    """

    quantities: dict[str, int]
    instead: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    back: str = ""
    extra: str = ""
    currency: str = ""
    is_asked: bool = False
    refund_id: str = ""


@dataclass(frozen=True, kw_only=True)
class ShortTakenBack(Event):
    """Nothing of it had left: all goods go again, and the one partial shipment is not used up."""

    quantities: dict[str, int] = field(default_factory=dict)
