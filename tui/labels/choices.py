"""What may be done about a problem, best first; the same on the screen and in plain mode."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from core.board.lamps import LampKind, LampLine
from core.board.orders import QueueLine
from core.board.problems import ProblemLine
from core.domain.problem import ProblemKind
from core.domain.stage import Stage
from tui.i18n import N_, _
from tui.labels.problems import TROUBLES

_CALL: Final = N_("Call a driver of {courier}")
_ARRIVED: Final = N_("The customer has it")
_BACK: Final = N_("The goods are back in the store")
_RECEIVE: Final = N_("Take the goods in and check them")
_BOOKED: Final = N_("It was booked: type its number there …")
_NEVER_ARRIVED: Final = N_("The call never arrived there …")
_DEALT_WITH: Final = N_("It is dealt with …")


@dataclass(frozen=True)
class Choice:
    """One way on: press `key` (an id), call `courier`, say how the way ended, take goods in; else it is dealt with.

    `booked`: say whether a call arrived whose answer was lost.
    """

    message: str
    key: str = ""
    courier: str = ""
    came_back: bool | None = None
    receives: bool = False
    booked: bool | None = None

    @property
    def text(self) -> str:
        """In the language in use; the words of a key are the key's own."""
        return _(self.message).format(courier=self.courier) if self.message else ""


def choices(problem: ProblemLine, line: QueueLine | None, lamps: Iterable[LampLine]) -> tuple[Choice, ...]:
    """`line` is the order's own, None when it is not open. That it is dealt with comes last, unless that can't be."""
    if problem.kind is ProblemKind.BOOKING_UNSURE:  # no other word ends the doubt
        return Choice(_BOOKED, booked=True), Choice(_NEVER_ARRIVED, booked=False)
    return (*_ways(problem, line, lamps), Choice(_DEALT_WITH))


def _ways(problem: ProblemLine, line: QueueLine | None, lamps: Iterable[LampLine]) -> tuple[Choice, ...]:
    if problem.kind is ProblemKind.DELIVERY_FAILED and line is not None and line.stage is Stage.OUT:
        return Choice(_ARRIVED, came_back=False), Choice(_BACK, receives=True)  # nobody reports on it any more
    if problem.kind is ProblemKind.GOODS_RETURNING and problem.order_id is not None:
        return (Choice(_RECEIVE, receives=True),)
    keys = TROUBLES[problem.kind].keys if problem.order_id else ()
    pressed = tuple(Choice("", key=name) for name in keys)
    return (*pressed, *_couriers(lamps)) if "order.ship" in keys else pressed


def _couriers(lamps: Iterable[LampLine]) -> tuple[Choice, ...]:
    """Named only where there is a choice."""
    names = [lamp.name for lamp in lamps if lamp.kind is LampKind.COURIER]
    return tuple(Choice(_CALL, courier=name) for name in names) if len(names) > 1 else ()
