"""What may be done about a problem, best first; the same on the screen and in plain mode."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from core.board.lamps import LampKind, LampLine, Light
from core.board.orders import QueueLine
from core.board.problems import ProblemLine
from core.domain.fit import Fit
from core.domain.problem import ProblemKind
from core.domain.tell import TellingEnd
from core.domain.trouble_scripts import SCRIPTS, Aid, step_of
from tui.i18n import N_, _
from tui.labels import script_ways
from tui.labels.problems import TROUBLES
from tui.labels.script_ways import Do
from tui.labels.scripts import TASKS
from tui.labels.tellings import ENDS

_CALL: Final = N_("Call a driver of {courier}")
_BOOKED: Final = N_("It was booked: type its number there …")
_NEVER_ARRIVED: Final = N_("The call never arrived there …")
_SAME: Final = N_("Say whether it is the same order …")
_DEALT_WITH: Final = N_("It is dealt with …")
BY_THE_SHOP: Final = frozenset({ProblemKind.SHOP_REFUSED, ProblemKind.SHOP_SILENT})
SILENT: Final = frozenset({ProblemKind.COURIER_DOWN, ProblemKind.COURIER_LOCKED_OUT})


@dataclass(frozen=True)
class Choice:
    """One way on: press `key` (an id), call `courier`, say how the way ended, take goods in; else it is dealt with.

    `booked`: say whether a call arrived whose answer was lost; `joins`: whether it is an order that was keyed in.
    """

    message: str
    key: str = ""
    courier: str = ""
    came_back: bool | None = None
    receives: bool = False
    booked: bool | None = None
    joins: bool = False
    end: TellingEnd | None = None  # of what the shop's system was to be told
    does: Do = Do.NOTHING  # about the trouble itself
    task: str = ""  # the step that is done

    @property
    def text(self) -> str:
        """In the language in use; the words of a key are the key's own."""
        told = {"courier": self.courier, "task": _(self.task) if self.task else ""}
        return _(self.message).format(**told) if self.message else ""


def choices(
    problem: ProblemLine, line: QueueLine | None, lamps: Iterable[LampLine], fits: Collection[Fit] = ()
) -> tuple[Choice, ...]:
    """`line` is the order's own, None when it is not open; `fits` is what is known of who can carry it.

    That it is dealt with comes last, unless that can't be.
    """
    if problem.kind is ProblemKind.BOOKING_UNSURE:  # no other word ends the doubt
        return Choice(_BOOKED, booked=True), Choice(_NEVER_ARRIVED, booked=False)
    if problem.kind is ProblemKind.JOIN_UNSURE:
        return (Choice(_SAME, joins=True),)
    if problem.kind in BY_THE_SHOP and problem.order_id is not None:  # closed without it, it would be forgotten
        return tuple(Choice(words, end=end) for end, words in ENDS.items())
    return (*_ways(problem, line, lamps, fits), Choice(_DEALT_WITH))


def _ways(
    problem: ProblemLine, line: QueueLine | None, lamps: Iterable[LampLine], fits: Collection[Fit]
) -> tuple[Choice, ...]:
    if problem.kind in SCRIPTS and problem.order_id is not None:
        return tuple(_by_script(problem, line, lamps, fits))
    keys = TROUBLES[problem.kind].keys if problem.order_id else ()
    pressed = tuple(name for name in keys if _may_help(name, problem, line))
    called = _couriers(problem, lamps, fits) if "order.ship" in pressed else ()
    return *(Choice("", key=name) for name in pressed), *called


def _by_script(
    problem: ProblemLine, line: QueueLine | None, lamps: Iterable[LampLine], fits: Collection[Fit]
) -> Iterator[Choice]:
    """What helps the step, the step itself, what helps another; and that it is something else."""
    found, step = tuple(script_ways.aids(problem, line)), step_of(problem.kind, problem.step)
    first = [aid for aid in found if step is not None and aid in step.aids]
    yield from (choice for aid in first for choice in _helped(aid, problem, line, lamps, fits))
    if step is not None:
        yield Choice(script_ways.DONE, does=Do.STEP, task=TASKS[step.task])
    rest = (aid for aid in found if aid not in first)
    yield from (choice for aid in rest for choice in _helped(aid, problem, line, lamps, fits))
    if problem.kind in script_ways.RENAMED:
        yield Choice(script_ways.RENAME, does=Do.RENAME)


def _helped(
    aid: Aid, problem: ProblemLine, line: QueueLine | None, lamps: Iterable[LampLine], fits: Collection[Fit]
) -> Iterator[Choice]:
    if aid in script_ways.KEYS:
        yield Choice("", key=script_ways.KEYS[aid])
    elif aid in script_ways.ASKED:
        words, does = script_ways.ASKED[aid]
        yield Choice(words, does=does)
    elif aid is Aid.ARRIVED:
        yield Choice(script_ways.ARRIVED, came_back=False)
    else:
        yield Choice(
            script_ways.BACK if script_ways.is_unreported(problem, line) else script_ways.RECEIVE, receives=True
        )
    if aid is Aid.CALL_DRIVER:
        yield from _couriers(problem, lamps, fits)


def _may_help(name: str, problem: ProblemLine, line: QueueLine | None) -> bool:
    """A call that is owed to a silent courier bars every other (X6): until it is recalled nothing else helps."""
    if problem.kind not in SILENT:
        return True
    return line is not None and (line.is_recallable if name == "order.recall" else line.has_no_driver)


def _couriers(problem: ProblemLine, lamps: Iterable[LampLine], fits: Collection[Fit]) -> tuple[Choice, ...]:
    """Named only where there is a choice; neither one that is down nor one the goods do not fit."""
    ours = [lamp for lamp in lamps if lamp.kind is LampKind.COURIER]
    small = {fit.courier for fit in fits} - {fit.courier for fit in fits if fit.is_ok}
    able = (lamp.name for lamp in ours if lamp.name not in small and not _is_silent(lamp, problem))
    return tuple(Choice(_CALL, courier=name) for name in able) if len(ours) > 1 else ()


def _is_silent(lamp: LampLine, problem: ProblemLine) -> bool:
    """By its lamp, or because the trouble is its own."""
    is_its_own = problem.kind in SILENT and problem.detail.startswith(f"{lamp.name}: ")
    return is_its_own or lamp.light is Light.FAIL or (lamp.vitals is not None and not lamp.vitals.is_up)
