"""What the shop's own system was told, and the money that went back."""

from dataclasses import dataclass

from core.domain.events.base import Event


@dataclass(frozen=True, kw_only=True)
class MoneyOwedBack(Event):
    """So much is to go back, through the shop's system or (`is_by_hand`) by a person there (C26)."""

    refund_id: str
    amount: str
    currency: str
    reason: str
    is_by_hand: bool = False


@dataclass(frozen=True, kw_only=True)
class MoneyWentBack(Event):
    """The shop's system has done it, or (`is_by_hand`) somebody says so."""

    refund_id: str
    amount: str
    currency: str
    is_by_hand: bool = False


@dataclass(frozen=True, kw_only=True)
class MoneyStayed(Event):
    """It does not go back after all."""

    refund_id: str
    amount: str
    currency: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class TellingSettled(Event):
    """A person says what becomes of a telling that was refused or not answered: `end` as in `tell.TellingEnd`."""

    send_id: str
    ability: str
    channel: str
    end: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class OrderRestored(Event):
    """A no, or a cancel, was taken back before the shop's system heard of it."""

    stage: str
