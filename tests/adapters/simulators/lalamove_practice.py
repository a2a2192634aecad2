"""A simulated Lalamove with a clock moved by hand, called without a network by somebody who has its keys."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import httpx

from adapters.payloads.lalamove import signed_text
from adapters.signatures import hmac_hex
from adapters.simulators.lalamove import API_KEY, API_SECRET, LalamoveSimulator
from tests.adapters.simulators.letters_in import LettersIn

NOON = datetime(2026, 1, 2, 3, 0, tzinfo=UTC)
WAY = ["ASSIGNING_DRIVER", "ON_GOING", "PICKED_UP", "COMPLETED"]
PLACES = [
    {"coordinates": {"lat": "25.0523", "lng": "121.5202"}, "address": "南京西路 1 號"},
    {"coordinates": {"lat": "25.0416", "lng": "121.5436"}, "address": "忠孝東路 2 號"},
]
QUOTATION = {"serviceType": "MOTORCYCLE", "language": "zh_TW", "stops": PLACES}
PEOPLE = [{"name": "南西店", "phone": "+886225550000"}, {"name": "陳小姐", "phone": "+886912344821"}]


class Practice:
    """The simulator, its clock in our hand, and calls that are signed."""

    def __init__(self, **options) -> None:
        self.time = NOON
        self.sim = LalamoveSimulator(**{"seed": 7, "speed": 1.0, "now": lambda: self.time} | options)
        self.http = httpx.AsyncClient(transport=httpx.ASGITransport(self.sim.app), base_url="http://sim")

    def signed(self, method: str, path: str, body: bytes, *, key: str = API_KEY, secret: str = API_SECRET) -> str:
        stamp = str(int(self.time.timestamp() * 1000))
        return f"hmac {key}:{stamp}:{hmac_hex(secret, signed_text(stamp, method, path, body))}"

    async def call(
        self, method: str, path: str, data: object = None, *, body: bytes | None = None, **headers: str
    ) -> httpx.Response:
        """`data` in its envelope, or a `body` as it is; `headers` replace the usual ones."""
        raw = body if body is not None else b"" if data is None else json.dumps({"data": data}).encode()
        usual = {"Market": "TW", "Authorization": self.signed(method, path, raw)}
        return await self.http.request(method, path, content=raw, headers=usual | headers)

    async def quote(self, **changed) -> httpx.Response:
        return await self.call("POST", "/v3/quotations", QUOTATION | changed)

    async def quoted(self, **changed) -> dict:
        return (await self.quote(**changed)).json()["data"]

    async def create(self, quotation: Mapping | None = None, **changed) -> httpx.Response:
        given = quotation or await self.quoted()
        sender, *others = (
            {"stopId": stop["stopId"], **person} for stop, person in zip(given["stops"], PEOPLE, strict=False)
        )
        order = {"quotationId": given["quotationId"], "sender": sender, "recipients": others}
        return await self.call("POST", "/v3/orders", order | changed)

    async def created(self, **changed) -> str:
        return (await self.create(**changed)).json()["data"]["orderId"]

    async def read(self, ref: str) -> dict:
        return (await self.call("GET", f"/v3/orders/{ref}")).json()["data"]

    async def cancel(self, ref: str) -> httpx.Response:
        return await self.call("DELETE", f"/v3/orders/{ref}")

    async def tip(self, ref: str, fee: str) -> httpx.Response:
        return await self.call("POST", f"/v3/orders/{ref}/priority-fee", {"priorityFee": fee})

    async def rider(self, ref: str, rider: str = "") -> httpx.Response:
        named = rider or (await self.read(ref))["driverId"]
        return await self.call("GET", f"/v3/orders/{ref}/drivers/{named}")

    async def change(self, ref: str, reason: str = "DRIVER_LATE", rider: str = "") -> httpx.Response:
        named = rider or (await self.read(ref))["driverId"]
        return await self.call("DELETE", f"/v3/orders/{ref}/drivers/{named}", {"reason": reason})

    async def edit(self, ref: str, **last) -> httpx.Response:
        first, second = ({**place, **person} for place, person in zip(PLACES, PEOPLE, strict=True))
        return await self.call("PATCH", f"/v3/orders/{ref}", {"stops": [first, second | last]})

    async def wait(self, minutes: float) -> None:
        self.time += timedelta(minutes=minutes)
        await self.sim.settle()

    async def wait_for(self, ref: str, status: str) -> dict:
        """Let time pass until an order stands so."""
        for _ in range(400):
            if (found := await self.read(ref))["status"] == status:
                return found
            await self.wait(1)
        raise AssertionError(f"{ref} never became {status}")

    async def walk(self, ref: str) -> list[str]:
        """Each status it has until its end."""
        seen: list[str] = []
        for _ in range(600):
            if (status := (await self.read(ref))["status"]) not in seen[-1:]:
                seen.append(status)
            if status in ("COMPLETED", "CANCELED", "REJECTED", "EXPIRED"):
                return seen
            await self.wait(1)
        raise AssertionError(f"{ref} never ended")

    async def close(self) -> None:
        await self.http.aclose()
        await self.sim.stop()


class Letterbox(LettersIn):
    """What is posted."""

    path = "/hooks/lalamove"

    def events(self, kind: str = "") -> list[dict]:
        told = self.contents()
        return [event for event in told if kind in ("", event["eventType"])]

    def statuses(self) -> list[str]:
        return [event["data"]["order"]["status"] for event in self.events("ORDER_STATUS_CHANGED")]


def code_of(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["errors"][0]["id"]
