"""A proposal: all goods in several parcels of one shipment, which is not a partial shipment (X1)."""

from dataclasses import dataclass

from core.domain.goods import Goods
from core.domain.ids import CourierName


@dataclass(frozen=True, kw_only=True)
class Split:
    """Parcels that one courier takes; `is_fewest` when fewer are proven not to do."""

    courier: CourierName
    vehicle: str
    parcels: tuple[tuple[Goods, ...], ...]
    is_fewest: bool
