"""Why something was not done: each refusal has a type, names the rule, the number found and the number allowed."""

from typing import ClassVar

from core.domain.ids import OrderId
from core.domain.why import Why


class OrderRefusal(Exception):
    """Nothing changed. `rule` is the rule's id, `found` and `allowed` are words for the screen."""

    rule: ClassVar[str] = ""
    number: str = ""  # of the order it is about, where several were named

    def __init__(self, message: str, *, found: str = "", allowed: str = "") -> None:
        super().__init__(message)
        self.found = found
        self.allowed = allowed


class IllegalMove(OrderRefusal):
    """The table of moves has no such step."""

    def __init__(self, before: str, after: str) -> None:
        super().__init__(f"an order that is {before} cannot become {after}", found=before, allowed=after)
        self.before = before
        self.after = after


class UnknownOrder(OrderRefusal):
    """No order goes by that number or id."""


class Ambiguous(OrderRefusal):
    """Several orders share the number; the ids tell them apart."""


class Conflict(OrderRefusal):
    """Someone else was first."""


class AlreadyAccepted(Conflict):
    """`allowed` is who did, `found` the stage it is in now."""


class AcceptedAlready(AlreadyAccepted):
    """The very person who asks again did."""


class StillReported(Conflict):
    """A courier still says how the way goes on."""


class NotPaid(OrderRefusal):
    rule = "C20"


class OutsideHours(OrderRefusal):
    rule = "C18"


class TooHeavy(OrderRefusal):
    rule = "C101"


class TooManyPieces(OrderRefusal):
    rule = "C102"


class OverCap(OrderRefusal):
    rule = "C100"


class DeadlinePassed(OrderRefusal):
    rule = "L12"


class OnHold(OrderRefusal):
    """Somebody wants it to wait: `found` is why, `allowed` who says so (0028)."""


class HeldAlready(Conflict):
    """Somebody else was first: `found` is why, `allowed` who."""


class NotHeld(OrderRefusal):
    """There is nothing to lift."""


class BadTime(OrderRefusal):
    """It is over already: `allowed` is the time it is, `found` the time said."""


class InReview(OrderRefusal):
    """Something was found odd, and nobody has looked: `found` is what."""

    rule = "H1"


class ReviewOpen(OrderRefusal):
    """Words are missing without which nobody can be found or called: `found` is what is wrong with them."""

    rule = "H5"


class BadAddress(OrderRefusal):
    """Nobody could be found by it: `found` is why."""

    rule = "H5"


class BadPhone(OrderRefusal):
    """Nobody could be called by it."""

    rule = "H4"


class NothingNew(OrderRefusal):
    """The same words stand there already."""


class JoinFirst(OrderRefusal):
    """It may be an order that was keyed in by hand: whether it is must be said first; `found` is which (0029)."""

    def __init__(self, message: str, *, found: str, order_id: OrderId) -> None:
        super().__init__(message, found=found)
        self.order_id = order_id


class CameAlready(OrderRefusal):
    """What is being keyed in came in by itself: `found` is its number there, `ids` the orders it may be."""

    rule = "L3"

    def __init__(self, message: str, *, found: str, ids: tuple[OrderId, ...], is_sure: bool) -> None:
        super().__init__(message, found=found)
        self.ids, self.is_sure = ids, is_sure


class NotFilledIn(OrderRefusal):
    """An order keyed in lacks something: `found` is what, as in `Lack`."""

    rule = "L4"


class NotConfirmed(OrderRefusal):
    """Nothing is created before it was read back and confirmed."""

    rule = "L5"


class NotAManager(OrderRefusal):
    """The step needs a manager and a reason."""


class NoReason(OrderRefusal):
    """The step is kept with a reason."""


class UnknownLine(OrderRefusal):
    """The order has no such line."""


class PackingIncomplete(OrderRefusal):
    rule = "C29–C32"


class UnseenChanges(OrderRefusal):
    """The customer changed something that nobody here has read yet."""

    rule = "Y55"


class NotReady(OrderRefusal):
    rule = "C39"


class BagOpen(OrderRefusal):
    """The driver was called while it was packed, and it still is."""


class TooEarly(NotReady):
    """The driver would wait for the goods: `allowed` is when to call, `found` the time it is."""

    rule = "C43"


class NoCourier(OrderRefusal):
    """No courier is configured that can carry it."""


class NoOffer(NoCourier):
    """Those that could carry it said no; `found` is who said what."""


class OverLimits(NoCourier):
    """Every offer is beyond what the store allows without a person: `why` has the numbers."""

    def __init__(self, why: Why) -> None:
        super().__init__(f"every offer is over the store's limits; {why.next} comes nearest", found=why.next or "none")
        self.why = why


class AlreadyCalled(OrderRefusal):
    rule = "X6"


class NotRecallable(OrderRefusal):
    rule = "C77"


class NothingUnsure(OrderRefusal):
    """No call is in doubt: whether it was booked is known."""


class JobOfAnother(Conflict):
    """The courier's number belongs to another order, or to another call."""


class NothingToTakeBack(OrderRefusal):
    """The send has left."""


class NothingHeld(NothingToTakeBack):
    """There was none."""


class NoDriverYet(OrderRefusal):
    """Goods can only be handed to a driver who has taken the job."""


class WrongWaybill(OrderRefusal):
    rule = "C49"


class WrongParcels(OrderRefusal):
    rule = "C50"


class WrongPin(OrderRefusal):
    rule = "C57"


class TooManyPins(OrderRefusal):
    """The PIN was wrong too often: only a manager's word, with a reason, lets the goods go."""

    rule = "C57"


class NothingCameBack(OrderRefusal):
    """No goods of the order are on their way back, or here and not looked at yet."""

    rule = "C68"


class NotCounted(NothingCameBack):
    """The goods are said to be back, and nobody has looked at them."""


class MoneyWentBack(OrderRefusal):
    """The goods were paid back: nobody gets both."""


class NoAddress(OrderRefusal):
    """Nothing goes nowhere."""

    rule = "C66"


class NothingWrong(OrderRefusal):
    """No such trouble of the order is open."""


class NoSuchTrouble(OrderRefusal):
    """A kind of trouble that only opens by itself, or that this order cannot have."""


class PartialUsedUp(OrderRefusal):
    rule = "C76"


class TooMuchBack(OrderRefusal):
    """More than is left of what was paid, or nothing: `allowed` is what is left."""


class NothingToSettle(OrderRefusal):
    """The shop's system has refused nothing of this order, and owes no answer."""


class StillOwed(OrderRefusal):
    """The shop's system is still to be told: how that ends must be said."""


class BeingTold(Conflict):
    """The shop's system is asked at this moment: its answer must be awaited."""


class MayBeDone(OrderRefusal):
    """The money may have gone back already: it cannot be given up, only looked for there."""


class NotOffered(OrderRefusal):
    """The coach's table has no such way here: `allowed` are those it has."""


class BadQuantity(OrderRefusal):
    """More, or less, than was ordered."""
