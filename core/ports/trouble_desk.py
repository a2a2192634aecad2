"""Troubles, their records and what recurs: part of the desk."""

from typing import Protocol

from core.board.recurring import Recurring
from core.domain.goods_back import Onward
from core.domain.ids import OrderId, ProblemId
from core.domain.money import Money
from core.domain.problem import ProblemKind
from core.domain.record import Record
from core.domain.second_way import SecondWay


class TroubleDesk(Protocol):
    """Name them, go through them, learn from them."""

    async def name_trouble(self, order_id: OrderId, kind: ProblemKind, words: str = "") -> None:
        """Somebody said on the telephone what is wrong: open, or what is open under its better name.

        Raises `NoSuchTrouble` for a kind that opens by itself alone.
        """

    async def step_done(self, problem_id: ProblemId, said: str = "") -> None:
        """The step a trouble stands at is done; what came of it."""

    async def readdress(self, order_id: OrderId, address: str, extra: Money | None = None) -> None:
        """The right address; what the extra way costs the customer is kept and shown, never charged here (C67)."""

    async def send_again(self, order_id: OrderId, way: SecondWay) -> None:
        """Goods that came back go once more (C70). Raises `NotCounted`, `MoneyWentBack`, `IllegalMove`."""

    async def share_back(self, order_id: OrderId, onward: Onward) -> Money:
        """What would go back for goods that came back."""

    async def record(self, problem_id: ProblemId) -> Record:
        """All that is kept of a trouble; an open one so far (L33). Raises `UnknownOrder`."""

    async def recurring(self, days: int) -> Recurring:
        """What went wrong in so many days up to now, counted (L34)."""
