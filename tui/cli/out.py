"""What commands print."""

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from core.domain.text import tidy


def say(text: str) -> None:
    """One line for people, safe to draw."""
    indent = " " * (len(text) - len(text.lstrip(" ")))
    columns = (tidy(part, 500) for part in text.strip().split("  ") if part)
    sys.stdout.write(f"{indent}{'  '.join(columns)}\n")


def note(text: str) -> None:
    """One line beside the answer: on standard error, so that scripts can go on reading."""
    sys.stderr.write(f"{tidy(text, 500)}\n")


def tell(value: Any) -> None:
    """One line of JSON, at once."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Columns that line up, double-width letters too."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(*heads, box=box.SIMPLE_HEAD, pad_edge=False)
    for row in rows:
        shown.add_row(*(Text(tidy(cell, 80)) for cell in row))
    Console(soft_wrap=True, highlight=False).print(shown)
