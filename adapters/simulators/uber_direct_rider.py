"""Who rides for the simulated Uber Direct, and where along the road."""

from dataclasses import dataclass
from datetime import UTC, datetime

Spot = tuple[float, float]


def written(moment: datetime) -> str:
    """RFC 3339 with milliseconds, as theirs."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def place(spot: Spot) -> dict[str, object]:
    """A point on the map, as theirs."""
    return {"lat": spot[0], "lng": spot[1]}


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


@dataclass(frozen=True)
class Leg:
    """A stretch of road."""

    start: Spot
    end: Spot
    leaves: datetime
    arrives: datetime

    def spot(self, at: datetime) -> Spot:
        """Where one is on a straight line."""
        length = (self.arrives - self.leaves).total_seconds()
        done = min(max((at - self.leaves).total_seconds() / length, 0.0), 1.0) if length > 0 else 1.0
        (north, east), (far_north, far_east) = self.start, self.end
        return round(north + (far_north - north) * done, 6), round(east + (far_east - east) * done, 6)
