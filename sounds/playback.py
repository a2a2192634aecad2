"""One child process that plays one sound, and is gone afterwards with all it started."""

import asyncio
import contextlib
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, Process
from pathlib import Path

from sounds.answer import Answer
from sounds.chimes import seconds_of

GRACE_SECONDS = 3.0
"""How much longer than its sound a child may live."""
CAN_NOT_START = -1001
TOOK_TOO_LONG = -1002
"""Two outcomes beside `Answer` and minus a signal's number."""

_ROOT = Path(__file__).parent.parent


class Playback:
    """A sound on its way through one backend; for one use."""

    def __init__(self, backend: str, wav: Path, volume: float) -> None:
        self._command = (sys.executable, "-m", "sounds.play_once", backend, str(wav), str(volume))
        self._limit = seconds_of(wav) + GRACE_SECONDS
        self._process: Process | None = None
        self._stopped = False

    async def run(self) -> int:
        """Play to the end, or to the time limit; answers with the exit code. Never leaves the child behind."""
        try:
            self._process = await self._start()
        except OSError:
            return CAN_NOT_START
        if self._stopped:
            self.stop()
        return await self._end(self._process)

    def stop(self) -> None:
        """Kill the child at once, also before it has begun."""
        self._stopped = True
        if self._process is not None and self._process.returncode is None:
            _kill(self._process)

    async def _start(self) -> Process:
        # A session of its own makes the child and its players one group, which can be killed together;
        # and no line of theirs may reach the terminal, which belongs to the screen.
        return await asyncio.create_subprocess_exec(
            *self._command, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL, cwd=_ROOT, start_new_session=True
        )

    async def _end(self, process: Process) -> int:
        try:
            async with asyncio.timeout(self._limit):
                return await process.wait()
        except TimeoutError:
            return TOOK_TOO_LONG
        finally:
            # Also after a crash, which may leave a player without its parent.
            _kill(process)
            await process.wait()


def _kill(process: Process) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)


def was_played(code: int) -> bool:
    """The child says that the whole sound went to a device."""
    return code == Answer.PLAYED
