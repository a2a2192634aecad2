"""Money in whole minor units, never in floating point."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

# ISO 4217 exponents that are not 2.
DECIMALS: dict[str, int] = {
    "JPY": 0,
    "KRW": 0,
    "VND": 0,
    "CLP": 0,
    "ISK": 0,
    "PYG": 0,
    "KWD": 3,
    "BHD": 3,
    "TND": 3,
    "JOD": 3,
}
LARGEST_MINOR = 10**13


class BadMoney(ValueError):
    """A text that is no amount, or one no shop ever charged."""


def decimals_of(currency: str) -> int:
    """Digits behind the point for a currency of ISO 4217."""
    return DECIMALS.get(currency, 2)


@dataclass(frozen=True, order=True)
class Money:
    """An amount: minor units (cents) and an ISO 4217 code."""

    minor: int
    currency: str

    @classmethod
    def parse(cls, amount: str | int | float | Decimal, currency: str) -> "Money":
        """Read a channel's amount, in major units; raises `BadMoney`."""
        try:
            exact = Decimal(str(amount)).scaleb(decimals_of(currency))
            minor = int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))
        except (ArithmeticError, ValueError) as error:
            raise BadMoney(f"{amount!r:.40} is not an amount") from error
        if abs(minor) > LARGEST_MINOR:
            raise BadMoney(f"{amount!r:.40} is beyond any order")
        return cls(minor, currency)

    @property
    def text(self) -> str:
        """Plain digits with the currency's decimals: `1240.00`."""
        return str(Decimal(self.minor).scaleb(-decimals_of(self.currency)))

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same(other), self.currency)

    def __mul__(self, count: int) -> "Money":
        return Money(self.minor * count, self.currency)

    def _same(self, other: "Money") -> int:
        if other.currency != self.currency:
            raise BadMoney(f"{self.currency} and {other.currency} do not add up")
        return other.minor


def total_of(amounts: Iterable[Money], currency: str) -> Money:
    """The sum, zero for none."""
    return sum(amounts, start=Money(0, currency))
