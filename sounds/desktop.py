"""A notice on the desktop, where this machine has one: `notify-send` or `osascript`."""

import asyncio
import html
import shutil
from asyncio.subprocess import DEVNULL
from collections.abc import Sequence
from contextlib import suppress
from logging import getLogger
from typing import Final

logger = getLogger(__name__)
PATIENCE: Final = 5.0  # seconds; without a desktop `notify-send` may wait for ever
APPLE: Final = (
    *("-e", "on run argv"),
    *("-e", "display notification (item 2 of argv) with title (item 1 of argv)"),
    *("-e", "end run"),
)
"""Words come as arguments, so that nothing in them is read as a command."""


class Desktop:
    """Satisfies `core.ports.bell.DesktopNotice`."""

    async def show(self, title: str, words: str) -> bool:
        """Whether some desktop took it; never raises, never waits for long."""
        command = command_of(title, words)
        if command is None:
            return False
        try:
            return await _run(command)
        except OSError as error:
            logger.info("no desktop notice: %s", error)
            return False


def command_of(title: str, words: str) -> Sequence[str] | None:
    """What to run here; None where there is nothing."""
    if path := shutil.which("notify-send"):
        # Some desktops read the body as markup.
        return (path, "--app-name=Orderbell", "--urgency=critical", "--", title, html.escape(words))
    if path := shutil.which("osascript"):
        return (path, *APPLE, title, words)
    return None


async def _run(command: Sequence[str]) -> bool:
    process = await asyncio.create_subprocess_exec(
        *command, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL, start_new_session=True
    )
    try:
        async with asyncio.timeout(PATIENCE):
            return await process.wait() == 0
    except TimeoutError:
        return False
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
