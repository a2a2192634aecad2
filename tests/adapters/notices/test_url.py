"""A notice is posted: readable by people, believed by programs, and a failure is said in words without secrets."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from pytest_httpserver import HTTPServer
from standardwebhooks.webhooks import Webhook

from adapters import http
from adapters.notices.url import UrlTeller
from adapters.signatures import standard_signature
from core.ports.notice import NotTold
from tests.adapters.notices.samples import NOTICE

SECRET = "whsec_c2VjcmV0IG9mIHRoZSBzaG9wISE="


@asynccontextmanager
async def teller(server: HTTPServer, **more: str) -> AsyncIterator[UrlTeller]:
    one = UrlTeller(http.client(server.url_for("")), server.url_for("/topic-nobody-guesses"), **more)
    yield one
    await one.close()


def told(server: HTTPServer) -> tuple[bytes, Callable[[str], str | None]]:
    request, _response = server.log[-1]
    return request.get_data(), request.headers.get


async def test_people_get_one_sentence(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/topic-nobody-guesses", method="POST").respond_with_data("ok")
    async with teller(httpserver) as one:
        await one.tell(NOTICE)
    body, header = told(httpserver)
    assert body.decode() == NOTICE.words
    assert header("Content-Type") == "text/plain; charset=utf-8"
    assert (header("webhook-id"), header("webhook-signature")) == ("01JKEY", None)


async def test_chat_rooms_get_a_text_and_programs_the_facts(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/topic-nobody-guesses").respond_with_data("ok")
    async with teller(httpserver, style="json") as one:
        await one.tell(NOTICE)
    assert json.loads(told(httpserver)[0]) == {
        "text": NOTICE.words,
        "kind": "not_accepted",
        "store": "台北南西店",
        "number": "1042",
        "channel": "web",
        "deadline": "2026-03-02T04:05:00+00:00",
    }


async def test_with_a_secret_the_official_reader_believes_it(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/topic-nobody-guesses").respond_with_data("ok")
    async with teller(httpserver, secret=SECRET) as one:
        await one.tell(NOTICE)
    body, header = told(httpserver)
    expected = standard_signature(SECRET, "01JKEY", int(NOTICE.at.timestamp()), body)
    assert header("webhook-signature") == expected
    assert Webhook(SECRET).sign("01JKEY", NOTICE.at, body.decode()) == expected


@pytest.mark.parametrize("status", [302, 400, 401, 404, 429, 500])
async def test_anything_but_yes_is_a_failure(httpserver: HTTPServer, status: int) -> None:
    httpserver.expect_request("/topic-nobody-guesses").respond_with_data("no", status=status)
    async with teller(httpserver, secret=SECRET) as one:
        with pytest.raises(NotTold) as failed:
            await one.tell(NOTICE)
    assert str(status) in str(failed.value)
    assert "nobody-guesses" not in str(failed.value)
    assert len(httpserver.log) == 1  # trying again is the station's matter


async def test_nobody_there_is_a_failure() -> None:
    one = UrlTeller(http.client("http://127.0.0.1:1"), "http://127.0.0.1:1/x")
    with pytest.raises(NotTold, match="no answer: ConnectError"):
        await one.tell(NOTICE)
    await one.close()
