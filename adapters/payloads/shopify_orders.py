"""What is asked of Shopify's GraphQL Admin API about an order, and what it answers (version 2026-10)."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from pydantic import BaseModel, Field

STANDING: Final = """
query OrderStanding($id: ID!) {
  order(id: $id) { id cancelledAt }
}
"""
SHIPPING: Final = """
query OrderShipping($id: ID!) {
  order(id: $id) {
    id
    fulfillments(first: 5) {
      id status
      fulfillmentLineItems(first: 30) { nodes { quantity lineItem { id } } }
    }
    fulfillmentOrders(first: 5) {
      nodes { id status lineItems(first: 30) { nodes { id remainingQuantity lineItem { id } } } }
    }
  }
}
"""
MONEY: Final = """
query OrderMoney($id: ID!) {
  order(id: $id) {
    id presentmentCurrencyCode
    refunds(first: 30) { id note }
    transactions(first: 30) {
      id kind status gateway
      amountSet { presentmentMoney { amount currencyCode } }
      parentTransaction { id }
    }
    lineItems(first: 60) { nodes { id refundableQuantity unfulfilledQuantity } }
    fulfillmentOrders(first: 1) { nodes { id status assignedLocation { location { id } } } }
  }
}
"""
SHOP: Final = "query Shop { shop { name myshopifyDomain } }"
PROGRESS: Final = """
mutation Progress($id: ID!) {
  fulfillmentOrderReportProgress(id: $id) { userErrors { field message } }
}
"""
FULFIL: Final = """
mutation Fulfil($fulfillment: FulfillmentInput!) {
  fulfillmentCreate(fulfillment: $fulfillment) { fulfillment { id status } userErrors { field message } }
}
"""
CANCEL: Final = """
mutation Cancel(
  $orderId: ID!, $reason: OrderCancelReason!, $restock: Boolean!, $refundMethod: OrderCancelRefundMethodInput!,
  $notifyCustomer: Boolean, $staffNote: String
) {
  orderCancel(
    orderId: $orderId, reason: $reason, restock: $restock, refundMethod: $refundMethod,
    notifyCustomer: $notifyCustomer, staffNote: $staffNote
  ) { job { id done } orderCancelUserErrors { field message code } }
}
"""
REFUND: Final = """
mutation Refund($input: RefundInput!, $key: String!) {
  refundCreate(input: $input) @idempotent(key: $key) { refund { id } userErrors { field message } }
}
"""
OPEN: Final = frozenset({"OPEN", "IN_PROGRESS"})
_MONEY_IN: Final = frozenset({"SALE", "CAPTURE"})
_GONE: Final = frozenset({"CANCELLED", "ERROR", "FAILURE"})
_COUNTS: Final = frozenset({"SUCCESS", "PENDING", "AWAITING_RESPONSE"})


class Named(BaseModel):
    """Something with an id of theirs, `gid://shopify/…`."""

    id: str


class Wanting(BaseModel):
    """A line of a fulfilment order, and how many pieces of it are still to go."""

    id: str
    remainingQuantity: int = 0
    lineItem: Named


class _Wantings(BaseModel):
    nodes: list[Wanting] = []


class _Assigned(BaseModel):
    location: Named | None = None


class FulfillmentOrder(BaseModel):
    """What one place of the shop has to send."""

    id: str
    status: str
    lineItems: _Wantings = _Wantings()
    assignedLocation: _Assigned = _Assigned()

    @property
    def is_open(self) -> bool:
        """Something may still be sent."""
        return self.status in OPEN


class _FulfillmentOrders(BaseModel):
    nodes: list[FulfillmentOrder] = []


class _Sent(BaseModel):
    quantity: int
    lineItem: Named


class _Sents(BaseModel):
    nodes: list[_Sent] = []


class Fulfillment(BaseModel):
    """Goods that went."""

    id: str
    status: str
    fulfillmentLineItems: _Sents = _Sents()


class _Amount(BaseModel):
    amount: Decimal


class _AmountSet(BaseModel):
    presentmentMoney: _Amount


class Transaction(BaseModel):
    """Money that moved, or was to."""

    id: str
    kind: str
    status: str
    gateway: str = ""
    amountSet: _AmountSet
    parentTransaction: Named | None = None

    @property
    def amount(self) -> Decimal:
        """Major units, in the customer's currency."""
        return self.amountSet.presentmentMoney.amount

    @property
    def is_income(self) -> bool:
        """The customer paid it."""
        return self.kind in _MONEY_IN and self.status == "SUCCESS"

    def took_from(self, other: "Transaction") -> bool:
        """It gave money of another one back, or is about to."""
        parent = self.parentTransaction
        return self.kind == "REFUND" and self.status in _COUNTS and parent is not None and parent.id == other.id


