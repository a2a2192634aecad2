"""What a Shopify order webhook says of its money, line by line (order sources, section 1)."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Final

from pydantic import BaseModel, Field

from adapters import fields

MARK: Final = "[orderbell "  # before our key in the note of a refund we made
_NOTHING: Final = Decimal(0)
_COUNTS: Final = frozenset({"", "success", "pending"})


class Share(BaseModel):
    """A part of a discount, of a line or of the way."""

    amount: fields.RoughAmount = None


class TaxLine(BaseModel):
    """One tax, of a line or of the way."""

    price: fields.RoughAmount = None


Shares = Annotated[list[Share], fields.Entries]
TaxLines = Annotated[list[TaxLine], fields.Entries]


class _Piece(BaseModel):
    line_item_id: fields.MaybeId = None
    quantity: fields.PiecesLeft = None


class _Transaction(BaseModel):
    kind: Annotated[str, fields.short(40)] = ""
    status: Annotated[str, fields.short(40)] = ""
    amount: fields.RoughAmount = None


class Refund(BaseModel):
    """Money or goods taken back; those we asked for ourselves bear our mark."""

    note: Annotated[str, fields.short(400)] = ""
    refund_line_items: Annotated[list[_Piece], fields.Entries] = Field(default=[], max_length=fields.MOST_LINES)
    transactions: Annotated[list[_Transaction], fields.Entries] = Field(default=[], max_length=50)

    @property
    def is_ours(self) -> bool:
        """This house knows of it already: it changes neither what was bought nor what was paid."""
        return MARK in self.note

    @property
    def money(self) -> Decimal:
        """What went back, major units."""
        back = (each for each in self.transactions if each.kind in ("", "refund") and each.status in _COUNTS)
        return sum((each.amount or _NOTHING for each in back), _NOTHING)

    def pieces(self, line: str) -> int:
        """Of one line."""
        return sum(each.quantity or 0 for each in self.refund_line_items if each.line_item_id == line)


def off(shares: Iterable[Share]) -> Decimal:
    """What discounts take from one line."""
    return sum((share.amount or _NOTHING for share in shares), _NOTHING)


def taxes(lines: Iterable[TaxLine]) -> Decimal | None:
    """All taxes of one line, None where nothing is said of any."""
    told = [line.price for line in lines if line.price is not None]
    return sum(told, _NOTHING) if told else None


def share_of(amount: Decimal, pieces: int, of: int) -> Decimal:
    """An amount for so many of all pieces; whoever makes money of it rounds."""
    return amount if pieces == of else amount * pieces / of
