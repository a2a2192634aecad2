"""A courier whose every answer is noted, so that its lamp tells the truth."""

from collections.abc import Awaitable
from typing import TypeVar

from core.domain.delivery import Report
from core.domain.ids import CourierName
from core.domain.job import Job
from core.domain.money import Money
from core.domain.quote import Quote
from core.ports.clock import Clock
from core.ports.courier import Courier, CourierDown, CourierLockedOut, CourierRefused, Proof, Waypoint
from core.ports.letter import Letter, Reading
from core.services.health import Health

T = TypeVar("T")


class HeardCourier:
    """Satisfies `Courier` by asking another one."""

    def __init__(self, courier: Courier, health: Health, clock: Clock) -> None:
        self._courier = courier
        self._health = health
        self._clock = clock
        self.name: CourierName = courier.name
        self.kind = courier.kind
        self.abilities = courier.abilities
        self.limits = courier.limits

    async def quote(self, job: Job) -> Quote:
        """Price and times for a job."""
        return await self._note(self._courier.quote(job))

    async def book(self, job: Job, quote: Quote | None = None) -> Report:
        """Call a driver."""
        return await self._note(self._courier.book(job, quote))

    async def find(self, key: str) -> Report | None:
        """The job booked under our key."""
        return await self._note(self._courier.find(key))

    async def read(self, ref: str) -> Report:
        """How a job stands."""
        return await self._note(self._courier.read(ref))

    async def cancel(self, ref: str, reason: str = "") -> Report:
        """End the search."""
        return await self._note(self._courier.cancel(ref, reason))

    async def tip(self, ref: str, tip: Money) -> Report:
        """Raise the tip."""
        return await self._note(self._courier.tip(ref, tip))

    async def proof(self, ref: str, waypoint: Waypoint, kind: Proof) -> bytes:
        """A picture or signature."""
        return await self._note(self._courier.proof(ref, waypoint, kind))

    def verify(self, letter: Letter) -> None:
        """Compare the signature."""
        self._courier.verify(letter)

    def read_letter(self, letter: Letter) -> Reading:
        """The reports in a letter."""
        return self._courier.read_letter(letter)

    async def close(self) -> None:
        """Let go of connections."""
        await self._courier.close()

    async def _note(self, asked: Awaitable[T]) -> T:
        try:
            answer = await asked
        except CourierRefused:  # a refusal is an answer
            self._heard()
            raise
        except (CourierDown, CourierLockedOut) as error:
            self._heard(str(error))
            raise
        self._heard()
        return answer

    def _heard(self, trouble: str = "") -> None:
        self._health.heard_courier(self.name, self._clock.now(), trouble)
