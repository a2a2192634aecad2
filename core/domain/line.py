"""One line of an order: what was bought and how far the shop is with it."""

from dataclasses import dataclass
from enum import StrEnum

from core.domain.ids import LineId
from core.domain.measures import Box
from core.domain.money import Money


class IfMissing(StrEnum):
    """What the customer wants when a piece is not there."""

    UNSAID = "unsaid"
    CALL = "call"
    SWAP = "swap"
    LEAVE_OUT = "leave_out"
    CANCEL_ALL = "cancel_all"


@dataclass(frozen=True, kw_only=True)
class OrderLine:
    """Quantities in pieces; `weight_g` is one piece's weight in grams, None when nobody knows (0 is not "unknown")."""

    id: LineId
    sku: str
    name: str
    quantity: int
    unit_price: Money | None = None
    weight_g: int | None = None
    barcode: str = ""
    options: str = ""
    note: str = ""
    shelf: str = ""
    is_gift: bool = False
    picked: int = 0
    shipped: int = 0
    refunded: int = 0
    size: Box | None = None  # of one piece, None when nobody knows
    total: Money | None = None  # paid for all its pieces after its own discounts; None: unit price times quantity
    tax: Money | None = None  # of all its pieces
    if_missing: IfMissing = IfMissing.UNSAID
    wish: str = ""  # the customer's own words for that case
    swap_of: LineId | None = None  # goes in the place of that line

    def is_called(self, code: str) -> bool:
        """Whether staff or a scanner mean this line by `code`."""
        return bool(code) and code in (self.id, self.sku, self.barcode)
