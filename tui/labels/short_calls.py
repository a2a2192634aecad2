"""What to say on the telephone when not all is there, in the language of the staff (C60, C61, C72)."""

from collections.abc import Iterator
from datetime import tzinfo

from core.domain.short import ShortLine, ShortPlan
from core.domain.swap import StandIn
from core.domain.wish_line import Ask, allergy_words
from tui.i18n import _
from tui.labels.amounts import money
from tui.labels.shorts import name
from tui.labels.times import window


def call_text(plan: ShortPlan, store: str, zone: tzinfo) -> str:
    """The whole of it, ready to be read aloud; ends with a question."""
    return " ".join(sentence for sentence in _sentences(plan, store, zone) if sentence)


def _sentences(plan: ShortPlan, store: str, zone: tzinfo) -> Iterator[str]:
    number, purchase = plan.order.number, plan.order.purchase
    yield _("Good day, this is {store}, about your order {number}.").format(store=store, number=number)
    for one in plan.lines:
        if one.missing:
            yield from _of_line(one)
    yield from _of_allergies(plan)
    if plan.back.total.minor:
        yield _("In all you get {amount} back.").format(amount=money(plan.back.total))
    if when := window(purchase.promised_from, purchase.promised_to, zone):
        yield _("The rest comes as promised, {when}.").format(when=when)
    yield _("Is that all right with you?")


def _of_line(one: ShortLine) -> Iterator[str]:
    have, of = one.goes, one.line.quantity
    words = _("Of {of} × {name} we have only {have}.") if have else _("We have no {name} left.")
    yield words.format(of=of, name=name(one.line), have=have)
    for instead in one.instead:
        words = _("We can send {count} × {other} instead, {price}.")
        yield words.format(count=instead.quantity, other=name(instead.line), price=_price(instead))
    if one.left_out and (one.instead or one.goes):
        yield _("{count} we would leave out.").format(count=one.left_out)
    elif one.left_out:
        yield _("We would leave it out.")


def _price(instead: StandIn) -> str:
    """The customer never pays more without having been asked, and is not asked to."""
    if not instead.is_priced:
        return _("at no extra cost")
    if instead.back.total.minor:
        return _("and you get {amount} back").format(amount=money(instead.back.total))
    return _("at no extra cost") if instead.extra.minor else _("at the same price")


def _of_allergies(plan: ShortPlan) -> Iterator[str]:
    """Said aloud before anything else goes into the bag."""
    told = dict.fromkeys(
        words for one in plan.lines if one.ask is Ask.ALLERGY for words in allergy_words(plan.order, one.line)
    )
    if told:
        yield _("You told us: “{words}”. Can you have what we send instead?").format(words=", ".join(told))
