"""The app itself: what holds whatever page is in front."""

import pytest

from tests.samples import BUSY
from tests.tui.play import playing


async def test_a_beat_while_the_program_ends_draws_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    async with playing(BUSY) as player:
        app, close_all = player.app, player.app._close_all

        async def close_slowly() -> None:
            await app._prune(*player.page.children, parent=player.page)
            app._beat()
            app._beat()
            await close_all()

        monkeypatch.setattr(app, "_close_all", close_slowly)
    assert app._exception is None
