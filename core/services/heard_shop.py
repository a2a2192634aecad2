"""A shop's system that is left alone for a while when it does not answer, or asks for a pause."""

from collections.abc import Awaitable
from datetime import timedelta
from typing import Final, TypeVar

from core.domain.circuit import Circuit
from core.domain.shop_call import ShopCall
from core.ports.clock import Clock
from core.ports.courier import CIRCUIT_OPEN
from core.ports.shop import NO_LOOKUP, ShopDesk, ShopDown, ShopProblem

T = TypeVar("T")
SHORTEST: Final = 1.0  # seconds told to wait


class HeardShop:
    """Satisfies `ShopDesk` by asking another one.

    What is not asked raises `ShopDown` with the code `CIRCUIT_OPEN`, and did not happen as far as that call goes.
    """

    def __init__(self, desk: ShopDesk, clock: Clock) -> None:
        self._desk = desk
        self._clock = clock
        self._circuit = Circuit()
        self.name = desk.name
        self.abilities = desk.abilities
        self.cancel_refunds = desk.cancel_refunds

    @property
    def circuit(self) -> Circuit:
        """How it has answered lately."""
        return self._circuit

    async def tell(self, call: ShopCall) -> str:
        """Say it."""
        self._require()
        return await self._noted(self._desk.tell(call))

    async def find(self, call: ShopCall) -> str | None:
        """Whether it was done already."""
        self._require()
        return await self._noted(self._desk.find(call))

    async def ping(self) -> str:
        """Whether anybody is there, whatever was before."""
        return await self._noted(self._desk.ping())

    async def close(self) -> None:
        """Let go of connections."""
        await self._desk.close()

    def _require(self) -> None:
        now, until = self._clock.now(), self._circuit.until
        if until is not None and not self._circuit.admits(now):
            wait = max((until - now).total_seconds(), SHORTEST)
            words = f"not told: it does not answer, next try in {wait:.0f} s"
            raise ShopDown(words, code=CIRCUIT_OPEN, retry_after=wait, may_have_happened=False)
        self._circuit = self._circuit.started(now)

    async def _noted(self, asked: Awaitable[T]) -> T:
        """A refusal is an answer, and so is a no to our keys; a look-up that asked nobody says nothing."""
        try:
            answer = await asked
        except ShopDown as down:
            if down.code != NO_LOOKUP:
                wait = timedelta(seconds=down.retry_after or 0)
                self._circuit = self._circuit.failed(self._clock.now(), wait)
            raise
        except ShopProblem:
            self._circuit = self._circuit.answered(self._clock.now())
            raise
        self._circuit = self._circuit.answered(self._clock.now())
        return answer
