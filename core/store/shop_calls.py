"""What a shop's system is told, as it lies in the outbox."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any, Final

from core.domain.ids import LineId
from core.domain.money import Money
from core.domain.shop_call import ShopAbility, ShopCall, Tracking

_PLAIN: Final = tuple(
    field.name for field in fields(ShopCall) if field.name not in ("ability", "lines", "money", "tracking")
)


def row_of(call: ShopCall) -> dict[str, Any]:
    """JSON values; money in minor units."""
    return {name: getattr(call, name) for name in _PLAIN} | {
        "ability": call.ability.value,
        "lines": [list(line) for line in call.lines],
        "money": [call.money.minor, call.money.currency] if call.money else None,
        "tracking": asdict(call.tracking) if call.tracking else None,
    }


def call_of(row: Mapping[str, Any]) -> ShopCall:
    """The call again."""
    return ShopCall(
        ability=ShopAbility(row["ability"]),
        lines=tuple((LineId(line_id), pieces) for line_id, pieces in row["lines"]),
        money=Money(*row["money"]) if row["money"] else None,
        tracking=Tracking(**row["tracking"]) if row["tracking"] else None,
        **{name: row[name] for name in _PLAIN},
    )
