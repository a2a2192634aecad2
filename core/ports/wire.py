"""What the wire shows beside an answer, told to whoever listens while a call is made."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, kw_only=True)
class CallsLeft:
    """By the courier's own headers; `anew_in` are seconds. None: not said."""

    left: int
    most: int | None = None
    anew_in: float | None = None


@dataclass(frozen=True, kw_only=True)
class TokenAge:
    """Seconds since we got it, and until it ends."""

    age: float
    left: float


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """A question that was answered, whatever the answer; `took` are seconds. `token` None: proved in another way."""

    took: float
    calls_left: CallsLeft | None = None
    token: TokenAge | None = None


Ear = Callable[[Exchange], None]
_EAR: Final[ContextVar[Ear | None]] = ContextVar("ear", default=None)


@contextmanager
def listening(ear: Ear) -> Iterator[None]:
    """`ear` hears every exchange made in this block, in tasks begun in it too: no adapter hands it on."""
    before = _EAR.set(ear)
    try:
        yield
    finally:
        _EAR.reset(before)


def tell(exchange: Exchange) -> None:
    """Something was answered."""
    if (ear := _EAR.get()) is not None:
        ear(exchange)
