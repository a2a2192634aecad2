"""What `order coach` and `order cancel` do: show the table's cells, and carry out what was agreed."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from core.domain.agreement import Agreement, Settled, typed_sum
from core.domain.cause import Cause
from core.domain.coach_table import TABLE
from core.domain.coaching import Action, Cell
from core.domain.ids import StaffId
from core.domain.money import BadMoney, Money
from core.domain.phase import Phase
from core.domain.situation import Counsel, Offer, Situation
from core.domain.staff import Permission
from tui import labels
from tui.cli import out
from tui.cli.everywhere import BadUsage, Everywhere, allowed_are
from tui.i18n import _
from tui.labels import coach
from tui.labels.bearers import BEARERS
from tui.labels.coach_words import action as action_word, cause as cause_word, done, phase as phase_word

if TYPE_CHECKING:
    from core.domain.moment import Moment
    from core.store.unit_of_work import UnitOfWork

E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True)
class Wish:
    """What was said on the command line."""

    cause: str = ""
    action: str = ""
    refund: str = ""
    words: str = ""
    permission: Permission | None = None

    def agreement(self, left: Money) -> Agreement:
        """Without a cause the shop itself calls it off; raises `BadUsage`."""
        cause = cause_of(self.cause) if self.cause else Cause.SHOP
        action = _one_of("--do", self.action, Action) if self.action else Action.CANCEL
        refund = _sum(self.refund, left) if self.refund else None
        return Agreement(cause=cause, action=action, refund=refund, words=self.words, permission=self.permission)


def permission_of(manager: str, reason: str, pin: str) -> Permission | None:
    """None where no manager was named."""
    return Permission(manager=StaffId(manager), reason=reason, pin=pin) if manager or pin else None


def cause_of(name: str) -> Cause:
    """Raises `BadUsage`."""
    return _one_of("--cause", name, Cause)


def call_off(said: Everywhere, number: str, wish: Wish) -> None:
    """By the table where no sum is named, and say what it came to."""
    _carry_out(said, number, wish, is_cancel=True)


def agree(said: Everywhere, number: str, wish: Wish) -> None:
    """Do what was agreed."""
    _carry_out(said, number, wish, is_cancel=False)


def show(said: Everywhere, number: str, cause: str) -> None:
    """The cells for this order as it is now; one of them in full where a cause is named."""
    from core.store.unit_of_work import reading

    with reading(said.shop.database) as uow:
        situation = said.shop.services.coaching.situation(uow, uow.orders.called(number).id)
    causes = (cause_of(cause),) if cause else tuple(Cause)
    counsels = [situation.counsel(one) for one in causes]
    if said.as_json:
        return out.tell(_situation_object(situation, counsels))
    out.say(f"#{situation.order.number} · {coach.standing(situation)}")
    return _in_full(counsels[0]) if cause else _as_table(counsels)


def show_table(said: Everywhere, cause: str) -> None:
    """The whole of it, as page 9 has it."""
    causes = (cause_of(cause),) if cause else tuple(Cause)
    cells = [(phase, one, TABLE[phase][one]) for phase in Phase for one in causes]
    if said.as_json:
        return out.tell([_cell_object(phase, one, cell) for phase, one, cell in cells])
    heads = (_("stage"), _("cause"), _("who pays"), _("rule"), _("what can be done"))
    return out.table(heads, (_table_row(*cell) for cell in cells))


def _carry_out(said: Everywhere, number: str, wish: Wish, *, is_cancel: bool) -> None:
    from core.store.unit_of_work import writing
    from tui.cli.order_list import moment, tell_orders

    coaching, now = said.shop.services.coaching, moment(said)

    def step(uow: "UnitOfWork", now: "Moment") -> Settled:
        order_id = uow.orders.called(number).id
        agreement = wish.agreement(coaching.situation(uow, order_id).left)
        return (coaching.cancel if is_cancel else coaching.agree)(uow, order_id, agreement, now)

    with writing(said.shop.database) as uow:
        settled, order = step(uow, now), uow.orders.called(number)
    out.note(_told(settled))
    tell_orders(said, [order])


def _told(settled: Settled) -> str:
    """What was done by which rule, with how much money, and who pays."""
    words = _("{phase}, {cause}: {done}; {sum} back; who pays: {bearer} ({rule})")
    return words.format(
        phase=phase_word(settled.phase),
        cause=cause_word(settled.agreement.cause),
        done=done(settled.agreement.action),
        sum=labels.money(settled.refund),
        bearer=BEARERS[settled.bearer].text,
        rule=settled.rule,
    )


def _as_table(counsels: Sequence[Counsel]) -> None:
    heads = (_("cause"), _("who pays"), _("rule"), _("what can be done"))
    rows = (
        (
            cause_word(counsel.cause),
            BEARERS[counsel.cell.bearer].text,
            counsel.cell.rule,
            "; ".join(coach.offered(offer) for offer in counsel.offers),
        )
        for counsel in counsels
    )
    out.table(heads, rows)


def _in_full(counsel: Counsel) -> None:
    out.say(_("Who pays: {bearer}").format(bearer=coach.who_pays(counsel.cell)))
    out.say(f"“{coach.sentence(counsel)}”")
    for offer in counsel.offers:
        out.say(f"  {offer.action.value}: {coach.offered(offer)}")
    if happens := coach.what_happens(counsel.cell):
        out.say(happens)


def _table_row(phase: Phase, cause: Cause, cell: Cell) -> tuple[str, ...]:
    ways = "; ".join(action_word(way.action) for way in cell.ways)
    return phase_word(phase), cause_word(cause), BEARERS[cell.bearer].text, cell.rule, ways


def _situation_object(situation: Situation, counsels: Sequence[Counsel]) -> dict[str, Any]:
    return {
        "number": situation.order.number,
        "phase": situation.phase.value,
        "left": situation.left.text,
        "currency": situation.left.currency,
        "fee": situation.fee.text if situation.fee else None,
        "cells": [_counsel_object(counsel) for counsel in counsels],
    }


def _counsel_object(counsel: Counsel) -> dict[str, Any]:
    return _plain_object(counsel.cause, counsel.cell) | {
        "say": coach.sentence(counsel),
        "ways": [_offer_object(offer) for offer in counsel.offers],
    }


def _offer_object(offer: Offer) -> dict[str, Any]:
    return {
        "action": offer.action.value,
        "refund": offer.suggested.text,
        "least": offer.least.text,
        "most": offer.most.text,
        "needs_manager": offer.way.needs_manager,
    }


def _cell_object(phase: Phase, cause: Cause, cell: Cell) -> dict[str, Any]:
    ways = [
        {
            "action": way.action.value,
            "percent": way.share.suggested if way.share else None,
            "least": way.share.least if way.share else None,
            "most": way.share.most if way.share else None,
            "needs_manager": way.needs_manager,
        }
        for way in cell.ways
    ]
    return {"phase": phase.value} | _plain_object(cause, cell) | {"say": coach.plain_sentence(cell), "ways": ways}


def _plain_object(cause: Cause, cell: Cell) -> dict[str, Any]:
    return {
        "cause": cause.value,
        "bearer": cell.bearer.value,
        "rule": cell.rule,
        "courier": cell.courier.value,
        "goods": cell.goods.value,
    }


def _sum(typed: str, left: Money) -> Money:
    try:
        return typed_sum(typed, left)
    except BadMoney as error:
        raise BadUsage(_("--refund {found}: a sum like 120, or a share like 50%").format(found=typed)) from error


def _one_of(option: str, name: str, kind: type[E]) -> E:
    try:
        return kind(name)
    except ValueError as error:
        raise BadUsage(allowed_are(f"{option} {name:.40}", ", ".join(one.value for one in kind))) from error
