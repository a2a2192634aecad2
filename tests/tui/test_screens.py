"""`make screens` draws every page in every size, language and theme, and says where PNG is missing."""

from pathlib import Path

import pytest

from tests import samples
from tests.tui import screens
from tests.tui.gallery import PAGES, SIZES, app_of
from tests.tui.screens import Batch, batches
from tui.i18n import LANGUAGES
from tui.themes import THEMES


def test_every_page_is_drawn_in_every_size_language_and_theme() -> None:
    drawn = {path.name for batch in batches() for path in batch.paths(Path())}
    for page in PAGES:
        for width, height in SIZES:
            for language in LANGUAGES:
                wanted = {f"{page}-busy-{width}x{height}-{language}-{theme}.svg" for theme in THEMES}
                assert wanted <= drawn


def test_no_picture_is_drawn_twice() -> None:
    drawn = [path for batch in batches() for path in batch.paths(Path())]
    assert len(drawn) == len(set(drawn))


def test_every_page_of_the_program_is_in_the_gallery() -> None:
    app = app_of(samples.BUSY)
    assert set(app._modes) | {"help"} == set(PAGES)


def test_a_batch_writes_its_pictures_in_its_themes(tmp_path: Path) -> None:
    batch = Batch("busy", (80, 24), "zh-Hant", ("load", "help"), ("dark", "light"))
    paths = screens.draw_batch(batch, tmp_path)
    texts = [path.read_text(encoding="utf-8") for path in paths]
    assert len(set(texts)) == 4
    assert "今天" in texts[0]
    assert ("#fffdf8" in texts[0], "#fffdf8" in texts[1]) == (False, True)


def test_all_pictures_are_on_one_page() -> None:
    assert screens.sheet([Path("a/load.svg")]).count("load.svg") == 1


def test_without_the_tool_there_is_no_png(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tests.tui.screens.shutil.which", lambda tool: None)
    assert not screens.to_png(tmp_path / "load.svg")
    assert "librsvg2-bin" in screens.MISSING
