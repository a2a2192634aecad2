"""The counter's process behind one browser tab."""

import asyncio
import json
import logging
import os
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from aiohttp import web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from core.domain.text import tidy

logger = logging.getLogger(__name__)
PATIENCE: Final = 8.0  # seconds for a counter to end by itself
LAST_WORDS: Final = 4096  # bytes
ENDED_BY_ITSELF: Final = 4001  # close code of our own; page.js knows it
REASON: Final = 120  # bytes that fit a close frame
DRIVER: Final = "tui.wiring.web.driver:PageDriver"
FOR_THE_PAGE: Final = ("chime", "probe", "hush")
OURS: Final = ("TEXTUAL", "COLUMNS", "LINES", "ROWS")  # of the terminal this server was started in


class Tab(AppService):
    """Starts with the tab and ends with it; whichever ends first, the other hears of it."""

    def __init__(self, command: Sequence[str], socket: web.WebSocketResponse, downloads: DownloadManager) -> None:
        super().__init__(
            command[0],
            write_bytes=socket.send_bytes,
            write_str=socket.send_str,
            close=self._leave,
            download_manager=downloads,
        )
        self._words, self._socket = command, socket

    async def run(self) -> None:
        """Hand on what the counter draws until it has ended; then the page hears why."""
        process = self._process
        assert process is not None
        assert process.stderr is not None
        last_words = asyncio.create_task(_tail(process.stderr))
        with suppress(asyncio.IncompleteReadError):
            await self._hand_on(process)
        code = await process.wait()
        await self._say_goodbye(code, (await last_words).decode("utf-8", "replace"))

    async def stop(self) -> None:
        """Ask it to leave, then insist; it is gone afterwards."""
        if self._task is None or self._process is None:
            return
        await self._download_manager.cancel_app_downloads(self.app_service_id)
        await self.send_meta({"type": "quit"})
        for insist in (self._process.terminate, self._process.kill):
            done, _ = await asyncio.wait([self._task], timeout=PATIENCE)
            if done:
                break
            with suppress(ProcessLookupError):
                insist()
        await self._task
        self._task = None

    async def _leave(self) -> None:
        await self._socket.close()

    async def on_data(self, payload: bytes) -> None:
        """Into the tab; a tab that is gone must not keep the counter from ending."""
        with suppress(ConnectionResetError):
            await super().on_data(payload)

    async def on_meta(self, data: bytes) -> None:
        """Sounds are the page's; that the counter ends is told when it has."""
        meta = json.loads(data)
        with suppress(ConnectionResetError):
            if meta["type"] in FOR_THE_PAGE:
                await self.remote_write_str(json.dumps([meta["type"], meta]))
            elif meta["type"] != "exit":
                await super().on_meta(data)

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        """Without a shell between, out of reach of this terminal's Ctrl-C."""
        self._process = process = await asyncio.create_subprocess_exec(
            *self._words,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env=self._build_environment(width, height),
            start_new_session=True,
            cwd=os.path.sep,
        )
        self._stdin = process.stdin
        return process

    def _build_environment(self, width: int = 80, height: int = 24) -> dict[str, str]:
        given = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        theirs = super()._build_environment(width, height)
        told = {name: theirs[name] for name in ("TEXTUAL_COLOR_SYSTEM", "COLUMNS", "ROWS")}
        return given | told | {"TEXTUAL_DRIVER": DRIVER, "TERM": "xterm-256color"}

    async def _hand_on(self, process: Process) -> None:
        assert process.stdout is not None
        while (await process.stdout.readuntil(b"\n")) != b"__GANGLION__\n":
            continue
        ways = {b"D": self.on_data, b"M": self.on_meta, b"P": self.on_packed}
        while True:
            kind = await process.stdout.readexactly(1)
            size = int.from_bytes(await process.stdout.readexactly(4), "big")
            await ways[kind](await process.stdout.readexactly(size))

    async def _say_goodbye(self, code: int, last_words: str) -> None:
        if code:
            logger.warning("the counter of a tab ended with code %s: %s", code, tidy(last_words[-500:], 500))
        if self._socket.closed:
            return
        with suppress(ConnectionResetError):
            reason = _reason(last_words) if code else b""
            await self._socket.close(code=ENDED_BY_ITSELF if code else 1000, message=reason)


async def _tail(stream: asyncio.StreamReader) -> bytes:
    kept = b""
    while told := await stream.read(LAST_WORDS):
        kept = (kept + told)[-LAST_WORDS:]
    return kept


def _reason(last_words: str) -> bytes:
    """Our own sentence, when there is one: never a traceback."""
    ours = [line.removeprefix("orderbell: ") for line in last_words.splitlines() if line.startswith("orderbell: ")]
    text = tidy(ours[-1], REASON) if ours else ""
    return text.encode()[:REASON].decode("utf-8", "ignore").encode()
