"""The station's HTTP over a real socket and a real store: what is answered, and what is kept by then."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

import httpx
import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from adapters.channels import standard
from adapters.hosting import hosted
from adapters.receiver import MOST_BYTES, READ_AT_ALL, Receiver
from core.domain.ids import ChannelName, CourierName
from core.domain.job import Job
from core.domain.problem import ProblemKind
from core.domain.purchase import Customer
from core.services.aftermath import Aftermath
from core.services.health import Health
from core.services.intake import KEPT_OF_LARGE, Intake
from core.services.intake_desk import MOST_WAITING, StationDesk, StationReport
from core.services.journeys import Journeys
from core.services.sending import Sending
from core.services.station import Station
from core.services.station_lease import StationLease
from core.services.watching import Watching
from core.store.database import Database, StoreUnusable
from core.store.mapping import order_row
from core.store.tables import inbox, orders
from core.store.unit_of_work import UnitOfWork, reading
from core.store.writer import Writer
from tests import builders
from tests.builders import RULES
from tests.end_to_end import letters

T = TypeVar("T")
NASTY = "\x1b]0;pwned\x07\x1b[31mEve\x1b[0m\u202eniaga\u2066 [b]bold[/b]\r\nX-Evil: 1\x00"


class WallClock:
    """The time it is: letters carry it in their signatures."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def real_seconds(self, seconds: float) -> float:
        return seconds


@dataclass
class Door:
    """A receiver in front of a store, and calls to it."""

    database: Database
    writer: Writer
    station: Station
    calls: httpx.AsyncClient

    async def post(self, letter: letters.Signed, to: str = "channels/web") -> httpx.Response:
        return await self.calls.post(f"/{to}", content=letter.body, headers=letter.headers)

    async def order(self, number: str = "1042", message_id: str = "", **more: Any) -> httpx.Response:
        return await self.post(letters.signed(letters.order(number, **more), message_id=message_id))

    def read(self, ask: Callable[[UnitOfWork], T]) -> T:
        with reading(self.database) as uow:
            return ask(uow)

    def kept(self) -> list[Any]:
        """The inbox, oldest first."""
        return self.read(lambda uow: list(uow.connection.execute(select(inbox)).mappings()))

    def problems(self) -> list[tuple[ProblemKind, str]]:
        return [(one.kind, one.detail) for one in self.read(lambda uow: uow.problems.all_open())]


class NoCourier:
    """A courier whose letters cannot be read, and that is never called."""

    name, kind = CourierName("uber"), "none"

    def verify(self, letter: object) -> None: ...

    def read_letter(self, letter: object) -> object:
        return standard.Reading(key="ping", ignored="a ping")

    async def book(self, job: Job) -> None: ...


@pytest.fixture
async def door(sqlite: Database) -> AsyncIterator[Door]:
    writer, health, clock = Writer(sqlite), Health(), WallClock()
    lease, journeys = StationLease("http://127.0.0.1"), Journeys()
    sending = Sending(writer, {}, journeys, RULES, clock, lease)
    station = Station(sqlite, writer, sending, Watching(writer, {}, journeys, clock), lease, health, clock)
    desk = StationDesk(writer, Intake(RULES, journeys, Aftermath()), health, clock)
    web = standard.build("web", standard.Settings(secret=letters.SECRET), currency="TWD")
    shut = standard.build("shut", standard.Settings(), currency="TWD")
    couriers: Any = {"uber": NoCourier()}
    receiver = Receiver(
        {"web": web, "shut": shut}, couriers, desk, StationReport(writer, station, health, clock), clock
    )
    async with hosted(receiver.app()) as base, httpx.AsyncClient(base_url=base, timeout=30) as calls:
        yield Door(sqlite, writer, station, calls)
    writer.close()


async def test_an_order_is_on_disk_when_it_is_answered(door: Door) -> None:
    answer = await door.order()
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert door.read(lambda uow: uow.orders.called("1042")).purchase.channel == ChannelName("web")


async def test_the_letter_and_its_events_are_kept_with_it(door: Door) -> None:
    await door.order(message_id="msg_7")
    assert [(row["sender"], row["key"], row["state"]) for row in door.kept()] == [("channels/web", "msg_7", "read")]
    assert door.read(lambda uow: uow.journal.last()) == 2


async def test_the_signature_is_not_kept(door: Door) -> None:
    await door.order()
    assert not [name for name in door.kept()[0]["headers"] if "signature" in name]


async def test_a_repeat_is_answered_alike_and_changes_nothing(door: Door) -> None:
    letter = letters.signed(letters.order("1042"))
    first, again = await door.post(letter), await door.post(letter)
    assert (first.status_code, again.status_code, len(door.kept())) == (200, 200, 1)


