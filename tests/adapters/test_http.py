"""Calls out: what is sent, what is repeated, and which error each answer becomes."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Iterator

import pytest
import stamina
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from adapters import http
from core.ports.courier import CourierDown, CourierLockedOut, CourierRefused, RateLimited
from core.ports.wire import CallsLeft, Exchange, TokenAge, listening


@pytest.fixture(autouse=True)
def no_pauses() -> Iterator[None]:
    with stamina.set_testing(True, attempts=http.ATTEMPTS, cap=True):
        yield


@pytest.fixture
async def client(httpserver: HTTPServer) -> AsyncIterator[http.Client]:
    async with http.client(httpserver.url_for("")) as client:
        yield client


def get(**more) -> http.Call:
    return http.Call(method="GET", url="/x", **more)


async def failing(client: http.Client, httpserver: HTTPServer, status: int, body: str = "", **headers) -> Exception:
    httpserver.expect_request("/x").respond_with_data(body, status=status, headers=headers)
    with pytest.raises((CourierDown, CourierLockedOut, CourierRefused)) as caught:
        await http.ask(client, get())
    return caught.value


async def test_a_call_says_who_we_are(client, httpserver) -> None:
    httpserver.expect_request("/x", headers={"User-Agent": "Orderbell/0.1"}).respond_with_json({"a": 1})
    assert (await http.ask(client, get())).data == {"a": 1}


async def test_a_body_goes_out_as_the_bytes_one_can_sign(client, httpserver) -> None:
    call = http.Call(method="POST", url="/x", json={"name": "茶"})
    httpserver.expect_request("/x", data=call.content, headers={"Content-Type": "application/json"}).respond_with_data()
    assert (await http.ask(client, call)).data is None


async def test_a_loopback_service_is_never_called_through_the_shops_proxy(monkeypatch, httpserver) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    httpserver.expect_request("/x").respond_with_json([])
    async with http.client(httpserver.url_for("")) as client:
        assert (await http.ask(client, get())).data == []


@pytest.mark.parametrize("status", [408, 425, 429, 500, 503, 302])
async def test_what_may_pass_by_itself_is_down(client, httpserver, status) -> None:
    assert isinstance(await failing(client, httpserver, status), CourierDown)


@pytest.mark.parametrize("status", [401, 402, 403])
async def test_what_a_person_must_mend_is_locked_out(client, httpserver, status) -> None:
    assert isinstance(await failing(client, httpserver, status), CourierLockedOut)


async def test_any_other_4xx_is_refused_with_the_couriers_code(client, httpserver) -> None:
    error = await failing(client, httpserver, 400, '{"code": "too_far", "message": "out of range"}')
    assert isinstance(error, CourierRefused)
    assert (error.code, str(error), error.try_another) == ("too_far", "400 too_far: out of range", True)


async def test_without_a_code_the_status_stands_alone(client, httpserver) -> None:
    assert str(await failing(client, httpserver, 422, '{"message": "Unable"}')) == "422: Unable"


async def test_manners_outrank_the_status(client, httpserver) -> None:
    httpserver.expect_request("/x").respond_with_json({"code": "busy"}, status=400)
    with pytest.raises(CourierDown):
        await http.ask(client, get(), manners=http.Manners(patient=frozenset({"busy"})))
    with pytest.raises(CourierLockedOut):
        await http.ask(client, get(), manners=http.Manners(locked=frozenset({"busy"})))
    with pytest.raises(CourierRefused) as caught:
        await http.ask(client, get(), manners=http.Manners(hopeless=frozenset({"busy"})))
    assert not caught.value.try_another


async def test_an_accepted_status_comes_back_as_an_answer(client, httpserver) -> None:
    httpserver.expect_request("/x").respond_with_json({"code": "known"}, status=409)
    answer = await http.ask(client, get(accept=frozenset({409})))
    assert (answer.status, answer.data) == (409, {"code": "known"})


@pytest.mark.parametrize(
    "body", ["<html>\x1b[31m</html>", '{"code": 7, "message": ["x"]}', "[" * 100_000, "\x00" * 9999]
)
async def test_a_hostile_error_is_told_in_one_harmless_line(client, httpserver, body) -> None:
    told = str(await failing(client, httpserver, 400, body))
    assert told.isprintable()
    assert len(told) <= 200


async def test_an_error_gives_no_customer_away(client, httpserver) -> None:
    httpserver.expect_request("/x").respond_with_json(
        {"code": "bad", "message": "Ms Chen +886 912-345-678"}, status=400
    )
    with pytest.raises(CourierRefused) as caught:
        await http.ask(client, get(private=("Ms Chen", "")))
    assert str(caught.value) == "400 bad: … …"


async def test_a_body_without_end_is_cut_off(client, httpserver, monkeypatch) -> None:
    monkeypatch.setattr(http, "MOST_BYTES", 1000)
    httpserver.expect_request("/x").respond_with_data("x" * 5000)
    with pytest.raises(CourierDown, match="does not end"):
        await http.ask(client, get())


async def test_an_answer_that_is_no_json_is_down_once_it_is_read(client, httpserver) -> None:
    httpserver.expect_request("/x").respond_with_data("<html>")
    answer = await http.ask(client, get())
    with pytest.raises(CourierDown, match="not JSON"):
        _ = answer.data


async def test_silence_is_down(client, httpserver) -> None:
    async def mute(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async with await asyncio.start_server(mute, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(CourierDown, match="no answer"):
            await http.ask(client, http.Call(method="GET", url=f"http://127.0.0.1:{port}/"), limit=0.05)


async def test_nobody_listening_is_down(client, unused_tcp_port) -> None:
    with pytest.raises(CourierDown, match="ConnectError"):
        await http.ask(client, http.Call(method="GET", url=f"http://127.0.0.1:{unused_tcp_port}/"))


async def test_a_safe_call_is_repeated_until_it_is_answered(client, httpserver) -> None:
    httpserver.expect_ordered_request("/x").respond_with_data(status=503)
    httpserver.expect_ordered_request("/x").respond_with_data(status=500)
    httpserver.expect_ordered_request("/x").respond_with_json("done")
    assert (await http.ask(client, get(safe=True))).data == "done"


async def test_a_safe_call_is_given_up_at_last(client, httpserver) -> None:
    httpserver.expect_request("/x").respond_with_data(status=503)
    with pytest.raises(CourierDown):
        await http.ask(client, get(safe=True))
    assert len(httpserver.log) == http.ATTEMPTS


async def test_an_unsafe_call_is_made_once(client, httpserver) -> None:
    await failing(client, httpserver, 503)
    assert len(httpserver.log) == 1


async def test_a_refusal_is_never_repeated(client, httpserver) -> None:
    httpserver.expect_request("/x").respond_with_data(status=400)
    with pytest.raises(CourierRefused):
        await http.ask(client, get(safe=True))
    assert len(httpserver.log) == 1


async def test_who_is_told_to_wait_long_is_not_kept_waiting(client, httpserver) -> None:
    httpserver.expect_request("/x").respond_with_data(status=429, headers={"Retry-After": "90"})
    with pytest.raises(CourierDown) as caught:
        await http.ask(client, get(safe=True))
    assert (caught.value.retry_after, len(httpserver.log)) == (90.0, 1)


async def test_a_short_wait_asked_for_is_kept(client, httpserver) -> None:
    httpserver.expect_ordered_request("/x").respond_with_data(status=429, headers={"Retry-After": "1"})
    httpserver.expect_ordered_request("/x").respond_with_json({})
    with stamina.set_testing(False):
        before = asyncio.get_running_loop().time()
        await http.ask(client, get(safe=True))
    assert 0.9 < asyncio.get_running_loop().time() - before < 3


@pytest.mark.parametrize(
    ("told", "seconds"),
    [("7", 7.0), ("-1", None), ("soon", None), ("9" * 30, 3600.0), ("Fri, 02 Jan 2026 03:00:30 GMT", 30.0), ("", None)],
)
def test_retry_after_is_seconds_or_a_date_by_their_clock(told, seconds) -> None:
    headers = {"retry-after": told, "date": "Fri, 02 Jan 2026 03:00:00 GMT"}
    assert http.Answer(status=429, headers=headers).retry_after == seconds


async def test_a_repeat_is_told_to_the_log_and_nowhere_else(client, httpserver, caplog, capsys) -> None:
    httpserver.expect_ordered_request("/x").respond_with_data(status=503)
    httpserver.expect_ordered_request("/x").respond_with_json({})
    with caplog.at_level(logging.INFO, "adapters.http"):
        await http.ask(client, get(safe=True))
    assert [record.name for record in caplog.records if "asking again" in record.message] == ["adapters.http"]
    assert capsys.readouterr() == ("", "")


class Issuer:
    """Counts the tokens it gives."""

    def __init__(self, lifetime: float = 1000.0) -> None:
        self.given = 0
        self.lifetime = lifetime

    async def __call__(self) -> http.Token:
        await asyncio.sleep(0)
        self.given += 1
        return http.Token(f"t{self.given}", self.lifetime)


def accepting(token: str, otherwise: int = 401):
    def answer(request: Request) -> Response:
        return Response("{}", 200 if request.headers["Authorization"] == f"Bearer {token}" else otherwise)

    return answer


async def test_many_calls_at_once_fetch_one_token(client, httpserver) -> None:
    httpserver.expect_request("/x").respond_with_handler(accepting("t1"))
    issuer = Issuer()
    tokens = http.Tokens(issuer)
    await asyncio.gather(*(http.ask(client, get(), keys=tokens) for _ in range(5)))
    assert issuer.given == 1


async def test_a_token_is_renewed_shortly_before_it_ends(client, httpserver) -> None:
    issuer, ticks = Issuer(lifetime=1000), iter([0.0, 939.0, 941.0, 941.0])
    tokens = http.Tokens(issuer, ticks=lambda: next(ticks))
    for given in (1, 1, 2):
        await tokens.headers(get())
        assert issuer.given == given


async def test_a_spoiled_token_is_replaced_once(client, httpserver) -> None:
    httpserver.expect_request("/x").respond_with_handler(accepting("t2"))
    issuer = Issuer()
    assert (await http.ask(client, get(), keys=http.Tokens(issuer))).status == 200
    assert issuer.given == 2


async def test_calls_that_find_the_same_token_spoiled_fetch_one_new_one(client, httpserver) -> None:
    httpserver.expect_request("/x").respond_with_handler(accepting("t2"))
    issuer = Issuer()
    tokens = http.Tokens(issuer)
    await asyncio.gather(*(http.ask(client, get(), keys=tokens) for _ in range(4)))
    assert issuer.given == 2


async def test_a_second_401_is_final(client, httpserver) -> None:
    httpserver.expect_request("/x").respond_with_handler(accepting("never"))
    issuer = Issuer()
    with pytest.raises(CourierLockedOut):
        await http.ask(client, get(safe=True), keys=http.Tokens(issuer))
    assert issuer.given == 2


@pytest.mark.parametrize(("stale", "given"), [({401}, 1), ({401, 403}, 2)])
async def test_which_status_says_that_a_token_has_ended_is_a_matter_of_manners(
    client, httpserver, stale, given
) -> None:
    httpserver.expect_request("/x").respond_with_handler(accepting("never", 403))
    issuer, manners = Issuer(), http.Manners(stale=frozenset(stale))
    with pytest.raises(CourierLockedOut):
        await http.ask(client, get(), keys=http.Tokens(issuer), manners=manners)
    assert issuer.given == given


async def test_refused_credentials_lock_us_out(client, httpserver) -> None:
    httpserver.expect_request("/token").respond_with_json({"error": "invalid_scope"}, status=400)
    with pytest.raises(CourierLockedOut) as caught:
        await http.fetch_token(client, "/token", {"client_secret": "s3cret"})
    assert caught.value.code == "invalid_scope"
    assert "s3cret" not in str(caught.value)


async def test_a_token_endpoint_that_talks_nonsense_is_down(client, httpserver) -> None:
    httpserver.expect_request("/token").respond_with_json({"access_token": ""})
    with pytest.raises(CourierDown):
        await http.fetch_token(client, "/token", {})


def test_a_token_does_not_show_itself() -> None:
    assert "abc" not in repr(http.Token("abc", 1.0))


class Thing(http.Loose):
    name: str = "?"
    size: int = 0


@pytest.mark.parametrize("raw", [{}, {"name": None, "size": "big"}, {"name": 3, "size": []}])
def test_a_field_of_the_wrong_type_counts_as_not_said(raw) -> None:
    assert Thing.model_validate(raw) == Thing()


# Whether a call that failed may have taken effect all the same


@pytest.mark.parametrize(
    ("status", "happened"), [(408, True), (425, False), (429, False), (500, True), (502, True), (503, True)]
)
async def test_only_a_call_turned_away_unread_has_certainly_not_happened(client, httpserver, status, happened) -> None:
    assert (await failing(client, httpserver, status)).may_have_happened is happened


@pytest.mark.parametrize("safe", [False, True])
async def test_a_call_that_reached_nobody_has_not_happened_unless_it_was_repeated(unused_tcp_port, safe) -> None:
    async with http.client(f"http://127.0.0.1:{unused_tcp_port}") as nobody:
        with pytest.raises(CourierDown) as caught:
            await http.ask(nobody, get(safe=safe))
    assert caught.value.may_have_happened is safe


async def test_an_answer_that_breaks_off_may_have_happened(client, httpserver) -> None:
    httpserver.expect_request("/x").respond_with_handler(lambda request: time.sleep(0.5))
    with pytest.raises(CourierDown) as caught:
        await http.ask(client, get(), limit=0.05)
    assert caught.value.may_have_happened


async def test_a_call_whose_keys_cannot_be_fetched_has_not_happened(client, httpserver) -> None:
    async def silent() -> http.Token:
        raise CourierDown("no answer")

    with pytest.raises(CourierDown) as caught:
        await http.ask(client, get(), keys=http.Tokens(silent))
    assert not caught.value.may_have_happened


async def test_a_courier_may_ask_for_patience_in_its_own_way(client, httpserver) -> None:
    httpserver.expect_request("/x").respond_with_data("", status=429, headers={"X-Wait": "7"})
    manners = http.Manners(pause=lambda answer: float(answer.headers["x-wait"]))
    with pytest.raises(CourierDown) as caught:
        await http.ask(client, get(), manners=manners)
    assert caught.value.retry_after == 7


@pytest.mark.parametrize(("epoch", "seconds"), [(1767323075, 30.0), (1767323000, 0.0), (1767423075, 3600.0)])
def test_a_moment_they_name_is_measured_by_their_own_clock(epoch, seconds) -> None:
    answer = http.Answer(status=429, headers={"date": "Fri, 02 Jan 2026 03:04:05 GMT"})
    assert answer.until(epoch) == seconds


@pytest.mark.parametrize("date", [None, "yesterday"])
@pytest.mark.parametrize("epoch", [1767323075, 10**12, 1e300])
def test_who_does_not_tell_the_time_tells_no_pause(date, epoch) -> None:
    assert http.Answer(status=429, headers={"date": date} if date else {}).until(epoch) is None


# What the wire shows beside an answer


async def test_whoever_listens_hears_of_every_answer(client, httpserver) -> None:
    heard: list[Exchange] = []
    headers = {"X-RateLimit-Limit": "60", "X-RateLimit-Remaining": "59"}
    httpserver.expect_ordered_request("/x").respond_with_data(status=503)
    httpserver.expect_ordered_request("/x").respond_with_data("{}", headers=headers)
    with listening(heard.append):
        await http.ask(client, get(safe=True))
    await http.ask(client, get(accept=frozenset({500})))  # nobody listens any more
    assert [exchange.calls_left for exchange in heard] == [None, CallsLeft(left=59, most=60)]
    assert all(exchange.took > 0 for exchange in heard)


async def test_silence_is_no_answer_and_tells_nothing(httpserver) -> None:
    heard: list[Exchange] = []
    async with http.client("http://127.0.0.1:1") as nobody:
        with listening(heard.append), pytest.raises(CourierDown):
            await http.ask(nobody, get())
    assert heard == []


async def test_the_age_of_a_token_that_was_granted_is_told(client, httpserver) -> None:
    heard: list[Exchange] = []
    ticks = [1000.0]
    httpserver.expect_request("/token").respond_with_json({"access_token": "t", "expires_in": 600})
    httpserver.expect_request("/x").respond_with_json({})
    tokens = http.Tokens(lambda: http.fetch_token(client, "/token", {}), lambda: ticks[0])
    with listening(heard.append):
        await http.ask(client, get(), keys=tokens)
        ticks[0] += 100
        await http.ask(client, get(), keys=tokens)
    assert [exchange.token for exchange in heard] == [
        None,  # the question for the token itself
        TokenAge(age=0, left=600),
        TokenAge(age=100, left=500),
    ]


async def test_a_token_of_our_own_making_is_none_of_theirs(client, httpserver) -> None:
    async def made() -> http.Token:
        return http.Token("jwt", 300)

    heard: list[Exchange] = []
    httpserver.expect_request("/x").respond_with_json({})
    with listening(heard.append):
        await http.ask(client, get(), keys=http.Tokens(made))
    assert [exchange.token for exchange in heard] == [None]


async def test_a_token_that_was_given_up_has_no_age(client, httpserver) -> None:
    httpserver.expect_request("/token").respond_with_json({"access_token": "t", "expires_in": 600})
    tokens = http.Tokens(lambda: http.fetch_token(client, "/token", {}))
    assert tokens.age is None
    used = await tokens.headers(get())
    assert tokens.age is not None
    tokens.renew(used)
    assert tokens.age is None


@pytest.mark.parametrize("status", [429, 400])
async def test_too_many_calls_are_told_apart_from_an_outage(client, httpserver, status) -> None:
    httpserver.expect_request("/x").respond_with_json({"code": "slowly"}, status=status, headers={"Retry-After": "9"})
    with pytest.raises(RateLimited) as caught:
        await http.ask(client, get(), manners=http.Manners(limited=frozenset({"slowly"})))
    assert (caught.value.retry_after, caught.value.code) == (9, "slowly")
