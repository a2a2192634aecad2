"""Who buys at the simulated shop: nobody there is."""

from dataclasses import dataclass
from random import Random
from typing import Final

_FAMILIES: Final = ("陳", "林", "黃", "張", "李", "王", "吳", "劉", "蔡", "楊", "許", "鄭")
_GIVEN: Final = ("怡君", "志明", "淑芬", "家豪", "雅婷", "俊傑", "美玲", "承翰", "佳穎", "宗翰", "詩涵", "柏宇")
_ABROAD: Final = ("Emma Chen", "Daniel Lin", "Mei Huang", "Oscar Wang", "Ivy Liu", "Sara Novak", "Tom Baker")
# District, postal code, street, and where the street is, in degrees.
_STREETS: Final = (
    ("中山區", "104", "南京東路二段", 25.0520, 121.5330),
    ("中山區", "104", "林森北路", 25.0545, 121.5252),
    ("中山區", "104", "松江路", 25.0560, 121.5331),
    ("大安區", "106", "仁愛路三段", 25.0379, 121.5388),
    ("大安區", "106", "復興南路一段", 25.0413, 121.5438),
    ("大安區", "106", "信義路三段", 25.0334, 121.5379),
    ("信義區", "110", "松仁路", 25.0355, 121.5680),
    ("信義區", "110", "忠孝東路五段", 25.0409, 121.5690),
)
_WISHES: Final = (
    "",
    "",
    "",
    "請按兩次門鈴 Ring twice",
    "放管理室 Leave with the doorman",
    "到了請打電話 Call on arrival",
)


@dataclass(frozen=True, kw_only=True)
class Person:
    """A made-up customer; degrees WGS-84."""

    name: str
    phone: str
    city: str
    district: str
    zip: str
    street: str
    floor: str
    latitude: float
    longitude: float
    wish: str


def anyone(rng: Random) -> Person:
    """A believable person at a house number no street reaches, with a telephone nobody has."""
    district, code, street, latitude, longitude = rng.choice(_STREETS)
    name = rng.choice(_ABROAD) if rng.random() < 0.2 else rng.choice(_FAMILIES) + rng.choice(_GIVEN)
    return Person(
        name=name,
        phone=f"0900-000-{rng.randrange(1000):03d}",
        city="台北市",
        district=district,
        zip=code,
        street=f"{street} {rng.randrange(901, 1000)} 號",
        floor=f"{rng.randrange(2, 13)} 樓",
        latitude=round(latitude + rng.uniform(-0.002, 0.002), 5),
        longitude=round(longitude + rng.uniform(-0.002, 0.002), 5),
        wish=rng.choice(_WISHES),
    )
