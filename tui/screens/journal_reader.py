"""What a page has read of the journal: the newest, and as far back as somebody looked."""

from asyncio import Lock
from typing import Final

from core.board.journal import JournalLine
from core.domain.ids import OrderId
from core.ports.desk import LookDesk

KEPT: Final = 2000  # lines that stay when nobody looks further back


class JournalReader:
    """`lines` newest first; `seen` is the last journal number it knows of; `of` is the one order shown, if any."""

    def __init__(self, desk: LookDesk, kept: int = KEPT) -> None:
        self.lines: tuple[JournalLine, ...] = ()
        self.seen = 0
        self.of: OrderId | None = None
        self._is_whole = False
        self._desk, self._kept = desk, kept
        self._lock = Lock()

    async def read_new(self, seen: int) -> None:
        """All that came up to this number."""
        async with self._lock:
            if seen <= self.seen:
                return
            fresh = [] if self.lines else list(await self._desk.journal(of=self.of))
            while self.lines and (part := await self._desk.journal(before=_end(fresh), after=self.seen, of=self.of)):
                fresh += part
            self.lines = (*fresh, *self.lines)
            self.seen = max(seen, self.lines[0].seen if self.lines else 0)

    async def read_older(self) -> bool:
        """A page further back; whether there was one."""
        async with self._lock:
            if self._is_whole or not self.lines:
                return False
            older = await self._desk.journal(before=self.lines[-1].seen, of=self.of)
            self.lines, self._is_whole = (*self.lines, *older), not older
            return bool(older)

    async def only(self, order_id: OrderId | None) -> None:
        """Of one order, or of all; what was read is read anew."""
        async with self._lock:
            self.of, self.lines, self._is_whole = order_id, (), False
            seen, self.seen = self.seen, 0
        await self.read_new(seen)

    def forget_old(self) -> None:
        """Nobody looks that far back any more."""
        if len(self.lines) > self._kept:
            self.lines, self._is_whole = self.lines[: self._kept], False


def _end(lines: list[JournalLine]) -> int | None:
    return lines[-1].seen if lines else None
