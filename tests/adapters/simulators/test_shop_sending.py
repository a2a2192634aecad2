"""Sending: until it is taken on, with the pauses of the shop system, on the shop's own time."""

from collections.abc import Iterator
from datetime import UTC, datetime
from socket import create_server

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from adapters import http
from adapters.simulators.shop import REPEATS, Kind, Post, Sent, Shop, send

START = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)


class Pauses:
    """Sleeps nowhere and remembers how long it should have."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.slept.append(seconds)


def a_post(kind: Kind = "shopify") -> Post:
    return Shop(kind, start=START, channel="web").day(1, 1, seed=1)[0].what


def answering(server: HTTPServer, *statuses: int, **headers: str) -> None:
    """Answers one after the other; the last one for ever."""
    waiting: Iterator[int] = iter(statuses[:-1])
    server.expect_request("/channels/web", method="POST").respond_with_handler(
        lambda _: Response(status=next(waiting, statuses[-1]), headers=headers)
    )


async def sent_to(url: str, post: Post, pauses: Pauses) -> Sent:
    async with http.client() as client:
        return await send(post, url, client, now=lambda: START, sleep=pauses)


async def test_a_post_arrives_with_its_headers_and_bytes(httpserver: HTTPServer) -> None:
    answering(httpserver, 200)
    post, pauses = a_post(), Pauses()
    assert await sent_to(httpserver.url_for("/"), post, pauses) == Sent(status=200, attempts=1)
    request, _ = httpserver.log[0]
    assert request.get_data() == post.body
    assert {name: request.headers[name] for name in post.headers} == dict(post.headers)
    assert pauses.slept == []


async def test_it_is_repeated_until_it_is_taken_on(httpserver: HTTPServer) -> None:
    answering(httpserver, 500, 503, 202)
    pauses = Pauses()
    sent = await sent_to(httpserver.url_for(""), a_post(), pauses)
    assert (sent.arrived, sent.attempts) == (True, 3)
    assert pauses.slept == [60, 120]
    bodies = {request.get_data() for request, _ in httpserver.log}
    assert len(bodies) == 1


async def test_a_longer_pause_is_kept_when_asked_for(httpserver: HTTPServer) -> None:
    answering(httpserver, 429, 200, **{"Retry-After": "90"})
    pauses = Pauses()
    await sent_to(httpserver.url_for(""), a_post(), pauses)
    assert pauses.slept == [90]


async def test_a_receiver_that_is_gone_is_left_alone(httpserver: HTTPServer) -> None:
    answering(httpserver, 410)
    assert await sent_to(httpserver.url_for(""), a_post("standard"), Pauses()) == Sent(status=410, attempts=1)


@pytest.mark.parametrize("status", [302, 401, 500])
async def test_a_shop_system_gives_up_in_the_end(httpserver: HTTPServer, status: int) -> None:
    answering(httpserver, status)
    pauses = Pauses()
    sent = await sent_to(httpserver.url_for(""), a_post("cyberbiz"), pauses)
    assert (sent.status, sent.arrived) == (status, False)
    assert tuple(pauses.slept) == REPEATS["cyberbiz"]


async def test_nobody_there_is_no_answer() -> None:
    with create_server(("127.0.0.1", 0)) as closing:
        port = closing.getsockname()[1]
    sent = await sent_to(f"http://127.0.0.1:{port}", a_post("cyberbiz"), Pauses())
    assert sent == Sent(status=0, attempts=4)


def test_shopify_repeats_eight_times_in_four_hours() -> None:
    assert (len(REPEATS["shopify"]), sum(REPEATS["shopify"])) == (8, 4 * 3600)
