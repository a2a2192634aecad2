"""Work in a thread whose connection is closed as soon as nobody waits for it."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

T = TypeVar("T")


async def to_its_end(work: Callable[[], T]) -> T:
    """Run it in a thread; cancelled, it waits all the same until the thread has ended.

    A thread can't be cancelled, and a SQLite connection that is closed under it takes the process down.
    """
    thread = asyncio.ensure_future(asyncio.to_thread(work))
    try:
        return await asyncio.shield(thread)
    except asyncio.CancelledError:
        with suppress(Exception):
            await thread
        raise
