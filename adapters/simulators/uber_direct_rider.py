"""Who rides for the simulated Uber Direct, and where along the road."""

from dataclasses import dataclass
from datetime import UTC, datetime

from adapters.simulators.rides import Spot


def written(moment: datetime) -> str:
    """RFC 3339 with milliseconds, as theirs."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def place(spot: Spot) -> dict[str, object]:
    """A point on the map: six decimals, as theirs."""
    return {"lat": round(spot[0], 6), "lng": round(spot[1], 6)}


@dataclass(frozen=True)
class Rider:
    """Who rides."""

    name: str
    phone: str
    plate: str
    starts_at: Spot

    def wire(self, spot: Spot) -> dict[str, object]:
        """The `courier` object; the rating is a text, as recorded."""
        return {
            "name": self.name,
            "rating": "5.00",
            "vehicle_type": "motorcycle",
            "vehicle_make": "Kymco",
            "vehicle_model": "Many",
            "vehicle_color": "white",
            "vehicle_license_plate": self.plate,
            "phone_number": "+886900000000",
            "public_phone_info": {"formatted_phone_number": self.phone, "phone_number": self.phone, "pin_code": ""},
            "location": place(spot),
            "img_href": "",
        }
