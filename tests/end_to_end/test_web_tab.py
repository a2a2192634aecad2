"""A tab and the counter behind it: whichever ends first, the other hears of it, and nobody is left."""

import asyncio
import json
from typing import Any

import pytest
from aiohttp import ClientWebSocketResponse, WSMsgType

from tests.end_to_end.program import PATIENCE
from tests.end_to_end.shop import eventually
from tests.end_to_end.terminal import living
from tests.end_to_end.web_server import web_server
from tui.wiring.web import server, tab


async def hears(socket: ClientWebSocketResponse) -> Any:
    """The next words of the counter."""
    message = await socket.receive(PATIENCE)
    assert message.type is WSMsgType.BINARY, message
    return message.data.decode()


async def pid_of(socket: ClientWebSocketResponse) -> int:
    """Of the counter, which says it first."""
    return int((await hears(socket)).split()[0])


async def is_gone(pid: int) -> bool:
    """Soon."""
    await asyncio.to_thread(eventually, lambda: not living(pid))
    return True


async def says(socket: ClientWebSocketResponse, *words: Any) -> None:
    await socket.send_str(json.dumps(list(words)))


async def ends(socket: ClientWebSocketResponse) -> tuple[int | None, str]:
    """The close code and its words."""
    while (message := await socket.receive(PATIENCE)).type is not WSMsgType.CLOSE:
        assert message.type in (WSMsgType.BINARY, WSMsgType.TEXT), message
    return message.data, message.extra or ""


async def test_a_counter_is_opened_in_the_size_of_the_tab_and_hears_its_keys() -> None:
    async with web_server() as caller:
        socket = await (await caller.enter()).open_tab("?width=133&height=41")
        assert (await hears(socket)).endswith(" 133x41")
        await says(socket, "stdin", "a單")
        assert await hears(socket) == "Da單"


async def test_a_resized_tab_and_the_pages_answers_reach_the_counter() -> None:
    async with web_server() as caller:
        socket = await (await caller.enter()).open_tab()
        await hears(socket)
        await says(socket, "resize", {"width": 90, "height": 25})
        assert await hears(socket) == 'M{"type": "resize", "width": 90, "height": 25}'
        await says(socket, "rung", {"id": 3, "trouble": "blocked", "more": 1})
        assert await hears(socket) == 'M{"type": "rung", "id": 3, "trouble": "blocked"}'


@pytest.mark.parametrize("size", ["?width=9999999999&height=-4", "?width=x&height=²"])
async def test_a_size_no_screen_has_is_brought_within_reason(size: str) -> None:
    async with web_server() as caller:
        socket = await (await caller.enter()).open_tab(size)
        assert (await hears(socket)).split()[1] in ("500x5", "80x24")
        await says(socket, "resize", {"width": 10**12, "height": None})
        assert '"width": 500, "height": 24' in await hears(socket)


NONSENSE = ("", "[]", "{}", "[1]", '["stdin", 5]', '["resize", 5]', '["rung", {"id": "x"}]', "[" * 100_000)


@pytest.mark.parametrize("words", NONSENSE, ids=range(len(NONSENSE)))
async def test_words_that_make_no_sense_are_dropped_and_the_counter_goes_on(words: str) -> None:
    async with web_server() as caller:
        socket = await (await caller.enter()).open_tab()
        await hears(socket)
        await socket.send_str(words)
        await says(socket, "stdin", "b")
        assert await hears(socket) == "Db"


async def test_a_closed_tab_ends_its_counter_and_no_other() -> None:
    async with web_server() as caller:
        await caller.enter()
        one, other = await caller.open_tab(), await caller.open_tab()
        gone, stays = await pid_of(one), await pid_of(other)
        await one.close()
        assert await is_gone(gone)
        assert living(stays)


async def test_a_counter_that_was_left_closes_its_tab() -> None:
    async with web_server("leaves") as caller:
        socket = await (await caller.enter()).open_tab()
        assert await ends(socket) == (1000, "")


async def test_a_counter_that_dies_tells_the_tab_and_shows_no_traceback(capfd: pytest.CaptureFixture[str]) -> None:
    async with web_server("crashes") as caller:
        socket = await (await caller.enter()).open_tab()
        pid = await pid_of(socket)
        await says(socket, "stdin", "x")
        assert await ends(socket) == (tab.ENDED_BY_ITSELF, "")
        assert await is_gone(pid)
    told = capfd.readouterr()
    assert (told.out, told.err) == ("", "")


async def test_a_counter_that_cannot_open_says_in_the_tab_why() -> None:
    async with web_server("refuses") as caller:
        socket = await (await caller.enter()).open_tab()
        assert await ends(socket) == (tab.ENDED_BY_ITSELF, "config.toml:3: store.name: missing")


async def test_a_counter_that_hears_nothing_any_more_is_ended_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tab, "PATIENCE", 0.2)
    async with web_server("hangs") as caller:
        socket = await (await caller.enter()).open_tab()
        pid = await pid_of(socket)
        await socket.close()
        assert await is_gone(pid)


async def test_a_tab_that_goes_while_the_counter_draws_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tab, "PATIENCE", 0.5)
    async with web_server("floods") as caller:
        socket = await (await caller.enter()).open_tab()
        pid = await pid_of(socket)
        await socket.close()
        assert await is_gone(pid)


async def test_when_the_server_goes_every_tab_hears_it_and_every_counter_ends() -> None:
    async with web_server() as caller:
        await caller.enter()
        tabs = [await caller.open_tab() for _ in range(3)]
        pids = [await pid_of(socket) for socket in tabs]
        ending = [asyncio.create_task(ends(socket)) for socket in tabs]
    assert [code for code, _ in [await task for task in ending]] == [1001] * 3
    assert [pid for pid in pids if living(pid)] == []


async def test_a_sound_goes_to_the_page_as_words_of_its_own() -> None:
    async with web_server("rings") as caller:
        socket = await (await caller.enter()).open_tab()
        await hears(socket)
        kind, told = json.loads((await socket.receive(PATIENCE)).data)
        assert (kind, told["id"], told["chime"], told["volume"]) == ("chime", 7, "new", 0.5)


async def test_more_tabs_than_the_machine_carries_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "MOST_TABS", 1)
    async with web_server() as caller:
        await caller.enter()
        await hears(await caller.open_tab())
        upgrade = {"Origin": caller.url, "Upgrade": "websocket", "Connection": "Upgrade"}
        assert (await caller.get("/ws", headers=upgrade)).status == 503
