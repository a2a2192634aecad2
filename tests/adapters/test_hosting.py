"""Serving an app inside the loop that runs already."""

import asyncio
import signal
from logging import getLogger
from statistics import median
from time import perf_counter

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from adapters.hosting import hosted


async def hello(request) -> PlainTextResponse:
    return PlainTextResponse("hello")


APP = Starlette(routes=[Route("/", hello)])


async def test_an_app_is_served_and_then_gone() -> None:
    async with hosted(APP) as base, httpx.AsyncClient() as client:
        assert (await client.get(base)).text == "hello"
    async with httpx.AsyncClient() as client:
        with pytest.raises(httpx.ConnectError):
            await client.get(base)
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_answers_do_not_wait_for_the_network_to_gather_them() -> None:
    seconds: list[float] = []
    async with hosted(APP) as base, httpx.AsyncClient() as client:
        for _ in range(15):
            start = perf_counter()
            await client.get(base)
            seconds.append(perf_counter() - start)
    assert median(seconds) < 0.03


async def test_signals_and_logging_stay_as_they_were() -> None:
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT), list(getLogger("uvicorn").handlers)
    async with hosted(APP):
        inside = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT), list(getLogger("uvicorn").handlers)
    assert inside == before


async def test_a_port_that_is_taken_is_told() -> None:
    async with hosted(APP) as base:
        with pytest.raises(OSError, match="in use"):
            async with hosted(APP, port=int(base.rpartition(":")[2])):
                pass


async def test_it_ends_when_its_block_fails() -> None:
    with pytest.raises(RuntimeError):
        async with hosted(APP):
            raise RuntimeError
    assert asyncio.all_tasks() == {asyncio.current_task()}
