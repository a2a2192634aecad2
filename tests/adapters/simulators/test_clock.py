"""The simulators' agenda: in order, on time, and gone when stopped."""

import asyncio
from datetime import UTC, datetime, timedelta

from adapters.simulators.clock import Agenda, scaled

NOON = datetime(2026, 1, 2, 4, 0, tzinfo=UTC)


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


async def test_what_is_due_is_done_in_order_and_told_its_own_time() -> None:
    done: list[datetime] = []
    agenda = Agenda(lambda: after(10), speed=1.0)
    for seconds in (5, 1, 11, 3):
        agenda.at(after(seconds), done.append)
    await agenda.settle()
    assert done == [after(1), after(3), after(5)]


async def test_a_thing_that_fails_does_not_stop_the_rest(caplog) -> None:
    done: list[datetime] = []
    agenda = Agenda(lambda: after(10), speed=1.0)
    agenda.at(after(1), lambda at: [][1])
    agenda.at(after(2), done.append)
    agenda.run_due()
    assert done == [after(2)]
    assert "could not do" in caplog.text


async def test_a_fast_clock_waits_little() -> None:
    now = scaled(1000)
    agenda, came = Agenda(now, speed=1000), asyncio.Event()
    agenda.start()
    agenda.at(now() + timedelta(seconds=30), lambda at: came.set())
    async with asyncio.timeout(1):
        await came.wait()
    await agenda.stop()


async def test_stopping_leaves_nothing_running() -> None:
    agenda = Agenda(scaled(1), speed=1.0)
    agenda.start()
    agenda.spawn(asyncio.sleep(100))
    await asyncio.sleep(0)
    await agenda.stop()
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_work_that_fails_beside_is_told_to_the_log(caplog) -> None:
    async def fail() -> None:
        raise RuntimeError("broken")

    agenda = Agenda(lambda: NOON, speed=1.0)
    agenda.spawn(fail())
    await agenda.settle()
    assert "broken" in caplog.text


def test_a_scaled_clock_runs_as_fast_as_wanted() -> None:
    now = scaled(1_000_000)
    start = now()
    while (gone := now() - start) < timedelta(seconds=100):
        pass
    assert gone < timedelta(days=1)
