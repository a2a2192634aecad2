"""An account with any simulated courier: what one gets, starts and stops."""

from typing import Any, Generic, TypeVar

from starlette.applications import Starlette

from adapters.simulators.clock import Agenda
from adapters.simulators.door import Door
from adapters.simulators.post import Post
from adapters.simulators.troubles import Troubles

Wrong = TypeVar("Wrong", bound=Troubles)


class Account(Generic[Wrong]):
    """Jobs move between `start` and `stop`; calls are answered whenever `app` is served."""

    def __init__(self, agenda: Agenda, post: Post[Any], door: Door[Wrong]) -> None:
        self._agenda = agenda
        self._post = post
        self._door = door
        self.app: Starlette = door.app()

    @property
    def troubles(self) -> Wrong:
        """What goes wrong from now on."""
        return self._door.troubles

    @troubles.setter
    def troubles(self, troubles: Wrong) -> None:
        self._door.troubles = troubles

    @property
    def webhook_url(self) -> str | None:
        """Where webhooks go; None: nowhere. May be set at any time."""
        return self._post.url

    @webhook_url.setter
    def webhook_url(self, url: str | None) -> None:
        self._post.url = url

    def settings(self, base: str) -> dict[str, object]:
        """The config section that calls this simulator when `app` is served at `base`."""
        raise NotImplementedError

    async def start(self) -> None:
        """Let time pass for the jobs."""
        self._agenda.start()

    async def stop(self) -> None:
        """Stand still, and let go of everything."""
        await self._agenda.stop()
        await self._post.close()

    async def settle(self) -> None:
        """For a clock that is moved by hand: do all that is due by now and wait until its webhooks were taken."""
        await self._agenda.settle()
