"""The customer's own words as they stand in the column `completed` of an order."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from core.domain.completed import Completed


def row_of(completed: Completed) -> dict[str, Any]:
    """As JSON."""
    return asdict(completed) | {"at": completed.at.isoformat()}


def completed_of(row: Mapping[str, Any]) -> Completed:
    """The words again."""
    return Completed(**{**row, "at": datetime.fromisoformat(row["at"])})
