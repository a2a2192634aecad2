"""Money, numbers and counts as the shop writes them; grouping and commas are Babel's."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

from core.domain.money import Money, decimals_of
from tui.i18n import ngettext, spoken

# Babel is slow to load, and not needed for the first picture: it is imported where it is used.

SYMBOLS: Final = {"TWD": "NT$"}  # as tills in Taiwan print it; a bare $ may be anybody's
_NUMBER: Final = re.compile(r"\d+\.\d+")


def money(amount: Money) -> str:
    """`NT$1,240`, `12,50 €`, `R$ 12,50`; decimals only where there are some."""
    from babel.numbers import format_decimal

    units = Decimal(amount.minor).scaleb(-decimals_of(amount.currency))
    whole, broken, locale = _patterns(amount.currency, spoken())
    pattern = whole if units == units.to_integral_value() else broken
    return format_decimal(units, pattern, locale).replace("\xa0", " ")


def number(value: Decimal | int) -> str:
    """`1,240.5`, `1.240,5`."""
    from babel.numbers import format_decimal

    return format_decimal(value, locale=spoken())


def figures(text: str) -> str:
    """The same words, with the numbers in them as the language writes them: `8,4`."""
    return _NUMBER.sub(lambda found: number(Decimal(found[0])), text)


def count_of(pieces: int) -> str:
    """`4 items`."""
    return ngettext("{count} item", "{count} items", pieces).format(count=pieces)


def parcels_of(count: int) -> str:
    """`1 parcel`."""
    return ngettext("{count} parcel", "{count} parcels", count).format(count=count)


def size(count: int) -> str:
    """`88 kB`, `640 B`: of a file."""
    return f"{number(count // 1000)} kB" if count >= 1000 else f"{count} B"


@lru_cache(maxsize=64)
def _patterns(currency: str, language: str) -> tuple[str, str, str]:
    """How whole and broken amounts are written, and the locale whose signs go into them."""
    from babel import Locale
    from babel.numbers import get_currency_symbol

    locale = _home(currency, language)
    symbol = SYMBOLS.get(currency) or get_currency_symbol(currency, locale)
    pattern = Locale.parse(locale).currency_formats["standard"].pattern.replace("¤", f"'{symbol}'")
    return pattern.replace(".00", ""), pattern, locale


def _home(currency: str, language: str) -> str:
    """Pesos in Spanish are written as in Mexico: a currency's code begins with its country's."""
    from babel import localedata

    home = f"{language}_{currency[:2]}"
    return home if localedata.exists(home) else language
