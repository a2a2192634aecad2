"""The names things go by."""

from typing import NewType
from uuid import NAMESPACE_URL, uuid4, uuid5

OrderId = NewType("OrderId", str)
LineId = NewType("LineId", str)
SendId = NewType("SendId", str)
DeliveryId = NewType("DeliveryId", str)
ProblemId = NewType("ProblemId", str)
RefundId = NewType("RefundId", str)
StaffId = NewType("StaffId", str)
ChannelName = NewType("ChannelName", str)
CourierName = NewType("CourierName", str)

SYSTEM = StaffId("system")
CUSTOMER = StaffId("customer")


def order_id(channel: str, shop: str, channel_order_id: str) -> OrderId:
    """The same order always gets the same id, however often and wherever it is told."""
    return OrderId(uuid5(NAMESPACE_URL, f"order:{channel}\n{shop}\n{channel_order_id}").hex)


def fresh_id() -> str:
    """32 hex digits nobody has had before."""
    return uuid4().hex
