"""Sizes and places: millimetres, grams, degrees."""

from dataclasses import dataclass
from datetime import datetime


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
