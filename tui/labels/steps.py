"""What needs a hand next: which key, in which words, how loud."""

from dataclasses import dataclass, replace
from typing import Final

from core.board.orders import NextStep, QueueLine
from core.domain.call_advice import Advice
from core.domain.delivery import DeliveryState
from core.domain.send import SendKind
from tui.i18n import N_, _
from tui.labels.tones import Tone
from tui.labels.words import word


@dataclass(frozen=True)
class StepLabel:
    """`key` is a key id, empty where there is only waiting; `teach` says why, for those who learn."""

    key: str
    message: str
    tone: Tone
    teach: str
    courier: str = ""  # whom the message names
    whole: str = ""  # the message where there is room

    @property
    def text(self) -> str:
        """In the language in use."""
        return _(self.message).format(courier=self.courier) if self.courier else _(self.message)

    @property
    def long_text(self) -> str:
        """The same where there is room."""
        return _(self.whole) if self.whole else self.text

    @property
    def is_loud(self) -> bool:
        """A person must do something now."""
        return self.tone is Tone.HAND


STEPS: Final[dict[NextStep, StepLabel]] = {
    NextStep.ACCEPT: StepLabel(
        "order.accept",
        N_("accept"),
        Tone.HAND,
        N_("Look at the ticks under “May I accept?”. Accepting promises the order: the customer can no longer cancel."),
    ),
    NextStep.READ_CHANGES: StepLabel(
        "order.see_changes",
        N_("read changes"),
        Tone.HAND,
        N_("The customer changed something. Read it first; nothing leaves on old words."),
    ),
    NextStep.PICK: StepLabel(
        "line.tick",
        N_("pick"),
        Tone.HAND,
        N_("Put the item into the bag, then tick it. A scanner ticks it for you."),
    ),
    NextStep.CHECK: StepLabel(
        "check.all",
        N_("check"),
        Tone.HAND,
        N_("Look at quantity, quality, packaging and size; tick all four, or each with Space."),
    ),
    NextStep.FINISH: StepLabel(
        "order.ready",
        N_("close the bag"),
        Tone.HAND,
        N_("Everything is ticked. Close the bag: the order is ready for a driver."),
    ),
    NextStep.SHIP: StepLabel(
        "order.ship",
        N_("call driver"),
        Tone.HAND,
        N_("Call the driver only when the goods are ready. The call waits a few seconds and can be taken back."),
    ),
    NextStep.WAIT_TO_CALL: StepLabel(
        "order.ship",
        N_("call later"),
        Tone.INFO,
        N_("It is promised for later: called now, the driver would bring it too early."),
    ),
    NextStep.HELD: StepLabel(
        "order.undo",
        N_("undo"),
        Tone.INFO,
        N_("The call leaves in a moment. Until then it can be taken back as if nothing had been."),
    ),
    NextStep.CALLING: StepLabel(
        "", N_("calling the courier"), Tone.INFO, N_("The courier is being asked. Nothing to do.")
    ),
    NextStep.WAIT_FOR_DRIVER: StepLabel(
        "", N_("finding a driver"), Tone.INFO, N_("The courier looks for a driver, usually 5 to 15 minutes.")
    ),
    NextStep.HAND_OVER: StepLabel(
        "order.hand_over",
        N_("hand over"),
        Tone.HAND,
        N_("Compare the waybill, count the parcels, give the goods to the driver."),
    ),
    NextStep.WATCH: StepLabel("", N_("on the way"), Tone.INFO, N_("The driver has the goods. Nothing to do.")),
    NextStep.WAIT_FOR_PAYMENT: StepLabel(
        "", N_("waits for payment"), Tone.MUTED, N_("Not paid yet: it does not ring and cannot be accepted.")
    ),
    NextStep.REVIEW: StepLabel(
        "order.accept",
        N_("look at it"),
        Tone.HAND,
        N_("Something is odd: read what was found, call the customer, then let it pass or refuse it. Time runs."),
    ),
    NextStep.WAIT_FOR_WORD: StepLabel(
        "order.hold",
        N_("on hold"),
        Tone.HOLD,
        N_("Somebody wants it to wait, and says why. Packing may go on; lift the hold when it is dealt with."),
    ),
}
_COMING: Final = StepLabel(
    "order.hand_over",
    N_("driver on the way"),
    Tone.INFO,
    N_("A driver has taken the job. Have the bag ready at the door."),
)
_RECALLING: Final = StepLabel(
    "order.undo",
    N_("keep the driver"),
    Tone.INFO,
    N_("The recall leaves in a moment. Until then it can be taken back."),
)


_CALL_NOW: Final = N_("call {courier} now")
_CALL_ANY_NOW: Final = N_("call driver now")
_CALL_EARLY: Final = N_("Called now, the driver comes when the bag is closed. Call, then pack on.")
_WAITS_FOR_US: Final = N_("driver is waiting")
_WAITS_FOR_THE_BAG: Final = N_("driver waits: finish packing")
_PACK_ON: Final = N_("The driver waits at the door: finish packing, close the bag, hand over.")
_IS_HERE: Final = N_("driver is here")
_LIFT: Final = N_("lift the hold")


OFF_THE_WAY: Final = frozenset({DeliveryState.RETURNING, DeliveryState.UNKNOWN, DeliveryState.FAILED})
TEACH_OFF_THE_WAY: Final = N_("Something is not as it should be. Look at the problems for what to do.")


def step(line: QueueLine) -> StepLabel:
    """The step of this order; a driver who is still riding is no reason to be loud."""
    if line.next_step is NextStep.HAND_OVER and line.delivery_state is DeliveryState.HEADING_TO_STORE:
        return _COMING
    if line.next_step is NextStep.HELD and line.held_kind is SendKind.CANCEL_COURIER:
        return _RECALLING
    if line.next_step is NextStep.SHIP and line.call is not None:
        return _call_now(line, line.call)
    if line.packing_step is not None and line.delivery_state is not None:
        return _while_coming(line)
    if line.delivery_state in OFF_THE_WAY:
        state = word(line.delivery_state)
        return StepLabel("", state.message, state.tone, TEACH_OFF_THE_WAY)
    return STEPS[line.next_step]


def _call_now(line: QueueLine, call: Advice) -> StepLabel:
    """Whom, and why before the bag is closed."""
    usual = STEPS[NextStep.SHIP]
    teach = usual.teach if line.packing_step is None else _CALL_EARLY
    return replace(
        usual,
        message=_CALL_ANY_NOW if call.is_guess else _CALL_NOW,
        teach=teach,
        courier="" if call.is_guess else call.courier,
    )


def _while_coming(line: QueueLine) -> StepLabel:
    """The bag goes on, whatever becomes of its driver; nothing is louder than one who waits for it."""
    usual = STEPS[line.next_step]
    if line.delivery_state is not DeliveryState.AT_STORE:
        return usual
    return replace(usual, message=_WAITS_FOR_US, whole=_WAITS_FOR_THE_BAG, teach=_PACK_ON, tone=Tone.HAND)


def key_words(line: QueueLine) -> str:
    """What the step's key says at the bottom where its own label would be wrong: the driver came, or a hold is on."""
    if line.next_step is NextStep.WAIT_FOR_WORD:
        return _(_LIFT)
    if line.next_step is NextStep.REVIEW:
        return STEPS[NextStep.REVIEW].text
    is_coming = line.next_step is NextStep.HAND_OVER and line.delivery_state is DeliveryState.HEADING_TO_STORE
    return _(_IS_HERE) if is_coming else ""
