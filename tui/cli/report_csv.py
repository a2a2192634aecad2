"""Troubles as tables for a spreadsheet."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from core.board.recurring import Recurring, Side
from tui.cli.trouble_json import trouble_object

HEADS: Final = "id order kind detail opened_at closed_at result cost currency who_pays courier person products"
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would take such words for a formula


def write_csv(found: Recurring, folder: Path) -> Iterator[Path]:
    """Each trouble, and each count; the folder is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [trouble_object(one, found.zone) for one in found.incidents]
    heads = tuple(HEADS.split())
    yield _write(folder / "problems.csv", heads, ([row[name] for name in heads] for row in rows))
    counts = (
        [side.value, one.value, one.count, one.cost.text if one.cost else ""] for side in Side for one in found.by(side)
    )
    yield _write(folder / "recurring.csv", ("by", "value", "count", "cost"), counts)


def _write(file: Path, heads: Iterable[str], rows: Iterable[Iterable[Any]]) -> Path:
    with file.open("w", encoding="utf-8-sig", newline="") as told:
        writer = csv.writer(told)
        writer.writerow(heads)
        writer.writerows([_cell(value) for value in row] for row in rows)
    return file


def _cell(value: object) -> str:
    words = "; ".join(value) if isinstance(value, list) else "" if value is None else str(value)
    return f"'{words}" if words.startswith(FORMULA) else words
