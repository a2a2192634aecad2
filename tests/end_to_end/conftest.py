"""A shop for every test here."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.shop import Shop, open_shop


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """Without hold and without courier, until a test wants them."""
    with open_shop(tmp_path, hold_seconds=0) as opened:
        yield opened
