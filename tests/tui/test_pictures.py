"""How pages look, at rest; few, and looked at by a person before they are committed."""

import pytest

from tests.samples import SHOPS
from tests.tui.gallery import app_of

pytestmark = [pytest.mark.snapshot, pytest.mark.xdist_group("pictures")]

PICTURES = [
    ("counter", "busy", (80, 24), "en"),
    ("counter", "busy", (120, 40), "en"),
    ("counter", "busy", (200, 60), "en"),
    ("counter", "chinese", (120, 40), "zh-Hant"),
    ("drivers", "busy", (120, 40), "zh-Hant"),
    ("problems", "trouble", (120, 40), "zh-Hant"),
    ("help", "busy", (120, 40), "zh-Hant"),
    ("load", "busy", (120, 40), "zh-Hant"),
    ("load", "trouble", (80, 24), "en"),
    ("journal", "busy", (120, 40), "zh-Hant"),
]


@pytest.mark.parametrize(("page", "shop", "size", "language"), PICTURES)
def test_the_page_looks_as_it_did(snap_compare, page: str, shop: str, size: tuple[int, int], language: str) -> None:
    app = app_of(SHOPS[shop], page=page, language=language)
    app.stands_still = True

    async def settle(pilot) -> None:
        for _ in range(4):
            await pilot.pause(0.1)

    assert snap_compare(app, terminal_size=size, run_before=settle)
