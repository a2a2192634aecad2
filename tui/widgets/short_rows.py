"""Rows of the short-order wizard: a line and what becomes of it, what goes instead below it, goods to choose from."""

from collections.abc import Iterator

from core.domain.catalogue import Article
from core.domain.money import Money
from core.domain.short import ShortLine, ShortPlan
from core.domain.swap import StandIn
from tui.i18n import _
from tui.labels.amounts import money
from tui.labels.shorts import PlanRow, difference, name, plan_rows, wish
from tui.labels.tones import Tone
from tui.widgets.cells import Piece, Pieces, column, cut, width_of
from tui.widgets.rows import Row

BETWEEN = "\n"  # of a line's id and a sku: in neither of them
COUNT, MONEY = 8, 15  # cells
SIGNS = {True: ("✓", Tone.GOOD), False: ("✗", Tone.HAND)}


def swap_key(line_id: str, sku: str) -> str:
    """Of a row for what goes instead."""
    return f"{line_id}{BETWEEN}{sku}"


def short_rows(plan: ShortPlan, width: int) -> tuple[Row, ...]:
    """A row a line of the order, and one for each article that goes in its place."""
    return tuple(row for one in plan.lines for row in _rows(one, width))


def look_rows(plan: ShortPlan, width: int) -> tuple[Row, ...]:
    """The last look: goods first, the sum last."""
    return tuple(_look_row(row, width) for row in plan_rows(plan))


def goods_row(sku: str, article: Article, worth: Money | None, width: int) -> Row:
    """An article to choose: its price, and how that compares with the piece it replaces."""
    price = money(article.price) if article.price else "?"
    right = (Piece(column(price, MONEY, right=True), Tone.STRONG), *_compared(article.price, worth))
    left = width - width_of(right)
    shelf = f" {article.shelf}" if article.shelf else ""
    return Row((Piece(cut(f"{article.name}{shelf}", max(8, left)), Tone.PLAIN),), right, key=sku)


def _compared(price: Money | None, worth: Money | None) -> Pieces:
    if price is None or worth is None or price.currency != worth.currency:
        return (Piece(column("", MONEY)),)
    if price == worth:
        return (Piece(column(_("same price"), MONEY, right=True), Tone.MUTED),)
    sign, tone = ("+", Tone.HAND) if price > worth else ("−", Tone.GOOD)
    apart = price - worth if price > worth else worth - price
    return (Piece(column(f"{sign}{money(apart)}", MONEY, right=True), tone),)


def _rows(one: ShortLine, width: int) -> Iterator[Row]:
    sign, tone = SIGNS[not one.missing]
    if one.goes and one.missing:
        sign, tone = "½", Tone.HAND
    counts = _("{going} of {bought}").format(going=one.goes, bought=one.line.quantity)
    amount = money(one.back.total) if one.left_out and not one.back.unpriced else "?" if one.left_out else ""
    right = (
        Piece(column(counts, COUNT, right=True), tone),
        Piece(column(amount, MONEY, right=True), Tone.STRONG),
    )
    flag = cut(wish(one.line), max(22, width // 2 - 20)) if one.missing else ""
    wanted = Piece(f"  {flag}" if flag else "", Tone.INFO)
    room = max(8, width - width_of((*right, wanted)) - 3)
    left = (Piece(f"{sign} ", tone), Piece(cut(name(one.line), room), Tone.STRONG), wanted)
    yield Row(left, right, key=one.line.id)
    for instead in one.instead:
        yield _swap_row(one, instead, width)


def _swap_row(one: ShortLine, instead: StandIn, width: int) -> Row:
    right = (
        Piece(column(f"+{instead.quantity}", COUNT, right=True), Tone.INFO),
        Piece(column(difference(instead, instead.back.total), MONEY, right=True), Tone.STRONG),
    )
    room = max(8, width - width_of(right) - 5)
    left = (Piece("  ⇄ ", Tone.INFO), Piece(cut(name(instead.line), room)))
    return Row(left, right, key=swap_key(one.line.id, instead.line.sku))


def _look_row(row: PlanRow, width: int) -> Row:
    amount = Piece(column(row.amount, MONEY, right=True), Tone.STRONG if row.amount else Tone.MUTED)
    room = max(8, width - width_of((amount,)) - 2)
    return Row((Piece(f"{row.sign} ", row.tone), Piece(cut(row.words, room), row.tone)), (amount,))
