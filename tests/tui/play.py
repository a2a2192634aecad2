"""A person before the screen, for tests: presses keys at a human pace, reads what is there."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import monotonic

from textual.events import Key
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.widgets import Input

from core.board.board import Board
from tests.fakes import RecordingDesk
from tests.samples import Shop
from tests.tui.gallery import GalleryApp, app_of
from tui.screens.page import Page
from tui.widgets.line_list import LineList
from tui.widgets.painted import Painted

PACE = 0.07  # seconds between two keys: longer than a scanner's gap


@dataclass
class Player:
    """`app` holds the doubles."""

    pilot: Pilot[None]
    app: GalleryApp

    @property
    def desk(self) -> RecordingDesk:
        return self.app.desk

    @property
    def asked(self) -> list[tuple[object, ...]]:
        return self.app.desk.asked

    @property
    def page(self) -> Page:
        page = self.app.screen_stack[0]
        assert isinstance(page, Page)
        return page

    async def press(self, *pressed: str) -> None:
        for key in pressed:
            await self.pilot.press(key)
            await self.pilot.pause(PACE)
            await self.until(lambda: not self.app._scanner.held)
        await self.until(lambda: self._is_drawn() and not self._is_turning())

    async def until(self, claim: Callable[[], bool], within: float = 30.0) -> None:
        """Wait for what must come; it fails when it does not."""
        end = monotonic() + within
        while not claim():
            assert monotonic() < end, self.text()
            await self.pilot.pause(0.02)

    def _is_drawn(self) -> bool:
        """A page somebody just went to has to be loaded and laid out."""
        return self.page.picture is not None and self.page.query_one("#banner").content_size.height > 0

    def _is_turning(self) -> bool:
        """The chosen order's sheet is on its way."""
        page = self.page
        return page.order_id in self.desk.sheets and (page.sheet is None or page.sheet.order.id != page.order_id)

    async def type(self, words: str) -> None:
        await self.press(*words)

    async def scan(self, code: str, *, enter: bool = True) -> None:
        """As fast as a machine types: keys of one burst, a millisecond apart."""
        start = monotonic()
        for at, sign in enumerate(code + ("\r" if enter else "")):
            key = Key("enter", "\r") if sign == "\r" else Key(_character_to_key(sign), sign)
            key.time = start + at / 1000
            self.app.post_message(key)
        await self.pilot.pause(PACE * 3)

    async def tell(self, board: Board) -> None:
        """The next board, drawn."""
        self.app.feed.tell(board)
        await self.until(lambda: self.page.picture is not None and self.page.picture.board is board)

    async def rest(self, seconds: float = 0.05) -> None:
        await self.pilot.pause(seconds)

    def rows(self, name: str) -> LineList:
        return self.page.query_one(f"#{name}", LineList)

    def toasts(self) -> list[str]:
        return [note.message for note in self.app._notifications]

    def text(self, name: str = "") -> str:
        """What stands in a widget, or in all of the page."""
        painted = [self.page.query_one(f"#{name}", Painted)] if name else list(self.page.query(Painted))
        return "\n".join(line for widget in painted for line in lines_of(widget))

    def field(self, name: str) -> Input:
        return self.app.screen.query_one(f"#{name}", Input)

    @property
    def in_dialog(self) -> bool:
        return len(self.app.screen_stack) > 1


def lines_of(widget: Painted) -> list[str]:
    """As the terminal gets them."""
    return [widget.render_line(y).text for y in range(widget.content_size.height)]


@asynccontextmanager
async def playing(shop: Shop, *, size: tuple[int, int] = (120, 40), **facts: object) -> AsyncIterator[Player]:
    """The whole app with this shop, settled."""
    app = app_of(shop, **facts)
    async with app.run_test(size=size) as pilot:
        player = Player(pilot, app)
        await player.until(lambda: player.page.picture is not None and not player._is_turning())
        yield player
    for accident in app.accidents:
        raise accident
