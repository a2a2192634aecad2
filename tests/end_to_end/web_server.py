"""The web server in this process, on loopback, and someone who calls it."""

import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse, CookieJar

from adapters.hosting import bound, url_of
from tui.wiring.web.door import Door
from tui.wiring.web.server import WebServer, serving

TOKEN = "a-token-nobody-guesses"
PAPER = (sys.executable, str(Path(__file__).with_name("paper_tab.py")))


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """Of a page."""
        return self.body.decode()


class Caller:
    """A browser's side, by hand."""

    def __init__(self, session: ClientSession, url: str) -> None:
        self.session, self.url = session, url

    async def get(self, path: str, **more: Any) -> Answer:
        """The whole answer."""
        async with self.session.get(self.url + path, **more) as response:
            return Answer(response.status, response.headers.copy(), await response.read())

    async def enter(self) -> "Caller":
        """By the link; from now on with the cookie."""
        assert (await self.get(f"/?token={TOKEN}")).status == 200
        return self

    async def open_tab(self, size: str = "?width=100&height=30") -> ClientWebSocketResponse:
        """As the page does it."""
        return await self.session.ws_connect(f"{self.url}/ws{size}", headers={"Origin": self.url})


@asynccontextmanager
async def web_server(*way: str) -> AsyncIterator[Caller]:
    """With a paper counter behind each tab."""
    listener = bound("127.0.0.1", 0)
    server = WebServer([*PAPER, *(way or ("echo",))], name="台北 <南西> & 店", door=Door(TOKEN))
    url = url_of(listener)
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as session, serving(server, listener):
        yield Caller(session, url)
