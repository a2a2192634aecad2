"""What a thread uses outlives it, also when nobody waits for the answer any more."""

import asyncio
import threading

import pytest

from core.services.threads import to_its_end


async def test_the_answer_comes_back() -> None:
    assert await to_its_end(lambda: 7) == 7


async def test_what_it_raises_comes_back() -> None:
    with pytest.raises(ZeroDivisionError):
        await to_its_end(lambda: 1 // 0)


@pytest.mark.parametrize("ending", [lambda: 7, lambda: 1 // 0])
async def test_cancelled_it_waits_until_the_thread_has_ended(ending: object) -> None:
    begun, may_end, ended = threading.Event(), threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        may_end.wait(30)
        ended.set()
        ending()  # type: ignore[operator]

    task = asyncio.create_task(to_its_end(work))
    await asyncio.to_thread(begun.wait, 30)
    task.cancel()
    await asyncio.sleep(0.05)
    assert not task.done()
    may_end.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert ended.is_set()
