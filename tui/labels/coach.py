"""What the coach says of an order: who pays, what to say, what can be done, with the sums."""

from typing import Any

from core.domain.coaching import Action, Cell, Share, Way
from core.domain.events import AgreementMade
from core.domain.money import BadMoney, Money
from core.domain.situation import CALLS_OFF, Counsel, Offer, Situation
from core.domain.stage import Stage
from tui.i18n import _
from tui.labels.amounts import money
from tui.labels.bearers import BEARERS, bearer
from tui.labels.coach_sentences import SENTENCES
from tui.labels.coach_words import COURIERS, GOODS, action, cause, done, phase
from tui.labels.costs import recall_cost


def who_pays(cell: Cell) -> str:
    """`◐ store and customer (L24)`."""
    word = BEARERS[cell.bearer]
    return f"{word.sign} {word.text} ({cell.rule})"


def sentence(counsel: Counsel) -> str:
    """What to say, with the sum that is suggested first."""
    sums = (offer.suggested for offer in counsel.offers if offer.suggested.minor)
    return _(SENTENCES[counsel.say]).format(sum=money(next(sums, counsel.offers[0].suggested)))


def plain_sentence(cell: Cell) -> str:
    """The same where no order is chosen."""
    return _(SENTENCES[cell.say]).format(sum=_("{percent} %").format(percent=_first_percent(cell)))


def what_happens(cell: Cell) -> str:
    """To courier and goods, in a sentence; empty where nothing does."""
    steps = (COURIERS[cell.courier], GOODS[cell.goods])
    what = " · ".join(_(step) for step in steps if step)
    if not what:
        return ""
    actions = {one.action for one in cell.ways}
    if actions & CALLS_OFF:
        return _("Called off: {what}.").format(what=what)
    said = _("Brought back: {what}.") if Action.BRING_BACK in actions else _("{what}.")
    return said.format(what=what)


def driver_words(situation: Situation) -> str:
    """Whom to phone, while the driver has the goods."""
    job = situation.job
    driver = job.driver if job is not None and situation.order.stage is Stage.OUT else None
    if driver is None or not driver.phone:
        return ""
    return _("The driver: {name}, {phone}.").format(name=driver.name, phone=driver.phone)


def offered(offer: Offer) -> str:
    """A way with its sum, as on a button."""
    words = action(offer.action)
    if offer.most.minor:
        words += f" · {money(offer.suggested)}"
    return f"{words} · {_('manager')}" if offer.way.needs_manager else words


def driver_cost(situation: Situation) -> str:
    """What sending the driver off costs, while the order can still be called off."""
    return recall_cost(situation.job) if situation.order.is_in_the_shop else ""


def plain_sum(amount: Money) -> str:
    """As one types it: `620`, `620.50`."""
    whole, _point, cents = amount.text.partition(".")
    return amount.text if cents.strip("0") else whole


def limits(offer: Offer, situation: Situation) -> str:
    """Between which sums a person may agree by themselves."""
    if offer.way.needs_manager:
        words = _("Suggested {sum}, usual {least} to {most}, with a manager's word. {left} is left of the money.")
    else:
        words = _("Suggested {sum}. From {least} to {most} without a manager; {left} is left of the money.")
    sums = {"sum": offer.suggested, "least": offer.least, "most": offer.most, "left": situation.left}
    return words.format(**{name: money(amount) for name, amount in sums.items()})


def way(one: Way) -> str:
    """As in the table: `Part of the money back 50 % (25–75 %)`."""
    words = action(one.action)
    if one.share is not None and one.share.least != one.share.most:
        words += f" {_share(one.share)}"
    return f"{words} · {_('manager')}" if one.needs_manager else words


def standing(situation: Situation) -> str:
    """Where the order stands and what is left of its money."""
    words = phase(situation.phase)
    if situation.is_off:
        words = _("called off while {phase}").format(phase=words)
    if not situation.left.minor:
        return f"{words} · {_('no money is left to give back')}"
    total = situation.order.purchase.total
    if situation.left == total:
        return f"{words} · {_('paid {sum}').format(sum=money(total))}"
    return f"{words} · {_('{left} of {sum} is left').format(left=money(situation.left), sum=money(total))}"


def agreed(event: AgreementMade) -> str:
    """As the journal says it."""
    parts = [phase(event.phase), cause(event.cause), done(event.action), _refund(event), _bearer(event.bearer)]
    if event.manager:
        parts.append(_("allowed by {manager}: {reason}").format(manager=event.manager, reason=event.reason))
    return " · ".join(part for part in parts if part)


def _share(share: Share) -> str:
    words = _("{percent} % ({least}–{most} %)")
    return words.format(percent=share.suggested, least=share.least, most=share.most)


def _first_percent(cell: Cell) -> int:
    shares = (one.share.suggested for one in cell.ways if one.share is not None)
    return next(shares, 0)


def _refund(event: Any) -> str:
    try:
        refund = Money.parse(event.refund, event.currency)
    except BadMoney:
        return str(event.refund)
    return money(refund) if refund.minor else ""


def _bearer(value: str) -> str:
    word = bearer(value)
    return _("who pays: {bearer}").format(bearer=word.text) if word else ""
