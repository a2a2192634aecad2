"""A simulated Uber Direct with a clock moved by hand, called without a network."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from adapters.simulators.lalamove import Troubles as LalamoveTroubles
from adapters.simulators.pandago import Troubles as PandagoTroubles
from adapters.simulators.uber_direct import Troubles, UberDirectSimulator
from tests.adapters.simulators.lalamove_practice import Letterbox, Practice as LalamovePractice
from tests.adapters.simulators.letters_in import LettersIn
from tests.adapters.simulators.pandago_practice import Callbacks, Practice as PandagoPractice

NOON = datetime(2026, 1, 2, 3, 0, tzinfo=UTC)
STORE = json.dumps({"street_address": ["No. 7, Xinyi Rd."], "city": "Taipei", "zip_code": "110", "country": "TW"})
DOOR = json.dumps({"street_address": ["No. 2, Zhongxiao E. Rd."], "city": "Taipei", "country": "TW"})
ENDS = {
    "pickup_address": STORE,
    "pickup_latitude": 25.0523,
    "pickup_longitude": 121.5202,
    "dropoff_address": DOOR,
    "dropoff_latitude": 25.0416,
    "dropoff_longitude": 121.5436,
}
ORDER = ENDS | {
    "pickup_name": "Store",
    "pickup_phone_number": "+886225550000",
    "dropoff_name": "Ms Chen",
    "dropoff_phone_number": "+886912344821",
    "manifest_items": [{"name": "Tea", "quantity": 2}],
}


class Practice:
    """The simulator, its clock in our hand, and a customer of its who is logged in."""

    def __init__(self, **options) -> None:
        self.time = NOON
        self.sim = UberDirectSimulator(**{"seed": 7, "speed": 1.0, "now": lambda: self.time} | options)
        self.http = httpx.AsyncClient(transport=httpx.ASGITransport(self.sim.app), base_url="http://sim")

    async def log_in(self) -> None:
        keys = self.sim.settings("http://sim")
        form = {name: keys[name] for name in ("client_id", "client_secret")} | {"grant_type": "client_credentials"}
        answer = await self.http.post("/oauth/v2/token", data=form)
        self.http.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"

    async def call(self, method: str, path: str, **more) -> httpx.Response:
        return await self.http.request(method, f"/v1/customers/cus_practice{path}", **more)

    async def quote(self, **changed) -> httpx.Response:
        return await self.call("POST", "/delivery_quotes", json=ENDS | changed)

    async def create(self, **changed) -> httpx.Response:
        return await self.call("POST", "/deliveries", json=ORDER | changed)

    async def created(self, **changed) -> str:
        return (await self.create(**changed)).json()["id"]

    async def read(self, ref: str) -> dict:
        return (await self.call("GET", f"/deliveries/{ref}")).json()

    async def cancel(self, ref: str, **more) -> httpx.Response:
        return await self.call("POST", f"/deliveries/{ref}/cancel", **more)

    async def update(self, ref: str, **fields) -> httpx.Response:
        return await self.call("POST", f"/deliveries/{ref}", json=fields)

    async def wait(self, minutes: float) -> None:
        self.time += timedelta(minutes=minutes)
        await self.sim.settle()

    async def wait_for(self, ref: str, status: str, imminent: bool | None = None) -> dict:
        """Let time pass until a delivery stands so."""
        for _ in range(600):
            found = await self.read(ref)
            if found["status"] == status and imminent in (None, found["courier_imminent"]):
                return found
            await self.wait(0.5)
        raise AssertionError(f"{ref} never became {status}")

    async def walk(self, ref: str) -> list[tuple[str, bool]]:
        """Each standing it has until its end."""
        seen = []
        for _ in range(600):
            found = await self.read(ref)
            if (standing := (found["status"], found["courier_imminent"])) not in seen[-1:]:
                seen.append(standing)
            if found["complete"]:
                return seen
            await self.wait(0.5)
        raise AssertionError(f"{ref} never ended")

    async def close(self) -> None:
        await self.http.aclose()
        await self.sim.stop()


@pytest.fixture
async def start() -> AsyncIterator[Callable]:
    """Starts practices, and ends them with the test."""
    running: list[Practice] = []

    async def begin(**options) -> Practice:
        running.append(practice := Practice(**options))
        await practice.log_in()
        return practice

    yield begin
    for practice in running:
        await practice.close()


@pytest.fixture
async def uber(start) -> Practice:
    return await start()


@pytest.fixture
def troubled(start) -> Callable:
    return lambda **troubles: start(troubles=Troubles(**troubles))


class Mailbox(LettersIn):
    """What Uber Direct posts."""

    def events(self, kind: str = "event.delivery_status") -> list[dict]:
        told = self.contents()
        return [event for event in told if event["kind"] == kind]

    def standings(self) -> list[tuple[str, bool]]:
        return [(event["status"], event["data"]["courier_imminent"]) for event in self.events()]


@pytest.fixture
def mailbox(httpserver) -> Mailbox:
    return Mailbox(httpserver)


@pytest.fixture
async def open_practice() -> AsyncIterator[Callable[..., LalamovePractice]]:
    """Begins practices of Lalamove's, troubles among the options, and ends them with the test."""
    running: list[LalamovePractice] = []

    def begin(**options) -> LalamovePractice:
        wrong = {name: options.pop(name) for name in list(options) if name in LalamoveTroubles.__dataclass_fields__}
        running.append(LalamovePractice(**options, troubles=LalamoveTroubles(**wrong)))
        return running[-1]

    yield begin
    for practice in running:
        await practice.close()


@pytest.fixture
def lala(open_practice) -> LalamovePractice:
    return open_practice()


@pytest.fixture
def letterbox(httpserver) -> Letterbox:
    return Letterbox(httpserver)


@pytest.fixture
async def open_pandago() -> AsyncIterator[Callable[..., Awaitable[PandagoPractice]]]:
    """Begins practices of pandago's with somebody logged in, troubles among the options."""
    running: list[PandagoPractice] = []

    async def begin(**options) -> PandagoPractice:
        wrong = {name: options.pop(name) for name in list(options) if name in PandagoTroubles.__dataclass_fields__}
        running.append(practice := PandagoPractice(**options))
        await practice.log_in()
        practice.sim.troubles = PandagoTroubles(**wrong)
        return practice

    yield begin
    for practice in running:
        await practice.close()


@pytest.fixture
async def panda(open_pandago) -> PandagoPractice:
    return await open_pandago()


@pytest.fixture
def callbacks(httpserver) -> Callbacks:
    return Callbacks(httpserver)