async def test_fifty_at_once_of_one_letter_are_one_row(door: Door) -> None:
    letter = letters.signed(letters.order("1042"))
    answers = await asyncio.gather(*(door.post(letter) for _ in range(50)))
    assert {answer.status_code for answer in answers} == {200}
    assert (len(door.kept()), len(door.read(lambda uow: uow.orders.listed()))) == (1, 1)


async def test_fifty_orders_at_once_are_fifty_rows(door: Door) -> None:
    answers = await asyncio.gather(*(door.order(str(number)) for number in range(50)))
    assert {answer.status_code for answer in answers} == {200}
    assert len(door.read(lambda uow: uow.orders.listed())) == 50


async def test_what_cannot_be_saved_is_asked_for_again(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Database, "writing", _disk_full)
    answer = await door.order()
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    assert door.kept() == []


async def test_once_it_can_be_saved_the_same_letter_is_taken(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    letter = letters.signed(letters.order("1042"))
    with monkeypatch.context() as broken:
        broken.setattr(Database, "writing", _disk_full)
        assert (await door.post(letter)).status_code == 503
    assert (await door.post(letter)).status_code == 200
    assert len(door.kept()) == 1


async def test_a_failure_in_the_middle_keeps_nothing(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("core.store.journal.Journal.add", _fall)
        assert (await door.order()).status_code == 503
    assert door.kept() == []
    assert door.read(lambda uow: uow.orders.listed()) == []


async def test_a_writer_that_has_ended_is_a_503_too(door: Door) -> None:
    door.writer.close()
    answer = await door.order()
    assert (answer.status_code, "retry-after" in answer.headers) == (503, True)


async def test_an_accident_of_ours_is_a_503_that_says_where(
    door: Door, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(standard.Standard, "read", _stumble)
    answer = await door.order()
    assert (answer.status_code, "retry-after" in answer.headers) == (503, True)
    assert "KeyError at " in caplog.text
    assert "test_receiver.py:" in caplog.text
    assert "Nora" not in caplog.text


async def test_a_broken_constraint_repeats_no_customers_words(door: Door) -> None:
    row = order_row(builders.new(customer=Customer(name="Nora Secret")))
    with pytest.raises(IntegrityError) as caught:
        await door.writer.do(lambda uow: [uow.connection.execute(insert(orders), row) for _ in range(2)])
    assert "Nora" not in str(caught.value)


async def test_too_many_in_line_are_asked_to_come_again(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Writer, "waiting", MOST_WAITING + 1)
    answer = await door.order()
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
    assert door.kept() == []


async def test_a_wrong_signature_keeps_nothing(door: Door) -> None:
    answer = await door.post(letters.signed(letters.order("1042"), secret="whsec_b3RoZXI="))
    assert (answer.status_code, door.kept(), door.problems()) == (401, [], [])


async def test_a_changed_body_keeps_nothing(door: Door) -> None:
    letter = letters.signed(letters.order("1042"))
    forged = letters.Signed(letter.headers, letter.body.replace(b"80.00", b"00.01"))
    assert (await door.post(forged)).status_code == 401
    assert door.kept() == []


@pytest.mark.parametrize("name", ["webhook-id", "webhook-timestamp", "webhook-signature"])
async def test_a_missing_header_is_a_wrong_signature(name: str, door: Door) -> None:
    letter = letters.signed(letters.order("1042"))
    del letter.headers[name]
    assert (await door.post(letter)).status_code == 401


async def test_an_old_letter_is_turned_away(door: Door) -> None:
    old = int(datetime.now(UTC).timestamp()) - 301
    assert (await door.post(letters.signed_body(b"{}", at=old))).status_code == 401


async def test_without_a_secret_the_door_is_shut(door: Door) -> None:
    assert (await door.post(letters.signed(letters.order("1042")), to="channels/shut")).status_code == 401


async def test_a_401_tells_nothing_of_the_secret(door: Door) -> None:
    answer = await door.post(letters.signed(letters.order("1042"), secret="whsec_b3RoZXI="))
    assert answer.json() == {"error": "the signature does not fit"}


@pytest.mark.parametrize("to", ["channels/nobody", "couriers/web", "channels/", "channels/web/more", "channels/WEB"])
async def test_an_unknown_sender_is_404(to: str, door: Door) -> None:
    assert (await door.post(letters.signed(letters.order("1042")), to=to)).status_code == 404
    assert door.kept() == []


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
async def test_only_post_brings_letters(method: str, door: Door) -> None:
    assert (await door.calls.request(method, "/channels/web")).status_code == 405


async def test_a_couriers_letter_is_kept_under_its_name(door: Door) -> None:
    assert (await door.calls.post("/couriers/uber", content=b"{}")).status_code == 200
    assert [(row["sender"], row["state"]) for row in door.kept()] == [("couriers/uber", "ignored")]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"\xff\xfe\x00",
        b"[]",
        b"null",
        b'{"type": "order.paid"}',
        b'{"type": "order.paid", "data": {}}',
        json.dumps({"type": "order.paid", "data": letters.order("1", lines=[])}).encode(),
        json.dumps({"type": "order.paid", "data": letters.order("1", total="NaN")}).encode(),
        json.dumps({"type": "order.paid", "data": letters.order("1", payment="perhaps")}).encode(),
        b"[" * 100_000 + b"]" * 100_000,
        b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    ],
    ids=["empty", "words", "bytes", "list", "null", "bare", "hollow", "no-lines", "nan", "payment", "deep", "deeper"],
)
async def test_the_unreadable_is_kept_once_and_shown(body: bytes, door: Door) -> None:
    letter = letters.signed_body(body)
    assert [(await door.post(letter)).status_code for _ in range(2)] == [400, 400]
    assert [(row["state"], row["body"]) for row in door.kept()] == [("unreadable", body)]
    assert [kind for kind, _ in door.problems()] == [ProblemKind.UNREADABLE]


async def test_after_something_unreadable_the_next_order_comes_in(door: Door) -> None:
    await door.post(letters.signed_body(b"not json"))
    assert (await door.order()).status_code == 200


async def test_a_reason_names_the_field_but_no_person(door: Door) -> None:
    bad = letters.order("1042", payment="perhaps", customer={"name": "Nora Secret", "phone": "0912"})
    answer = await door.post(letters.signed(bad))
    assert "payment" in answer.json()["error"]
    assert "Nora" not in answer.text + str(door.problems())


async def test_a_signed_letter_past_2_mib_is_413_and_kept_shortened(door: Door) -> None:
    body = b" " * (MOST_BYTES + 1)
    assert (await door.post(letters.signed_body(body))).status_code == 413
    row = door.kept()[0]
    assert (row["state"], len(row["body"]), row["size"]) == ("too_large", KEPT_OF_LARGE, len(body))
    assert [kind for kind, _ in door.problems()] == [ProblemKind.UNREADABLE]


async def test_exactly_2_mib_is_not_too_large(door: Door) -> None:
    data = json.dumps({"type": "order.paid", "data": letters.order("1042")}).encode()
    assert (await door.post(letters.signed_body(data + b" " * (MOST_BYTES - len(data))))).status_code == 200


async def test_an_unsigned_large_letter_keeps_nothing(door: Door) -> None:
    assert (await door.calls.post("/channels/web", content=b" " * (MOST_BYTES + 1))).status_code == 401
    assert door.kept() == []


async def test_past_16_mib_nobody_reads_on(door: Door) -> None:
    assert await _answer_to_endless(door, f"Content-Length: {READ_AT_ALL + 1}\r\n", chunks=0) == 413
    assert door.kept() == []


async def test_past_16_mib_in_chunks_nobody_reads_on_either(door: Door) -> None:
    assert await _answer_to_endless(door, "Transfer-Encoding: chunked\r\n", chunks=1000) == 413
    assert door.kept() == []


async def test_a_caller_that_hangs_up_leaves_nothing(door: Door, caplog: pytest.LogCaptureFixture) -> None:
    _, writer = await asyncio.open_connection(door.calls.base_url.host, door.calls.base_url.port)
    writer.write(b"POST /channels/web HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf")
    await writer.drain()
    writer.close()
    await writer.wait_closed()
    await asyncio.sleep(0.1)
    assert door.kept() == []
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


@pytest.mark.parametrize("field", ["name", "address"])
async def test_tricks_in_a_customers_words_arrive_tidy(field: str, door: Door) -> None:
    await door.order(customer={"name": "A", "phone": "0912000111", field: NASTY})
    told = getattr(door.read(lambda uow: uow.orders.called("1042")).purchase.customer, field)
    assert told.startswith("Eve")
    assert not [sign for sign in told if not sign.isprintable()]
    assert "\u202e" not in told


@pytest.mark.parametrize("field", ["note", "allergens", "number"])
async def test_tricks_in_an_orders_words_arrive_tidy(field: str, door: Door) -> None:
    assert (await door.post(letters.signed(letters.order("1042") | {field: NASTY}))).status_code == 200
    (order,) = door.read(lambda uow: uow.orders.listed())
    assert all(sign.isprintable() for sign in getattr(order.purchase, field))


async def test_tricks_in_a_lines_words_arrive_tidy(door: Door) -> None:
    line = {**letters.LINES[0], "name": NASTY, "sku": NASTY, "options": [NASTY], "shelf": "\x1b[2JA-1"}
    assert (await door.order(lines=[line])).status_code == 200
    told = door.read(lambda uow: uow.orders.called("1042")).lines[0]
    assert all(text.isprintable() for text in (told.name, told.sku, told.options, told.shelf))
    assert told.shelf == "A-1"


async def test_nothing_personal_comes_into_the_log(door: Door, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    person = {"name": "Nora Secret", "phone": "0987654321", "address": "Hidden Lane 5"}
    await door.order("1", customer=person)
    await door.order("2", customer=person, payment="perhaps")
    await door.order("3", customer={**person, "latitude": "north"}, total=[person])
    await door.post(letters.signed(letters.order("4", customer=person), secret="whsec_b3RoZXI="))
    door.writer.close()
    await door.order("5", customer=person)
    logged = "\n".join(f"{record.getMessage()} {record.exc_text or ''} {record.exc_info}" for record in caplog.records)
    assert not [word for word in ("Nora", "0987", "987654321", "Hidden") if word in logged]


async def test_health_is_200_while_the_store_can_be_written(door: Door) -> None:
    answer = await door.calls.get("/health")
    assert (answer.status_code, answer.json()["status"], answer.json()["problems"]) == (200, "ok", [])


async def test_health_is_503_with_what_is_wrong(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Station, "trouble", "the disk is full")
    answer = await door.calls.get("/health")
    assert (answer.status_code, answer.json()["problems"]) == (503, ["the disk is full"])


async def test_health_names_what_is_silent_or_failing(door: Door) -> None:
    await door.post(letters.signed_body(b"not json"))
    told = (await door.calls.get("/health")).json()
    assert told["outside"]["channel/web"] == "fail"
    assert told["warnings"] == ["channel/web fail"]


async def test_metrics_count_letters_by_fate_and_orders_by_stage(door: Door) -> None:
    await door.order("1"), await door.order("2")
    await door.post(letters.signed_body(b"not json"))
    await door.post(letters.signed(letters.order("3"), secret="whsec_b3RoZXI="))
    told = _metrics((await door.calls.get("/metrics")).text)
    assert told['orderbell_letters_total{fate="read"}'] == 2
    assert told['orderbell_letters_total{fate="unreadable"}'] == 1
    assert told['orderbell_letters_total{fate="turned_away"}'] == 1
    assert told['orderbell_open_orders{stage="new"}'] == 2
    assert told["orderbell_problems_open"] == 1


async def test_metrics_say_what_they_are(door: Door) -> None:
    answer = await door.calls.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")


async def test_both_tell_how_each_courier_is(door: Door) -> None:
    await door.calls.post("/couriers/uber", content=b"ping")
    assert (await door.calls.get("/health")).json()["couriers"]["uber"]["up"] is True
    assert _metrics((await door.calls.get("/metrics")).text)['orderbell_courier_up{courier="uber"}'] == 1


async def test_metrics_of_a_store_that_cannot_be_read_are_503(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Database, "writing", _disk_full)
    assert (await door.calls.get("/metrics")).status_code == 503


def _metrics(text: str) -> dict[str, float]:
    """Prometheus text: comments, and lines of a name and a number."""
    rows = [line.rpartition(" ") for line in text.splitlines() if not line.startswith("#")]
    assert text.endswith("\n")
    return {name: float(number) for name, _, number in rows}


def _disk_full(_: Database) -> Iterator[None]:
    raise StoreUnusable("disk full")


def _stumble(*_: object) -> None:
    raise KeyError("Nora Secret")


def _fall(*_: object) -> None:
    raise StoreUnusable("the disk went away")


async def _answer_to_endless(door: Door, header: str, *, chunks: int) -> int:
    """Goes on sending 64 KiB at a time until it is answered; the status."""
    reader, writer = await asyncio.open_connection(door.calls.base_url.host, door.calls.base_url.port)
    writer.write(f"POST /channels/web HTTP/1.1\r\nHost: x\r\n{header}\r\n".encode())
    answer = asyncio.create_task(reader.readline())
    part, sent = b"10000\r\n" + b"x" * 65_536 + b"\r\n", 0
    while not answer.done() and sent < chunks:
        writer.write(part)
        await asyncio.wait_for(writer.drain(), 10)
        await asyncio.sleep(0)
        sent += 1
    line = await asyncio.wait_for(answer, 10)
    assert sent * 65_536 < 2 * READ_AT_ALL
    writer.transport.abort()
    return int(line.split()[1])
