"""A company that carries."""

from enum import StrEnum
from typing import Final, Protocol, TypeAlias

from core.domain.delivery import Report
from core.domain.ids import CourierName
from core.domain.job import Job
from core.domain.limits import CourierLimits
from core.domain.money import Money
from core.domain.proof import ProofKind, Waypoint as Waypoint
from core.domain.quote import Quote
from core.ports.letter import Letter, Reading

Proof: TypeAlias = ProofKind


class Ability(StrEnum):
    """What not every courier can do; keys for the rest do not appear."""

    QUOTE = "quote"
    CANCEL = "cancel"
    TIP = "tip"
    PROOF = "proof"
    PIN = "pin"  # the customer says it at the door
    PICKUP_PIN = "pickup_pin"  # the driver says it in the store


CIRCUIT_OPEN: Final = "circuit_open"  # not called, for it did not answer others
RATE_LIMIT: Final = "rate_limit"  # not called, for it asked for a pause
TOO_LARGE: Final = "too_large"  # the answer does not end
NO_LOOKUP: Final = "no_lookup"  # nobody was asked: it keeps no list by our key


class CourierProblem(Exception):
    """A call to a courier that did not go well; `code` is the courier's own word for it."""

    def __init__(self, message: str, *, code: str = "") -> None:
        super().__init__(message)
        self.code = code


class CourierRefused(CourierProblem):
    """A final no: nothing was booked or changed. `try_another` when another courier may still say yes.

    `fee`: what a recall that came too late costs, where they say so.
    """

    def __init__(self, message: str, *, code: str = "", try_another: bool = True, fee: Money | None = None) -> None:
        super().__init__(message, code=code)
        self.try_another = try_another
        self.fee = fee


class NoSuchJob(CourierRefused):
    """They know no job by this name, or none any more."""


class CourierDown(CourierProblem):
    """No answer, or one that asks for patience. Whether the call took effect is unknown: repeat with the same key.

    `may_have_happened` is False when it certainly did not: it never left, or was turned away unread.
    """

    def __init__(
        self, message: str, *, code: str = "", retry_after: float | None = None, may_have_happened: bool = True
    ) -> None:
        super().__init__(message, code=code)
        self.retry_after = retry_after  # seconds
        self.may_have_happened = may_have_happened


class RateLimited(CourierDown):
    """Too many calls: it is there, and asks for a pause."""


class CourierLockedOut(CourierProblem):
    """Our keys are refused: calling again will not help, a person must act."""


class Courier(Protocol):
    """One courier account; `name` is its config section. Every call may raise the three errors above."""

    name: CourierName
    kind: str
    abilities: frozenset[Ability]
    limits: CourierLimits

    async def quote(self, job: Job) -> Quote:
        """Price and times for a job."""

    async def book(self, job: Job, quote: Quote | None = None) -> Report:
        """Call a driver, once per `job.key`: a repeat answers with the job that exists."""

    async def find(self, key: str) -> Report | None:
        """The job we booked under `key`, None if there is none: asked after a lost answer.

        Raises `CourierDown` for as long as a courier that keeps no list of our keys cannot tell.
        """

    async def read(self, ref: str) -> Report:
        """How a job stands now."""

    async def cancel(self, ref: str, reason: str = "") -> Report:
        """End the search for a driver; raises `CourierRefused` when it is too late and the fee is owed."""

    async def tip(self, ref: str, tip: Money) -> Report:
        """Make the tip, or the fee for being first, `tip` in all: asked twice it is no more.

        Raises `CourierRefused` when it can't be raised, or not just now.
        """

    async def proof(self, ref: str, waypoint: Waypoint, kind: Proof) -> bytes:
        """A picture or signature: the bytes of a PNG, or of a JPEG where the courier keeps that."""

    def verify(self, letter: Letter) -> None:
        """Compare the signature over the raw bytes; raises `BadSignature`."""

    def read_letter(self, letter: Letter) -> Reading:
        """The reports in a verified letter; raises `Unreadable`."""

    async def close(self) -> None:
        """Let go of connections."""
