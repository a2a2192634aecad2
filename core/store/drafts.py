"""Orders that are being keyed in, on disk: no word is lost with the terminal it was typed at."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from core.domain.handwritten import HandLine, HandOrder, PaidHow
from core.domain.ids import StaffId
from core.domain.keyed import Draft
from core.domain.money import Money
from core.domain.purchase import OrderType
from core.store.tables import drafts

_WORDS: Final = "id name phone address note allergens channel number".split()
_ADD: Final = insert(drafts)
_SAVE: Final = update(drafts).where(drafts.c.id == bindparam("_id"))


class Drafts:
    """The drafts of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, draft: Draft) -> None:
        """Its newest words."""
        row = {"id": draft.form.id, "by": draft.by, "kept_at": draft.kept_at, "form": form_row(draft.form)}
        if self._connection.execute(_SAVE, row | {"_id": draft.form.id}).rowcount == 0:
            self._connection.execute(_ADD, row)

    def drop(self, draft_id: str) -> None:
        """Confirmed, or thrown away."""
        self._connection.execute(delete(drafts).where(drafts.c.id == draft_id))

    def all(self) -> list[Draft]:
        """Newest first."""
        rows = self._connection.execute(select(drafts).order_by(drafts.c.kept_at.desc(), drafts.c.id)).mappings()
        return [Draft(form=form_of(row["form"]), by=StaffId(row["by"]), kept_at=row["kept_at"]) for row in rows]


def form_row(form: HandOrder) -> dict[str, Any]:
    """As JSON; amounts in minor units."""
    row: dict[str, Any] = {name: getattr(form, name) for name in _WORDS}
    return row | {
        "type": form.type.value,
        "paid": form.paid.value,
        "promised_to": form.promised_to.isoformat() if form.promised_to else None,
        "lines": [_line_row(line) for line in form.lines],
    }


def form_of(row: Mapping[str, Any]) -> HandOrder:
    """The form again."""
    promised = row["promised_to"]
    return HandOrder(
        type=OrderType(row["type"]),
        paid=PaidHow(row["paid"]),
        promised_to=datetime.fromisoformat(promised) if promised else None,
        lines=tuple(_line_of(line) for line in row["lines"]),
        **{name: row[name] for name in _WORDS},
    )


def _line_row(line: HandLine) -> dict[str, Any]:
    price = [line.price.minor, line.price.currency] if line.price else None
    return {"name": line.name, "quantity": line.quantity, "sku": line.sku, "barcode": line.barcode, "price": price}


def _line_of(row: Mapping[str, Any]) -> HandLine:
    return HandLine(**{**row, "price": Money(*row["price"]) if row["price"] else None})
