"""Which couriers can carry an order's goods on a day, why the others cannot, and the split that helps."""

from collections.abc import Iterator, Mapping
from datetime import date

from core.domain.boxing import Packing
from core.domain.fit import Fit, Limit, fit, nothing_comes
from core.domain.goods import Goods, goods_of, pieces_of
from core.domain.ids import CourierName
from core.domain.limits import CourierLimits, Vehicle
from core.domain.order import Order
from core.domain.parcelling import divide
from core.domain.split import Split

BEYOND_SPLITTING = frozenset({Limit.VEHICLE, Limit.WEIGHT, Limit.EDGE})


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
        goods, found = goods_of(order), list[Split]()
        as_one = list(self._fits(goods, today, 1))
        if any(one.is_ok for one in as_one):
            return None
        vehicles = [(name, vehicle) for name, limits in self._carriers.items() for vehicle in limits.on(today)]
        for name, vehicle in vehicles:
            found.extend(_split(goods, name, vehicle))
        return min(found, key=lambda one: len(one.parcels), default=None)

    def _fits(self, goods: tuple[Goods, ...], today: date, parcels: int) -> Iterator[Fit]:
        for name, limits in self._carriers.items():
            vehicles = limits.on(today)
            yield from (fit(goods, name, vehicle, parcels) for vehicle in vehicles)
            if not vehicles:
                yield nothing_comes(name)


def _split(goods: tuple[Goods, ...], courier: CourierName, vehicle: Vehicle) -> Iterator[Split]:
    misfits = fit(goods, courier, vehicle).misfits
    if any(misfit.limit in BEYOND_SPLITTING for misfit in misfits):
        return
    most = min(vehicle.max_parcels or pieces_of(goods), pieces_of(goods))
    packed = divide(goods, vehicle, most)
    if packed.answer is Packing.FITS and len(packed.parcels) > 1:
        yield Split(courier=courier, vehicle=vehicle.name, parcels=packed.parcels, is_fewest=packed.is_fewest)
