"""What holds for each courier there is a file for, found by itself."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
import stamina
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from adapters import registry
from adapters.hosting import hosted
from core.domain.delivery import DeliveryState
from core.domain.ids import OrderId
from core.domain.job import Job, JobItem, Stop
from core.domain.money import Money
from core.ports.courier import Ability, Courier, CourierDown, CourierLockedOut, NoSuchJob
from core.ports.letter import BadSignature, Letter, Unreadable

KINDS = registry.courier_kinds()
SIMULATED = registry.simulated_kinds()
ANYWHERE = "https://example.invalid"
NOW = datetime(2026, 1, 2, 3, 0, tzinfo=UTC)
# Least and most for a short ride, in minor units: a hundred times too much or too little falls out.
USUAL_FEES = {
    **dict.fromkeys(("USD", "EUR", "GBP", "CAD", "AUD", "NZD", "SGD", "MYR", "BRL"), (300, 5_000)),
    **dict.fromkeys(("TWD", "THB", "PHP", "INR", "MXN"), (1_000, 100_000)),
    **dict.fromkeys(("PLN", "HKD", "CNY", "SEK"), (800, 30_000)),
    **dict.fromkeys(("JPY", "KRW", "VND"), (300, 300_000)),
}
OURS = re.compile("(?<!webhook_)secret$|client_id$|key_id$")  # settings that say who we are


@pytest.fixture(autouse=True)
def no_pauses() -> Iterator[None]:
    with stamina.set_testing(True, attempts=2, cap=True):
        yield


def module_of(kind: str) -> ModuleType:
    return import_module(f"adapters.couriers.{kind}")


def simulator_of(kind: str, speed: float = 1.0):
    return registry.simulator(kind, seed=1, speed=speed, webhook_url=None)


def built(kind: str, section: Mapping[str, object]) -> Courier:
    module = module_of(kind)
    return module.build("it", module.Settings.model_validate(section), now=lambda: datetime.now(UTC))


def job(key: str = "k" * 32) -> Job:
    return Job(
        order_id=OrderId("o1"),
        key=key,
        number="1042",
        store=Stop(
            name="Store",
            phone="+886225550000",
            address="No. 1, Nanjing W. Rd., Taipei",
            latitude=25.0523,
            longitude=121.5202,
        ),
        door=Stop(
            name="Ms Chen",
            phone="+886912344821",
            address="No. 2, Zhongxiao E. Rd., Taipei",
            latitude=25.0416,
            longitude=121.5436,
        ),
        items=(JobItem(name="Tea", quantity=1, weight_g=600, price=Money(12_000, "TWD")),),
        value=Money(12_000, "TWD"),
    )


@pytest.mark.parametrize("kind", KINDS)
def test_the_file_name_is_the_kind(kind) -> None:
    assert module_of(kind).Settings.model_fields["kind"].default == kind


@pytest.mark.parametrize("kind", KINDS)
def test_each_setting_is_explained_and_unknown_ones_are_refused(kind) -> None:
    settings = module_of(kind).Settings
    assert [name for name, field in settings.model_fields.items() if not field.description] == []
    assert settings.model_config["extra"] == "forbid"


@pytest.mark.parametrize("kind", KINDS)
def test_no_state_is_read_into_a_word_that_is_not_in_the_map(kind) -> None:
    status = module_of(kind).STATUS
    assert status
    assert all(isinstance(state, DeliveryState) for state in status.values())
    assert DeliveryState.UNKNOWN not in status.values()


@pytest.mark.parametrize("kind", SIMULATED)
async def test_a_wrong_signature_is_refused(kind) -> None:
    courier = built(kind, simulator_of(kind).settings(ANYWHERE))
    letter = Letter(sender="it", body=b"{}", received_at=NOW)
    for headers in (
        {},
        {"x-uber-signature": "00", "authorization": "Bearer x", "x-signature": "00", "x-signature-sha256": "00"},
    ):
        with pytest.raises(BadSignature):
            courier.verify(Letter(sender="it", headers=headers, body=letter.body, received_at=NOW))
    await courier.close()


@pytest.mark.parametrize("kind", SIMULATED)
@pytest.mark.parametrize("body", [b"\xff\xfe", b"[]", b'"x"', b"{" * 10_000])
async def test_nonsense_is_unreadable(kind, body) -> None:
    courier = built(kind, simulator_of(kind).settings(ANYWHERE))
    with pytest.raises(Unreadable):
        courier.read_letter(Letter(sender="it", body=body, received_at=NOW))
    await courier.close()


@pytest.mark.parametrize("kind", SIMULATED)
async def test_an_empty_call_brings_nothing(kind) -> None:
    """Some knock with nothing in it before they send anything: that is ignored, or unreadable."""
    courier = built(kind, simulator_of(kind).settings(ANYWHERE))
    try:
        reading = courier.read_letter(Letter(sender="it", body=b"", received_at=NOW))
    except Unreadable:
        return
    finally:
        await courier.close()
    assert (reading.reports, bool(reading.ignored)) == ((), True)


def payloads(kind: str) -> list[Path]:
    return sorted((Path(__file__).parent / "couriers" / "payloads" / kind).glob("*event*.json"))


@pytest.mark.parametrize(
    "payload", [p for kind in KINDS for p in payloads(kind)], ids=lambda p: f"{p.parent.name}-{p.stem}"
)
async def test_a_word_nobody_knows_stays_unknown(payload) -> None:
    kind = payload.parent.name
    courier = built(kind, simulator_of(kind).settings(ANYWHERE))
    words = {word: "no_such_word" for word in module_of(kind).STATUS}
    body = json.dumps(replaced(json.loads(payload.read_bytes()), words)).encode()
    reading = courier.read_letter(Letter(sender="it", body=body, received_at=NOW))
    assert {report.state for report in reading.reports} <= {DeliveryState.UNKNOWN}
    await courier.close()


def replaced(value: object, words: Mapping[str, str]) -> object:
    """The same JSON with each value that is a key of `words` exchanged."""
    if isinstance(value, dict):
        return {name: replaced(inner, words) for name, inner in value.items()}
    if isinstance(value, list):
        return [replaced(inner, words) for inner in value]
    return words.get(value, value) if isinstance(value, str) else value


@pytest.fixture(params=SIMULATED)
async def practised(request: pytest.FixtureRequest) -> AsyncIterator[Courier]:
    """Each courier with its simulator behind a real port."""
    simulator = simulator_of(request.param)
    async with hosted(simulator.app) as base:
        await simulator.start()
        courier = built(request.param, simulator.settings(base))
        yield courier
        await courier.close()
        await simulator.stop()


async def test_it_does_what_the_port_asks(practised) -> None:
    assert {name for name in vars(Courier) if not name.startswith("_")} <= set(dir(practised))
    assert practised.name == "it"


async def test_a_job_is_booked_once_however_often_it_is_sent(practised) -> None:
    first, second = await practised.book(job()), await practised.book(job())
    assert (first.ref, first.state) == (second.ref, DeliveryState.MATCHING)


async def test_a_job_is_found_by_our_key(practised) -> None:
    booked = await practised.book(job())
    found = await practised.find("k" * 32)
    assert found is not None
    assert found.ref == booked.ref


async def test_a_key_that_was_never_sent_is_no_job_or_nobody_can_tell(practised) -> None:
    await practised.book(job())
    with suppress(CourierDown):  # who keeps no list of our keys never guesses
        assert await practised.find("n" * 32) is None


@pytest.mark.parametrize("kind", SIMULATED)
async def test_the_letters_of_its_simulator_are_believed_and_those_of_a_stranger_are_not(kind) -> None:
    letters = await letters_of(kind)
    section = simulator_of(kind).settings(ANYWHERE)
    ours = built(kind, section)
    stranger = built(
        kind, section | {name: "another" for name in section if re.search("webhook_secret|api_secret", name)}
    )
    for letter in letters:
        ours.verify(letter)
        with pytest.raises(BadSignature):
            stranger.verify(letter)
    assert any(ours.read_letter(letter).reports for letter in letters)


async def letters_of(kind: str) -> list[Letter]:
    """The first that a simulator sends of a job; a knock without a body is none."""
    letters: list[Letter] = []
    came = asyncio.Event()

    async def take(request: Request) -> Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        letters.append(
            Letter(sender="it", headers=headers, body=await request.body(), received_at=NOW, path=str(request.url))
        )
        if letters[-1].body:
            came.set()
        return Response()

    simulator = simulator_of(kind, speed=3_000.0)
    app = Starlette(routes=[Route("/couriers/it", take, methods=["POST"]), Mount("/theirs", simulator.app)])
    async with hosted(app) as base:
        simulator.webhook_url = f"{base}/couriers/it"
        await simulator.start()
        courier = built(kind, simulator.settings(f"{base}/theirs"))
        await courier.book(job())
        async with asyncio.timeout(30):
            await came.wait()
        await courier.close()
        await simulator.stop()
    return [letter for letter in letters if letter.body]


async def test_a_booking_takes_the_quote_it_was_offered(practised) -> None:
    quote = await practised.quote(job()) if Ability.QUOTE in practised.abilities else None
    assert (await practised.book(job(), quote)).state is DeliveryState.MATCHING


async def test_cancelling_twice_is_harmless(practised) -> None:
    booked = await practised.book(job())
    await practised.cancel(booked.ref)
    assert (await practised.cancel(booked.ref)).state is DeliveryState.FAILED


async def test_prices_are_in_minor_units(practised) -> None:
    if Ability.QUOTE not in practised.abilities:
        pytest.skip("this courier names no price")
    fee = (await practised.quote(job())).fee
    least, most = USUAL_FEES[fee.currency]
    assert least <= fee.minor <= most


async def test_a_job_they_do_not_know_is_called_so(practised) -> None:
    with pytest.raises(NoSuchJob):
        await practised.read("del_nothing")


async def test_wrong_keys_lock_us_out() -> None:
    for kind in SIMULATED:
        simulator = simulator_of(kind)
        async with hosted(simulator.app) as base:
            section = simulator.settings(base)
            secrets = {name: "wrongkey" for name in section if OURS.search(name)}
            courier = built(kind, section | secrets)
            with pytest.raises(CourierLockedOut):
                await courier.book(job())
            await courier.close()
