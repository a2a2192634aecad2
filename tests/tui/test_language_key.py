"""F9 and the palette: another language in mid-shift, on every page; nothing else changes."""

from typing import get_args

import pytest
from textual.widgets import OptionList

from core.config.sections import StoreSection
from tests import samples
from tests.tui.gallery import PAGES
from tests.tui.play import Player, playing
from tui import i18n

WORK_PAGES = [page for page in PAGES if page != "help"]


@pytest.fixture(autouse=True)
def _english_again():
    yield
    i18n.use("en")


async def choose_language(player: Player, tag: str) -> None:
    await player.press("f9")
    await player.until(lambda: player.in_dialog)
    box = player.app.screen.query_one(OptionList)
    box.highlighted = 1 + list(i18n.LANGUAGES).index(tag)
    await player.press("enter")
    await player.until(lambda: not player.in_dialog)


def test_config_and_program_name_the_same_languages() -> None:
    assert get_args(StoreSection.model_fields["language"].annotation) == tuple(i18n.LANGUAGES)


async def test_the_choice_stands_on_the_language_in_use_and_enter_changes_nothing() -> None:
    async with playing(samples.BUSY, language="es") as player:
        await player.press("f9")
        await player.until(lambda: player.in_dialog)
        box = player.app.screen.query_one(OptionList)
        assert box.highlighted is not None
        assert str(box.get_option_at_index(box.highlighted).prompt) == "Español"
        await player.press("enter")
        await player.until(lambda: not player.in_dialog)
        assert i18n.spoken_tag() == "es"


async def test_escape_leads_out_of_the_choice() -> None:
    async with playing(samples.BUSY) as player:
        await player.press("f9")
        await player.until(lambda: player.in_dialog)
        await player.press("escape")
        assert not player.in_dialog
        assert i18n.spoken_tag() == "en"


@pytest.mark.parametrize("page", WORK_PAGES)
@pytest.mark.parametrize("tag", i18n.LANGUAGES)
async def test_a_page_switched_in_mid_shift_says_what_it_says_when_started_in_that_language(
    page: str, tag: str
) -> None:
    async with playing(samples.TROUBLE, page=page, language=tag) as player:
        wanted = player.text()
    async with playing(samples.TROUBLE, page=page, language="en" if tag != "en" else "es") as player:
        await choose_language(player, tag)
        await player.until(lambda: player.text() == wanted)


@pytest.mark.parametrize("page", WORK_PAGES)
async def test_a_page_that_was_behind_follows_when_it_comes_to_the_front(page: str) -> None:
    async with playing(samples.TROUBLE, page=page, language="zh-Hant") as player:
        wanted = player.text()
    async with playing(samples.TROUBLE, page=page) as player:
        await player.press("f2" if page == "counter" else "f1")
        await choose_language(player, "zh-Hant")
        await player.pilot.app.run_action(f"page('{page}')", player.page)
        await player.until(lambda: player.text() == wanted)


async def test_the_choice_of_order_and_the_keyboard_stay_where_they_were() -> None:
    async with playing(samples.BUSY) as player:
        await player.press("down", "down")
        chosen, focused = player.page.order_id, player.app.focused
        await choose_language(player, "pt-BR")
        assert player.page.order_id == chosen
        assert player.app.focused is focused


async def test_names_of_items_stay_as_the_shop_wrote_them() -> None:
    async with playing(samples.BUSY) as player:
        await choose_language(player, "zh-Hans")
        await player.until(lambda: "Oolong tea 600 ml" in player.text())


async def test_questions_asked_after_the_switch_are_in_the_new_language() -> None:
    async with playing(samples.BUSY) as player:
        await choose_language(player, "zh-Hant")
        await player.press("r")
        await player.until(lambda: player.in_dialog)
        assert "拒絕" in str(player.app.screen.query_one(".question").render())


async def test_the_palette_offers_every_language_under_its_own_name() -> None:
    async with playing(samples.BUSY) as player:
        offered = {command.title for command in player.app.get_system_commands(player.page)}
        assert set(i18n.LANGUAGES.values()) <= offered
