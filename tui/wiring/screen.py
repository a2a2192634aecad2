"""A counter's screen over parts that may still have to be made."""

import logging
import os
import sys
from collections.abc import Callable
from contextlib import ExitStack
from time import monotonic
from typing import TYPE_CHECKING, Final, cast

from core.board.board import Board
from core.ports.clock import Clock
from core.ports.desk import Desk
from tui.wiring.late import Late, LateAlerts, LateDesk, LateFeed, Parts

if TYPE_CHECKING:
    from tui.screens.terminal import TerminalSettings

FRAMES: Final = "240"  # a second; Textual's own grid of 60 holds keys back
OPEN_AT_LEAST: Final = 10.0  # seconds; one that breaks sooner would only break again
TURN: Final = (
    0.0002  # seconds a thread that waits, as that which writes to the terminal, lets another go on; usually 0.005
)
Ring = Callable[[], None]
Make = Callable[[ExitStack, Ring], Parts]
"""Makes the parts; what must be put away in the end goes on the stack."""


def has_terminal() -> bool:
    """Both ends, and the one that is drawn on."""
    return all(end is not None and end.isatty() for end in (sys.__stdin__, sys.__stdout__, sys.__stderr__))


def nothing() -> None:
    """There was no first look."""


def show(terminal: "TerminalSettings", clock: Clock, make: Make, glance: Callable[[], Board | None] = nothing) -> None:
    """Until the person leaves it; after an accident it opens anew. Raises what `make` raised, or what keeps it shut."""
    os.environ.setdefault("TEXTUAL_FPS", FRAMES)
    sys.setswitchinterval(TURN)
    greeting = ""
    while True:
        opened_at = monotonic()
        accident = _show_once(terminal, clock, make, glance, greeting)
        if accident is None:
            return
        greeting, glance = _noted(accident), nothing
        if monotonic() - opened_at < OPEN_AT_LEAST:
            raise RuntimeError(greeting) from accident


def _noted(accident: Exception) -> str:
    from tui.screens.errands import noted

    logging.lastResort = None  # before there is a log file nothing may be written over the terminal
    return noted(accident)


def _show_once(
    terminal: "TerminalSettings", clock: Clock, make: Make, glance: Callable[[], Board | None], greeting: str
) -> Exception | None:
    from sounds.desktop import Desktop
    from tui.app import OrderbellApp

    app: OrderbellApp
    troubles: list[Exception] = []

    def fail(trouble: Exception) -> None:
        troubles.append(trouble)
        app.exit()

    with ExitStack() as stack:
        late = Late(lambda: make(stack, lambda: app.bell()), fail)
        app = OrderbellApp(
            desk=cast(Desk, LateDesk(late)),
            feed=LateFeed(late, glance),
            alerts=LateAlerts(late),
            desktop=Desktop(),
            clock=clock,
            terminal=terminal,
            greeting=greeting,
        )
        app.run()
    if troubles:
        raise troubles[0]
    return app.accident
