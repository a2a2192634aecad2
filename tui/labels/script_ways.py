"""What can be done now about a trouble that has a script, of all that its steps name."""

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Final

from core.board.orders import QueueLine
from core.board.problems import ProblemLine
from core.domain.delivery import ENDED
from core.domain.problem import ProblemKind
from core.domain.stage import BEFORE_ACCEPT, IN_THE_SHOP, Stage
from core.domain.trouble import NAMED
from core.domain.trouble_scripts import Aid, Task, aids_of, step_of
from tui.i18n import N_


class Do(StrEnum):
    """What is asked next, where no key does it."""

    NOTHING = ""
    STEP = "step"
    RENAME = "rename"
    ADDRESS = "address"
    AGAIN = "again"
    REFUND = "refund"


DONE: Final = N_("Done, and what came of it: {task}")
RENAME: Final = N_("It is something else …")
ADDRESS: Final = N_("Type in the right address …")
AGAIN: Final = N_("Send it once more: at another time …")
REFUND: Final = N_("Give the money back …")
ARRIVED: Final = N_("The customer has it")
RECEIVE: Final = N_("Take the goods in and check them")
BACK: Final = N_("The goods are back in the store")
RENAMED: Final = frozenset({*NAMED, ProblemKind.DELIVERY_FAILED, ProblemKind.GOODS_RETURNING})
KEYS: Final[dict[Aid, str]] = {
    Aid.CALL_DRIVER: "order.ship",
    Aid.RECALL: "order.recall",
    Aid.CANCEL: "order.cancel",
    Aid.HAND_OVER: "order.hand_over",
}
ASKED: Final[dict[Aid, tuple[str, Do]]] = {
    Aid.ADDRESS: (ADDRESS, Do.ADDRESS),
    Aid.SEND_AGAIN: (AGAIN, Do.AGAIN),
    Aid.REFUND: (REFUND, Do.REFUND),
}
NOBODYS: Final = frozenset({None, *ENDED})
Can = Callable[[ProblemLine, QueueLine | None], bool]


def _always(problem: ProblemLine, line: QueueLine | None) -> bool:
    return True


def _may_call(problem: ProblemLine, line: QueueLine | None) -> bool:
    return line is None or line.stage in IN_THE_SHOP


def _may_recall(problem: ProblemLine, line: QueueLine | None) -> bool:
    return line is None or line.stage in IN_THE_SHOP


def _may_cancel(problem: ProblemLine, line: QueueLine | None) -> bool:
    return line is None or line.stage in (BEFORE_ACCEPT | IN_THE_SHOP)


def is_unreported(problem: ProblemLine, line: QueueLine | None) -> bool:
    """With a driver of whom nobody hears any more."""
    return line is not None and line.stage is Stage.OUT and line.delivery_state in NOBODYS


def _may_come_back(problem: ProblemLine, line: QueueLine | None) -> bool:
    step = step_of(problem.kind, problem.step)
    is_counted = step is not None and step.task is Task.DECIDE
    stage = line.stage if line is not None else problem.stage
    return not is_counted and stage in (Stage.OUT, Stage.RETURNED, None) and not _is_carried(problem, line)


def _is_carried(problem: ProblemLine, line: QueueLine | None) -> bool:
    """The driver is on the way to the customer."""
    return line is not None and line.delivery_state not in NOBODYS and not is_awaited(problem)


def _may_refund(problem: ProblemLine, line: QueueLine | None) -> bool:
    """Goods that are on their way are looked at first, or given to the customer after all."""
    is_gone = problem.kind in (ProblemKind.LOST, ProblemKind.DAMAGED)
    if is_awaited(problem) or (_is_carried(problem, line) and not is_gone):
        return False
    stage = line.stage if line is not None else problem.stage
    return stage in (Stage.OUT, Stage.RETURNED, Stage.COMPLETED, None)


def _may_go_again(problem: ProblemLine, line: QueueLine | None) -> bool:
    return line is None and problem.stage in (Stage.RETURNED, None)


CAN: Final[dict[Aid, Can]] = {
    Aid.CALL_DRIVER: _may_call,
    Aid.RECALL: _may_recall,
    Aid.CANCEL: _may_cancel,
    Aid.HAND_OVER: _always,
    Aid.ADDRESS: _always,
    Aid.ARRIVED: is_unreported,
    Aid.RECEIVE: _may_come_back,
    Aid.SEND_AGAIN: _may_go_again,
    Aid.REFUND: _may_refund,
}


def aids(problem: ProblemLine, line: QueueLine | None) -> Iterator[Aid]:
    """Those that can succeed, of its step first."""
    return (aid for aid in aids_of(problem.kind, problem.step) if CAN[aid](problem, line))


def is_awaited(problem: ProblemLine) -> bool:
    """Goods are on their way back, or here and not counted."""
    step = step_of(problem.kind, problem.step)
    return step is not None and step.task is Task.TAKE_IN
