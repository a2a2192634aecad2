"""A courier's adapter before its own simulator, over a real port: what the practice tests of all couriers share."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from types import ModuleType
from typing import Any, ClassVar, Self

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from adapters.hosting import hosted
from core.domain.delivery import DeliveryState, Report
from core.ports.letter import BadSignature, Letter
from tests.adapters.couriers.conftest import NOW

PATIENCE = 400  # steps until a state that never comes is given up


class PracticeShop:
    """A courier, its simulator, a clock in our hand, and the letters that came; the courier stands at its own name."""

    name: ClassVar[str]
    adapter: ClassVar[ModuleType]
    simulator: ClassVar[type]
    troubles: ClassVar[type]
    options: ClassVar[dict[str, Any]] = {}
    step: ClassVar[float] = 2.0  # minutes

    def __init__(self, **troubles) -> None:
        self.time = NOW
        self.reports: list[Report] = []
        self.keys: list[str] = []
        self.ignored: list[str] = []
        self.refused = 0
        wrong = self.troubles(**troubles)
        self.sim = self.simulator(seed=5, speed=1.0, now=lambda: self.time, troubles=wrong, **self.options)
        ours = Route(f"/couriers/{self.name}", self._take, methods=["POST"])
        self.app = Starlette(routes=[ours, Mount("/theirs", self.sim.app)])

    @asynccontextmanager
    async def open(self, **changed) -> AsyncIterator[Self]:
        async with hosted(self.app) as base:
            self.base, self.url, self.changed = f"{base}/theirs", f"{base}/couriers/{self.name}", changed
            self.sim.webhook_url = self.url
            self._use(self.courier())
            try:
                yield self
            finally:
                await self.used.close()
                await self.sim.stop()

    def courier(self) -> Any:
        """As after a start: it remembers nothing."""
        settings = self.adapter.Settings.model_validate(self.sim.settings(self.base) | self.changed)
        return self.adapter.build(self.name, settings, now=lambda: self.time)

    async def restart(self) -> None:
        await self.used.close()
        self._use(self.courier())

    def trouble(self, **changed) -> None:
        self.sim.troubles = replace(self.sim.troubles, **changed)

    async def wait(self, minutes: float) -> None:
        self.time += timedelta(minutes=minutes)
        await self.sim.settle()

    async def wait_for(self, ref: str, state: DeliveryState) -> Report:
        for _ in range(PATIENCE):
            if (report := await self.used.read(ref)).state is state:
                return report
            await self.wait(self.step)
        raise AssertionError(f"never {state}")

    async def ask(self, method: str, path: str) -> httpx.Response:
        async with httpx.AsyncClient() as calls:
            return await calls.request(method, self.base + path)

    async def deliveries(self) -> list[dict]:
        """As the simulator has them."""
        return (await self.ask("GET", "/_sim/deliveries")).json()["deliveries"]

    async def forget_tokens(self) -> None:
        assert (await self.ask("POST", "/_sim/forget_tokens")).status_code == 204

    def says_state(self, report: Report) -> bool:
        """Whether its state is what the letter was written for."""
        return True

    def states(self) -> list[DeliveryState]:
        """What the letters said, without repeats."""
        seen: list[DeliveryState] = []
        for report in filter(self.says_state, self.reports):
            if report.state not in seen[-1:]:
                seen.append(report.state)
        return seen

    def told(self, word: str) -> list[Report]:
        return [report for report in self.reports if report.word == word]

    def _use(self, courier: Any) -> None:
        self.used = courier
        setattr(self, self.name, courier)

    async def _take(self, request: Request) -> Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        body, path = await request.body(), str(request.url)
        letter = Letter(sender=self.name, headers=headers, body=body, received_at=self.time, path=path)
        try:
            self.used.verify(letter)
        except BadSignature:
            self.refused += 1
            return Response(status_code=401)
        reading = self.used.read_letter(letter)
        self.keys.append(reading.key)
        self.reports.extend(reading.reports)
        self.ignored.extend([reading.ignored] if reading.ignored else [])
        return Response()
