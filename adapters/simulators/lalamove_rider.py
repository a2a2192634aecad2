"""Who rides for the simulated Lalamove, and where along the road."""

from dataclasses import dataclass
from datetime import UTC, datetime

from adapters.simulators.lalamove_market import Spot


def written(moment: datetime) -> str:
    """ISO 8601 with two digits behind the second, as theirs."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-4] + "Z"


def coordinates(spot: Spot) -> dict[str, object]:
    """A point on the map: texts of seven decimals."""
    return {"lat": f"{spot[0]:.7f}", "lng": f"{spot[1]:.7f}"}


@dataclass(frozen=True)
class Rider:
    """A driver."""

    id: str
    name: str
    phone: str
    plate: str
    starts_at: Spot

    @property
    def masked(self) -> str:
        """The plate without its first two signs and its last."""
        return f"**{self.plate[2:-1]}*"

    def wire(self) -> dict[str, object]:
        """What webhooks and calls have in common."""
        photo = "https://example.invalid/driver.png"
        return {
            "driverId": self.id,
            "name": self.name,
            "phone": self.phone,
            "plateNumber": self.masked,
            "photo": photo,
        }
