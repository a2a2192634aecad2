"""How a counter opens: painted first, with the orders that need a hand, then everything behind it is loaded."""

import gc
from collections.abc import Callable
from contextlib import ExitStack
from threading import Thread
from typing import TYPE_CHECKING, cast

from core.board.board import Board
from core.config.first_words import FirstWords
from core.domain.ids import StaffId
from core.services.first_look import first_look
from tui.wiring.late import Parts
from tui.wiring.screen import Ring, show

if TYPE_CHECKING:
    from tui.screens.terminal import TerminalSettings
    from tui.wiring.shop import Shop


def open_counter(shop: "Callable[[], Shop]", words: FirstWords, *, language: str = "", staff: str = "") -> None:
    """The counter of a config that was not checked yet; raises what `shop` raises, after the screen is put away."""
    gc.disable()  # everything made from here on stays
    look = _Look(words)
    from tui.wiring.clocks import WallClock

    def make(stack: ExitStack, ring: Ring) -> Parts:
        from tui.wiring.counter import joined, settings_of

        opened = shop()
        settings_of(opened, language, person, False)  # raises for what only a closer look finds
        return joined(opened, stack, person, ring, has_station=False)

    person = StaffId(staff or "counter")
    show(_settings(words, language, person), WallClock(), make, look.board)


class _Look:
    """A first look that is taken while the screen's library is loaded."""

    def __init__(self, words: FirstWords) -> None:
        self._words, self._board = words, cast("Board | None", None)
        self._thread = Thread(target=self._look, daemon=True)
        self._thread.start()

    def board(self) -> Board | None:
        self._thread.join()
        return self._board

    def _look(self) -> None:
        if self._words.file is not None:
            self._board = first_look(self._words.file, self._words.store)


def _settings(words: FirstWords, language: str, staff: StaffId) -> "TerminalSettings":
    from tui.screens.terminal import TerminalSettings

    return TerminalSettings(
        store=words.store,
        zone=words.zone,
        language=language or words.language,
        theme=words.theme,
        rows=words.rows,
        scanner_gap=words.scanner_gap_ms / 1000,
        staff=staff,
        managers=tuple(StaffId(name) for name in words.managers),
        currency=words.currency,
    )
