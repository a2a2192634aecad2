"""What a look at one part of the shop comes to."""

from dataclasses import dataclass
from typing import Literal

Grade = Literal["ok", "warn", "fail"]


@dataclass(frozen=True)
class Finding:
    """One line: how it is, what it is about, what was found, how to mend it."""

    grade: Grade
    subject: str
    found: str
    mend: str = ""
