"""Why something was not done: rule, what was found, what is allowed, in words for the counter."""

from collections.abc import Callable
from typing import Final

from core.domain import refusal as no
from core.domain.checklist import Check
from core.domain.delivery import DeliveryState
from core.domain.fit import DoesNotFit
from core.domain.payment import Payment
from core.domain.short_move import NothingGoes
from core.domain.stage import Stage
from core.domain.swap import NotSold
from core.domain.wish_line import NotAsked
from tui.i18n import N_, _
from tui.labels.amounts import figures
from tui.labels.coach_words import all_done
from tui.labels.fits import who_is_out
from tui.labels.shorts import ask_words
from tui.labels.words import fields, word

REFUSALS: Final[dict[type[no.OrderRefusal], str]] = {
    no.OrderRefusal: N_("That cannot be done now. Found: {found}. Allowed: {allowed}."),
    no.IllegalMove: N_("{number} is “{found}”: this cannot be done now."),
    no.UnknownOrder: N_("No order goes by {found}."),
    no.Ambiguous: N_("Several orders are called {found}. Choose one in the list."),
    no.Conflict: N_("{number}: someone else was first. It is {found} now."),
    no.AlreadyAccepted: N_("{number} was accepted by {allowed} first. It is “{found}” now."),
    no.AcceptedAlready: N_("{number} is accepted already. It is “{found}” now."),
    no.StillReported: N_("A courier still reports on {number}: its word says how it ends."),
    no.NotPaid: N_("{number} is not paid: {found}. Only paid orders may be accepted."),
    no.OutsideHours: N_("The store takes orders {allowed}; it is {found} now."),
    no.TooHeavy: N_("{number} weighs {found} kg, allowed are {allowed}."),
    no.TooManyPieces: N_("{number} has {found} items, allowed are {allowed}."),
    no.OverCap: N_("That would be order {found} of {allowed} this hour. A manager may allow it."),
    no.DeadlinePassed: N_("Too late: it is {found}, and {number} had to be accepted by {allowed}."),
    no.JoinFirst: N_("{number} may be {found}, keyed in by hand. Say first whether it is the same order."),
    no.CameAlready: N_("It has come in by itself already: #{found}. Nothing was entered."),
    no.NotFilledIn: N_("Still missing: {found}."),
    no.NotConfirmed: N_("Nothing is entered before it was read back and confirmed twice."),
    no.OnHold: N_("{number} is on hold: {found} ({allowed}). Lift the hold first."),
    no.HeldAlready: N_("{number} is held already: {found} ({allowed})."),
    no.NotHeld: N_("{number} is not on hold."),
    no.BadTime: N_("That is no time to come: {found}. Allowed: {allowed}."),
    no.InReview: N_("{number} is to be looked at first: {found}. Then it can be accepted."),
    no.ReviewOpen: N_("{number} cannot pass: {found}. Put the right words in first."),
    no.BadAddress: N_("Nobody could be found by that address: {found}."),
    no.BadPhone: N_("Nobody could be called by that number."),
    no.NothingNew: N_("{number}: these words stand there already."),
    no.NotAManager: N_("This needs a manager's name, PIN and reason."),
    no.NoReason: N_("This needs a reason: it is kept with the order."),
    no.UnknownLine: N_("“{found}” is no item of {number}. Is it the right bag?"),
    no.PackingIncomplete: N_("{number} is not complete. Still open: {found}."),
    no.UnseenChanges: N_("{number} was changed ({found}). Read the changes first."),
    no.NotReady: N_("{number} is “{found}”: call a driver when the bag is closed."),
    no.BagOpen: N_("{number} is “{found}”: close the bag, then hand it over."),
    no.TooEarly: N_("{number} is not packed yet. A driver called before {allowed} would wait; it is {found}."),
    no.NoCourier: N_("No courier can carry {number}: {found}. Allowed: {allowed}."),
    DoesNotFit: N_("{number} fits no courier: {found}."),
    no.NoOffer: N_("No courier takes {number}: {found}."),
    no.OverLimits: N_("No driver is called for {number}: {found}. A person may choose one by hand."),
    no.AlreadyCalled: N_("A driver is called already for {number}: {found}."),
    no.NotRecallable: N_("{number}: “{found}”. A driver can be recalled only while one is being looked for."),
    no.NothingUnsure: N_("{number}: no call is in doubt. It is known what became of it."),
    no.JobOfAnother: N_("{found} belongs to {allowed}. Look at the courier's site once more."),
    no.NothingToTakeBack: N_("Too late: the call has left already."),
    no.NothingHeld: N_("Nothing waits to be sent."),
    no.NoDriverYet: N_("No driver for {number} yet: {found}."),
    no.WrongWaybill: N_("WRONG WAYBILL: this is {found}, the order's is {allowed}. Do not hand over."),
    no.WrongParcels: N_("You counted {found} parcels, the order has {allowed}."),
    no.WrongPin: N_("Wrong PIN. Ask the driver again."),
    no.TooManyPins: N_("{found} wrong PINs for {number}. Only a manager may let it go, with a reason."),
    no.NothingCameBack: N_("No goods of {number} are to be received: it is “{found}”."),
    no.NotCounted: N_("Count the goods of {number} first: take them in and check them."),
    no.MoneyWentBack: N_("{number} was paid back ({found}). It cannot go once more: take a new order."),
    no.NoAddress: N_("An address is needed."),
    no.NothingWrong: N_("Nothing is wrong with {number}."),
    no.NoSuchTrouble: N_("“{found}” shows by itself. Allowed: {allowed}."),
    no.PartialUsedUp: N_("{number} was shipped short once already. The rest goes through return and refund."),
    NotAsked: N_("Ask the customer first about {allowed}: {found}."),
    NotSold: N_("The shop's list of goods has no “{found}”."),
    NothingGoes: N_("Nothing of {number} would go: that is no partial shipment. Cancel it, and the money goes back."),
    no.NotOffered: N_("The table has no such way for {number} as it is now. It has: {allowed}."),
    no.TooMuchBack: N_("{found} cannot go back: {allowed} are left of what was paid for {number}."),
    no.NothingToSettle: N_("{number}: the shop's system has refused nothing, and owes no answer."),
    no.StillOwed: N_("{number}: first say how it goes on: told once more, done there by hand, or given up."),
    no.BeingTold: N_("{number}: the shop's system is asked at this moment. Try again when it has answered."),
    no.MayBeDone: N_("{number}: the money may have gone back already. Look there; say that it is done, or try again."),
    no.BadQuantity: N_("{found} pieces do not go: allowed are {allowed}."),
}

