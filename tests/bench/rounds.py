"""Rounds in turn, medians and percentiles."""

import time
from collections.abc import Callable, Sequence
from math import ceil


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that so much of all is not above."""
    return sorted(values)[max(0, ceil(len(values) * share) - 1)]


def eventually(holds: Callable[[], object], patience: float = 60.0, step: float = 0.02) -> None:
    """Until it holds; raises `TimeoutError`."""
    deadline = time.monotonic() + patience
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError("it never came to be")
        time.sleep(step)


def quietly(count: Callable[[], int], pause: float, patience: float) -> None:
    """Until at most one more is counted during a pause."""
    deadline, before = time.monotonic() + patience, -9
    while count() - before > 1 and time.monotonic() < deadline:
        before = count()
        time.sleep(pause)
