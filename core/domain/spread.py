"""How a time is spread over what has been: weighted samples as values that are equally likely."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Final

STEPS: Final = 15  # values of a spread; the middle one is the median
Spread = tuple[float, ...]
"""Minutes, ascending, each as likely as the others."""


def spread_of(values: Sequence[float], weights: Iterable[float]) -> Spread:
    """Of ascending minutes and what each weighs; raises `ValueError` when nothing weighs anything."""
    sums = list(accumulate(weights))
    if not sums or sums[-1] <= 0:
        raise ValueError("a spread needs a sample")
    found, at = list[float](), 0
    for step in range(STEPS):
        while sums[at] < sums[-1] * (step + 0.5) / STEPS:
            at += 1
        found.append(values[at])
    return tuple(found)


def middle(spread: Spread) -> float:
    """The median, in minutes."""
    return spread[len(spread) // 2]


@lru_cache(maxsize=4096)
def gap(later: Spread, sooner: Spread, share: float) -> float:
    """So many minutes lie between the two, or fewer, in this share of all cases (0 to 1)."""
    gaps = sorted(late - soon for late in later for soon in sooner)
    return gaps[min(len(gaps) - 1, int(share * len(gaps)))]
