"""`orderbell order fit`: who can carry an order's goods, why the others cannot, and the split that helps."""

from dataclasses import asdict
from typing import Any

from core.board.sheet import Sheet
from core.domain.fit import Fit
from core.domain.split import Split
from core.store.unit_of_work import reading
from tui.cli import out
from tui.cli.everywhere import BadUsage, Everywhere
from tui.cli.order_list import moment
from tui.i18n import _
from tui.labels import fits


def show_fit(said: Everywhere, number: str) -> None:
    """A line a courier and vehicle; JSON with every number."""
    sheet = _sheet(said, number)
    if said.as_json:
        out.tell(_object(sheet))
    elif not sheet.fits:
        out.say(fits.nobody_asked(sheet.order, sheet.delivery))
    else:
        for words in fits.fit_words(sheet):
            out.say(words)
        if advice := fits.advice(sheet):
            out.say(advice)


def parcels_of_split(said: Everywhere, number: str) -> int:
    """How many parcels the split has; raises `BadUsage` when there is none."""
    split = _sheet(said, number).split
    if split is None:
        raise BadUsage(_("no split helps #{number}, or none is needed").format(number=number))
    return len(split.parcels)


def _sheet(said: Everywhere, number: str) -> Sheet:
    with reading(said.shop.database) as uow:
        return said.shop.services.looking.sheet(uow, uow.orders.called(number).id, moment(said))


def _object(sheet: Sheet) -> dict[str, Any]:
    return {
        "number": sheet.order.number,
        "parcels": sheet.order.parcels,
        "couriers": [_courier(fit) for fit in sheet.fits],
        "split": None if sheet.split is None else _split(sheet.split),
    }


def _courier(fit: Fit) -> dict[str, Any]:
    return {
        "courier": fit.courier,
        "vehicle": fit.vehicle,
        "fits": fit.is_ok,
        "sure": fit.is_sure,
        "misfits": [asdict(misfit) for misfit in fit.misfits],
        "unknowns": [asdict(unknown) for unknown in fit.unknowns],
        "box_mm": None if fit.box is None else list(asdict(fit.box).values()),
    }


def _split(split: Split) -> dict[str, Any]:
    return {
        "courier": split.courier,
        "vehicle": split.vehicle,
        "fewest": split.is_fewest,
        "parcels": [[{"name": one.name, "quantity": one.quantity} for one in parcel] for parcel in split.parcels],
    }
