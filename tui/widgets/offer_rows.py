"""Couriers' offers side by side, under the store's own pick with its reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from core.domain.choice import Choice, Comparison, minutes_until
from core.domain.offer import CLOSED, Answer, Offer
from core.domain.quote import Quote
from core.domain.why import Reason
from tui import labels
from tui.i18n import _
from tui.labels import offers as words
from tui.labels.tones import Tone
from tui.widgets.cells import Piece, Pieces, column, wrapped
from tui.widgets.rows import EMPTY, Row

OURS: Final = "/"  # the key of the row that stands for the store's pick: no courier's name
REASON_LINES: Final = 2  # always as many, so that nothing moves while answers come
NAME, PRICE, TIME, HOLDS = 16, 10, 9, 8  # cells
TONES: Final = {
    Answer.ASKING: Tone.INFO,
    Answer.UNPRICED: Tone.PLAIN,
    Answer.LATE: Tone.HAND,
    Answer.DOWN: Tone.TROUBLE,
    Answer.LOCKED_OUT: Tone.TROUBLE,
    Answer.REFUSED: Tone.MUTED,
    Answer.MISFIT: Tone.MUTED,
}
SIGNS: Final = {
    Answer.ASKING: "◌",
    Answer.QUOTED: "○",
    Answer.UNPRICED: "○",
    Answer.LATE: "▲",
    Answer.DOWN: "▲",
    Answer.LOCKED_OUT: "▲",
    Answer.REFUSED: "✗",
    Answer.MISFIT: "✗",
}


@dataclass(frozen=True)
class OfferView:
    """The time, and how wide a row is."""

    now: datetime
    width: int


def offer_rows(told: Comparison, view: OfferView) -> tuple[Row, ...]:
    """The pick, a heading, a row a courier; what does not fit can't be chosen."""
    picked = told.choice.courier if told.choice else None
    couriers = (_row(offer, view, is_ours=offer.courier == picked) for offer in told.offers)
    return (*_pick(told, view), Row(_heads()), *couriers)


def rows_of(told: Comparison) -> int:
    """How many rows that makes, now and later."""
    return 1 + REASON_LINES + 1 + len(told.offers)


def _pick(told: Comparison, view: OfferView) -> Iterator[Row]:
    """Whom our rule calls, and why."""
    name, tone = _ours(told)
    yield Row((Piece(f"★ {name}", tone),), key=OURS)
    lines = wrapped(_reason(told.choice), view.width - 2) if told.choice else []
    for at in range(REASON_LINES):
        yield Row((Piece(f"  {lines[at]}", Tone.INFO),)) if at < len(lines) else EMPTY


def _ours(told: Comparison) -> tuple[str, Tone]:
    if told.choice is None:
        asked = [offer for offer in told.offers if offer.answer is not Answer.MISFIT]
        count = sum(offer.answer is not Answer.ASKING for offer in asked)
        return _("Our rule: asking, {count} of {all} answered").format(count=count, all=len(asked)), Tone.INFO
    if told.choice.courier is None:
        return _("Our rule: nobody"), Tone.TROUBLE
    return _("Our rule: {courier}").format(courier=told.choice.courier), Tone.STRONG


def _reason(choice: Choice) -> str:
    if choice.why.reason is Reason.PREFERRED:
        return _("preferred; prices do not count")
    return words.reason(choice.why)


def _heads() -> Pieces:
    heads = (_("price"), _("to store"), _("to door"), _("holds"))
    widths = (PRICE, TIME, TIME, HOLDS)
    cells = (Piece(column(head, width, right=True), Tone.MUTED) for head, width in zip(heads, widths, strict=True))
    return (Piece(column(f"  {_('couriers')}", NAME), Tone.MUTED), *cells)


def _row(offer: Offer, view: OfferView, *, is_ours: bool) -> Row:
    sign = "★" if is_ours else SIGNS[offer.answer]
    name_tone = Tone.MUTED if offer.answer in CLOSED else Tone.STRONG
    name = Piece(column(f"{sign} {offer.courier}", NAME), name_tone)
    key = None if offer.answer is Answer.MISFIT else str(offer.courier)
    if offer.quote is None:
        return Row((name, Piece(f"  {words.answer(offer)}", TONES[offer.answer])), key=key)
    return Row((name, *_numbers(offer.quote, view.now), *_state(offer, view.now)), key=key)


def _numbers(quote: Quote, now: datetime) -> Pieces:
    return (
        Piece(column(labels.money(quote.fee), PRICE, right=True), Tone.STRONG),
        Piece(column(_minutes(quote.at_store, now), TIME, right=True)),
        Piece(column(_minutes(quote.at_door, now), TIME, right=True)),
        Piece(column(_holds(quote, now), HOLDS, right=True), Tone.MUTED),
    )


def _minutes(at: datetime | None, now: datetime) -> str:
    count = minutes_until(at, now)
    return "?" if count is None else words.to_go(count)


def _holds(quote: Quote, now: datetime) -> str:
    return labels.left(quote.expires_at - now) if quote.expires_at > now else "0:00"


def _state(offer: Offer, now: datetime) -> Pieces:
    if not offer.stands(now):
        return (Piece(f"  ▲ {_('expired')}", Tone.HAND),)
    if offer.is_over:
        return (Piece(f"  ▲ {_('over limit')}", Tone.HAND),)
    if unsure := words.short_doubt(offer):
        return (Piece(f"  ? {unsure}", Tone.HAND),)
    return (Piece(f"  ✓ {words.answer(offer)}", Tone.GOOD),)
