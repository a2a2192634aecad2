"""What is shown in another language holds no English word: only what came in as data, and what stands on keys."""

import html
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum

import pytest

from tests import samples
from tests.samples import Shop
from tests.tui.gallery import PAGES
from tests.tui.play import Player, playing
from tui import i18n, keys

WORD = re.compile(r"[A-Za-z]{3,}")
OURS = {"Orderbell", "PIN", "Space", "Enter", "Esc", "Tab", "Ctrl"}
SIZE = (200, 60)
MANAGER = "Lin"
DATA = samples.COMPARED


@pytest.fixture(autouse=True)
def _english_again():
    yield
    i18n.use("en")


def words_in(found: object) -> Iterator[str]:
    """Of all texts in the data; a member of an enum is no text, it must be said in words."""
    if isinstance(found, Enum):
        return
    if isinstance(found, str):
        yield from WORD.findall(found)
    elif is_dataclass(found):
        yield from (word for field in fields(found) for word in words_in(getattr(found, field.name)))
    elif isinstance(found, dict):
        yield from words_in([*found.keys(), *found.values()])
    elif isinstance(found, (list, tuple, set, frozenset)):
        yield from (word for part in found for word in words_in(part))


def english_on(player: Player, shop: Shop) -> set[str]:
    """Words on the screen as it is drawn, dialogs and answers too, that are nobody's data; data may be cut."""
    drawn = re.findall(r"<text[^>]*>([^<]*)</text>", player.app.export_screenshot())
    shown = set(WORD.findall(" ".join(html.unescape(text) for text in drawn)))
    known = {*OURS, *words_in(list(i18n.LANGUAGES.values())), *words_in([shop, samples.RULES, MANAGER, DATA])}
    return {word for word in shown if not any(told.startswith(word) for told in known)}


@pytest.mark.parametrize("name", ["busy", "trouble"])
@pytest.mark.parametrize("page", PAGES)
async def test_pages(page: str, name: str) -> None:
    shop = samples.SHOPS[name]
    async with playing(shop, page=page, language="zh-Hant", size=SIZE, hint=True) as player:
        await player.until(lambda: english_on(player, shop) == set())


@pytest.mark.parametrize(("page", "name"), [("drivers", "rides"), ("counter", "calls"), ("counter", "returns")])
async def test_ways_of_drivers(page: str, name: str) -> None:
    shop = samples.SHOPS[name]
    async with playing(shop, page=page, language="zh-Hant", size=SIZE) as player:
        await player.until(lambda: english_on(player, shop) == set())


@pytest.mark.parametrize(
    ("dialog", "name"),
    [("quotes", "packed"), ("fit", "fits"), ("couriers", "couriers"), ("goods_back", "returns")],
)
async def test_dialogs_about_couriers(dialog: str, name: str) -> None:
    shop = samples.SHOPS[name]
    async with playing(shop, page=dialog, language="zh-Hant", size=SIZE) as player:
        await player.until(lambda: player.in_dialog)
        await player.rest(0.3)  # its rows come in a moment
        await player.until(lambda: english_on(player, shop) == set())


@pytest.mark.parametrize("group", keys.Group)
async def test_what_keys_ask_and_answer(group: keys.Group) -> None:
    shop = samples.BUSY
    async with playing(shop, language="zh-Hant", size=SIZE) as player:
        for key in (key for key in keys.KEYS if key.group is group):
            await player.press(key.key.split(",")[0])
            await player.rest(0.1)
            assert english_on(player, shop) == set(), key.id
            await player.press("escape")
            await player.until(lambda: not player.in_dialog)


async def test_the_palette() -> None:
    async with playing(samples.BUSY, language="zh-Hant", size=SIZE) as player:
        await player.press("ctrl+p")
        await player.until(lambda: player.in_dialog)
        await player.rest(0.2)
        assert english_on(player, samples.BUSY) == set()


async def test_english_is_found_where_there_is_some() -> None:
    async with playing(samples.BUSY, language="en", size=SIZE) as player:
        assert {"preparing", "quit"} <= {word.lower() for word in english_on(player, samples.BUSY)}
