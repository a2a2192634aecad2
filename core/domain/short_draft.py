"""A partial shipment while a person makes it up: every step leaves something that can be worked out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.domain.catalogue import article
from core.domain.ids import LineId
from core.domain.line import OrderLine
from core.domain.money import Money
from core.domain.short import Short, fee_share, whole_fee
from core.domain.shortage import Shortage
from core.domain.swap import NotSold, Swap


@dataclass(frozen=True, kw_only=True)
class ShortDraft:
    """Pieces by line, other articles by (line, sku); `fee` is the place among the `fees` that may go back."""

    shortage: Shortage
    goes: Mapping[LineId, int]
    swaps: Mapping[tuple[LineId, str], int]
    is_asked: bool = False
    fee: int = 0

    @classmethod
    def of(cls, shortage: Shortage, short: Short | None = None) -> "ShortDraft":
        """As it was left; at first with what is in the bag, or all while nothing is."""
        if short is None:
            is_begun = shortage.order.picked > 0
            goes = {line.id: line.picked if is_begun else line.quantity for line in shortage.order.lines}
            return cls(shortage=shortage, goes=goes, swaps={})
        goes = {line.id: short.of(line) for line in shortage.order.lines}
        swaps = {(swap.line_id, swap.sku): swap.quantity for swap in short.swaps}
        draft = cls(shortage=shortage, goes=goes, swaps=swaps, is_asked=short.is_asked)
        return replace(draft, fee=draft.fees.index(short.fee) if short.fee in draft.fees else 0)

    @property
    def short(self) -> Short:
        """As far as it is."""
        return replace(self._without_fee, fee=self.fees[min(self.fee, len(self.fees) - 1)])

    @property
    def fees(self) -> tuple[Money | None, ...]:
        """What of the delivery fee may go back: none, its part, all of it (C75)."""
        part, whole = fee_share(self.shortage.order, self._without_fee), whole_fee(self.shortage.order)
        return (None, *(fee for fee in dict.fromkeys((part, whole)) if fee.minor))

    def open_of(self, line: OrderLine) -> int:
        """Pieces that are missing and that nothing goes for."""
        return line.quantity - self.goes[line.id] - self._swapped(line.id)

    def changed(self, line_id: str, sku: str, by: int) -> "ShortDraft":
        """One piece more or less of a line, or of what goes in its place; never more than was bought."""
        line = next((line for line in self.shortage.order.lines if line.id == line_id), None)
        if line is None:
            return self
        room = min(by, self.open_of(line))
        if sku:
            key = (line.id, sku)
            swaps = {**self.swaps, key: max(0, self.swaps.get(key, 0) + room)}
            return replace(self, swaps={one: count for one, count in swaps.items() if count})
        return replace(self, goes={**self.goes, line.id: max(0, self.goes[line.id] + room)})

    def swapped(self, line: OrderLine, code: str) -> "ShortDraft":
        """Another article for all that is still open of a line; raises `NotSold`."""
        found = article(self.shortage.catalogue, code)
        if found is None:
            raise NotSold(f"no article is called {code!r:.60}", found=code[:60])
        return self.changed(line.id, found[0], self.open_of(line))

    def asked(self) -> "ShortDraft":
        """The customer has said yes on the phone, or that is taken back."""
        return replace(self, is_asked=not self.is_asked)

    def next_fee(self) -> "ShortDraft":
        """The next of the three."""
        return replace(self, fee=(self.fee + 1) % len(self.fees))

    @property
    def _without_fee(self) -> Short:
        swaps = tuple(Swap(line_id=line_id, sku=sku, quantity=count) for (line_id, sku), count in self.swaps.items())
        return Short(goes=dict(self.goes), swaps=swaps, is_asked=self.is_asked)

    def _swapped(self, line_id: LineId) -> int:
        return sum(count for (of, _sku), count in self.swaps.items() if of == line_id)
