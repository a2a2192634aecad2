"""Everything about one order, for the panel that shows it."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from core.board.drivers import SOMEWHERE, DriverLine, Ground, driver_line
from core.domain.acceptance import Verdict
from core.domain.call_advice import Advice
from core.domain.delivery import Delivery
from core.domain.fit import Fit
from core.domain.handover import PinAt
from core.domain.order import Order
from core.domain.problem import Problem, ProblemKind
from core.domain.proof import Proof
from core.domain.purse import Purse, purse_of
from core.domain.refund import Refund
from core.domain.send import Send
from core.domain.split import Split
from core.domain.stage import Stage

if TYPE_CHECKING:
    from core.domain.events import Event


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """An order, whether it may be accepted, its journeys and its history, as of `at`."""

    order: Order
    at: datetime
    verdicts: tuple[Verdict, ...] = ()
    deliveries: tuple[Delivery, ...] = ()  # newest first
    send: Send | None = None
    problems: tuple[Problem, ...] = ()
    refunds: tuple[Refund, ...] = ()  # oldest first
    tellings: tuple[Send, ...] = ()  # to the shop's own system, oldest first
    history: "tuple[Event, ...]" = ()  # oldest first
    pin_at: PinAt = PinAt.NONE  # where this courier has a PIN said
    store_phone: str = ""  # for the driver (C51)
    proofs: tuple[Proof, ...] = ()
    folder: str = ""  # below which the proofs' files lie
    ground: Ground = SOMEWHERE  # where the store is, and how long a state usually lasts
    call: Advice | None = None  # when to call a driver
    fits: tuple[Fit, ...] = ()  # each courier and vehicle, while nobody is called; none where no courier carries it
    split: Split | None = None  # the parcels that would help, or were planned

    @property
    def fits_nobody(self) -> bool:
        """In the parcels planned no courier can carry it."""
        return bool(self.fits) and not any(fit.is_ok for fit in self.fits)

    @property
    def is_asked_back(self) -> bool:
        """The customer had it, and gives it back (C74, C86)."""
        is_awaited = any(one.is_open and one.kind is ProblemKind.GOODS_RETURNING for one in self.problems)
        return is_awaited and self.order.stage is Stage.COMPLETED

    @property
    def is_split_planned(self) -> bool:
        """The goods are to go in the parcels of the split, or in more."""
        return self.split is not None and self.order.parcels >= len(self.split.parcels)

    @property
    def purse(self) -> Purse:
        """What was paid, what is gone or on its way, what is left."""
        return purse_of(self.order, self.refunds)

    @property
    def ride(self) -> DriverLine | None:
        """The live job, else the last one, as the lists show it."""
        return driver_line(self.delivery, self.order, self.ground) if self.delivery else None

    @property
    def delivery(self) -> Delivery | None:
        """The live job, else the last one."""
        live = (delivery for delivery in self.deliveries if delivery.is_live)
        return next(live, self.deliveries[0] if self.deliveries else None)
