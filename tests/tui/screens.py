"""Every page in every size, language and theme as SVG and PNG: `make screens`.

PNG by `rsvg-convert` (Debian: librsvg2-bin) where it is installed. The Python packages there are draw blanks at the
ends of words and letters of two cells in the wrong places (resvg), or want system libraries as well (CairoSVG).
"""

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from html import escape
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from textual.pilot import Pilot

from tests import samples
from tests.tui.gallery import PAGES, SIZES, GalleryApp, app_of, svg_of
from tui.i18n import LANGUAGES
from tui.themes import THEMES

TOOL: Final = "rsvg-convert"
MISSING: Final = f"{TOOL} is not installed: SVG only (Debian: apt-get install librsvg2-bin)"
SETTLED: Final = 0.05  # seconds
OTHERS: Final = ("empty", "first_bell", "picking", "at_the_door", "calm", "chinese", "hostile")
LOOKED_AT: Final = ("en", "zh-Hant")  # languages of the shops beside the busy one


@dataclass(frozen=True)
class Batch:
    """Pictures of one running app: its pages in its themes."""

    shop: str
    size: tuple[int, int]
    language: str
    pages: tuple[str, ...] = ("counter",)
    themes: tuple[str, ...] = ("dark",)
    rows: str = "normal"

    def path(self, folder: Path, page: str, theme: str) -> Path:
        """`counter-busy-80x24-en-dark.svg`."""
        rows = "" if self.rows == "normal" else f"-{self.rows}"
        return folder / f"{page}-{self.shop}{rows}-{self.size[0]}x{self.size[1]}-{self.language}-{theme}.svg"

    def paths(self, folder: Path) -> list[Path]:
        """All it will draw."""
        return [self.path(folder, page, theme) for page in self.pages for theme in self.themes]


def batches() -> Iterator[Batch]:
    """Every page everywhere; what else a page can hold in two languages."""
    themes = tuple(THEMES)
    for size in SIZES:
        for language in LANGUAGES:
            yield Batch("busy", size, language, PAGES, themes)
            yield Batch("trouble", size, language, PAGES[:-1])
            yield Batch("busy", size, language, rows="large")
        for language in LOOKED_AT:
            yield from (Batch(shop, size, language) for shop in OTHERS)
            yield Batch("empty", size, language, PAGES[1:-1])


def draw_all(folder: Path) -> None:
    """In as many processes as there are cores; ends with a page that shows them all."""
    folder.mkdir(parents=True, exist_ok=True)
    drawn: list[Path] = []
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        for done in as_completed([pool.submit(draw_batch, batch, folder) for batch in batches()]):
            drawn += done.result()
    (folder / "index.html").write_text(sheet(sorted(drawn)), encoding="utf-8")
    sys.stdout.write(f"{len(drawn)} pictures: {folder / 'index.html'}\n")
    if not shutil.which(TOOL):
        sys.stderr.write(f"{MISSING}\n")


def draw_batch(batch: Batch, folder: Path) -> list[Path]:
    """One app, all its pictures."""
    paths = asyncio.run(_draw(batch, folder))
    for path in paths:
        to_png(path)
    return paths


def to_png(path: Path) -> bool:
    """Beside the SVG; False where the tool is missing."""
    if (tool := shutil.which(TOOL)) is None:
        return False
    subprocess.run([tool, "--output", path.with_suffix(".png"), path], check=True)
    return True


def sheet(paths: list[Path]) -> str:
    """All pictures under one another."""
    figures = (f"<h2>{escape(path.stem)}</h2><img src='{escape(path.name)}'>" for path in paths)
    return f"<!doctype html><meta charset='utf-8'><title>Orderbell</title>{''.join(figures)}\n"


async def _draw(batch: Batch, folder: Path) -> list[Path]:
    app = app_of(samples.SHOPS[batch.shop], language=batch.language, rows=batch.rows)
    app.stands_still = True
    async with app.run_test(size=batch.size) as pilot:
        await _settle(pilot, 3)
        for page in batch.pages:
            await _open(app, page)
            await _settle(pilot, 2)
            for theme in batch.themes:
                app.look(theme)
                await _settle(pilot, 1)
                batch.path(folder, page, theme).write_text(svg_of(app), encoding="utf-8")
    return batch.paths(folder)


async def _open(app: GalleryApp, page: str) -> None:
    """The help lies over a page."""
    if page == "help":
        await app.switch_mode("counter")
        await app.run_action("help", app.screen)
    else:
        await app.switch_mode(page)


async def _settle(pilot: Pilot[None], times: int) -> None:
    for _ in range(times):
        await pilot.pause(SETTLED)
