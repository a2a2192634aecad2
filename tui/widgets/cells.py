"""Words into terminal cells: measured, cut and padded by width, so that letters two cells wide line up."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style

from tui.labels.tones import Tone


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words in one tone; drawn as they are, never read as markup."""

    text: str
    tone: Tone = Tone.PLAIN


Pieces = tuple[Piece, ...]


def cap(pressed: str, tone: Tone) -> Piece:
    """A key as it is printed on the keyboard."""
    return Piece(f" {pressed} ", tone)


@lru_cache(maxsize=4096)
def safe(text: str) -> str:
    """Nothing that steers a terminal; joined emoji come apart, for terminals disagree on their width."""
    if text.isprintable() and "\ufe0f" not in text:
        return text
    return "".join(_harmless(sign) for sign in text)


def _harmless(sign: str) -> str:
    if sign.isspace():
        return " "
    if sign == "\ufe0f" or unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}:
        return ""
    return sign


def width_of(pieces: Iterable[Piece]) -> int:
    """Cells."""
    return sum(cell_len(safe(piece.text)) for piece in pieces)


def cut(text: str, width: int) -> str:
    """At most so many cells, with a sign that something is missing."""
    shown = safe(text)
    if cell_len(shown) <= width:
        return shown
    return set_cell_size(shown, max(0, width - 1)).rstrip(" …") + "…" if width > 0 else ""


def tail(text: str, width: int) -> str:
    """At most so many cells; of a long number the end tells it apart."""
    shown = safe(text)
    while cell_len(shown) > width:
        shown = f"…{shown.lstrip('…')[1:]}"
    return shown


def column(text: str, width: int, *, right: bool = False) -> str:
    """Exactly so many cells."""
    shown = cut(text, width)
    gap = " " * (width - cell_len(shown))
    return gap + shown if right else shown + gap


def wrapped(text: str, width: int) -> list[str]:
    """Lines of at most so many cells, broken at spaces where there are some."""
    lines = [""]
    for word in safe(text).split():
        for part in _broken(word, width):
            joined = f"{lines[-1]} {part}" if lines[-1] else part
            if cell_len(joined) <= width:
                lines[-1] = joined
            else:
                lines.append(part)
    return lines


def _broken(word: str, width: int) -> Iterator[str]:
    part = ""
    for sign in word:
        if part and cell_len(part + sign) > width:
            yield part
            part = ""
        part += sign
    yield part


def line(left: Pieces, right: Pieces, width: int) -> Pieces:
    """One line of exactly `width` cells: the right side is kept, the left is cut."""
    right = tuple(clipped(right, width))
    room = width - width_of(right)
    shown = tuple(clipped(left, room))
    gap = room - width_of(shown)
    return (*shown, Piece(" " * gap), *right)


def clipped(pieces: Iterable[Piece], width: int) -> Iterator[Piece]:
    """The pieces that fit, the last one cut."""
    for piece in pieces:
        if width <= 0:
            return
        shown = cut(piece.text, width)
        yield Piece(shown, piece.tone)
        if shown != safe(piece.text):
            return  # blanks fell away before the sign: what is left of the room would be cut once more
        width -= cell_len(shown)


def cells(pieces: Pieces, width: int) -> Pieces:
    """Exactly so many cells: a column of several tones."""
    return line(pieces, (), width)


def bar(share: float, width: int, tone: Tone) -> Pieces:
    """A thin bar, filled so far."""
    filled = max(0, min(width, round(width * share)))
    return (Piece("━" * filled, tone), Piece("━" * (width - filled), Tone.FAINT))


def segments(pieces: Pieces, palette: dict[str, Style], under: Style) -> list[Segment]:
    """The pieces in colours, joined where the terminal sees no difference: fewer bytes on slow links."""
    joined: list[Segment] = []
    for piece in pieces:
        if not piece.text:
            continue
        style = under + palette[piece.tone]
        if joined and _looks_the_same(joined[-1].style, style, piece.text):
            joined[-1] = Segment(joined[-1].text + piece.text, joined[-1].style)
        else:
            joined.append(Segment(piece.text, style))
    return joined


def _looks_the_same(before: Style | None, style: Style, text: str) -> bool:
    """Blanks show their ground only."""
    if before is None or before == style:
        return before is not None
    return text.isspace() and before.bgcolor == style.bgcolor
