"""Ways to reach a person who is not at the counter."""

from typing import Protocol

from core.domain.notice import Notice


class NotTold(Exception):
    """It did not arrive, as far as anybody knows; worth another try. The words are for staff, without secrets."""


class Teller(Protocol):
    """One way; `name` is what the journal calls it."""

    @property
    def name(self) -> str:
        """`command`, `url`."""

    async def tell(self, notice: Notice) -> None:
        """Returns when it has arrived; raises `NotTold`."""

    async def close(self) -> None:
        """Let go of connections."""
