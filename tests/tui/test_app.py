"""The app itself: what holds whatever page is in front."""

import asyncio
from collections.abc import Callable

import pytest

from tests.samples import BUSY, FIRST_BELL
from tests.tui.gallery import app_of
from tests.tui.play import playing
from tui.app import OrderbellApp


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


async def test_a_picture_that_cannot_be_drawn_ends_nothing_and_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    async with playing(FIRST_BELL) as player:

        def fail(_picture: object) -> None:
            raise KeyError("Ms Chen")

        monkeypatch.setattr(player.page, "show_time", fail)
        for _ in range(4):
            player.app._draw()
        await player.until(lambda: bool(player.toasts()))
        assert len(player.toasts()) == 1
        assert player.toasts()[0].startswith("Something failed here. Noted as E-")
        monkeypatch.undo()
        assert [type(accident) for accident in player.app.accidents] == [KeyError]
        player.app.accidents.clear()
        await player.press("a")
        assert player.asked == [("accept", "1042")]


async def test_an_accident_of_a_widget_is_kept_and_never_shown(capfd: pytest.CaptureFixture[str]) -> None:
    app = app_of(FIRST_BELL)
    with pytest.raises(KeyError):  # run by a test it is told to the test
        await _run_into(app, _fail)
    assert isinstance(app.accident, KeyError)
    assert app.return_code == 1
    said = capfd.readouterr()
    assert "Ms Chen" not in said.out + said.err


async def _run_into(app: OrderbellApp, accident: Callable[[], None]) -> None:
    async with app.run_test():
        app.call_later(accident)
        await asyncio.sleep(0.1)


def _fail() -> None:
    raise KeyError("Ms Chen")
