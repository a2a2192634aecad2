"""config.example.toml with every commented key written out."""

import re
import tomllib
from pathlib import Path
from typing import Any

FILE = Path(__file__).parents[3] / "config.example.toml"
TEXT = FILE.read_text(encoding="utf-8")
_COMMENTED = re.compile(r"""^# (\[?\[[\w.]+\]\]?|"?[\w.]+"? = .*)$""")


def written_out() -> str:
    """The text with the comment sign taken from every section and key."""
    return "\n".join(_COMMENTED.sub(r"\1", line) for line in TEXT.splitlines())


def sections() -> dict[str, Any]:
    """All that can be set, with the values the example names."""
    return tomllib.loads(written_out())


def references() -> set[str]:
    """The environment variables it speaks of."""
    return set(re.findall(r'"env:(\w+)"', written_out()))
