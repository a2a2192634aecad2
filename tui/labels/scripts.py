"""What is done about a trouble, step by step, in words; what happened to it, in sentences."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from core.board.problems import ProblemLine
from core.domain import events as happening
from core.domain.events import Event
from core.domain.problem import ProblemKind
from core.domain.trouble_scripts import SCRIPTS, First, Task, step_of
from tui.i18n import N_, _
from tui.labels.amounts import money
from tui.labels.bearers import bearer

TASKS: Final[dict[Task, str]] = {
    Task.CALL_SUPPORT: N_("Phone the courier's support, with the waybill at hand."),
    Task.CALL_DRIVER: N_("Call another driver."),
    Task.TELL_LATE: N_("Call the customer before they call: say why, say sorry, ask whether to wait or to cancel."),
    Task.CANCEL_REFUND: N_("Nobody comes: cancel, and give the money back."),
    Task.ASK_ADDRESS: N_("Ask the customer for the right address, read it back, tell the driver."),
    Task.EXTRA_WAY: N_("Say what the extra way costs, and that it is theirs to pay. Type it in."),
    Task.RING: N_("Ring the customer: first try. The driver waits at the door."),
    Task.RING_AGAIN: N_("Ring once more, and send a message."),
    Task.NEW_TIME: N_("Agree another time with the customer."),
    Task.PERSUADE: N_("Ask why, and try kindly to have the goods taken."),
    Task.AGREE_SHARE: N_("Firmly refused: agree what part of goods and way the customer pays."),
    Task.APOLOGISE: N_("Say sorry first, listen, write down what is damaged."),
    Task.VERIFY: N_("Look at a picture, or at the goods when they are back."),
    Task.MAKE_GOOD: N_("Offer money back or new goods, as the customer likes."),
    Task.URGE: N_("Phone the courier: where is the driver, and how long still?"),
    Task.CLAIM: N_("Claim the loss from the courier; offer the customer a coupon."),
    Task.TELL_CAUSE: N_("Tell the customer at once: why, sorry, and the new time."),
    Task.TAKE_IN: N_("Take the goods in when they come, and check them."),
    Task.DECIDE: N_("Call the customer: a new time, or the money back."),
    Task.HAND_OVER: N_("The driver comes all the same: hand over, or tell the driver at the door."),
    Task.SETTLE_FEE: N_("Check the courier's bill: the fee is owed once."),
}
FIRSTS: Final[dict[First, str]] = {
    First.SEARCH: N_("The search goes on by itself, as the store wants it."),
    First.WATCH: N_("The courier is asked again and again how it stands."),
    First.NOTE: N_("Noted by itself, and timed."),
}
SENTENCES: Final[dict[type[Event], str]] = {
    happening.ProblemGrew: N_("{problem}: nobody is at it ({louder})"),
    happening.ProblemNamed: N_("it is rather: {problem}"),
    happening.StepDone: N_("done: {task}"),
    happening.AddressCorrected: N_("the address was corrected"),
    happening.SentAgain: N_("it goes once more, pieces in the bag: {pieces}"),
}
_STEP_SAID: Final = N_("done: {task} {said}")
_EXTRA: Final = N_("the address was corrected; the customer pays {amount} for the extra way")
_AGAIN_EXTRA: Final = N_("it goes once more, pieces in the bag: {pieces}; the customer pays {amount} for it")


@dataclass(frozen=True)
class ScriptLine:
    """`sign`: ✓ done, ▶ now, · to come."""

    sign: str
    text: str
    is_now: bool = False


def of_trouble(event: Event) -> str:
    """A sentence that depends on what is known; empty: the usual one."""
    if isinstance(event, happening.StepDone) and event.said:
        return _STEP_SAID
    if isinstance(event, happening.AddressCorrected) and event.amount:
        return _EXTRA
    return _AGAIN_EXTRA if isinstance(event, happening.SentAgain) and event.amount else ""


def task(name: str) -> str:
    """The journal may hold words of another version."""
    return _(TASKS[Task(name)]) if name in set(Task) else name


def script_lines(kind: ProblemKind, at: int) -> Iterator[ScriptLine]:
    """What happens by itself, then each step; nothing for a trouble without a script."""
    script = SCRIPTS.get(kind)
    if script is None:
        return
    yield ScriptLine("✓", _(FIRSTS[script.first]))
    for place, step in enumerate(script.steps):
        sign = "✓" if place < at else "▶" if place == at else "·"
        yield ScriptLine(sign, _(TASKS[step.task]), is_now=place == at)


def now_to_do(kind: ProblemKind, at: int) -> str:
    """The step it stands at; empty without a script."""
    step = step_of(kind, at)
    return _(TASKS[step.task]) if step else ""


def who_pays(line: ProblemLine) -> str:
    """`who pays: the courier · so far NT$89`; empty where nothing is known."""
    word = bearer(line.bearer)
    said = [_("who pays: {bearer}").format(bearer=word.text)] if word else []
    if line.cost is not None and line.cost.minor:
        said.append(_("so far {amount}").format(amount=money(line.cost)))
    return " · ".join(said)
