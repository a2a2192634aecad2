"""Where the simulated pandago works: countries with their prices, and the outlets it knows there (1, 3.8)."""

from dataclasses import asdict, dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from adapters.simulators.pandago_bodies import OutletBody, Sender
from adapters.simulators.pandago_faults import Fault
from adapters.simulators.rides import Spot, metres

CLOSE_M: Final = 250.0  # a sender this close to an outlet is that outlet
FARTHEST_M: Final = 30_000.0
UNKNOWN_M: Final = 3_000.0  # of a door that is known by its address alone
OUTLET: Final = "practice"


@dataclass(frozen=True, kw_only=True)
class Outlet:
    """A store."""

    client_vendor_id: str
    name: str
    address: str
    latitude: float
    longitude: float
    phone_number: str

    @property
    def spot(self) -> Spot:
        """On the map."""
        return self.latitude, self.longitude

    def sender(self, notes: str) -> dict[str, object]:
        """As orders tell it."""
        location = {"address": self.address, "latitude": self.latitude, "longitude": self.longitude}
        known = {"client_vendor_id": self.client_vendor_id, "name": self.name, "phone_number": self.phone_number}
        return known | {"location": location, "notes": notes}

    def wire(self) -> dict[str, object]:
        """As lists tell it."""
        return asdict(self)


class Town:
    """One country: what a way costs there in major units, and the outlets."""

    def __init__(self, base: str, a_km: str, step: str, *outlets: Outlet) -> None:
        self._base = Decimal(base)
        self._a_km = Decimal(a_km)
        self._step = Decimal(step)
        self._outlets = {outlet.client_vendor_id: outlet for outlet in outlets}

    def fee(self, distance: float) -> float:
        """The first kilometre is in the base price."""
        price = self._base + self._a_km * Decimal(max(distance - 1000, 0.0) / 1000)
        return float((price / self._step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * self._step)

    def outlet(self, ref: str) -> Outlet:
        """Raises the fault of one nobody knows."""
        if (found := self._outlets.get(ref)) is None:
            raise Fault(404, "Outlet not found")
        return found

    def save(self, ref: str, body: OutletBody) -> Outlet:
        """Made, or changed."""
        if body.add_user and body.delete_user:
            raise Fault(400, "", {"add_user": "not together with delete_user"})
        if body.delete_user and ref not in self._outlets:
            raise Fault(400, "", {"delete_user": "only when an outlet is changed"})
        told = body.model_dump(include={"name", "address", "latitude", "longitude", "phone_number"})
        self._outlets[ref] = Outlet(client_vendor_id=ref, **told)
        return self._outlets[ref]

    def all(self) -> list[Outlet]:
        """Every outlet."""
        return list(self._outlets.values())

    def outlet_of(self, sender: Sender | None) -> Outlet:
        """By its number, or by its place; raises the fault of none and of several."""
        if sender is not None and sender.client_vendor_id:
            return self.outlet(sender.client_vendor_id)
        spot = sender.location.spot if sender and sender.location else None
        near = [o for o in self._outlets.values() if spot and metres(spot, o.spot) <= CLOSE_M]
        if len(near) != 1:
            raise Fault(422, "Multiple branches were found" if near else "No branch close enough to sender was found")
        return near[0]


def distance(outlet: Outlet, door: Spot | None) -> float:
    """In metres; raises the fault of a door too far away."""
    found = UNKNOWN_M if door is None else metres(outlet.spot, door)
    if found > FARTHEST_M:
        raise Fault(422, "Unable to process order: the address is outside the delivery area")
    return round(found, 1)


def towns() -> dict[str, Town]:
    """By the two letters in the path; fresh for each simulator."""
    here = Outlet(
        client_vendor_id=OUTLET,
        name="Practice store",
        address="No. 1, Nanjing W. Rd., Taipei",
        latitude=25.0523,
        longitude=121.5202,
        phone_number="+886225550000",
    )
    merlion = Outlet(
        client_vendor_id=OUTLET,
        name="Practice store",
        address="1 Raffles Place, Singapore 048616",
        latitude=1.2840,
        longitude=103.8510,
        phone_number="+6562220000",
    )
    return {
        "tw": Town("65", "8", "1", here),
        "sg": Town("5.5", "0.9", "0.01", merlion),
        "hk": Town("45", "6", "0.1"),
        "my": Town("6", "1.1", "0.01"),
        "th": Town("40", "7", "1"),
        "ph": Town("55", "8", "1"),
        "pk": Town("150", "30", "1"),
        "jo": Town("1.250", "0.125", "0.005"),
        "fi": Town("5.9", "0.8", "0.01"),
        "kw": Town("1.250", "0.100", "0.005"),
        "no": Town("69", "9", "1"),
        "se": Town("69", "9", "1"),
    }
