"""Which couriers can carry an order's goods on a day, why the others cannot, and the split that helps."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from core.domain.boxing import Packing
from core.domain.fit import Fit, Limit, fit, nothing_comes
from core.domain.goods import Goods, goods_of, pieces_of
from core.domain.ids import CourierName
from core.domain.limits import CourierLimits, Vehicle
from core.domain.order import Order
from core.domain.parcelling import divide
from core.domain.split import Split

FEWEST: Final = 2
BEYOND_SPLITTING: Final = frozenset({Limit.VEHICLE, Limit.WEIGHT, Limit.EDGE})


class Fitting:
    """`carriers` in the order the store prefers them; `today` is the shop's date, which limits may depend on."""

    def __init__(self, carriers: Mapping[CourierName, CourierLimits]) -> None:
        self._carriers = carriers

    def of(self, order: Order, today: date, *, parcels: int | None = None) -> tuple[Fit, ...]:
        """Each courier and vehicle, for the goods in as many parcels as they are to be packed in."""
        goods = goods_of(order)
        return tuple(self._fits(goods, today, parcels or order.parcels))

    def able(self, order: Order, today: date) -> tuple[CourierName, ...]:
        """Who can carry it, the preferred first."""
        return tuple(dict.fromkeys(one.courier for one in self.of(order, today) if one.is_ok))

    def split(self, order: Order, today: date) -> Split | None:
        """The fewest parcels that one courier takes, where no vehicle takes the goods as one; None: nothing helps."""
        goods = goods_of(order)
        if any(one.is_ok for one in self._fits(goods, today, 1)):
            return None
        best: Split | None = None
        for name, limits in self._carriers.items():
            for vehicle in limits.on(today):
                most = len(best.parcels) - 1 if best else pieces_of(goods)
                best = _split(goods, name, vehicle, most) or best
        return best

    def _fits(self, goods: tuple[Goods, ...], today: date, parcels: int) -> Iterator[Fit]:
        for name, limits in self._carriers.items():
            vehicles = limits.on(today)
            yield from (fit(goods, name, vehicle, parcels) for vehicle in vehicles)
            if not vehicles:
                yield nothing_comes(name)


def _split(goods: tuple[Goods, ...], courier: CourierName, vehicle: Vehicle, most: int) -> Split | None:
    """In at most so many parcels."""
    most = min(most, vehicle.max_parcels or most)
    misfits = fit(goods, courier, vehicle).misfits
    if most < FEWEST or any(misfit.limit in BEYOND_SPLITTING for misfit in misfits):
        return None
    packed = divide(goods, vehicle, most)
    if packed.answer is not Packing.FITS or len(packed.parcels) < FEWEST:
        return None
    return Split(courier=courier, vehicle=vehicle.name, parcels=packed.parcels, is_fewest=packed.is_fewest)
