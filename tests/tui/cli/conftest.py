"""A till for every test here."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tui.cli.till import Till


@pytest.fixture
def till(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Till]:
    opened = Till(tmp_path, monkeypatch)
    yield opened
    opened.close()
