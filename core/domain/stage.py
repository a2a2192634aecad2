"""Where an order stands, and the one table of moves."""

from enum import StrEnum
from typing import Final

from core.domain.refusal import IllegalMove


class Stage(StrEnum):
    """Stages of the public contract."""

    WAITING_PAYMENT = "waiting_payment"
    REVIEW = "review"
    NEW = "new"
    PREPARING = "preparing"
    READY = "ready"
    OUT = "out"
    COMPLETED = "completed"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    RETURNED = "returned"


_S = Stage
MOVES: Final[dict[Stage, frozenset[Stage]]] = {
    _S.WAITING_PAYMENT: frozenset({_S.NEW, _S.REVIEW, _S.CANCELLED}),
    _S.REVIEW: frozenset({_S.NEW, _S.WAITING_PAYMENT, _S.REJECTED, _S.CANCELLED}),
    _S.NEW: frozenset({_S.PREPARING, _S.REVIEW, _S.WAITING_PAYMENT, _S.REJECTED, _S.CANCELLED}),
    _S.PREPARING: frozenset({_S.READY, _S.CANCELLED}),
    _S.READY: frozenset({_S.PREPARING, _S.OUT, _S.CANCELLED}),
    _S.OUT: frozenset({_S.COMPLETED, _S.RETURNED}),
    _S.COMPLETED: frozenset({_S.RETURNED}),
    _S.REJECTED: frozenset(),
    _S.CANCELLED: frozenset(),
    _S.RETURNED: frozenset({_S.READY, _S.PREPARING}),  # once more, where that was agreed (C70)
}
# Taken back within the held seconds, before the shop's system heard of it: back to where it stood, and no other way.
TAKEN_BACK: Final[dict[Stage, frozenset[Stage]]] = {
    _S.REJECTED: frozenset({_S.REVIEW, _S.NEW}),
    _S.CANCELLED: frozenset({_S.WAITING_PAYMENT, _S.REVIEW, _S.NEW, _S.PREPARING, _S.READY}),
}
RINGING: Final = frozenset({_S.REVIEW, _S.NEW})  # paid, and a person is wanted before the deadline (0027)
BEFORE_ACCEPT: Final = frozenset({_S.WAITING_PAYMENT, _S.REVIEW, _S.NEW})
IN_THE_SHOP: Final = frozenset({_S.PREPARING, _S.READY})
ENDED: Final = frozenset({_S.COMPLETED, _S.REJECTED, _S.CANCELLED, _S.RETURNED})
OPEN: Final = frozenset(Stage) - ENDED


def require_move(before: Stage, after: Stage) -> Stage:
    """`after`, if the table allows it; raises `IllegalMove`."""
    if after not in MOVES[before]:
        raise IllegalMove(before, after)
    return after


def require_return(before: Stage, after: Stage) -> Stage:
    """`after`, if an end that nobody outside has heard of may be taken back to it; raises `IllegalMove`."""
    if after not in TAKEN_BACK.get(before, frozenset()):
        raise IllegalMove(before, after)
    return after
