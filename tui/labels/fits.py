"""Will it fit? Who is out and why, what nobody knows, and parcels, in words with the numbers."""

from collections.abc import Iterable, Iterator
from typing import Final

from core.board.sheet import Sheet
from core.domain.delivery import Delivery
from core.domain.fit import Doubt, Fit, Limit, Misfit, Unknown, in_cm
from core.domain.goods import Goods
from core.domain.order import Order
from core.domain.purchase import OrderType
from core.domain.split import Split
from core.domain.stage import Stage
from tui.i18n import N_, _, ngettext
from tui.labels.amounts import figures, parcels_of

MISFITS: Final[dict[Limit, str]] = {
    Limit.VEHICLE: N_("no vehicle today"),
    Limit.WEIGHT: N_("{found} > {allowed} kg"),
    Limit.EDGE: N_("{found} > {allowed} cm"),
    Limit.VOLUME: N_("{found} > {allowed} litres"),
    Limit.CAI: N_("{found} > {allowed} cai"),
    Limit.TOGETHER: N_("{found} pieces do not go into {allowed} cm together"),
    Limit.PARCELS: N_("{found} > {allowed} parcels"),
}

BRIEFLY: Final[dict[Doubt, str]] = {
    Doubt.SIZE: N_("no size: {found} of {pieces}"),
    Doubt.WEIGHT: N_("no weight: {found} of {pieces}"),
    Doubt.TOGETHER: N_("all {pieces} together?"),
}


def misfit(found: Misfit) -> str:
    """`42 > 40 cm`."""
    return _(MISFITS[found.limit]).format(found=figures(found.found), allowed=figures(found.allowed))


def misfits(fit: Fit) -> str:
    """All that stands in the way on one vehicle."""
    return _(", ").join(misfit(one) for one in fit.misfits)


def short_misfits(fit: Fit) -> str:
    """The same where there is little room."""
    return _(", ").join(_short(one) for one in fit.misfits)


def carrier(fit: Fit) -> str:
    """Courier, and vehicle where it has a name."""
    return f"{fit.courier} {fit.vehicle}".strip()


def takes(fit: Fit) -> str:
    """`30×60×40 cm`: the box that takes it; else what nobody knows, or nothing."""
    if fit.unknowns:
        return _(", ").join(unknown(one) for one in fit.unknowns)
    return f"{figures(in_cm(fit.box))} cm" if fit.box else ""


def unknown(doubt: Unknown) -> str:
    """`2 of 5 pieces have no size`."""
    return _doubt(doubt).format(found=doubt.found, pieces=doubt.pieces)


def short_unknown(doubt: Unknown) -> str:
    """The same where there is little room, and its end may be cut off."""
    return _(BRIEFLY[doubt.doubt]).format(found=doubt.found, pieces=doubt.pieces)


def who_is_out(fits: Iterable[Fit]) -> str:
    """`uber 14.2 > 13 kg; pandago 42 > 40 cm`."""
    return "; ".join(f"{carrier(fit)} {misfits(fit)}" for fit in fits if fit.misfits)


def parcel(goods: Iterable[Goods]) -> str:
    """`2 × Tea, 1 × Rice`."""
    return _(", ").join(f"{one.quantity} × {one.name}" for one in goods)


def _short(found: Misfit) -> str:
    if found.limit is Limit.TOGETHER:
        return _("{found} pieces > {allowed} cm").format(found=figures(found.found), allowed=figures(found.allowed))
    return misfit(found)


def _doubt(doubt: Unknown) -> str:
    if doubt.doubt is Doubt.SIZE:
        return ngettext(
            "{found} of {pieces} pieces has no size", "{found} of {pieces} pieces have no size", doubt.found
        )
    if doubt.doubt is Doubt.WEIGHT:
        return ngettext(
            "{found} of {pieces} pieces has no weight", "{found} of {pieces} pieces have no weight", doubt.found
        )
    return _("not sure that all {pieces} pieces go in together")


def fit_words(sheet: Sheet) -> Iterator[str]:
    """`✓ uber: 30×60×40 cm`, a line a courier; then the parcels of the split."""
    for fit in sheet.fits:
        sign = "✗" if fit.misfits else "✓" if fit.is_sure else "?"
        told = misfits(fit) or takes(fit)
        yield f"{sign} {carrier(fit)}{f': {told}' if told else ''}"
    if sheet.split is not None:
        yield f"{_('SPLIT')}: {split(sheet.split)}"
        for at, goods in enumerate(sheet.split.parcels, start=1):
            yield f"  {_('parcel {number}').format(number=at)}: {parcel(goods)}"


def nobody_asked(order: Order, job: Delivery | None) -> str:
    """Why there is nothing to say."""
    number = f"#{order.number}"
    if order.purchase.type is not OrderType.DELIVERY:
        return _("{number}: no courier carries it.").format(number=number)
    if order.has_ended or order.stage is Stage.OUT:
        return _("{number} is not here any more.").format(number=number)
    if job is not None and job.is_live:
        return _("{number}: {courier} is called already, and took it.").format(number=number, courier=job.courier)
    return _("{number}: no courier is configured, or one is being called.").format(number=number)


def split(wanted: Split) -> str:
    """`2 parcels for uber`."""
    told = _("{parcels} for {courier}").format(
        parcels=parcels_of(len(wanted.parcels)), courier=f"{wanted.courier} {wanted.vehicle}".strip()
    )
    return told if wanted.is_fewest else _("{split}; fewer may do").format(split=told)


def advice(sheet: Sheet) -> str:
    """What can be done about it."""
    if not sheet.fits_nobody:
        return _("The parcels of the split are planned.") if sheet.is_split_planned else ""
    if sheet.split is None or sheet.is_split_planned:
        return _("No number of parcels helps: ship less, or carry it yourselves.")
    if not sheet.order.is_in_the_shop:
        return _("Once it is accepted, the split can be planned here.")
    return _("All goods go in one shipment; it is no partial shipment.")
