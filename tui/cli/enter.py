"""`orderbell order enter`: an order keyed in by hand, read back and confirmed twice (L3–L5)."""

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final, TypeVar

from core.domain.handwritten import HandLine, HandOrder, PaidHow
from core.domain.ids import OrderId
from core.domain.money import Money
from core.domain.order import Order
from core.domain.promise_words import NoTime, read_promise
from core.domain.purchase import OrderType
from core.domain.refusal import NotConfirmed
from core.domain.wares import Ware, found, scanned
from core.store.unit_of_work import reading, writing
from tui.cli import ask, out
from tui.cli.everywhere import BadUsage, Everywhere, allowed_are
from tui.cli.order_list import moment, tell_orders
from tui.i18n import _
from tui.labels import by_hand

E = TypeVar("E", bound=StrEnum)
_ITEM: Final = re.compile(r"(\S.*)=([1-9][0-9]{0,2})(?:@([0-9]{1,9}(?:\.[0-9]{1,3})?))?")


@dataclass(frozen=True)
class Facts:
    """What is said on the command line rather than asked; `source`: a file with the form as JSON, - standard input.

    Only `read_back` and `is_confirmed` together enter an order without asking (L5).
    """

    channel: str = ""
    number: str = ""
    type: str = ""
    when: str = ""
    allergens: str = ""
    paid: str = ""
    source: str = ""
    read_back: bool = False
    is_confirmed: bool = False
    apart: tuple[str, ...] = ()


def enter_order(said: Everywhere, facts: Facts) -> None:
    """Asks, reads back, asks twice; then the order is like any other."""
    form = _with(_read(said, facts) if facts.source else _ask(said, has_paid=bool(facts.paid)), facts, said)
    order_ids = _apart(said, form, facts.apart)
    _read_back(said, form)
    if not facts.source:
        ask.insist(_("Is every word right?"))
        ask.insist(_("Enter this order now?"))
    elif not (facts.read_back and facts.is_confirmed):
        raise NotConfirmed("nothing is entered before it was read back and confirmed twice")
    tell_orders(said, [_enter(said, form, order_ids)])


def _enter(said: Everywhere, form: HandOrder, apart: Sequence[OrderId]) -> Order:
    with writing(said.shop.database) as uow:
        return said.shop.services.entering.enter(uow, form, moment(said), apart)


def _ask(said: Everywhere, *, has_paid: bool) -> HandOrder:
    currency, wares = said.shop.rules.currency, _wares(said)
    name, phone, address = ask.line(_("Customer's name")), ask.line(_("Phone")), ask.line(_("Address"))
    form = HandOrder(name=name, phone=phone, address=address)
    while text := ask.line(_("Item as NAME=PIECES@PRICE, empty when done"), needed=not form.lines):
        form = form.with_line(_item(text, currency, wares))
    form = replace(form, note=ask.line(_("Note"), needed=False))
    is_paid = has_paid or ask.is_yes(_("Has it been paid?"))
    return replace(form, paid=PaidHow.CHANNEL if is_paid else PaidHow.LATER)


def _item(text: str, currency: str, wares: Sequence[Ware]) -> HandLine:
    """A code, or a name only one article begins with, is that article."""
    if (told := _ITEM.fullmatch(text)) is None:
        raise BadUsage(_("{found}: not of the form NAME=PIECES@PRICE").format(found=f"{text!r:.60}"))
    name, pieces, price = told.groups()
    known = _known(name.strip(), wares)
    line = known.line(int(pieces)) if known else HandLine(name=name.strip(), quantity=int(pieces))
    return line if price is None else replace(line, price=Money.parse(price, currency))


def _known(name: str, wares: Sequence[Ware]) -> Ware | None:
    exact = scanned(wares, name) or next((ware for ware in wares if ware.name.casefold() == name.casefold()), None)
    begun = [ware for ware in found(wares, name) if ware.name.casefold().startswith(name.casefold())]
    return exact or (begun[0] if len(begun) == 1 else None)


def _read(said: Everywhere, facts: Facts) -> HandOrder:
    from tui.cli.enter_json import form_of

    text = sys.stdin.read() if facts.source == "-" else _text_of(Path(facts.source))
    return form_of(text, said.shop.rules.currency, _wares(said), lambda when: _promise(when, said))


def _text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadUsage(_("{file}: cannot be read: {error}").format(file=file, error=error)) from error


def _with(form: HandOrder, facts: Facts, said: Everywhere) -> HandOrder:
    """What the command line says comes first."""
    form = replace(
        form,
        number=facts.number or form.number,
        channel=facts.channel or form.channel,
        allergens=facts.allergens or form.allergens,
    )
    known = said.shop.loaded.config.channels
    if form.channel and form.channel not in known:
        raise BadUsage(allowed_are(f"--channel {form.channel!r:.40}", ", ".join(known) or "-"))
    if facts.type:
        form = replace(form, type=_one_of(OrderType, "--type", facts.type))
    if facts.paid:
        form = replace(form, paid=_one_of(PaidHow, "--paid", facts.paid))
    return replace(form, promised_to=_promise(facts.when, said)) if facts.when else form


def _one_of(kind: type[E], name: str, value: str) -> E:
    try:
        return kind(value)
    except ValueError as error:
        raise BadUsage(allowed_are(f"{name} {value!r:.40}", ", ".join(kind))) from error


def _promise(when: str, said: Everywhere) -> datetime | None:
    try:
        return read_promise(when, said.shop.clock.now(), said.shop.rules.zone)
    except NoTime as error:
        raise BadUsage(_("{found}: a time is 14:50, 11-23 12:00 or +40").format(found=f"{when!r:.40}")) from error


def _wares(said: Everywhere) -> Sequence[Ware]:
    with reading(said.shop.database) as uow:
        return said.shop.services.entering.wares(uow)


def _apart(said: Everywhere, form: HandOrder, numbers: Sequence[str]) -> tuple[OrderId, ...]:
    """Orders a person says are others; what may be the same is named before anything is asked."""
    from core.board.alike import alike_lines

    with reading(said.shop.database) as uow:
        apart = tuple(uow.orders.called(number).id for number in numbers)
        alike = alike_lines(said.shop.services.entering.alike(uow, form, moment(said)))
    for line in alike:
        words = by_hand.alike(line, said.shop.rules.zone)
        out.note(_("It may be {order}; say --apart {number} if not.").format(order=words, number=line.number))
    return apart


def _read_back(said: Everywhere, form: HandOrder) -> None:
    for name, words in by_hand.said(form, said.shop.rules.currency, said.shop.rules.zone):
        out.note(f"{name}: {words}")
