"""The routes of any simulated courier: calls that fail on wish, and a side door for tests and demonstrations."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Generic, TypeVar
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from adapters.simulators.troubles import Troubles

Endpoint = Callable[[Request], Awaitable[Response]]
Wrong = TypeVar("Wrong", bound=Troubles)


class Fault(Exception):
    """An error answer."""

    status: int

    @property
    def body(self) -> object:
        """The answer's JSON."""
        return {"message": str(self)}


class Door(Generic[Wrong]):
    """Lets calls in, or does not; each courier adds its own routes, and who may come in."""

    def __init__(self, troubles: Wrong, jobs: Callable[[], Sequence[Mapping[str, object]]]) -> None:
        self.troubles = troubles
        self._jobs = jobs

    def app(self) -> Starlette:
        """All routes; the side door is below `/_sim`."""
        side = [
            Route("/_sim/trouble", self._trouble, methods=["GET", "POST"]),
            Route("/_sim/deliveries", self._deliveries, methods=["GET"]),
        ]
        return Starlette(routes=[*self.routes(), *side])

    def routes(self) -> Sequence[BaseRoute]:
        """The courier's own."""
        raise NotImplementedError

    def admit(self, request: Request) -> None:
        """Raises the fault that tells a stranger so."""
        raise NotImplementedError

    def wished(self) -> Fault:
        """The fault that `troubles.fail` names."""
        raise NotImplementedError

    def refuse(self, operation: str, fault: Fault) -> Response:
        """The answer a fault becomes."""
        return JSONResponse(fault.body, fault.status)

    def is_fault(self, word: object) -> bool:
        """Whether `troubles.fail` may say this."""
        return True

    def route(self, method: str, path: str, operation: str, call: Endpoint) -> Route:
        """A call of theirs for those who have a key."""

        async def admitted(request: Request) -> Response:
            self.admit(request)
            return await call(request)

        return Route(path, self.troubled(operation, admitted), methods=[method])

    def troubled(self, operation: str, endpoint: Endpoint) -> Endpoint:
        """The same, slow or failing as is wished."""

        async def troubled(request: Request) -> Response:
            failure = self._failure(operation)
            if failure is None or self.troubles.fail_after:
                answer = await self._answer(operation, endpoint, request)
            await asyncio.sleep(self.troubles.slow_seconds)
            return failure or answer

        return troubled

    async def _answer(self, operation: str, endpoint: Endpoint, request: Request) -> Response:
        try:
            return await endpoint(request)
        except Fault as fault:
            return self.refuse(operation, fault)

    def _failure(self, operation: str) -> Response | None:
        if not self.troubles.meets(operation):
            return None
        fault, self.troubles = self.wished(), self.troubles.spent()
        answer = self.refuse(operation, fault)
        if self.troubles.retry_after is not None:
            answer.headers["Retry-After"] = str(self.troubles.retry_after)
        return answer

    async def _trouble(self, request: Request) -> Response:
        try:
            troubles = self.troubles.changed(json.loads(await request.body() or b"{}") or {})
            if troubles.fail and not self.is_fault(troubles.fail):
                raise ValueError(f"fail: found {troubles.fail!r:.40}, which they never say")
        except (ValueError, RecursionError) as error:
            return JSONResponse({"error": str(error)}, 400)
        self.troubles = troubles
        return JSONResponse(self.troubles.told())

    async def _deliveries(self, request: Request) -> Response:
        return JSONResponse({"deliveries": list(self._jobs())})


def base_of(request: Request) -> str:
    """The URL this app was called at, without a path."""
    return f"{request.url.scheme}://{request.url.netloc}{request.scope.get('root_path', '')}"


async def form_of(request: Request) -> dict[str, str]:
    """The form sent."""
    return dict(parse_qsl((await request.body()).decode(errors="replace")))
