"""Will it fit? Who can carry the goods and who cannot, as lines of the panel and as the table of the dialog."""

from collections.abc import Iterator, Sequence
from typing import Final

from core.board.sheet import Sheet
from core.domain.fit import Fit
from core.domain.split import Split
from core.domain.stage import Stage
from tui import keys, labels
from tui.i18n import _
from tui.labels import fits as words
from tui.labels.tones import Tone
from tui.widgets.cells import Piece, Pieces, cap, column, cut, width_of, wrapped
from tui.widgets.rows import EMPTY, Row

MOST_LINES: Final = 2  # of couriers in the panel, which must not push away what is to be ticked
MOST_PARCELS: Final = 3
NAME: Final = 20  # cells
INDENT: Final = 2


def fit_rows(sheet: Sheet, width: int) -> Iterator[Row]:
    """In the panel: couriers behind the title, or in a line or two; what nobody knows; the split in a line."""
    if not sheet.fits:
        return
    title = (Piece(_("WILL IT FIT?"), Tone.HEADING), Piece("  "), *_verdict(sheet))
    lines = _couriers(sheet.fits, width - INDENT)
    key = _key(sheet)
    yield EMPTY
    if len(lines) == 1 and width_of((*title, *lines[0], *key)) < width - INDENT:
        yield Row((*title, *lines[0]), key)
    else:
        yield Row(title, key)
        yield from (Row((Piece(" " * INDENT), *pieces)) for pieces in lines)
    if sheet.split is not None and sheet.is_split_planned and sheet.order.stage is Stage.PREPARING:
        yield from _packing_list(sheet.split, width)
    for doubt in _doubts(sheet.fits):
        yield Row((Piece(" " * INDENT), Piece("? ", Tone.HAND), Piece(doubt, Tone.MUTED)))


def fit_table(sheet: Sheet, width: int) -> Iterator[Row]:
    """A row a courier and vehicle, with all the numbers; below it the parcels of the split."""
    for fit in sheet.fits:
        sign, tone = _sign(fit)
        told = words.misfits(fit) or words.takes(fit) or _("no limit stands in the way")
        for at, part in enumerate(wrapped(told, max(1, width - NAME - 3))):
            name = words.carrier(fit) if at == 0 else ""
            front = Piece(f"{sign} " if at == 0 else "  ", tone)
            yield Row((front, Piece(column(name, NAME), Tone.STRONG), Piece(f" {part}", _tone(fit))))
    if sheet.split is not None:
        yield from _parcels(sheet.split, width)


def _verdict(sheet: Sheet) -> Pieces:
    parcels = labels.parcels_of(sheet.order.parcels)
    if not sheet.fits_nobody:
        told = (Piece(_("in {parcels}").format(parcels=parcels), Tone.MUTED), Piece("  "))
        return told if sheet.order.parcels > 1 else ()
    if sheet.split is None or sheet.is_split_planned:
        return (Piece(f"▲ {_('nobody carries it')}", Tone.TROUBLE), Piece("  "))
    return (Piece(f"▲ {words.split(sheet.split)}", Tone.HAND), Piece("  "))


def _key(sheet: Sheet) -> Pieces:
    return (cap(keys.cap("order.fit"), Tone.HAND_LOW if sheet.fits_nobody else Tone.CAP),)


def _couriers(fits: Sequence[Fit], width: int) -> list[Pieces]:
    """One behind the other, who can carry it first; of many the rest is counted."""
    lines: list[Pieces] = [()]
    for at, fit in enumerate(sorted(fits, key=lambda fit: (not fit.is_ok, not fit.is_sure))):
        told = _short(fit, width)
        gap: Pieces = (Piece(" · ", Tone.FAINT),) if lines[-1] else ()
        if lines[-1] and width_of((*lines[-1], *gap, *told)) > width:
            if len(lines) == MOST_LINES:
                lines[-1] = (*lines[-1], Piece(f" +{len(fits) - at}", Tone.MUTED))
                break
            lines.append(())
            gap = ()
        lines[-1] = (*lines[-1], *gap, *told)
    return lines


def _short(fit: Fit, width: int) -> Pieces:
    sign, tone = _sign(fit)
    name = words.carrier(fit)
    numbers = words.short_misfits(fit) if fit.misfits else words.takes(fit) if fit.is_sure else ""
    told = cut(numbers, max(0, width - width_of((Piece(f"{sign} {name} "),))))
    return (Piece(f"{sign} ", tone), Piece(name, Tone.STRONG), Piece(f" {told}" if told else "", _tone(fit)))


def _sign(fit: Fit) -> tuple[str, Tone]:
    if fit.misfits:
        return "✗", Tone.TROUBLE
    return ("✓", Tone.GOOD) if fit.is_sure else ("?", Tone.HAND)


def _tone(fit: Fit) -> Tone:
    return Tone.TROUBLE if fit.misfits else Tone.PLAIN if fit.is_sure else Tone.MUTED


def _doubts(fits: Sequence[Fit]) -> tuple[str, ...]:
    """Each said once."""
    return tuple(dict.fromkeys(words.unknown(doubt) for fit in fits for doubt in fit.unknowns))


def _packing_list(split: Split, width: int) -> Iterator[Row]:
    """What goes into which parcel, a line each; of many the rest is counted."""
    for at, goods in enumerate(split.parcels[:MOST_PARCELS], start=1):
        more = len(split.parcels) - MOST_PARCELS if at == MOST_PARCELS else 0
        told = f"{_('parcel {number}').format(number=at)}: {words.parcel(goods)}"
        rest = Piece(f" +{more}" if more > 0 else "", Tone.MUTED)
        yield Row((Piece(" " * INDENT), Piece(cut(told, width - INDENT - 4), Tone.PLAIN), rest))


def _parcels(split: Split, width: int) -> Iterator[Row]:
    yield EMPTY
    yield Row((Piece(_("SPLIT"), Tone.HEADING), Piece(f"  {words.split(split)}", Tone.STRONG)))
    for at, goods in enumerate(split.parcels, start=1):
        front = _("parcel {number}").format(number=at)
        indent = max(12, width_of((Piece(front),)) + 1)
        for y, part in enumerate(wrapped(words.parcel(goods), max(1, width - indent))):
            yield Row((Piece(column(front if y == 0 else "", indent), Tone.MUTED), Piece(part)))
