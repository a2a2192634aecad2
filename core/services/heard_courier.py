"""A courier whose every answer is noted, and that is left alone while it does not answer."""

from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import Final

from core.domain.delivery import Report
from core.domain.ids import CourierName
from core.domain.job import Job
from core.domain.money import Money
from core.domain.quote import Quote
from core.ports.clock import Clock
from core.ports.courier import Courier, CourierProblem, Proof, Waypoint
from core.ports.letter import Letter, Reading
from core.services.health import Health
from core.services.pulse import Pulse

NOTHING: Final = "orderbell-is-anybody-there"
"""The job that a try asks for: none has this number, and that is the answer."""
_READS: Final = "reads"


class HeardCourier:
    """Satisfies `Courier` by asking another one, unless it asked for a pause or its circuit is open.

    What is not asked raises `CourierDown` at once. Calling off and looking up go on at a limited rate: no driver
    rides on because of a circuit.
    """

    def __init__(self, courier: Courier, health: Health, clock: Clock, ticks: Callable[[], float] = monotonic) -> None:
        self._courier = courier
        self._pulse = Pulse(courier.name, health, clock, ticks)
        self.name: CourierName = courier.name
        self.kind = courier.kind
        self.abilities = courier.abilities
        self.limits = courier.limits

    async def quote(self, job: Job) -> Quote:
        """Price and times for a job."""
        self._pulse.require(may_have_happened=False)
        return await self._pulse.note(self._courier.quote(job))

    async def book(self, job: Job, quote: Quote | None = None) -> Report:
        """Call a driver. What is not asked did not happen, as far as this call goes."""
        self._pulse.require(may_have_happened=False)
        return await self._pulse.note(self._courier.book(job, quote))

    async def find(self, key: str) -> Report | None:
        """The job booked under our key."""
        self._pulse.require(all_the_same=key)
        return await self._pulse.note(self._courier.find(key), may_be_memory=True)

    async def read(self, ref: str) -> Report:
        """How a job stands; where calls are rationed, one job for all."""
        self._pulse.require(all_the_same="" if self._pulse.is_limited else _READS)
        return await self._pulse.note(self._courier.read(ref))

    async def cancel(self, ref: str, reason: str = "") -> Report:
        """End the search."""
        self._pulse.require(all_the_same=ref)
        return await self._pulse.note(self._courier.cancel(ref, reason))

    async def tip(self, ref: str, tip: Money) -> Report:
        """Raise the tip."""
        self._pulse.require(may_have_happened=False)
        return await self._pulse.note(self._courier.tip(ref, tip))

    async def proof(self, ref: str, waypoint: Waypoint, kind: Proof) -> bytes:
        """A picture or signature."""
        self._pulse.require()
        return await self._pulse.note(self._courier.proof(ref, waypoint, kind))

    def verify(self, letter: Letter) -> None:
        """Compare the signature."""
        self._courier.verify(letter)

    def read_letter(self, letter: Letter) -> Reading:
        """The reports in a letter."""
        return self._courier.read_letter(letter)

    async def close(self) -> None:
        """Let go of connections."""
        await self._courier.close()

    async def try_again(self) -> None:
        """Ask for a job that does not exist when a try is due: no real order has to find out. To be called often."""
        if self._pulse.is_try_due:
            with suppress(CourierProblem):
                await self.read(NOTHING)
