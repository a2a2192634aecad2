"""Outside text made harmless for a screen: one line, no controls, no direction tricks, an end."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

# Controls, line and paragraph separators, direction overrides, other format signs.
_HARMFUL = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_KEPT = frozenset("\u200d")  # joins emoji
_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[PX^_][^\x1b]*(?:\x1b\\)?|[@-Z\\-_])")
_SPACES = re.compile(r"\s+")
_GAPS = re.compile(" {2,}")
# Signs that are neither controls nor marks: Latin, kana, Chinese, their punctuation, full-width letters.
_PLAIN = re.compile(
    r"[ -~\u00a1-\u00ac\u00ae-\u024f\u2010-\u2027\u3001-\u3029\u3041-\u3096\u309b-\u30ff\u4e00-\u9fef\uff01-\uff60]*"
)
MOST_MARKS = 4


def tidy(text: str, most: int = 200) -> str:
    """At most `most` characters of `text`, safe to draw on one line of a terminal."""
    if _PLAIN.fullmatch(text):  # nearly all there is: ten times as fast as looking at each sign
        return _cut(_GAPS.sub(" ", text[: most * 8]).strip(), most)
    flat = _SPACES.sub(" ", _ESCAPES.sub("", text[: most * 8]))
    harmless = _SPACES.sub(" ", "".join(sign for sign in flat if _is_harmless(sign)))
    return _cut("".join(_without_heaps(harmless)).strip(), most)


def _cut(seen: str, most: int) -> str:
    return seen if len(seen) <= most else seen[: most - 1].rstrip() + "…"


def _is_harmless(sign: str) -> bool:
    return sign in _KEPT or unicodedata.category(sign) not in _HARMFUL


def _without_heaps(signs: Iterable[str]) -> Iterator[str]:
    marks = 0
    for sign in signs:
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if marks <= MOST_MARKS:
            yield sign
