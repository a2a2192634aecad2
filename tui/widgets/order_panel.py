"""Everything about the chosen order as lines: what to know, what to tick, how it travels, what happened."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Final

from core.board.orders import QueueLine
from core.board.sheet import Sheet
from core.domain.holding import held
from core.domain.problem import Problem, ProblemKind
from core.domain.stage import BEFORE_ACCEPT, Stage
from tui import keys, labels
from tui.i18n import _, ngettext
from tui.labels import holds
from tui.labels.tones import Tone
from tui.labels.words import fields
from tui.widgets.call_lines import call_rows, is_due
from tui.widgets.cells import Piece, width_of, wrapped
from tui.widgets.checklist import CHECK, LINE, check_rows, item_rows
from tui.widgets.delivery_lines import delivery_rows
from tui.widgets.fit_lines import fit_rows
from tui.widgets.refund_lines import refund_rows, telling_rows
from tui.widgets.review_rows import review_rows
from tui.widgets.rows import Row, heading
from tui.widgets.verdict_lines import may_i_accept

Shortened = Callable[[list[str]], list[str]]
TRAVELLING: Final = frozenset({Stage.READY, Stage.OUT, Stage.COMPLETED, Stage.RETURNED})
MOST: Final = 3  # lines of outside words before the panel is opened


@dataclass(frozen=True)
class PanelView:
    """What the panel needs beside the sheet; long words are whole only when it `is_open`."""

    now: datetime
    zone: tzinfo
    width: int
    pace: float = 1.0
    is_open: bool = True

    def in_view(self, words: list[str]) -> list[str]:
        """Wrapped words, the first of many; what must be decided comes below them and has to be seen."""
        if self.is_open or len(words) <= MOST:
            return words
        left = len(words) - MOST + 1
        more = ngettext("{count} more line: {key}", "{count} more lines: {key}", left)
        return [*words[: MOST - 1], f"… {more.format(count=left, key=keys.cap('open'))}"]


def panel_rows(sheet: Sheet, view: PanelView) -> tuple[Row, ...]:
    """The whole panel; what matters at this stage comes first."""
    return tuple(_rows(sheet, view))


def panel_title(sheet: Sheet) -> Row:
    """Number, customer, money."""
    order = sheet.order
    paid = labels.word(order.purchase.payment)
    left = (
        Piece(f" #{order.number}", Tone.STRONG),
        Piece(f"  {order.purchase.customer.name}", Tone.PLAIN),
    )
    right = (
        Piece(f"  {labels.money(order.purchase.total)} ", Tone.STRONG),
        Piece(f"{paid.sign} {paid.text}", paid.tone),
    )
    return Row(left, right)


def head_of(line: QueueLine) -> Row:
    """What is known before the sheet is read."""
    return Row((Piece(f" #{line.number}", Tone.STRONG), Piece(f"  {line.customer}", Tone.PLAIN)))


def next_to_tick(sheet: Sheet) -> str | None:
    """The first item not in the bag, then the first check that is open."""
    items = (f"{LINE}{line.id}" for line in sheet.order.lines if not sheet.order.has_picked(line))
    checks = (f"{CHECK}{check}" for check in sheet.order.checklist.missing)
    return next(items, next(checks, None))


def _rows(sheet: Sheet, view: PanelView) -> Iterator[Row]:
    order = sheet.order
    yield from _facts(sheet, view)
    yield from review_rows(sheet, view.zone, view.width)
    yield from telling_rows(sheet, view.now, view.pace, view.width)
    yield from _loud(sheet, view)
    if order.stage in BEFORE_ACCEPT and sheet.verdicts:
        yield from may_i_accept(sheet.verdicts, view.width)
        yield from fit_rows(sheet, view.width)
    calls_first = is_due(sheet, view.now)
    if calls_first:
        yield from call_rows(sheet, view.now, view.zone, view.width)
    if order.stage in TRAVELLING:
        yield from delivery_rows(sheet, view.now, view.zone, view.pace, view.width)
    yield from _fit_first(sheet, view)
    yield from item_rows(sheet.order, view.width)
    if order.stage is Stage.PREPARING:
        yield from check_rows(order.checklist)
        yield from delivery_rows(sheet, view.now, view.zone, view.pace, view.width)
    if not calls_first:
        yield from call_rows(sheet, view.now, view.zone, view.width)
    yield from _fit_last(sheet, view)
    yield from refund_rows(sheet, view.zone, view.width)
    yield from _history(sheet, view)


def _fit_first(sheet: Sheet, view: PanelView) -> Iterator[Row]:
    """Before the bag is packed for nobody."""
    if sheet.order.is_in_the_shop and sheet.fits_nobody:
        yield from fit_rows(sheet, view.width)


def _fit_last(sheet: Sheet, view: PanelView) -> Iterator[Row]:
    if sheet.order.is_in_the_shop and not sheet.fits_nobody:
        yield from fit_rows(sheet, view.width)


def _facts(sheet: Sheet, view: PanelView) -> Iterator[Row]:
    purchase = sheet.order.purchase
    stage = labels.word(sheet.order.stage)
    promise = labels.window(purchase.promised_from, purchase.promised_to, view.zone)
    facts = (purchase.channel, labels.word(purchase.type).text, promise, purchase.customer.phone)
    left = (
        Piece(f"{stage.sign} {stage.text}", stage.tone),
        *(Piece(f" · {fact}", Tone.PLAIN) for fact in facts if fact),
    )
    yield Row(left)
    address = wrapped(purchase.customer.address, view.width) if purchase.customer.address else []
    for words in view.in_view(address):
        yield Row((Piece(words, Tone.MUTED),))


def _loud(sheet: Sheet, view: PanelView) -> Iterator[Row]:
    """What must not be overlooked: changes, allergens, notes, problems."""
    order = sheet.order
    if (hold := held(order, sheet.at)) is not None:
        yield from _flag(f"{holds.SIGN} {_('ON HOLD')}", holds.hold_facts(hold, view.zone), Tone.HOLD_CAP, view.width)
        for words in wrapped(holds.hold_end(hold, view.zone), view.width - 4):
            yield Row((Piece(f"    {words}", Tone.HOLD),))
    if order.changed:
        yield from _flag(_("CHANGED"), fields(order.changed), Tone.HAND_CAP, view.width)
    if order.purchase.allergens:
        yield from _flag(_("ALLERGENS"), order.purchase.allergens, Tone.TROUBLE_CAP, view.width)
    if order.purchase.note:
        yield from _flag(_("NOTE"), order.purchase.note, Tone.CAP, view.width, view.in_view)
    if order.purchase.clash:
        yield from _flag(
            _("CLASH"), labels.detail(ProblemKind.CLASH, order.purchase.clash), Tone.TROUBLE_CAP, view.width
        )
    if order.is_short:
        yield from _flag(_("PARTIAL"), _("fewer goods go; the rest by return and refund"), Tone.CAP, view.width)
    for problem in sheet.problems:
        if problem.is_open:
            yield from _trouble(problem, view.width)


def _flag(name: str, words: str, tone: Tone, width: int, in_view: Shortened = list) -> Iterator[Row]:
    label = Piece(f" {name} ", tone)
    indent = width_of((label,)) + 1
    for y, part in enumerate(in_view(wrapped(words, width - indent))):
        front = (label, Piece(" ")) if y == 0 else (Piece(" " * indent),)
        yield Row((*front, Piece(part, Tone.STRONG)))


def _trouble(problem: Problem, width: int) -> Iterator[Row]:
    said = labels.title(problem.kind) + (f": {labels.detail(problem.kind, problem.detail)}" if problem.detail else "")
    yield from _flag("▲", said, Tone.TROUBLE_CAP, width)
    for words in wrapped(labels.advice(problem.kind), width - 4):
        yield Row((Piece(f"    {words}", Tone.PLAIN),))


def _history(sheet: Sheet, view: PanelView) -> Iterator[Row]:
    """Newest first: what just happened is what one looks for."""
    if not sheet.history:
        return
    yield from heading(_("HISTORY"))
    for event in reversed(sheet.history):
        words = labels.happened(event, view.zone)
        yield Row((Piece(f"{labels.day_clock(event.at, view.zone)}  ", Tone.MUTED), Piece(words, Tone.PLAIN)))
