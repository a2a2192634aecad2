"""Keying orders in by hand, and saying which of a channel's copies they are: part of the desk."""

from collections.abc import Sequence
from typing import Protocol

from core.board.alike import AlikeLine
from core.domain.handwritten import HandOrder
from core.domain.ids import OrderId
from core.domain.keyed import Draft
from core.domain.wares import Ware


class EnterDesk(Protocol):
    """What is told on the telephone."""

    async def wares(self) -> Sequence[Ware]:
        """What can be chosen: the shop's own list, and what was on orders of late."""

    async def drafts(self) -> Sequence[Draft]:
        """Never confirmed, newest first, whoever keyed them in and wherever."""

    async def keep_draft(self, form: HandOrder) -> None:
        """As far as it is: not a word of it is lost with this terminal; an empty one is no draft."""

    async def drop_draft(self, draft_id: str) -> None:
        """Thrown away."""

    async def alike(self, form: HandOrder) -> Sequence[AlikeLine]:
        """Orders that came in by themselves and may be this one, best first: asked before it is read back."""

    async def enter(self, form: HandOrder, apart: Sequence[OrderId] = ()) -> OrderId:
        """Read back and confirmed (L5): an order like any other, once, however often it is asked for.

        `apart`: orders that a person says are others. Raises `NotFilledIn` (L4), and `CameAlready` for orders it
        may be and nobody has said that of.
        """

    async def join_choices(self, copy_id: OrderId) -> Sequence[AlikeLine]:
        """The keyed-in orders a channel's copy may be, best first."""

    async def decide_join(self, copy_id: OrderId, hand_id: OrderId | None) -> None:
        """The same order, or (None) another one; raises `Conflict` when somebody said so before."""
