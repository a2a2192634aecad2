"""What is wrong, and what to do next."""

from dataclasses import dataclass
from typing import Final

from core.domain.problem import ProblemKind
from tui.i18n import N_, _


@dataclass(frozen=True)
class Trouble:
    """`keys` are ids of what may help, best first."""

    title: str
    advice: str
    keys: tuple[str, ...] = ()


TROUBLES: Final[dict[ProblemKind, Trouble]] = {
    ProblemKind.UNREADABLE: Trouble(
        N_("a message nobody could read"),
        N_("Look in the shop's own system whether an order is missing here. Nothing is lost: the message is kept."),
    ),
    ProblemKind.CLASH: Trouble(
        N_("the order contradicts itself"),
        N_("Call the customer and ask what is meant before you accept."),
        ("order.reject",),
    ),
    ProblemKind.NO_DRIVER: Trouble(
        N_("no driver for long"),
        N_("Recall and call another courier, or phone the courier's support. Tell the customer it will be late."),
        ("order.recall", "order.cancel"),
    ),
    ProblemKind.COURIER_REFUSED: Trouble(
        N_("the courier said no"),
        N_("Read the reason, put it right, then call a driver again."),
        ("order.ship", "order.cancel"),
    ),
    ProblemKind.COURIER_DOWN: Trouble(
        N_("the courier does not answer"),
        N_("It is tried again by itself. If it is urgent, phone the courier."),
        ("order.recall", "order.ship"),
    ),
    ProblemKind.COURIER_LOCKED_OUT: Trouble(
        N_("the courier refuses our keys"),
        N_("Call the office: the courier's keys must be renewed. Until then use another courier."),
        ("order.recall", "order.ship"),
    ),
    ProblemKind.BOOKING_UNSURE: Trouble(
        N_("was the driver booked?"),
        N_("The courier's answer was lost, and it cannot tell. Look at its site or phone it, then say what you saw."),
    ),
    ProblemKind.DELIVERY_FAILED: Trouble(
        N_("delivery failed"),
        N_("Call the customer. Then call a driver again, or cancel and give the money back."),
        ("order.ship", "order.cancel"),
    ),
    ProblemKind.RECALL_REFUSED: Trouble(
        N_("recall refused, the fee is owed"),
        N_("The driver comes all the same: hand over, or tell the driver at the door."),
        ("order.hand_over",),
    ),
    ProblemKind.GOODS_RETURNING: Trouble(
        N_("the goods come back"),
        N_("Take them in, check them, then call the customer about a new time or a refund."),
    ),
    ProblemKind.CANCELLED_LATE: Trouble(
        N_("cancelled after you accepted"),
        N_("Stop packing, put the goods back, recall the driver if one is coming; then settle who pays, and why."),
        ("order.cancel", "order.recall"),
    ),
    ProblemKind.TAKEN_OPEN: Trouble(
        N_("the driver left with an open bag"),
        N_("Look what is still here. Phone the driver to come back for it, or the customer about what is missing."),
    ),
    ProblemKind.DRIVER_CANCELLED: Trouble(
        N_("the courier called the job off"),
        N_("It goes on by itself where the store lets it. Else call another driver, and tell the customer."),
        ("order.ship", "order.cancel"),
    ),
    ProblemKind.WRONG_ADDRESS: Trouble(
        N_("the address is wrong"),
        N_("Ask the customer for the right one and tell the driver. The extra way is the customer's to pay."),
    ),
    ProblemKind.UNREACHABLE: Trouble(
        N_("nobody answers at the customer's"),
        N_("Ring three times, then agree a new time. What is not taken comes back."),
    ),
    ProblemKind.REFUSED: Trouble(
        N_("the customer refuses the goods"),
        N_("Ask why, and first try to have them taken. Else agree who pays what; the goods come back."),
    ),
    ProblemKind.DAMAGED: Trouble(
        N_("goods were damaged on the way"),
        N_("Say sorry, look at a picture or the goods, then give the money back or send new ones."),
    ),
    ProblemKind.LOST: Trouble(
        N_("nobody knows where the goods are"),
        N_("Phone the courier's support. Tell the customer, then send new goods or give the money back."),
    ),
    ProblemKind.LATE: Trouble(
        N_("the delivery is late"),
        N_("Call the customer first: say sorry, and ask whether to wait or to cancel. Then urge the courier."),
    ),
    ProblemKind.WEATHER: Trouble(
        N_("held up by weather or a closed road"),
        N_("Tell the customer why at once, and the new time. It is nobody's fault."),
        ("order.recall",),
    ),
    ProblemKind.CUSTOMER_CALLED: Trouble(
        N_("promised to a customer"),
        N_("Do what was promised on the telephone: a coupon in the shop's own system, or the goods once more."),
    ),
    ProblemKind.JOIN_UNSURE: Trouble(
        N_("the same order as one keyed in?"),
        N_("Compare phone, items and time, then say whether they are one order or two. Till then it waits."),
    ),
    ProblemKind.JOIN_DIFFERS: Trouble(
        N_("keyed in otherwise, and gone"),
        N_("The channel says something else than what was keyed in, and the goods have left. Call the customer."),
    ),
    ProblemKind.NOT_ACCEPTED: Trouble(
        N_("nobody has accepted it in time"),
        N_("Accept it now, or reject it so that the customer knows. Phone the customer if it is late."),
        ("order.accept", "order.reject"),
    ),
    ProblemKind.NOBODY_TOLD: Trouble(
        N_("nobody outside could be told"),
        N_("Accept the order or phone somebody. Then look at [tell] in the config, or call the office."),
        ("order.accept", "order.reject"),
    ),
    ProblemKind.SHOP_REFUSED: Trouble(
        N_("the shop's system says no"),
        N_("Look there what stands in the way. Put it right and try again, do it there by hand, or give it up."),
    ),
    ProblemKind.SHOP_SILENT: Trouble(
        N_("the shop's system is silent"),
        N_("It is tried again by itself. Or look there: if it is done, or you do it there by hand, say so."),
    ),
    ProblemKind.REFUND_DUE: Trouble(
        N_("money must go back"),
        N_("Give the money back in the shop's own system, with the order called off there if it is here; then say so."),
    ),
}


def title(kind: ProblemKind) -> str:
    """What is wrong."""
    return _(TROUBLES[kind].title)


def advice(kind: ProblemKind) -> str:
    """What to do next."""
    return _(TROUBLES[kind].advice)
