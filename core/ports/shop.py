"""The shop's own system, told what becomes of its orders."""

from typing import Final, Protocol

from core.domain.ids import ChannelName
from core.domain.shop_call import ShopAbility as ShopAbility, ShopCall
from core.ports.courier import NO_LOOKUP as NO_LOOKUP

UNABLE: Final = "unable"  # nobody was asked: the shop's system knows no such call
NO_SUCH_ORDER: Final = "no_such_order"  # they know no order by that id


class ShopProblem(Exception):
    """A call to a shop's system that did not go well.

    `code` is their own word for it, or one of this module's; `retry_after` are seconds they ask us to wait.
    """

    def __init__(self, message: str, *, code: str = "", retry_after: float | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.retry_after = retry_after


class ShopRefused(ShopProblem):
    """A final no, in their words: nothing was changed, and asking again changes nothing either."""


class ShopDown(ShopProblem):
    """No answer, or one that asks for patience: to be told again with the same call.

    `may_have_happened` is False when it certainly did not: it never left, or was turned away unread.
    """

    def __init__(
        self, message: str, *, code: str = "", retry_after: float | None = None, may_have_happened: bool = True
    ) -> None:
        super().__init__(message, code=code, retry_after=retry_after)
        self.may_have_happened = may_have_happened


class ShopLockedOut(ShopProblem):
    """Our keys are refused, or have too few rights: telling again will not help, a person must act."""


class ShopDesk(Protocol):
    """The outward half of one order feed; `name` is its config section. Calls may raise the three errors above."""

    name: ChannelName
    abilities: frozenset[ShopAbility]
    cancel_refunds: bool  # with a cancel their own office gives all of the money back (C26)

    async def tell(self, call: ShopCall) -> str:
        """Say it, and hear their reference, which may be empty.

        May be repeated with the same call after `ShopDown`: whatever took effect before is not done again. Raises
        `ShopRefused` with the code `UNABLE` for what is not among `abilities`.
        """

    async def find(self, call: ShopCall) -> str | None:
        """Their reference when this very call was done already, None when it was not.

        Raises `ShopDown` with the code `NO_LOOKUP` where they cannot be asked: then `tell` again is the way.
        """

    async def ping(self) -> str:
        """Ask for something that changes nothing, to see whether our keys are taken: who they say they are."""

    async def close(self) -> None:
        """Let go of connections."""
