"""Where the simulated Lalamove works: markets, cities, vehicles, what they carry and cost (1, 3.1, 3.9)."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal
from math import cos, hypot, radians
from typing import Final

from adapters.simulators.lalamove_faults import Fault

Spot = tuple[float, float]
KM_A_DEGREE: Final = 111.2
FARTHEST_KM: Final = 60.0
FREE_KM: Final = 3.0


def distance_km(start: Spot, end: Spot) -> float:
    """As the crow flies."""
    return KM_A_DEGREE * hypot(end[0] - start[0], (end[1] - start[1]) * cos(radians(start[0])))


@dataclass(frozen=True)
class City:
    """A place they serve."""

    code: str
    name: str
    centre: Spot


@dataclass(frozen=True)
class Market:
    """A country; prices in major units: to start with, and for each further kilometre."""

    code: str
    currency: str
    languages: frozenset[str]
    hours: float  # its clocks are ahead of UTC by
    base: Decimal
    a_km: Decimal
    cities: tuple[City, ...]

    @property
    def decimals(self) -> Decimal:
        """What amounts are rounded to."""
        return Decimal("0.1") if self.code in ("SG", "MY") else Decimal(1)

    def city_of(self, spot: Spot) -> City:
        """Raises the fault of a place nobody serves."""
        city = min(self.cities, key=lambda city: distance_km(city.centre, spot))
        if distance_km(city.centre, spot) > FARTHEST_KM:
            raise Fault("ERR_OUT_OF_SERVICE_AREA", "The location is outside of the service area.")
        return city

    def rounded(self, amount: Decimal) -> Decimal:
        """As a price of this market."""
        return amount.quantize(self.decimals, rounding=ROUND_HALF_UP)

    def wrongly(self, moment: datetime) -> str:
        """Webhook times: local, marked as UTC, a point before the seconds (6)."""
        return moment.astimezone(timezone(timedelta(hours=self.hours))).strftime("%Y-%m-%dT%H:%M.%SZ")


def _market(code: str, currency: str, languages: str, hours: float, base: int, a_km: int, *cities: City) -> Market:
    return Market(code, currency, frozenset(languages.split()), hours, Decimal(base), Decimal(a_km), cities)


MARKETS: Final = {
    market.code: market
    for market in (
        _market(
            "TW",
            "TWD",
            "zh_TW",
            8,
            80,
            12,
            City("TW TPE", "Taipei", (25.0330, 121.5654)),
            City("TW TXG", "Taichung", (24.1477, 120.6736)),
            City("TW TNN", "Tainan", (22.9999, 120.2270)),
            City("TW KHH", "Kaohsiung", (22.6273, 120.3014)),
        ),
        _market("HK", "HKD", "en_HK zh_HK", 8, 50, 6, City("HK HKG", "Hong Kong", (22.3193, 114.1694))),
        _market("SG", "SGD", "en_SG", 8, 8, 1, City("SG SIN", "Singapore", (1.3521, 103.8198))),
        _market("MY", "MYR", "en_MY ms_MY", 8, 6, 1, City("MY KUL", "Kuala Lumpur", (3.1390, 101.6869))),
        _market("TH", "THB", "en_TH th_TH", 7, 40, 6, City("TH BKK", "Bangkok", (13.7563, 100.5018))),
        _market("PH", "PHP", "en_PH", 8, 60, 6, City("PH MNL", "Manila", (14.5995, 120.9842))),
        _market("ID", "IDR", "en_ID id_ID", 7, 10_000, 2_500, City("ID JKT", "Jakarta", (-6.2088, 106.8456))),
        _market("VN", "VND", "en_VN vi_VN", 7, 20_000, 5_000, City("VN SGN", "Ho Chi Minh", (10.8231, 106.6297))),
        _market("BR", "BRL", "en_BR pt_BR", -3, 10, 2, City("BR SAO", "São Paulo", (-23.5505, -46.6333))),
        _market("MX", "MXN", "en_MX es_MX", -6, 50, 7, City("MX MEX", "Mexico City", (19.4326, -99.1332))),
        _market("JP", "JPY", "en_JP ja_JP", 9, 600, 100, City("JP TYO", "Tokyo", (35.6762, 139.6503))),
        _market("AE", "AED", "en_AE ar_AE", 4, 15, 2, City("AE DXB", "Dubai", (25.2048, 55.2708))),
        _market("SA", "SAR", "en_SA ar_SA", 3, 15, 2, City("SA RUH", "Riyadh", (24.7136, 46.6753))),
    )
}
# Vehicle: edges in metres, kilograms, how many times the price.
VEHICLES: Final = {
    "MOTORCYCLE": (("0.4", "0.4", "0.5"), "20", Decimal(1)),
    "COURIER": (("0.4", "0.4", "0.5"), "20", Decimal(1)),
    "CAR": (("1.0", "0.6", "0.7"), "100", Decimal(2)),
    "VAN": (("1.7", "1.0", "1.2"), "500", Decimal(4)),
}
REQUESTS: Final = ("THERMAL_BAG_1", "HELP_BUY", "ROUND_TRIP")


def market_of(code: str) -> Market:
    """Raises the fault of a market that is none."""
    if (market := MARKETS.get(code)) is None:
        raise Fault("ERR_INVALID_MARKET", "Invalid or missing market.")
    return market


def told(market: Market) -> list[dict[str, object]]:
    """The cities of a market with their services."""
    return [{"locode": city.code, "name": city.name, "services": _services()} for city in market.cities]


def _services() -> list[dict[str, object]]:
    return [
        {
            "key": key,
            "description": key.capitalize(),
            "dimensions": {
                name: {"value": edge, "unit": "m"}
                for name, edge in zip(("length", "width", "height"), box, strict=True)
            },
            "load": {"value": load, "unit": "kg"},
            "specialRequests": [{"name": name, "description": name.capitalize()} for name in REQUESTS],
        }
        for key, (box, load, _) in VEHICLES.items()
    ]