NOBODY_CALLED: Final = N_("No driver was called for {number}: there is nobody to recall.")
CHANGED_MEANWHILE: Final = N_("{number}: someone else was first. Look again, then press the key once more.")
NONE: Final = frozenset({"", "none"})


def why(refusal: no.OrderRefusal, number: str = "") -> str:
    """One sentence with rule, number found and number allowed."""
    sentence = _(_sentence(refusal))
    order = f"#{refusal.number or number}" if refusal.number or number else _("The order")
    said = sentence.format(number=order, found=_said(refusal, refusal.found), allowed=_said(refusal, refusal.allowed))
    return f"{said} ({refusal.rule})" if refusal.rule else said


def _sentence(refusal: no.OrderRefusal) -> str:
    if type(refusal) is no.Conflict and not refusal.found:
        return CHANGED_MEANWHILE
    if isinstance(refusal, no.NotRecallable) and refusal.found in NONE:
        return NOBODY_CALLED
    return REFUSALS.get(type(refusal), REFUSALS[no.OrderRefusal])


def _said(refusal: no.OrderRefusal, found: str) -> str:
    if isinstance(refusal, DoesNotFit):
        return who_is_out(refusal.fits)
    if isinstance(refusal, (no.OnHold, no.HeldAlready)):  # a person's own words
        return found
    if isinstance(refusal, (no.InReview, no.ReviewOpen, no.BadAddress)):
        return _odd(refusal, found)
    if isinstance(refusal, (no.TooHeavy, no.NoCourier)):
        found = figures(found)
    if isinstance(refusal, no.OverLimits):
        from tui.labels.offers import reason  # rarely needed, and not for the first picture

        return reason(refusal.why)
    if isinstance(refusal, NotAsked):
        return ask_words(found)
    if isinstance(refusal, no.NotOffered):
        return all_done(found)
    if isinstance(refusal, no.NoDriverYet) and found in NONE:
        return _("none was called")
    if isinstance(refusal, no.NotFilledIn):
        from tui.labels.by_hand import lacking_words

        return lacking_words(found)
    if isinstance(refusal, no.UnseenChanges):
        return fields(tuple(part.strip() for part in found.split(",")))
    if isinstance(refusal, no.PackingIncomplete):
        return _(", ").join(_known(part.strip(), (_check,)) for part in found.split(","))
    return _known(found, (_stage, _payment, _state))


def _odd(refusal: no.OrderRefusal, found: str) -> str:
    from tui.labels import review  # rarely needed, as above

    return review.why(found) if isinstance(refusal, no.BadAddress) else review.kind_words(found)


def _known(found: str, readers: tuple[Callable[[str], str], ...]) -> str:
    """The house's word for a member of one of its enums; anything else stays as it was said."""
    for reader in readers:
        try:
            return reader(found)
        except ValueError:
            continue
    return _("nothing") if found in NONE else found


def _stage(found: str) -> str:
    return word(Stage(found)).text


def _payment(found: str) -> str:
    return word(Payment(found)).text


def _state(found: str) -> str:
    return word(DeliveryState(found)).text


def _check(found: str) -> str:
    return word(Check(found)).text
