"""The webhooks of any simulated courier: one after another for each job, repeated, and troubled on wish."""

from asyncio import Lock
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import ClassVar, Final, Generic, Protocol, TypeVar

from adapters import http
from adapters.simulators.clock import Agenda
from adapters.simulators.troubles import Troubles
from core.ports.courier import CourierDown

LONGEST_HELD: Final = timedelta(minutes=30)
ANY_ANSWER: Final = frozenset(range(300, 600))
SILENCE: Final = 0  # in place of a status


class Subject(Protocol):
    """What a webhook is about."""

    post_lock: Lock

    @property
    def id(self) -> str: ...

    @property
    def is_ended(self) -> bool: ...

    @property
    def troubles(self) -> Troubles: ...


About = TypeVar("About", bound=Subject)


class Post(Generic[About]):
    """Sends to one URL, what is about one job in sequence unless trouble is wanted; each courier adds its letters."""

    PAUSES: ClassVar[Sequence[float]] = (10, 60)  # seconds of the simulated clock before each repeat

    def __init__(self, agenda: Agenda, *, url: str | None, troubles: Callable[[], Troubles]) -> None:
        self.url = url
        self._agenda = agenda
        self._troubles = troubles
        self._client: http.Client | None = None
        self._held: dict[str, bytes] = {}

    def headers(self, body: bytes) -> Mapping[str, str]:
        """What proves who sends it."""
        return {}

    def is_taken(self, status: int) -> bool:
        """Whether an answer says that it need not be sent again."""
        return 200 <= status < 300

    def give_up(self) -> None:
        """After the last repeat."""

    def has(self, job: About, trouble: str) -> bool:
        """Whether something goes wrong for all jobs, or for this one."""
        return bool(getattr(self._troubles(), trouble) or getattr(job.troubles, trouble))

    def send(self, job: About, body: bytes, *, in_turn: bool = True) -> None:
        """Off it goes, unless it is to be silent. Not `in_turn`: it neither overtakes nor is overtaken."""
        if self.url is None or self.has(job, "silent_webhooks"):
            return
        (self._overtaken if in_turn and self.has(job, "reordered_events") else self._send)(job, body)

    async def status_of(self, url: str, body: bytes) -> int:
        """Send at once, and what is answered."""
        self._client = self._client or http.client(url)
        headers = {"Content-Type": "application/json", **self.headers(body)}
        call = http.Call(method="POST", url=url, raw=body, headers=headers, accept=ANY_ANSWER)
        try:
            return (await http.ask(self._client, call)).status
        except CourierDown:
            return SILENCE

    async def close(self) -> None:
        """Let go of connections."""
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    def _overtaken(self, job: About, body: bytes) -> None:
        if (earlier := self._held.pop(job.id, None)) is not None:
            self._send(job, body)
            self._send(job, earlier)
        elif job.is_ended:
            self._send(job, body)
        else:
            self._held[job.id] = body
            self._agenda.at(self._agenda.now() + LONGEST_HELD, partial(self._let_go, job, body))

    def _let_go(self, job: About, body: bytes, at: datetime) -> None:
        if self._held.get(job.id) is body:
            self._send(job, self._held.pop(job.id))

    def _send(self, job: About, body: bytes) -> None:
        for _ in range(2 if self.has(job, "duplicate_events") else 1):
            self._agenda.spawn(self._deliver(job, body, 0))

    async def _deliver(self, job: About, body: bytes, tries: int) -> None:
        async with job.post_lock:
            taken = self.url is None or self.is_taken(await self.status_of(self.url, body))
        if not taken and tries < len(self.PAUSES):
            again = self._agenda.now() + timedelta(seconds=self.PAUSES[tries])
            self._agenda.at(again, partial(self._repeat, job, body, tries + 1))
        elif not taken:
            self.give_up()

    def _repeat(self, job: About, body: bytes, tries: int, at: datetime) -> None:
        self._agenda.spawn(self._deliver(job, body, tries))
