"""Keeps what is typed while it is typed: one call to the desk at a time, the newest words last."""

from collections.abc import Awaitable, Callable

from core.domain.handwritten import HandOrder
from tui.screens.errands import noted


class DraftKeeper:
    """`keep` is the desk's; `complain` hears of it when nothing can be kept."""

    def __init__(self, keep: Callable[[HandOrder], Awaitable[None]], complain: Callable[[str], None]) -> None:
        self._keep, self._complain = keep, complain
        self._next: HandOrder | None = None
        self._kept: HandOrder | None = None
        self._is_busy = False

    async def save(self, form: HandOrder) -> None:
        """Returns when it, or something newer, is on disk or on its way there."""
        self._next = form
        if self._is_busy:
            return
        self._is_busy = True
        try:
            await self._write()
        except Exception as accident:
            self._complain(noted(accident))
        finally:
            self._is_busy = False

    async def _write(self) -> None:
        while (form := self._next) is not None:
            self._next = None
            if form != self._kept:
                await self._keep(form)
                self._kept = form
