"""What customers called for, and what was agreed."""

from dataclasses import dataclass

from core.domain.events.base import Event


@dataclass(frozen=True, kw_only=True)
class AgreementMade(Event):
    """Where the order stood, why, what was done, who pays; `refund` in major units of `currency`."""

    phase: str
    cause: str
    action: str
    bearer: str
    refund: str = "0"
    currency: str = ""
    manager: str = ""
    reason: str = ""  # the manager's
