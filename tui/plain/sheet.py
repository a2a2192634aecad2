"""One order read aloud: what to know, may I accept, what happened, what is next."""

from collections.abc import Iterable, Iterator
from typing import Final

from core.board.calls import with_call
from core.board.held import HeldLine, held_lines
from core.board.orders import LANES, NextStep, QueueLine, queue_line
from core.board.sheet import Sheet
from core.domain.acceptance import AcceptRule, Verdict
from core.domain.order import Order
from core.domain.problem import Problem, ProblemKind
from core.domain.refund import RefundState
from core.domain.stage import BEFORE_ACCEPT, Stage
from tui import labels
from tui.i18n import _
from tui.labels.tellings import refund_word
from tui.labels.words import fields, word
from tui.plain import speech
from tui.plain.calls import call_lines
from tui.plain.commands import typed
from tui.plain.items import checks_words, item_facts, item_words, next_item, open_checks
from tui.plain.lines import Now, next_words, order_line
from tui.plain.speech import fact, sentence, spoken
from tui.plain.travel import send_words, travel

LAST: Final = 3  # things that happened, at the end of the sheet; `history` tells all


def line_of(sheet: Sheet) -> QueueLine | None:
    """The order as a line of the queue, None when it has ended: fresher than any board."""
    order, job = sheet.order, sheet.delivery
    if order.stage not in LANES:
        return None
    live = job if job is not None and job.is_live else None
    send = sheet.send if sheet.send is not None and sheet.send.is_open else None
    return with_call(queue_line(order, live, send, len(open_problems(sheet))), sheet.call, sheet.at)


def held_of(sheet: Sheet) -> QueueLine | HeldLine | None:
    """What of the order can still be taken back; of an end of it, it may be out of the queue."""
    waiting = (send for send in reversed(sheet.tellings) if send.is_open and not send.may_have_left)
    told = held_lines(waiting, {sheet.order.id: sheet.order.number})
    line = line_of(sheet)
    return next(iter(told), line if line is not None and line.held_until is not None else None)


def open_problems(sheet: Sheet) -> list[Problem]:
    """What stands in the way."""
    return [problem for problem in sheet.problems if problem.is_open]


def brief(sheet: Sheet, now: Now) -> Iterator[str]:
    """The order in a line, and what must not be overlooked."""
    line = line_of(sheet)
    yield order_line(line, now) if line else ended_words(sheet.order)
    yield from loud(sheet)
    if sheet.order.stage in BEFORE_ACCEPT and sheet.verdicts:
        yield verdict_words(sheet.verdicts)
    yield lead_on(sheet, now)


def short(sheet: Sheet, now: Now) -> Iterator[str]:
    """The order in a line, and what leads on."""
    line = line_of(sheet)
    yield order_line(line, now) if line else ended_words(sheet.order)
    yield lead_on(sheet, now)


def whole(sheet: Sheet, now: Now) -> Iterator[str]:
    """Everything but the whole history."""
    order, line = sheet.order, line_of(sheet)
    yield order_line(line, now) if line else ended_words(order)
    yield from loud(sheet)
    yield from facts(order, now)
    if order.stage in BEFORE_ACCEPT and sheet.verdicts:
        yield verdict_words(sheet.verdicts)
    yield from (item_words(order, item) for item in order.lines)
    if order.stage is Stage.PREPARING:
        yield checks_words(order)
    yield from call_lines(sheet, now)
    yield from travel(sheet, now)
    yield from money_back(sheet)
    yield from history(sheet, now, LAST)
    yield lead_on(sheet, now)


def money_back(sheet: Sheet) -> Iterator[str]:
    """Each sum that went back or is to."""
    for refund in sheet.refunds:
        if refund.state is not RefundState.TAKEN_BACK:
            yield sentence(labels.money(refund.amount), refund_word(refund.state).text, labels.said(refund.reason))


def lead_on(sheet: Sheet, now: Now) -> str:
    """What to do next; for packing the very item."""
    line, order = line_of(sheet), sheet.order
    if line is None:
        return ""
    if sheet.send is not None and line.held_until is not None:
        return send_words(sheet.send, now)
    if order.stage is Stage.NEW and _is_barred(sheet):
        return _("Next: {step}, type {key}.").format(step=_("reject"), key=typed("order.reject"))
    if line.next_step is NextStep.CHECK:
        return _("Next: check {checks}, type {key}.").format(checks=open_checks(order), key=typed("check.all"))
    item = next_item(order)
    if order.stage is not Stage.PREPARING or line.is_changed or line.next_step is NextStep.SHIP or item is None:
        return next_words(line)
    said = sentence(_("Next"), *item_facts(order, item))
    return f"{said} {_('Type {key} when it is in the bag, or scan it.').format(key=typed('line.tick'))}"


def _is_barred(sheet: Sheet) -> bool:
    """By a rule that no manager can lift."""
    return any(verdict.is_cross and verdict.rule is not AcceptRule.CAP for verdict in sheet.verdicts)


def ended_words(order: Order) -> str:
    """An order nobody works on any more."""
    return sentence(
        speech.order(order.number), fact(order.purchase.customer.name), word(order.stage).text, order.reason
    )


def loud(sheet: Sheet) -> Iterator[str]:
    """Changes, allergens, notes, clashes, problems."""
    order = sheet.order
    clash = labels.detail(ProblemKind.CLASH, order.purchase.clash) if order.purchase.clash else ""
    said = (
        (_("Changed: {words}"), fields(order.changed)),
        (_("Allergens: {words}"), order.purchase.allergens),
        (_("Note: {words}"), order.purchase.note),
        (_("It contradicts itself: {words}"), clash),
    )
    yield from (sentence(message.format(words=words)) for message, words in said if words)
    for problem in open_problems(sheet):
        trouble = sentence(
            _("Trouble: {words}").format(words=labels.title(problem.kind)), labels.detail(problem.kind, problem.detail)
        )
        yield f"{trouble} {_('Type {key} for what can be done.').format(key=typed('order.trouble'))}"


def facts(order: Order, now: Now) -> Iterator[str]:
    """Money, promise, customer."""
    bought = order.purchase
    promise = speech.window(bought.promised_from, bought.promised_to, now.zone)
    yield sentence(
        word(bought.type).text, promise, fact(bought.channel), word(bought.payment).text, labels.money(bought.total)
    )
    yield sentence(fact(bought.customer.name), bought.customer.phone, bought.customer.address)


def verdict_words(verdicts: Iterable[Verdict]) -> str:
    """Yes or no, then each rule with both numbers; what stands in the way first."""
    every = tuple(verdicts)
    against = [spoken(labels.verdict(one)) for one in every if one.is_cross]
    other = "; ".join(spoken(labels.verdict(one)) for one in every if not one.is_cross)
    if not against:
        return f"{_('May I accept? Yes.')} {sentence(other)}"
    rest = sentence(_("the rest is right: {facts}").format(facts=other))
    return f"{_('May I accept? No.')} {sentence('; '.join(against))} {rest}"


def history(sheet: Sheet, now: Now, most: int | None = None) -> Iterator[str]:
    """Newest first."""
    for event in list(reversed(sheet.history))[:most]:
        yield sentence(labels.clock(event.at, now.zone), spoken(labels.happened(event, now.zone)))
