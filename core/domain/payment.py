"""What is known of the money."""

from enum import StrEnum
from typing import Final


class Payment(StrEnum):
    """Payment states of the public contract."""

    UNPAID = "unpaid"
    AUTHORIZED = "authorized"
    COD = "cod"
    PAID = "paid"
    PART_REFUNDED = "part_refunded"
    REFUNDED = "refunded"
    VOID = "void"


# Two messages of one second are put in order by this: money moves one way.
PROGRESS: Final[dict[Payment, int]] = {payment: rank for rank, payment in enumerate(Payment)}


def is_received(payment: Payment) -> bool:
    """Only money that has arrived rings and may be accepted (C12, C16, C20, X3)."""
    return payment in (Payment.PAID, Payment.PART_REFUNDED)


def is_gone(payment: Payment) -> bool:
    """The money went back, or never came and never will."""
    return payment in (Payment.REFUNDED, Payment.VOID)
