"""What a key asks for, done behind the keyboard: one after the other, refusals in words, accidents with a mark."""

from asyncio import Lock
from collections.abc import Awaitable, Callable
from functools import wraps
from logging import getLogger
from typing import Protocol, TypeVar
from uuid import uuid4

from core.domain.refusal import IllegalMove, OrderRefusal
from tui import labels
from tui.i18n import _


class Sender(Protocol):
    """A page that sends errands out and says how they went."""

    @property
    def number(self) -> str:
        """What people call the chosen order."""

    @property
    def next_words(self) -> str:
        """What would lead on."""

    def say(self, words: str, *, is_bad: bool = False) -> None:
        """A short answer."""

    def send_out(self, work: Callable[[], Awaitable[None]]) -> None:
        """Run it behind the keyboard."""


logger = getLogger(__name__)
P = TypeVar("P", bound=Sender)


def errand(work: Callable[[P], Awaitable[None]]) -> Callable[[P], None]:
    """An action that may ask the desk and the person; the keyboard is free at once."""

    @wraps(work)
    def action(page: P) -> None:
        page.send_out(lambda: work(page))

    return action


class Turn:
    """One call to the desk at a time, in the order of the keys."""

    def __init__(self) -> None:
        self._lock = Lock()

    async def take(self, call: Callable[[], Awaitable[None]]) -> None:
        """Wait for those before, then call."""
        async with self._lock:
            await call()


async def carry_out(page: Sender, work: Callable[[], Awaitable[None]]) -> None:
    """Run an errand to its end; whatever happens, the person hears of it and the program lives."""
    number = page.number
    try:
        await work()
    except OrderRefusal as refusal:
        words = labels.why(refusal, number)
        page.say(f"{words} {page.next_words}".strip() if isinstance(refusal, IllegalMove) else words, is_bad=True)
    except Exception as accident:
        page.say(noted(accident), is_bad=True)


def noted(accident: BaseException) -> str:
    """Write it to the log under a mark, and tell the mark."""
    mark = f"E-{uuid4().hex[:4]}"
    logger.error("%s", mark, exc_info=accident)
    return _("Something failed here. Noted as {mark}.").format(mark=mark)
