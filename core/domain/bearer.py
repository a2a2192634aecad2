"""Who pays for what went wrong (C104–C106)."""

from enum import StrEnum


class Bearer(StrEnum):
    """NOBODY: no cost has arisen yet."""

    NOBODY = "nobody"
    STORE = "store"  # C104
    PLATFORM = "platform"  # C105: who carries it
    CUSTOMER = "customer"  # C106
    SHARED = "shared"  # store and customer, by agreement (L24, L26)
