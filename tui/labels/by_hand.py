"""Words for orders keyed in by hand, for reading them back, and for channels' copies of them."""

from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo
from itertools import islice
from typing import Any, Final

from core.board.alike import AlikeLine
from core.domain import events as happening
from core.domain.events import Event
from core.domain.handwritten import HandLine, HandOrder, Lack, PaidHow
from core.domain.joining import Sign
from core.domain.purchase import OrderType
from tui.i18n import N_, _
from tui.labels.amounts import count_of, money
from tui.labels.times import clock, day_clock
from tui.labels.words import fields, word

LACKS: Final[dict[Lack, str]] = {
    Lack.NAME: N_("the name"),
    Lack.PHONE: N_("the phone"),
    Lack.ADDRESS: N_("the address"),
    Lack.GOODS: N_("what is ordered"),
}
PAID: Final[dict[PaidHow, str]] = {
    PaidHow.CHANNEL: N_("paid online"),
    PaidHow.CASH: N_("paid here, cash"),
    PaidHow.CARD: N_("paid here, card"),
    PaidHow.LATER: N_("not paid yet"),
    PaidHow.AT_THE_DOOR: N_("cash at the door"),
}
SIGNS: Final[dict[Sign, str]] = {
    Sign.NUMBER: N_("same number"),
    Sign.NUMBER_OTHER: N_("OTHER NUMBER"),
    Sign.CHANNEL_OTHER: N_("ANOTHER CHANNEL"),
    Sign.CHANNEL_UNSAID: N_("keyed in for no channel"),
    Sign.PHONE: N_("same phone"),
    Sign.PHONE_OTHER: N_("OTHER PHONE"),
    Sign.NAME: N_("same name"),
    Sign.ADDRESS: N_("same address"),
    Sign.ADDRESS_OTHER: N_("OTHER ADDRESS"),
    Sign.GOODS: N_("same items"),
    Sign.GOODS_ALIKE: N_("some of the items"),
    Sign.GOODS_OTHER: N_("OTHER ITEMS"),
    Sign.SUM: N_("same total"),
    Sign.PROMISE_OTHER: N_("FOR ANOTHER TIME"),
    Sign.LATER: N_("ORDERED LATER"),
    Sign.LONG_BEFORE: N_("ORDERED LONG BEFORE"),
}
_KEYED_FOR: Final = N_("keyed in by hand for {channel}, read back and confirmed")
_JOINED_OTHERWISE: Final = N_("the copy of {channel} came: {hand_number} is #{number}. Different: {differing}")
GROUP: Final = 3  # digits said in one breath
AS_SOON: Final = N_("as soon as it can be")
ALIKE: Final = N_("Is it the same order?")


def paid(how: PaidHow) -> str:
    """What the caller says of the money."""
    return _(PAID[how])


def lacking(lacks: Iterable[Lack]) -> str:
    """What must still be asked."""
    return _(", ").join(_(LACKS[lack]) for lack in lacks)


def lacking_words(found: str) -> str:
    """The same, of a refusal."""
    return lacking(Lack(part.strip()) for part in found.split(",") if part.strip() in set(Lack))


def alike(line: AlikeLine, zone: tzinfo) -> str:
    """One order that may be the one in hand: whose, when, and what speaks for and against it."""
    signs = _(", ").join(_(SIGNS[sign]) for sign in Sign if sign in line.signs)
    facts = (f"#{line.number}", line.customer, line.phone, count_of(line.pieces), money(line.total))
    at, stage = clock(line.at, zone), word(line.stage).text
    return f"{' · '.join(fact for fact in facts if fact)} · {at} {stage}: {signs}"


def item(line: HandLine) -> str:
    """Pieces, name, what they cost together."""
    cost = money(line.price * line.quantity) if line.price is not None else _("price not known")
    return f"{line.quantity} × {line.name}  {cost}"


def said(form: HandOrder, currency: str, zone: tzinfo) -> Iterator[tuple[str, str]]:
    """What is read back to the caller, one thing a line: what it is, and the words to say (L5)."""
    yield _("name"), form.name
    yield _("phone"), in_groups(form.phone)
    yield _("how"), word(form.type).text
    if form.type is not OrderType.PICKUP or form.address:
        yield _("address"), form.address
    yield _("when"), promised(form.promised_to, zone)
    for line in form.lines:
        yield _("item"), item(line)
    if form.allergens:
        yield _("allergens"), form.allergens
    if form.note:
        yield _("note"), form.note
    yield _("total"), total(form, currency)
    yield _("payment"), paid(form.paid)
    if form.channel:
        yield _("ordered by"), f"{form.channel} #{form.number}" if form.number else form.channel


def total(form: HandOrder, currency: str) -> str:
    """To the cent, and what it leaves out."""
    sum_ = money(form.total(currency))
    left_out = len(form.unpriced)
    return _("{total}, without {items}").format(total=sum_, items=count_of(left_out)) if left_out else sum_


def promised(at: datetime | None, zone: tzinfo) -> str:
    """When it is to be there."""
    return day_clock(at, zone) if at else _(AS_SOON)


def in_groups(phone: str) -> str:
    """Digits in breaths, from the end; anything else as it was written."""
    bare = phone.replace(" ", "").replace("-", "")
    if not bare.lstrip("+").isdecimal():
        return phone
    signs = iter(reversed(bare))
    groups = list(iter(lambda: "".join(islice(signs, GROUP)), ""))
    said = [group[::-1] for group in reversed(groups)]
    return " ".join([said[0] + said[1], *said[2:]] if len(said) > 1 and len(said[0]) == 1 else said)


def sentence(event: Event) -> str:
    """Where more is known than the usual sentence says."""
    if isinstance(event, happening.OrderKeyedIn) and event.channel:
        return _KEYED_FOR
    if isinstance(event, happening.OrderJoined) and (event.fields or event.differences):
        return _JOINED_OTHERWISE
    return ""


def differing(event: Any, _zone: tzinfo) -> str:
    """What differs, then how."""
    told = "; ".join(event.differences)
    return f"{fields(event.fields)} ({told})" if told and event.fields else told or fields(event.fields)
