"""What keying in needs to know: drafts that wait, and goods to choose from."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.handwritten import HandOrder
from core.domain.ids import StaffId


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What was keyed in and never confirmed; by whom, and when a word of it was changed last."""

    form: HandOrder
    by: StaffId
    kept_at: datetime
