"""A simulated pandago with a clock moved by hand, called without a network by a merchant who has its keys."""

import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx

from adapters.assertions import rs256
from adapters.simulators.pandago import PandagoSimulator
from adapters.simulators.pandago_keys import AUDIENCE, CLIENT_ID, GRANT, KEY_ID, practice_key
from tests.adapters.simulators.letters_in import LettersIn

NOON = datetime(2026, 1, 2, 3, 0, tzinfo=UTC)
API = "/tw/api/v1"
DOOR = {"address": "忠孝東路 2 號", "latitude": 25.0416, "longitude": 121.5436}
ORDER = {
    "client_order_id": "S-1001",
    "sender": {"client_vendor_id": "practice", "notes": "S-1001"},
    "recipient": {"name": "陳小姐", "phone_number": "+886912344821", "location": DOOR, "notes": "ring twice"},
    "payment_method": "PAID",
    "amount": 450.0,
    "description": "groceries",
}
ESTIMATE = ORDER | {"recipient": {"location": DOOR}}
WAY = """NEW RECEIVED WAITING_FOR_TRANSPORT ASSIGNED_TO_TRANSPORT COURIER_ACCEPTED_DELIVERY NEAR_VENDOR PICKED_UP
COURIER_LEFT_VENDOR NEAR_CUSTOMER DELIVERED""".split()


class Practice:
    """The simulator, its clock in our hand, and a merchant of its who is logged in."""

    def __init__(self, **options) -> None:
        self.time = NOON
        self.sim = PandagoSimulator(**{"seed": 7, "speed": 1.0, "now": lambda: self.time} | options)
        self.http = httpx.AsyncClient(transport=httpx.ASGITransport(self.sim.app), base_url="http://sim")

    def assertion(self, *, key=None, key_id: str = KEY_ID, without: str = "", **changed) -> str:
        exp = int((self.time + timedelta(minutes=5)).timestamp())
        usual = {"iss": CLIENT_ID, "sub": CLIENT_ID, "jti": str(uuid4()), "exp": exp, "aud": AUDIENCE}
        claims = {name: value for name, value in (usual | changed).items() if name != without}
        return rs256(claims, key or practice_key(), key_id=key_id)

    async def token(self, **changed) -> httpx.Response:
        usual = {"client_id": CLIENT_ID, "scope": "pandago.api.tw.*", "client_assertion": self.assertion()}
        return await self.http.post("/oauth2/token", data=GRANT | usual | changed)

    async def log_in(self) -> None:
        self.http.headers["Authorization"] = f"Bearer {(await self.token()).json()['access_token']}"

    async def call(self, method: str, path: str, body: object = None) -> httpx.Response:
        content = b"" if body is None else json.dumps(body).encode()
        return await self.http.request(method, API + path, content=content)

    async def create(self, **changed) -> httpx.Response:
        return await self.call("POST", "/orders", ORDER | changed)

    async def created(self, **changed) -> str:
        return (await self.create(**changed)).json()["order_id"]

    async def noted(self, notes: str) -> str:
        """With a mark in the notes."""
        return await self.created(recipient=ORDER["recipient"] | {"notes": notes})

    async def read(self, ref: str) -> dict:
        """From the side door, which asks for no token."""
        told = (await self.http.get("/_sim/deliveries")).json()["deliveries"]
        return next(order for order in told if order["order_id"] == ref)

    async def cancel(self, ref: str, reason: str = "MISTAKE_ERROR") -> httpx.Response:
        return await self.call("DELETE", f"/orders/{ref}", {"reason": reason})

    async def wait(self, minutes: float) -> None:
        self.time += timedelta(minutes=minutes)
        await self.sim.settle()

    async def wait_for(self, ref: str, status: str) -> dict:
        """Let time pass until an order stands so."""
        for _ in range(400):
            if (found := await self.read(ref))["status"] == status:
                return found
            await self.wait(0.5)
        raise AssertionError(f"{ref} never became {status}")

    async def close(self) -> None:
        await self.http.aclose()
        await self.sim.stop()


class Callbacks(LettersIn):
    """What pandago posts."""

    path = "/hooks/pandago"

    def events(self) -> list[dict]:
        return self.contents()

    def statuses(self) -> list[str]:
        return [event["status"] for event in self.events()]
