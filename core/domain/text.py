"""Outside text made harmless for a screen: one line, no controls, no direction tricks, an end."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

# Controls, line and paragraph separators, direction overrides, other format signs.
_HARMFUL = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_KEPT = frozenset("\u200d")  # joins emoji
_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[PX^_][^\x1b]*(?:\x1b\\)?|[@-Z\\-_])")
_SPACES = re.compile(r"\s+")
MOST_MARKS = 4


def tidy(text: str, most: int = 200) -> str:
    """At most `most` characters of `text`, safe to draw on one line of a terminal."""
    flat = _SPACES.sub(" ", _ESCAPES.sub("", text[: most * 8]))
    harmless = _SPACES.sub(" ", "".join(sign for sign in flat if _is_harmless(sign)))
    seen = "".join(_without_heaps(harmless)).strip()
    return seen if len(seen) <= most else seen[: most - 1].rstrip() + "…"


def _is_harmless(sign: str) -> bool:
    return sign in _KEPT or unicodedata.category(sign) not in _HARMFUL


def _without_heaps(signs: Iterable[str]) -> Iterator[str]:
    marks = 0
    for sign in signs:
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if marks <= MOST_MARKS:
            yield sign
