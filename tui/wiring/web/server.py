"""textual-serve behind our door, with our page, and a counter's process of ours behind each tab."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path
from socket import socket as Socket
from typing import Any, Final

from aiohttp import WSCloseCode, WSMsgType, web
from textual_serve.app_service import AppService
from textual_serve.server import Server

from core.domain.alert import Chime
from sounds.chimes import wav_of
from tui.wiring.web import pages
from tui.wiring.web.door import Door, guard
from tui.wiring.web.tab import Tab

HEARTBEAT: Final = 15.0  # seconds; a tab that does not answer one is gone
CLOSES_WITHIN: Final = 3.0  # seconds for a tab to agree that it is closed
MOST_TABS: Final = 30  # each is a process
WIDTHS, HEIGHTS = range(20, 501), range(5, 201)  # cells
FILES: Final = ("bell.js", "page.js", "page.css", "icon.svg")


class WebServer(Server):
    """Its public methods are textual-serve's; each is ours where theirs speaks to the terminal or to the outside."""

    def __init__(self, command: Sequence[str], *, name: str, door: Door) -> None:
        super().__init__(command[0], title=name)
        self._words, self._name, self._door = command, name, door
        self._tabs: set[web.WebSocketResponse] = set()

    async def app(self) -> web.Application:
        """With the door before every address."""
        app = await self._make_app()
        app.middlewares.append(guard(self._door))
        app.on_response_prepare.append(pages.dress)
        app.add_routes([web.get("/page/{file}", _file), web.get("/chimes/{chime}.wav", _chime)])
        return app

    async def on_startup(self, app: web.Application) -> None:
        """Nothing is printed."""

    async def on_shutdown(self, app: web.Application) -> None:
        """Every tab hears that we go, and comes back when we do."""
        await asyncio.gather(*(tab.close(code=WSCloseCode.GOING_AWAY) for tab in set(self._tabs)))

    async def handle_index(self, request: web.Request) -> web.Response:
        """The page around the terminal; `?fontsize=` in pixels."""
        return pages.counter(self._name, text_size=pages.text_size_of(request.query.get("fontsize", "")))

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """A counter for as long as the tab is open."""
        if len(self._tabs) >= MOST_TABS:
            raise web.HTTPServiceUnavailable(text=f"{MOST_TABS} tabs are open already")
        socket = web.WebSocketResponse(heartbeat=HEARTBEAT, timeout=CLOSES_WITHIN)
        self._tabs.add(socket)
        try:
            await socket.prepare(request)
            await self._follow(socket, request)
        finally:
            self._tabs.discard(socket)
        return socket

    async def _follow(self, socket: web.WebSocketResponse, request: web.Request) -> None:
        tab = Tab(self._words, socket, self.download_manager)
        await tab.start(
            _cells(request.query.get("width"), WIDTHS, 80), _cells(request.query.get("height"), HEIGHTS, 24)
        )
        try:
            await self._process_messages(socket, tab)
        finally:
            await tab.stop()

    async def _process_messages(self, websocket: web.WebSocketResponse, app_service: AppService) -> None:
        """Keys, sizes and answers of the page; what cannot be read is dropped."""
        async for message in websocket:
            if message.type is WSMsgType.TEXT and (said := _read(message.data)):
                await _pass_on(*said, websocket, app_service)


async def _pass_on(kind: str, told: Any, socket: web.WebSocketResponse, tab: AppService) -> None:
    match kind, told:
        case "stdin", str():
            await tab.send_bytes(told.encode("utf-8", "replace"))
        case "resize", {"width": width, "height": height}:
            await tab.set_terminal_size(_cells(width, WIDTHS, 80), _cells(height, HEIGHTS, 24))
        case "rung", {"id": int() as id_, "trouble": str() as trouble}:
            await tab.send_meta({"type": "rung", "id": id_, "trouble": trouble[:20]})
        case "ping", _:
            await socket.send_json(["pong", told])
        case "focus", _:
            await tab.focus()
        case "blur", _:
            await tab.blur()


def _read(text: str) -> tuple[str, Any] | None:
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, list) or not said or not isinstance(said[0], str):
        return None
    return said[0], said[1] if len(said) > 1 else None


def _cells(asked: object, allowed: range, usual: int) -> int:
    """Within reason: a screen is held in memory cell by cell."""
    try:
        return min(max(int(str(asked)), allowed[0]), allowed[-1])
    except ValueError:
        return usual


async def _file(request: web.Request) -> web.FileResponse:
    name = request.match_info["file"]
    if name not in FILES:
        raise web.HTTPNotFound
    return web.FileResponse(Path(str(files("tui.wiring.web") / "page" / name)))


async def _chime(request: web.Request) -> web.FileResponse:
    try:
        return web.FileResponse(wav_of(Chime(request.match_info["chime"])))
    except ValueError:
        raise web.HTTPNotFound from None


@asynccontextmanager
async def serving(server: WebServer, listener: Socket) -> AsyncIterator[None]:
    """Tabs are let in on a bound socket for as long as the block lasts; afterwards every counter has ended."""
    runner = web.AppRunner(await server.app(), access_log=None, handle_signals=False, shutdown_timeout=20)
    await runner.setup()
    try:
        await web.SockSite(runner, listener).start()
        yield
    finally:
        await runner.cleanup()
        listener.close()
