"""What `order check` ticks."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.domain.checklist import Check
from tui.cli.everywhere import BadUsage, allowed_are
from tui.i18n import _

if TYPE_CHECKING:
    from core.domain.moment import Moment
    from core.domain.order import Order
    from core.services.packing import PackingService
    from core.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Ticks:
    """Lines by id, SKU or barcode; checks by name; or everything."""

    everything: bool
    lines: tuple[str, ...]
    quantity: int | None
    checks: tuple[str, ...]
    undo: bool

    def apply(self, packing: "PackingService", uow: "UnitOfWork", order: "Order", now: "Moment") -> None:
        """All in one transaction."""
        if not (self.everything or self.lines or self.checks):
            raise BadUsage(_("say --all, --line L or --check NAME"))
        if self.everything:
            packing.tick_all(uow, order.id, now)
        for code in self.lines:
            packing.pick(uow, order.id, code, self._pieces(order, code), now)
        for name in self.checks:
            packing.tick(uow, order.id, _check(name), not self.undo, now)

    def _pieces(self, order: "Order", code: str) -> int:
        if self.undo:
            return 0
        return order.needed(order.line(code)) if self.quantity is None else self.quantity


def _check(name: str) -> Check:
    try:
        return Check(name)
    except ValueError as error:
        allowed = ", ".join(check.value for check in Check)
        raise BadUsage(allowed_are(f"--check {name!r:.40}", allowed)) from error
