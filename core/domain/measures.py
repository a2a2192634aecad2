"""Sizes and places: millimetres, grams, degrees."""

from dataclasses import dataclass
from datetime import datetime
from math import asin, cos, hypot, radians, sin, sqrt
from typing import Final

EARTH_M: Final = 6_371_000.0  # its mean radius


@dataclass(frozen=True)
class Box:
    """Three edges in millimetres."""

    length_mm: int
    width_mm: int
    height_mm: int


@dataclass(frozen=True)
class Place:
    """A point on the map, in degrees WGS-84, and when it was true."""

    latitude: float
    longitude: float
    at: datetime | None = None


def metres_between(
    latitude: float | None, longitude: float | None, to_latitude: float | None, to_longitude: float | None
) -> float | None:
    """As the crow flies; None when an end is not on the map."""
    if latitude is None or longitude is None or to_latitude is None or to_longitude is None:
        return None
    north, east = radians(to_latitude - latitude), radians(to_longitude - longitude)
    narrowed = sqrt(cos(radians(latitude)) * cos(radians(to_latitude)))  # meridians come together towards the poles
    return 2 * EARTH_M * asin(min(1.0, hypot(sin(north / 2), narrowed * sin(east / 2))))
