"""One thread writes: calls that pile up share a commit, and a failure takes only itself along."""

import asyncio
from collections.abc import AsyncIterator, Callable
from threading import Event

import pytest
from sqlalchemy import event

from core.domain.refusal import UnknownOrder
from core.store.database import Database
from core.store.unit_of_work import UnitOfWork, reading
from core.store.writer import TOGETHER, Writer
from tests.builders import new


@pytest.fixture
async def writer(database: Database) -> AsyncIterator[Writer]:
    opened = Writer(database)
    yield opened
    opened.close()


def adding(number: str) -> Callable[[UnitOfWork], str]:
    def work(uow: UnitOfWork) -> str:
        uow.orders.add(new(number))
        return number

    return work


def adding_then_failing(number: str) -> Callable[[UnitOfWork], str]:
    def work(uow: UnitOfWork) -> str:
        uow.orders.add(new(number))
        raise UnknownOrder("no")

    return work


def numbers(database: Database) -> set[str]:
    with reading(database) as uow:
        return {order.number for order in uow.orders.all_open()}


async def pile_up(writer: Writer, *works: Callable[[UnitOfWork], str]) -> list[str | BaseException]:
    """All of them wait while the thread is kept busy, so that they share a commit."""
    go = Event()
    busy = asyncio.create_task(writer.do(lambda _: go.wait(10)))
    await asyncio.sleep(0.05)
    waiting = [asyncio.create_task(writer.do(work)) for work in works]
    await asyncio.sleep(0)
    go.set()
    await busy
    return await asyncio.gather(*waiting, return_exceptions=True)


async def test_an_answer_comes_after_the_commit(database: Database, writer: Writer) -> None:
    assert await writer.do(adding("1")) == "1"
    assert numbers(database) == {"1"}


async def test_work_that_fails_alone_writes_nothing(database: Database, writer: Writer) -> None:
    with pytest.raises(UnknownOrder):
        await writer.do(adding_then_failing("1"))
    assert numbers(database) == set()


async def test_one_that_fails_among_many_takes_only_itself_back(database: Database, writer: Writer) -> None:
    works = [adding("1"), adding_then_failing("2"), adding("3"), adding("1"), adding("4")]
    answers = await pile_up(writer, *works)
    assert [answers[0], answers[2], answers[4]] == ["1", "3", "4"]
    assert isinstance(answers[1], UnknownOrder)
    assert answers[3] == "1"  # there already: nothing was done
    assert numbers(database) == {"1", "3", "4"}


async def test_calls_that_pile_up_share_a_commit(database: Database, writer: Writer) -> None:
    commits: list[int] = []
    event.listen(database.engine, "commit", lambda _: commits.append(1))
    await pile_up(writer, *(adding(str(count)) for count in range(20)))
    assert len(commits) == 2  # the busy one, and all twenty
    assert len(numbers(database)) == 20


async def test_no_commit_holds_more_than_its_share(database: Database, writer: Writer) -> None:
    commits: list[int] = []
    event.listen(database.engine, "commit", lambda _: commits.append(1))
    await pile_up(writer, *(adding(str(count)) for count in range(TOGETHER + 1)))
    assert len(commits) == 3
    assert len(numbers(database)) == TOGETHER + 1


async def test_after_a_failure_it_goes_on(database: Database, writer: Writer) -> None:
    with pytest.raises(ZeroDivisionError):
        await writer.do(lambda _: 1 // 0)
    assert await writer.do(adding("1")) == "1"


async def test_one_who_no_longer_waits_disturbs_nobody(database: Database, writer: Writer) -> None:
    gone = asyncio.create_task(writer.do(adding("1")))
    await asyncio.sleep(0)
    gone.cancel()
    assert await writer.do(adding("2")) == "2"
    assert numbers(database) == {"1", "2"}


async def test_closing_finishes_what_was_asked(sqlite: Database) -> None:
    writer = Writer(sqlite)
    asked = [asyncio.create_task(writer.do(adding(str(count)))) for count in range(3)]
    await asyncio.sleep(0)
    writer.close()
    assert await asyncio.gather(*asked) == ["0", "1", "2"]


async def test_a_closed_writer_says_so_instead_of_waiting_for_ever(sqlite: Database) -> None:
    writer = Writer(sqlite)
    writer.close()
    with pytest.raises(RuntimeError, match="closed"):
        await asyncio.wait_for(writer.do(adding("1")), 1)
