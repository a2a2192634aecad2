"""What people type: an amount, a time of day."""

from datetime import datetime, time, timedelta, tzinfo
from typing import Final

from core.domain.money import BadMoney, Money

WINDOW: Final = timedelta(minutes=30)  # of a promise, from the time that is typed


def amount(typed: str, currency: str) -> Money | None:
    """None for nothing typed; raises `BadMoney`."""
    plain = typed.replace(",", "").strip()
    if not plain:
        return None
    money = Money.parse(plain, currency)
    if money.minor < 0:
        raise BadMoney(f"{typed} is below nothing")
    return money


def coming(typed: str, now: datetime, zone: tzinfo) -> datetime | None:
    """The next time the shop's clock says so; None for nothing typed; raises `ValueError`."""
    if not typed.strip():
        return None
    wanted = time.fromisoformat(typed.strip().zfill(5))
    here = now.astimezone(zone)
    today = datetime.combine(here.date(), wanted, zone)
    return (today if today > here else today + timedelta(days=1)).astimezone(now.tzinfo)