class _Refund(BaseModel):
    id: str
    note: str | None = None


class Line(BaseModel):
    """A line, and how much of it can still be taken back."""

    id: str
    refundableQuantity: int = 0
    unfulfilledQuantity: int = 0


class _Lines(BaseModel):
    nodes: list[Line] = []


class Order(BaseModel):
    """As far as it was asked for."""

    id: str
    cancelledAt: str | None = None
    presentmentCurrencyCode: str = ""
    fulfillments: list[Fulfillment] = []
    fulfillmentOrders: _FulfillmentOrders = _FulfillmentOrders()
    refunds: list[_Refund] = []
    transactions: list[Transaction] = []
    lineItems: _Lines = _Lines()

    @property
    def standing(self) -> list[Fulfillment]:
        """Shipments that were not taken back."""
        return [each for each in self.fulfillments if each.status not in _GONE]

    @property
    def open(self) -> list[FulfillmentOrder]:
        """Where something may still be sent from."""
        return [each for each in self.fulfillmentOrders.nodes if each.is_open]

    def sent(self, line: str) -> int:
        """Pieces of a line that went."""
        parts = (part for shipment in self.standing for part in shipment.fulfillmentLineItems.nodes)
        return sum(part.quantity for part in parts if part.lineItem.id == line)

    def refund_of(self, key: str) -> str | None:
        """The refund whose note bears our key."""
        return next((each.id for each in self.refunds if key in (each.note or "")), None)

    def income(self) -> Iterator[tuple[Transaction, Decimal]]:
        """Each payment, and how much of it is still with the shop."""
        for paid in (each for each in self.transactions if each.is_income):
            gone = sum((each.amount for each in self.transactions if each.took_from(paid)), Decimal(0))
            yield paid, paid.amount - gone

    @property
    def location(self) -> str | None:
        """Where goods lie that are put back."""
        places = (each.assignedLocation.location for each in self.fulfillmentOrders.nodes)
        return next((place.id for place in places if place), None)


class Complaint(BaseModel):
    """Why they did not do it."""

    message: str = ""
    code: str | None = None
    field: list[str] | None = None


class Done(BaseModel):
    """What a mutation answers; `made` is what it made."""

    userErrors: list[Complaint] = []
    orderCancelUserErrors: list[Complaint] = []
    fulfillment: Named | None = None
    refund: Named | None = None

    @property
    def complaint(self) -> Complaint | None:
        """The first."""
        return next(iter((*self.orderCancelUserErrors, *self.userErrors)), None)

    @property
    def made(self) -> str:
        """Its id, empty for none."""
        return next((each.id for each in (self.fulfillment, self.refund) if each), "")


class _Code(BaseModel):
    code: str = ""


class Trouble(BaseModel):
    """An error of GraphQL's own, beside or instead of data."""

    message: str = ""
    extensions: _Code = _Code()


class _Throttle(BaseModel):
    currentlyAvailable: float = 0
    restoreRate: float = 0


class _Cost(BaseModel):
    requestedQueryCost: float | None = None
    throttleStatus: _Throttle = _Throttle()


class _Extensions(BaseModel):
    cost: _Cost | None = None


class Answer(BaseModel):
    """The envelope of every answer."""

    data: dict[str, object] | None = None
    errors: list[Trouble] | str = Field(default=[])
    extensions: _Extensions = _Extensions()

    @property
    def trouble(self) -> Trouble | None:
        """The first error; some answers have a text in its place."""
        if isinstance(self.errors, str):
            return Trouble(message=self.errors)
        return next(iter(self.errors), None)

    @property
    def wait(self) -> float | None:
        """Seconds until the bucket holds what was asked for, as far as they say."""
        cost = self.extensions.cost
        if cost is None or cost.requestedQueryCost is None or not cost.throttleStatus.restoreRate:
            return None
        lacking = cost.requestedQueryCost - cost.throttleStatus.currentlyAvailable
        return max(lacking, 0.0) / cost.throttleStatus.restoreRate
