"""Why an order is called off or complained of: the second side of the coach's table."""

from enum import StrEnum


class Cause(StrEnum):
    """As a person would name it on the telephone."""

    CHANGED_MIND = "changed_mind"
    TOO_LATE = "too_late"
    QUALITY = "quality"  # wrong, spoilt or far from what was promised (L28)
    DAMAGED = "damaged"
    ADDRESS = "address"  # wrong or incomplete (C66, C106)
    UNREACHABLE = "unreachable"  # nobody answers, nobody opens (C69)
    DUPLICATE = "duplicate"  # ordered twice, or not by this customer
    OUT_OF_STOCK = "out_of_stock"
    FORCE_MAJEURE = "force_majeure"  # weather, a closed road (L32)
    SHOP = "shop"  # the shop itself calls it off, whatever for
