"""Serving an app in the loop that is already running, for as long as a block lasts."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.types import ASGIApp


class _Guest(uvicorn.Server):
    """A server that leaves the signals to the program it is a guest of, and tells when it is up."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        try:
            await super().startup(sockets)
        finally:
            self.up.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def hosted(app: ASGIApp, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[str]:
    """Serve `app` and yield its base URL; port 0 takes a free one. Raises `OSError` when the port is taken."""
    listener = bound(host, port)
    async with served(app, listener):
        yield url_of(listener)


@asynccontextmanager
async def served(app: ASGIApp, listener: socket.socket, *, patience: int = 1) -> AsyncIterator[None]:
    """Let calls in on a bound socket; at the end those under way have `patience` seconds, and the socket is closed."""
    server = _Guest(
        uvicorn.Config(app, log_config=None, access_log=False, ws="none", timeout_graceful_shutdown=patience)
    )
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        await server.up.wait()
        yield
    finally:
        server.should_exit = True
        await serving
        listener.close()


def bound(host: str, port: int) -> socket.socket:
    """A socket that has its port and lets nobody in yet. Raises `OSError` when the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named TCP, or asyncio leaves Nagle's algorithm on and every answer takes 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    return listener


def url_of(listener: socket.socket) -> str:
    """How to call it."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
