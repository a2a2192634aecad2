"""Will it fit? Who is out and why, what nobody knows, and parcels, in words with the numbers."""

from collections.abc import Iterable
from typing import Final

from core.domain.fit import Doubt, Fit, Limit, Misfit, Unknown, in_cm
from core.domain.goods import Goods
from tui.i18n import N_, _, ngettext
from tui.labels.amounts import figures

MISFITS: Final[dict[Limit, str]] = {
    Limit.VEHICLE: N_("no vehicle today"),
    Limit.WEIGHT: N_("{found} > {allowed} kg"),
    Limit.EDGE: N_("{found} > {allowed} cm"),
    Limit.VOLUME: N_("{found} > {allowed} litres"),
    Limit.CAI: N_("{found} > {allowed} cai"),
    Limit.TOGETHER: N_("{found} pieces do not go into {allowed} cm together"),
    Limit.PARCELS: N_("{found} > {allowed} parcels"),
}


def misfit(found: Misfit) -> str:
    """`42 > 40 cm`."""
    return _(MISFITS[found.limit]).format(found=figures(found.found), allowed=figures(found.allowed))


def misfits(fit: Fit) -> str:
    """All that stands in the way on one vehicle."""
    return _(", ").join(misfit(one) for one in fit.misfits)


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


def who_is_out(fits: Iterable[Fit]) -> str:
    """`uber 14.2 > 13 kg; pandago 42 > 40 cm`."""
    return "; ".join(f"{carrier(fit)} {misfits(fit)}" for fit in fits if fit.misfits)


def parcel(goods: Iterable[Goods]) -> str:
    """`2 × Tea, 1 × Rice`."""
    return _(", ").join(f"{one.quantity} × {one.name}" for one in goods)


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
