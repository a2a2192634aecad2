"""One thread that writes: calls that pile up share a commit."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Thread
from typing import Any, Final, TypeVar

from core.store.database import Database
from core.store.unit_of_work import UnitOfWork, writing

T = TypeVar("T")
logger = logging.getLogger(__name__)
TOGETHER: Final = 32  # calls in one commit


@dataclass(frozen=True)
class _Call:
    work: Callable[[UnitOfWork], Any]
    loop: asyncio.AbstractEventLoop
    answer: asyncio.Future[Any]


class Writer:
    """`await do(work)` runs `work` in the write lock; its result comes only after the commit is durable."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._calls: SimpleQueue[_Call | None] = SimpleQueue()
        self._is_closed = False
        self._thread = Thread(target=self._run, name="store-writer", daemon=True)
        self._thread.start()

    async def do(self, work: Callable[[UnitOfWork], T]) -> T:
        """The result of `work`, or what it raised; then nothing of it was written. `RuntimeError` when closed."""
        if self._is_closed:  # nobody would ever answer
            raise RuntimeError("the writer is closed")
        loop = asyncio.get_running_loop()
        call = _Call(work, loop, loop.create_future())
        self._calls.put(call)
        result: T = await call.answer
        return result

    @property
    def waiting(self) -> int:
        """Calls that wait for their turn."""
        return self._calls.qsize()

    def close(self) -> None:
        """Finish what was asked, then end the thread."""
        self._is_closed = True
        self._calls.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (call := self._calls.get()) is not None:
            calls, is_last = self._gather(call)
            self._commit(calls)
            if is_last:
                return

    def _gather(self, first: _Call) -> tuple[list[_Call], bool]:
        calls = [first]
        while len(calls) < TOGETHER and not self._calls.empty():
            call = self._calls.get()
            if call is None:
                return calls, True
            calls.append(call)
        return calls, False

    def _commit(self, calls: list[_Call]) -> None:
        results: list[tuple[_Call, Any, BaseException | None]] = []
        try:
            with writing(self._database) as uow:
                for call in calls:
                    results.append((call, *_attempt(uow, call, alone=len(calls) == 1)))
        except Exception as error:
            results = [(call, None, error) for call in calls]
        for call, result, failure in results:
            _answer(call, result, failure)


def _attempt(uow: UnitOfWork, call: _Call, *, alone: bool) -> tuple[Any, BaseException | None]:
    """Alone, a failure rolls back the transaction; among others, only its own savepoint."""
    if alone:
        return call.work(uow), None
    try:
        with uow.connection.begin_nested():
            return call.work(uow), None
    except Exception as error:
        return None, error


def _answer(call: _Call, result: Any, failure: BaseException | None) -> None:
    def settle() -> None:
        if call.answer.done():
            return
        if failure is None:
            call.answer.set_result(result)
        else:
            call.answer.set_exception(failure)

    try:
        call.loop.call_soon_threadsafe(settle)
    except RuntimeError:  # the loop is closed: nobody waits any more
        logger.debug("an answer came after its loop was closed")
