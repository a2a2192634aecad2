"""What a courier answered when it was asked for its price."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from core.domain.fit import Fit
from core.domain.ids import CourierName
from core.domain.quote import Quote


class Answer(StrEnum):
    """How a courier took the question. UNPRICED carries and tells no price beforehand; MISFIT was not asked."""

    ASKING = "asking"
    QUOTED = "quoted"
    UNPRICED = "unpriced"
    LATE = "late"
    DOWN = "down"
    LOCKED_OUT = "locked_out"
    REFUSED = "refused"
    MISFIT = "misfit"


CLOSED: Final = frozenset({Answer.LOCKED_OUT, Answer.REFUSED, Answer.MISFIT})


@dataclass(frozen=True, kw_only=True)
class Offer:
    """One courier's answer; `words` are its own reason, `fits` what each of its vehicles makes of the goods."""

    courier: CourierName
    answer: Answer = Answer.ASKING
    quote: Quote | None = None
    words: str = ""
    fits: tuple[Fit, ...] = ()
    is_over: bool = False  # the store's limits leave it to a person

    @property
    def may_be_called(self) -> bool:
        """It can carry the goods, and has not said no."""
        return self.answer not in CLOSED

    def stands(self, now: datetime) -> bool:
        """It answered, and the answer still holds: an expired quote does not."""
        if self.answer is Answer.UNPRICED:
            return True
        return self.quote is not None and self.quote.expires_at > now
