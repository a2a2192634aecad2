"""Where two drawings of one line differ: only those cells go over the link."""

from collections.abc import Iterator
from typing import NamedTuple

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip


class Sign(NamedTuple):
    """A letter as it is drawn."""

    text: str
    style: Style | None


Span = tuple[int, int]
"""The first cell, and the one behind the last."""
WORTH_A_MOVE = 8  # cells that are the same between two that differ: fewer cost less than moving the cursor


def unlike(before: Strip, after: Strip) -> list[Span]:
    """From the left; a sign two cells wide is never cut. Both lines are equally wide."""
    spans: list[Span] = []
    for first, end in _differing(before, after):
        if spans and first - spans[-1][1] < WORTH_A_MOVE:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((first, end))
    return spans


def _differing(before: Strip, after: Strip) -> Iterator[Span]:
    """Sign by sign of the new line; a wide sign of the old one that is cut by it counts as well."""
    old = dict(_signs(before))
    wide = {cell + 1: cell for cell, sign in old.items() if cell_len(sign.text) > 1}
    for at, sign in _signs(after):
        end = at + max(1, cell_len(sign.text))
        if old.get(at) != sign:
            yield wide.get(at, at), end + (end in wide)


def _signs(line: Strip) -> Iterator[tuple[int, Sign]]:
    """The cell each sign begins at; what has no width of its own belongs to the sign before it."""
    at, held = 0, Sign("", None)
    for part in line:
        for sign in part.text:
            if held.text and cell_len(sign):
                yield at, held
                at, held = at + cell_len(held.text), Sign("", None)
            held = Sign(held.text + sign, held.style if held.text else part.style)
    if held.text:
        yield at, held
