"""Money and counts as the shop writes them."""

from decimal import Decimal

from core.domain.money import Money, decimals_of
from tui.i18n import ngettext, spoken


def money(amount: Money) -> str:
    """`NT$1,240`; decimals only where there are some."""
    from babel.numbers import format_decimal, get_currency_symbol  # slow to load, and not needed for the first picture

    units = Decimal(amount.minor).scaleb(-decimals_of(amount.currency))
    pattern = "#,##0" if units == units.to_integral_value() else "#,##0.00"
    return f"{get_currency_symbol(amount.currency, 'en')}{format_decimal(units, pattern, spoken())}"


def count_of(pieces: int) -> str:
    """`4 items`."""
    return ngettext("{count} item", "{count} items", pieces).format(count=pieces)


def parcels_of(count: int) -> str:
    """`1 parcel`."""
    return ngettext("{count} parcel", "{count} parcels", count).format(count=count)
