"""What commands print."""

import json
import re
import sys
from collections.abc import Iterable, Sequence
from typing import Any, Final

from core.domain.text import tidy

_GAPS: Final = re.compile("( {2,})")
WIDE: Final = 200  # columns, where no terminal sets a width


def say(text: str) -> None:
    """One line for people, safe to draw."""
    parts = _GAPS.split(text)  # gaps that line up are ours, and stay
    sys.stdout.write("".join(part if part.isspace() else tidy(part, 500) for part in parts) + "\n")


def note(text: str) -> None:
    """One line beside the answer: on standard error, so that scripts can go on reading."""
    sys.stderr.write(f"{tidy(text, 500)}\n")


def tell(value: Any) -> None:
    """One line of JSON, at once; with escapes where the terminal's own letters would lose something."""
    speaks_all = (sys.stdout.encoding or "utf-8").lower().startswith("utf")
    sys.stdout.write(json.dumps(value, ensure_ascii=not speaks_all) + "\n")
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
    Console(highlight=False, width=None if sys.stdout.isatty() else WIDE).print(shown)
