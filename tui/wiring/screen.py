"""A counter's screen over parts that may still have to be made."""

import os
import sys
from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final, cast

from core.board.board import Board
from core.ports.clock import Clock
from core.ports.desk import Desk
from tui.wiring.late import Late, LateAlerts, LateDesk, LateFeed, Parts

if TYPE_CHECKING:
    from tui.screens.terminal import TerminalSettings

FRAMES: Final = "240"  # a second; Textual's own grid of 60 holds keys back
Ring = Callable[[], None]
Make = Callable[[ExitStack, Ring], Parts]
"""Makes the parts; what must be put away in the end goes on the stack."""


def has_terminal() -> bool:
    """Both ends."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def nothing() -> None:
    """There was no first look."""


def show(terminal: "TerminalSettings", clock: Clock, make: Make, glance: Callable[[], Board | None] = nothing) -> None:
    """Until the person leaves it; raises what `make` raised."""
    os.environ.setdefault("TEXTUAL_FPS", FRAMES)
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
        )
        app.run()
    if troubles:
        raise troubles[0]
