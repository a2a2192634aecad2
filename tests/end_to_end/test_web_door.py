"""The door of the web server: a token once, then a cookie; nothing without."""

import logging
from http.cookies import SimpleCookie

import pytest
from aiohttp import WSServerHandshakeError

from core.domain.alert import Chime
from sounds.chimes import wav_of
from tests.end_to_end.web_server import TOKEN, web_server
from tui.wiring.web.door import Door

ADDRESSES = (
    "/",
    "/ws",
    "/static/",
    "/static/js/textual.js",
    "/page/page.js",
    "/chimes/new.wav",
    "/download/1",
    "/no-such-thing",
)


@pytest.mark.parametrize("address", ADDRESSES)
async def test_nothing_is_served_without_the_token(address: str) -> None:
    async with web_server() as caller:
        answer = await caller.get(address)
        assert answer.status == 401
        assert "orderbell web" in answer.text


@pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], TOKEN + "x", "鈴", "%ff", "a" * 5000])
async def test_a_wrong_token_is_refused_and_leaves_no_cookie(token: str) -> None:
    async with web_server() as caller:
        answer = await caller.get(f"/?token={token}")
        assert answer.status == 403
        assert "Set-Cookie" not in answer.headers
        assert (await caller.get("/")).status == 401


async def test_a_cookie_that_somebody_made_up_opens_nothing() -> None:
    async with web_server() as caller:
        for value in ("", TOKEN, "0" * 64):
            made_up = await caller.get("/", headers={"Cookie": f"{Door(TOKEN).cookie}={value}"})
            assert made_up.status == 401


async def test_the_right_token_leaves_a_cookie_that_scripts_and_other_sites_never_see() -> None:
    async with web_server() as caller:
        answer = await caller.get(f"/?token={TOKEN}")
        (cookie,) = SimpleCookie(answer.headers["Set-Cookie"]).values()
        assert cookie["httponly"]
        assert cookie["samesite"] == "Strict"
        assert TOKEN not in answer.headers["Set-Cookie"]


async def test_after_the_link_the_page_goes_on_to_an_address_without_the_token() -> None:
    async with web_server() as caller:
        answer = await caller.get(f"/?token={TOKEN}&fontsize=20")
        assert answer.headers["Refresh"] == "0; url=/?fontsize=20"
        assert TOKEN not in answer.text
        page = (await caller.get("/?fontsize=20")).text
        assert 'data-font-size="20"' in page


async def test_the_cookie_is_kept_to_https_behind_a_proxy_that_speaks_it() -> None:
    async with web_server() as caller:
        plain = await caller.get(f"/?token={TOKEN}")
        proxied = await caller.get(f"/?token={TOKEN}", headers={"X-Forwarded-Proto": "https"})
    assert ["Secure" in answer.headers["Set-Cookie"] for answer in (plain, proxied)] == [False, True]


async def test_another_token_shuts_out_whoever_came_by_the_last_one() -> None:
    assert Door("one").pass_ != Door("two").pass_
    assert Door("one").cookie != Door("two").cookie


@pytest.mark.parametrize("origin", ["http://evil.example", "http://127.0.0.1:1", "null", ""])
async def test_another_sites_page_gets_no_counter_even_with_the_cookie(origin: str) -> None:
    async with web_server() as caller:
        await caller.enter()
        with pytest.raises(WSServerHandshakeError) as refused:
            await caller.session.ws_connect(f"{caller.url}/ws", headers={"Origin": origin} if origin else {})
        assert refused.value.status == 403


async def test_behind_the_door_are_the_page_the_terminal_and_every_chime() -> None:
    async with web_server() as caller:
        await caller.enter()
        for address in ("/", "/static/js/textual.js", "/page/page.js", "/page/bell.js", "/page/icon.svg"):
            assert (await caller.get(address)).status == 200
        for chime in Chime:
            assert (await caller.get(f"/chimes/{chime.value}.wav")).body == wav_of(chime).read_bytes()


@pytest.mark.parametrize(
    "address", ["/page/..%2fdoor.py", "/page/counter.html", "/chimes/..%2f..%2fx.wav", "/download/x"]
)
async def test_what_is_not_meant_for_the_page_is_not_there(address: str) -> None:
    async with web_server() as caller:
        await caller.enter()
        assert (await caller.get(address)).status == 404


async def test_the_page_names_no_outside_address_and_the_browser_is_told_to_load_none() -> None:
    async with web_server() as caller:
        await caller.enter()
        answer = await caller.get("/")
        assert "://" not in answer.text
        policy = answer.headers["Content-Security-Policy"].split("; ")
        assert "default-src 'none'" in policy
        assert not [rule for rule in policy if "http" in rule or "*" in rule]


@pytest.mark.parametrize("address", ["/", "/?token=wrong", "/static/css/xterm.css"])
async def test_every_answer_keeps_what_it_holds_to_itself(address: str) -> None:
    async with web_server() as caller:
        await caller.enter()
        headers = (await caller.get(address)).headers
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Server"] == "orderbell"


async def test_the_stores_name_is_words_and_no_markup() -> None:
    async with web_server() as caller:
        await caller.enter()
        assert "<title>台北 &lt;南西&gt; &amp; 店</title>" in (await caller.get("/")).text


@pytest.mark.parametrize("size", ["0", "-1", "1000", "big", "²", "1e3"])
async def test_an_odd_text_size_is_the_usual_one(size: str) -> None:
    async with web_server() as caller:
        await caller.enter()
        assert 'data-font-size="16"' in (await caller.get("/", params={"fontsize": size})).text


async def test_the_log_names_who_was_turned_away_and_never_a_token(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with web_server() as caller:
        await caller.get("/?token=somebodys-guess")
        await caller.enter()
    assert "a wrong token from 127.0.0.1" in caplog.text
    assert not [word for word in ("somebodys-guess", TOKEN, Door(TOKEN).pass_) if word in caplog.text]
