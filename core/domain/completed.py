"""Words the shop got from the customer itself, in the place of the channel's: kept until a person takes others (H6)."""

from dataclasses import dataclass, replace
from datetime import datetime

from core.domain import address as sense
from core.domain.ids import StaffId
from core.domain.likeness import plain
from core.domain.purchase import Customer


@dataclass(frozen=True, kw_only=True)
class Completed:
    """`address` and `phone` are ours, None as the channel tells; `told_…` is the channel's newest word on them."""

    by: StaffId
    at: datetime
    address: str | None = None
    phone: str | None = None
    told_address: str = ""
    told_phone: str = ""
    is_retold: bool = False  # the channel has told others since, and nobody has chosen

    def over(self, customer: Customer) -> Customer:
        """The channel's customer with our words; its place on the map goes where it was another address's."""
        ours = replace(
            customer,
            address=customer.address if self.address is None else self.address,
            phone=customer.phone if self.phone is None else self.phone,
        )
        return ours if self._keeps_place(customer) else replace(ours, latitude=None, longitude=None)

    def hears(self, customer: Customer) -> "Completed":
        """The channel tells of the customer again: other words than before, and than ours, want a choice."""
        news = (
            _is_news(self.address, self.told_address, customer.address),
            _is_news(self.phone, self.told_phone, customer.phone),
        )
        agrees = self._agrees_with(customer)
        told = replace(self, told_address=customer.address, told_phone=customer.phone)
        return replace(told, is_retold=not agrees and (self.is_retold or any(news)))

    def _agrees_with(self, customer: Customer) -> bool:
        pairs = ((self.address, customer.address), (self.phone, customer.phone))
        return all(ours is None or plain(ours) == plain(theirs) for ours, theirs in pairs)

    def _keeps_place(self, customer: Customer) -> bool:
        """The place still holds when the channel's words are a part of ours: a floor was added, or a number."""
        if self.address is None or sense.nonsense(customer.address):
            return self.address is None
        return plain(customer.address) in plain(self.address)


def complete(
    customer: Customer, known: Completed | None, *, address: str | None, phone: str | None, by: StaffId, at: datetime
) -> tuple[Customer, Completed]:
    """The customer with these words, and what the channel had told; None leaves a word as it is."""
    told_address = known.told_address if known else customer.address
    told_phone = known.told_phone if known else customer.phone
    words = Completed(
        by=by,
        at=at,
        address=address if address is not None else known.address if known else None,
        phone=phone if phone is not None else known.phone if known else None,
        told_address=told_address,
        told_phone=told_phone,
    )
    told = replace(customer, address=told_address, phone=told_phone)
    return words.over(told), words


def _is_news(ours: str | None, before: str, now: str) -> bool:
    return ours is not None and now != before
