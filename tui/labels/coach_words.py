"""Places, causes and ways of the coach's table, each in a few words."""

from typing import Final

from core.domain.cause import Cause
from core.domain.coaching import Action, CourierStep, GoodsStep
from core.domain.phase import Phase
from tui.i18n import N_, _

PHASES: Final[dict[Phase, str]] = {
    Phase.NOT_PAID: N_("not paid"),
    Phase.BEFORE_ACCEPT: N_("not accepted yet"),
    Phase.NOT_BEGUN: N_("accepted, not begun"),
    Phase.PACKING: N_("being packed"),
    Phase.PACKED: N_("packed"),
    Phase.DRIVER_CALLED: N_("a driver is called"),
    Phase.AT_STORE: N_("the driver is here"),
    Phase.ON_THE_WAY: N_("on the way to the customer"),
    Phase.AT_THE_DOOR: N_("not taken at the door"),
    Phase.DELIVERED: N_("delivered"),
    Phase.RETURNED: N_("back in the store"),
    Phase.ENDED: N_("called off or rejected"),
}
CAUSES: Final[dict[Cause, str]] = {
    Cause.CHANGED_MIND: N_("changed their mind"),
    Cause.TOO_LATE: N_("too late"),
    Cause.QUALITY: N_("wrong or bad goods"),
    Cause.DAMAGED: N_("damaged"),
    Cause.ADDRESS: N_("wrong address"),
    Cause.UNREACHABLE: N_("nobody answers or opens"),
    Cause.DUPLICATE: N_("ordered twice, or not by them"),
    Cause.OUT_OF_STOCK: N_("something is not there"),
    Cause.FORCE_MAJEURE: N_("weather, blocked roads"),
    Cause.SHOP: N_("the shop calls it off"),
}
ACTIONS: Final[dict[Action, str]] = {
    Action.CANCEL: N_("Call it off, all money back"),
    Action.CANCEL_PART: N_("Call it off, part of the money back"),
    Action.REFUND: N_("All money back"),
    Action.REFUND_PART: N_("Part of the money back"),
    Action.GO_ON: N_("It goes on: they take it, or wait"),
    Action.BRING_BACK: N_("The goods come back, then part of the money"),
    Action.REDELIVER: N_("Deliver once more, or at another time"),
    Action.COUPON: N_("Promise a coupon"),
    Action.NOTHING: N_("Only write it down"),
}
DONE: Final[dict[Action, str]] = {
    Action.CANCEL: N_("called off, all money back"),
    Action.CANCEL_PART: N_("called off, part of the money back"),
    Action.REFUND: N_("all money back"),
    Action.REFUND_PART: N_("part of the money back"),
    Action.GO_ON: N_("it goes on"),
    Action.BRING_BACK: N_("the goods are to come back"),
    Action.REDELIVER: N_("to be delivered once more"),
    Action.COUPON: N_("a coupon is promised"),
    Action.NOTHING: N_("written down"),
}
COURIERS: Final[dict[CourierStep, str]] = {
    CourierStep.NONE: "",
    CourierStep.IF_CALLED: N_("a driver called early is called off"),
    CourierStep.RECALL: N_("the call is taken back or the driver recalled"),
    CourierStep.SEND_AWAY: N_("the driver is sent away, the fee is owed"),
    CourierStep.LET_RUN: N_("phone the driver, who goes on until then"),
    CourierStep.BRING_BACK: N_("the driver brings it, phone if not"),
    CourierStep.CLAIM: N_("claim it from the courier"),
}
GOODS: Final[dict[GoodsStep, str]] = {
    GoodsStep.NONE: "",
    GoodsStep.FREE: N_("the goods stay on the shelf"),
    GoodsStep.UNPACK: N_("the goods go back on the shelf"),
    GoodsStep.RECEIVE: N_("the goods are taken in and checked when they are back"),
    GoodsStep.KEEPS: N_("the customer keeps the goods"),
    GoodsStep.CHECK: N_("the goods are here: check them"),
}


def phase(one: Phase | str) -> str:
    """Where it stands."""
    return _(PHASES[Phase(one)]) if one in set(Phase) else str(one)


def cause(one: Cause | str) -> str:
    """Why they call."""
    return _(CAUSES[Cause(one)]) if one in set(Cause) else str(one)


def action(one: Action) -> str:
    """What can be done, as on a button."""
    return _(ACTIONS[one])


def done(one: Action | str) -> str:
    """What was done."""
    return _(DONE[Action(one)]) if one in set(Action) else str(one)


def all_done(codes: str) -> str:
    """Of several, as a record keeps them."""
    return ", ".join(done(code) for code in codes.split(", "))
