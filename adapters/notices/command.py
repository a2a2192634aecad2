"""Runs a program of the shop's own, never through a shell: what is in a notice is words and no command."""

import asyncio
import logging
import os
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Final

from core.domain.notice import Notice
from core.domain.text import tidy
from core.ports.notice import NotTold

logger = logging.getLogger(__name__)
NAME: Final = "command"
WORDS: Final = "{words}"  # what a word of the command may hold: the sentence takes its place
PATIENCE: Final = 30.0  # seconds
SHOWN: Final = 200  # signs of what it complains of


class CommandTeller:
    """The sentence comes on standard input, and in place of `{words}`; the facts in the environment, ORDERBELL_…."""

    name = NAME

    def __init__(self, command: Sequence[str], *, patience: float = PATIENCE) -> None:
        self._command = tuple(command)
        self._patience = patience

    async def tell(self, notice: Notice) -> None:
        """Returns when it ends well; raises `NotTold`."""
        command = [word.replace(WORDS, notice.words) for word in self._command]
        try:
            process = await asyncio.create_subprocess_exec(
                *command,
                stdin=PIPE,
                stdout=DEVNULL,
                stderr=PIPE,
                env={**os.environ, **facts(notice)},
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            raise NotTold(f"{command[0]} cannot be started: {type(error).__name__}") from None
        await self._heard(process, notice)

    async def close(self) -> None:
        """Nothing is kept open."""

    async def _heard(self, process: asyncio.subprocess.Process, notice: Notice) -> None:
        try:
            async with asyncio.timeout(self._patience):
                _out, complaint = await process.communicate(f"{notice.words}\n".encode())
        except TimeoutError:
            raise NotTold(f"it did not end within {self._patience:g} s") from None
        finally:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
        if process.returncode != 0:
            said = tidy(complaint.decode(errors="replace").strip(), SHOWN)
            raise NotTold(f"it ended with {process.returncode}: {said}".rstrip(": "))


def facts(notice: Notice) -> Mapping[str, str]:
    """What a program may want to know; no word about the customer."""
    return {
        "ORDERBELL_KEY": notice.key,  # the same at every try
        "ORDERBELL_KIND": notice.kind.value,
        "ORDERBELL_STORE": notice.store,
        "ORDERBELL_NUMBER": notice.number,
        "ORDERBELL_CHANNEL": notice.channel,
        "ORDERBELL_DEADLINE": notice.deadline.isoformat(timespec="seconds"),
    }
