"""A simulated DoorDash Drive with a clock moved by hand, called without a network by somebody who has its keys."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import httpx
import jwt

from adapters.simulators.doordash_drive import DEVELOPER_ID, KEY, KEY_ID, DoorDashDriveSimulator, Troubles
from tests.adapters.simulators.letters_in import LettersIn

NOON = datetime(2026, 1, 2, 3, 0, tzinfo=UTC)
QUOTES, DELIVERIES = "/drive/v2/quotes", "/drive/v2/deliveries"
WAY = (
    "created confirmed enroute_to_pickup arrived_at_pickup picked_up enroute_to_dropoff arrived_at_dropoff delivered"
).split()
ENDED = ("delivered", "returned", "cancelled")
JOB = {
    "external_delivery_id": "S-1001",
    "pickup_address": "1000 4th Ave, Seattle, WA, 98104",
    "pickup_business_name": "Store",
    "pickup_phone_number": "+16505550100",
    "dropoff_address": "1201 3rd Ave, Seattle, WA, 98101",
    "dropoff_phone_number": "+16505550101",
}


def token(*, key: bytes = KEY, version: str = "DD-JWT-V1", algorithm: str = "HS256", **changed) -> str:
    """As their page says, with some of it changed; None leaves a claim out."""
    now = int(datetime.now(UTC).timestamp())
    usual = {"aud": "doordash", "iss": DEVELOPER_ID, "kid": KEY_ID, "exp": now + 300, "iat": now}
    claims = {name: value for name, value in (usual | changed).items() if value is not None}
    return jwt.encode(claims, key, algorithm=algorithm, headers={"dd-ver": version})


def fault_of(answer: httpx.Response) -> tuple[int, str, str]:
    """Status, code and reason."""
    told = answer.json()
    return answer.status_code, told["code"], told.get("reason", "")


class Practice:
    """The simulator, its clock in our hand, and calls with a token."""

    def __init__(self, **options) -> None:
        self.time = NOON
        self.sim = DoorDashDriveSimulator(**{"seed": 7, "speed": 1.0, "now": lambda: self.time} | options)
        headers = {"Authorization": f"Bearer {token()}"}
        transport = httpx.ASGITransport(self.sim.app)
        self.http = httpx.AsyncClient(transport=transport, base_url="http://sim", headers=headers)

    async def quote(self, **changed) -> httpx.Response:
        return await self.http.post(QUOTES, json=JOB | changed)

    async def accept(self, ref: str = "S-1001", **changed) -> httpx.Response:
        return await self.http.post(f"{QUOTES}/{ref}/accept", json=changed)

    async def create(self, **changed) -> httpx.Response:
        return await self.http.post(DELIVERIES, json=JOB | changed)

    async def created(self, **changed) -> dict:
        answer = await self.create(**changed)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def get(self, ref: str = "S-1001") -> httpx.Response:
        return await self.http.get(f"{DELIVERIES}/{ref}")

    async def read(self, ref: str = "S-1001") -> dict:
        return (await self.get(ref)).json()

    async def update(self, ref: str = "S-1001", **changed) -> httpx.Response:
        return await self.http.patch(f"{DELIVERIES}/{ref}", json=changed)

    async def cancel(self, ref: str = "S-1001", **more) -> httpx.Response:
        return await self.http.put(f"{DELIVERIES}/{ref}/cancel", **more)

    async def wait(self, minutes: float) -> None:
        self.time += timedelta(minutes=minutes)
        await self.sim.settle()

    async def wait_for(self, status: str, ref: str = "S-1001") -> dict:
        """Let time pass until a delivery stands so."""
        for _ in range(600):
            if (found := await self.read(ref))["delivery_status"] == status:
                return found
            await self.wait(0.5)
        raise AssertionError(f"{ref} never became {status}")

    async def walk(self, ref: str = "S-1001") -> list[str]:
        """Each status it has until its end."""
        seen: list[str] = []
        for _ in range(600):
            if (status := (await self.read(ref))["delivery_status"]) not in seen[-1:]:
                seen.append(status)
            if status in ENDED:
                return seen
            await self.wait(0.5)
        raise AssertionError(f"{ref} never ended")


@asynccontextmanager
async def practice(**options) -> AsyncIterator[Practice]:
    """With these options of the simulator, or troubles of it, until the block ends."""
    troubles = {name: options.pop(name) for name in list(options) if name in Troubles.__dataclass_fields__}
    begun = Practice(**options, troubles=Troubles(**troubles))
    try:
        yield begun
    finally:
        await begun.http.aclose()
        await begun.sim.stop()


class Letterbox(LettersIn):
    """What is posted."""

    def events(self) -> list[dict]:
        return self.contents()

    def names(self) -> list[str]:
        return [event.get("event_name", "") for event in self.events()]
