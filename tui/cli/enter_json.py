"""An order keyed in by hand, as scripts say it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from core.domain.handwritten import MOST_LINES, MOST_PIECES, HandLine, HandOrder, PaidHow
from core.domain.ids import fresh_id
from core.domain.money import BadMoney, Money
from core.domain.purchase import OrderType
from core.domain.text import tidy
from core.domain.wares import Ware, scanned
from tui.cli.everywhere import BadUsage
from tui.i18n import _

Words = Annotated[str, Field(max_length=500)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Line(_Strict):
    """By code, or by name with a price."""

    name: Words = ""
    code: Words = ""
    quantity: int = Field(default=1, ge=1, le=MOST_PIECES)
    price: str | int | float | None = None


class _Form(_Strict):
    """`id` is the script's own: said twice it is one order. `when` as at the counter."""

    id: str = Field(default="", pattern="^[A-Za-z0-9_-]{0,64}$")
    name: Words
    phone: Words
    address: Words = ""
    type: OrderType = OrderType.DELIVERY
    when: Words = ""
    note: Words = ""
    allergens: Words = ""
    channel: Words = ""
    number: Words = ""
    paid: PaidHow = PaidHow.CHANNEL
    lines: list[_Line] = Field(min_length=1, max_length=MOST_LINES)


def form_of(text: str, currency: str, wares: Sequence[Ware], promise: Callable[[str], datetime | None]) -> HandOrder:
    """Raises `BadUsage` with the place and what is wrong there."""
    try:
        told = _Form.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "JSON"
        raise BadUsage(f"{place}: {tidy(first['msg'], 120)}") from error
    words = told.model_dump(
        include={"name", "phone", "address", "type", "note", "allergens", "channel", "number", "paid"}
    )
    lines = tuple(_line(line, currency, wares) for line in told.lines)
    return HandOrder(id=told.id or fresh_id(), promised_to=promise(told.when), lines=lines, **words)


def _line(told: _Line, currency: str, wares: Sequence[Ware]) -> HandLine:
    ware = scanned(wares, told.code) if told.code else None
    if ware is None and not told.name:
        raise BadUsage(_("{found} is no item we know: say its name").format(found=f"{told.code!r:.60}"))
    name, price = told.name or (ware.name if ware else ""), ware.price if ware else None
    try:
        price = price if told.price is None else Money.parse(told.price, currency)
    except BadMoney as error:
        raise BadUsage(str(error)) from error
    if price is not None and price.minor < 0:
        raise BadUsage(_("{found} is no price").format(found=f"{told.price!r:.40}"))
    sku, barcode = (ware.sku, ware.barcode) if ware else (told.code, "")
    return HandLine(name=name, quantity=told.quantity, sku=sku, barcode=barcode, price=price)
