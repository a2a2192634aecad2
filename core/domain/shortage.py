"""All that is needed to work out a partial shipment: the order, what the shop has, what went back already."""

from dataclasses import dataclass, field

from core.domain.catalogue import Catalogue
from core.domain.money import Money
from core.domain.order import Order
from core.domain.short import Short, ShortPlan, plan


@dataclass(frozen=True, kw_only=True)
class Shortage:
    """As of one moment; `refunded` is gone or on its way."""

    order: Order
    refunded: Money
    catalogue: Catalogue = field(default_factory=dict)

    def plan(self, short: Short) -> ShortPlan:
        """What it would come to; raises as `short.plan` does."""
        return plan(self.order, short, self.catalogue, self.refunded)
