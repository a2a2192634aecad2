"""Every key answers on every page with every shop: it acts, asks, or says why not."""

import pytest

from tests.samples import SHOPS
from tests.tui.gallery import PAGES
from tests.tui.play import Player, playing
from tui.keys import KEYS

STRAIGHT = 0.005  # seconds a letter waits here: nothing is scanned
PATIENCE = 500  # looks until a key counts as silent
STILL = 3  # looks, one after the other, that show the same
SHOWN = [
    *((page, shop) for page in PAGES for shop in ("busy", "empty")),
    ("counter", "trouble"),
    ("counter", "hostile"),
]


@pytest.mark.parametrize(("page", "shop"), SHOWN)
async def test_every_key_answers(page: str, shop: str) -> None:
    async with playing(SHOPS[shop], page=page, scanner_gap=STRAIGHT) as player:
        player.app.stands_still = True
        silent = [key.id for key in KEYS for name in key.key.split(",") if not await _answers(player, page, name)]
        assert silent == []


async def _answers(player: Player, page: str, key: str) -> bool:
    await _begin(player, page)
    before = _seen(player)
    await player.pilot.press(key)
    for _ in range(PATIENCE):
        if _seen(player) != before:
            return True
        await player.rest(0.01)
    return False


async def _begin(player: Player, page: str) -> None:
    """The page as it was opened, nothing over it, nothing said."""
    app = player.app
    while len(app.screen_stack) > 1:
        app.pop_screen()
        await player.rest(0)
    wanted = "counter" if page == "help" else page
    if app.current_mode != wanted:
        app.switch_mode(wanted)
    await player.until(lambda: app.current_mode == wanted and player.page.picture is not None)
    if page == "help":
        player.page.action_help()
        await player.until(lambda: player.in_dialog)
    app.clear_notifications()
    await _settle(player)


async def _settle(player: Player) -> None:
    looks: list[object] = []
    while len(looks) < STILL or any(look != looks[-1] for look in looks[-STILL:]):
        looks.append(_seen(player))
        await player.rest(0.02)


def _seen(player: Player) -> tuple[object, ...]:
    """Whatever a person, or the desk, could notice."""
    app = player.app
    return (
        app.current_mode,
        [type(screen).__name__ for screen in app.screen_stack],
        [note.message for note in app._notifications],
        list(player.asked),
        player.text(),
        app.focused.id if app.focused else None,
        sorted(player.page.classes),
        app.theme,
        repr(app.alerts),
    )
