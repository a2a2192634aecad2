"""Couriers as a counter asks them for prices: left alone, too, while they do not answer the station."""

from collections.abc import Callable, Mapping
from datetime import datetime

from core.domain.ids import CourierName
from core.domain.vitals import Vitals
from core.ports.clock import Clock
from core.ports.courier import Courier
from core.services.health import Health, Told, vitals_told
from core.services.heard_courier import HeardCourier


class Spared:
    """`told`: what the station says of the world, nothing where none runs."""

    def __init__(
        self, build: Callable[[], Mapping[CourierName, Courier]], told: Callable[[], Told], clock: Clock
    ) -> None:
        self._build = build
        self._told = told
        self._clock = clock
        self._health = Health()
        self._couriers: dict[CourierName, Courier] = {}

    def couriers(self) -> Mapping[CourierName, Courier]:
        """Built once; to be asked for before each round, for the station may know more by now."""
        if not self._couriers:
            built = self._build().items()
            self._couriers = {name: HeardCourier(courier, self._health, self._clock) for name, courier in built}
        self._learn(vitals_told(self._told()), self._clock.now())
        return self._couriers

    def _learn(self, told: Mapping[str, Vitals], now: datetime) -> None:
        """Whom the station leaves alone, unless we know of a longer pause ourselves."""
        for name, theirs in told.items():
            until, ours = theirs.next_try(now), self._health.vitals(name).next_try(now)
            if until is not None and (ours is None or ours < until):
                self._health.couriers[name] = theirs
