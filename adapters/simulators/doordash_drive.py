"""A simulated DoorDash Drive that speaks the real wire: what one gets, starts and stops."""

from base64 import urlsafe_b64encode
from random import Random
from typing import Final

from starlette.applications import Starlette

from adapters.simulators.clock import Agenda, Now, scaled
from adapters.simulators.doordash_drive_desk import Desk
from adapters.simulators.doordash_drive_door import Door
from adapters.simulators.doordash_drive_post import Post
from adapters.simulators.doordash_drive_road import Road
from adapters.simulators.doordash_drive_troubles import Troubles
from adapters.simulators.rides import Pace

__all__ = ["KIND", "DoorDashDriveSimulator", "Pace", "Troubles", "build"]

KIND: Final = "doordash_drive"
DEVELOPER_ID: Final = "practice-developer"
KEY_ID: Final = "practice-key"
KEY: Final = b"a practice key of thirty-two bytes"
WEBHOOK_SECRET: Final = "Basic cHJhY3RpY2U6d2ViaG9vaw=="


class DoorDashDriveSimulator:
    """One account with them. Jobs move between `start` and `stop`; calls are answered whenever `app` is served."""

    def __init__(
        self,
        *,
        seed: int,
        speed: float,
        troubles: Troubles = Troubles(),  # noqa: B008 - frozen
        webhook_url: str | None = None,
        now: Now | None = None,
        pace: Pace = Pace(),  # noqa: B008 - frozen
        currency: str = "USD",
    ) -> None:
        chance = Random(seed)
        self._agenda = Agenda(now or scaled(speed), speed)
        self._post = Post(self._agenda, url=webhook_url, authorization=WEBHOOK_SECRET, troubles=lambda: self.troubles)
        desk = Desk(
            self._agenda,
            road=Road(self._agenda, self._post, chance),
            chance=chance,
            ids=Random(f"{seed} ids"),
            pace=pace,
            currency=currency,
            troubles=lambda: self.troubles,
        )
        self._door = Door(desk, developer_id=DEVELOPER_ID, key_id=KEY_ID, key=KEY)
        self._door.troubles = troubles
        self.app: Starlette = self._door.app()

    @property
    def troubles(self) -> Troubles:
        """What goes wrong from now on."""
        return self._door.troubles

    @troubles.setter
    def troubles(self, troubles: Troubles) -> None:
        self._door.troubles = troubles

    @property
    def webhook_url(self) -> str | None:
        """Where events go; None: nowhere. May be set at any time."""
        return self._post.url

    @webhook_url.setter
    def webhook_url(self, url: str | None) -> None:
        self._post.url = url

    def settings(self, base: str) -> dict[str, object]:
        """The config section that calls this simulator when `app` is served at `base`."""
        return {
            "kind": KIND,
            "base_url": base,
            "developer_id": DEVELOPER_ID,
            "key_id": KEY_ID,
            "signing_secret": urlsafe_b64encode(KEY).decode().rstrip("="),
            "webhook_secret": WEBHOOK_SECRET,
        }

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


def build(*, seed: int, speed: float, webhook_url: str | None) -> DoorDashDriveSimulator:
    """A simulator with clock and troubles as usual."""
    return DoorDashDriveSimulator(seed=seed, speed=speed, webhook_url=webhook_url)
