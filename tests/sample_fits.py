"""Orders that fit one courier, another, both or none, for the shops of `samples`."""

from dataclasses import replace
from datetime import date

from core.board.sheet import Sheet
from core.domain.ids import CourierName
from core.domain.limits import CAI_MM3, CourierLimits
from core.domain.measures import Box
from core.services.fitting import Fitting

UBER, PANDAGO, LALAMOVE = map(CourierName, ("uber", "pandago", "lalamove"))
FOOTBOARD, THERMAL = Box(300, 600, 400), Box(400, 400, 400)
CARRIERS = {
    UBER: CourierLimits(max_weight_g=13_000, boxes=(FOOTBOARD, THERMAL)),
    PANDAGO: CourierLimits(max_weight_g=20_000, boxes=(FOOTBOARD,), max_mm3=2 * CAI_MM3),
    LALAMOVE: CourierLimits(max_weight_g=20_000, boxes=(Box(350, 350, 350),)),
}
CASE = Box(310, 310, 210)
TODAY = date(2026, 11, 21)


def fitted(sheet: Sheet, carriers: dict[CourierName, CourierLimits] | None = None) -> Sheet:
    """The sheet as the shop with these couriers would tell it."""
    fitting = Fitting(CARRIERS if carriers is None else carriers)
    return replace(sheet, fits=fitting.of(sheet.order, TODAY), split=fitting.split(sheet.order, TODAY))
