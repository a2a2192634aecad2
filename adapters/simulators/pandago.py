"""A simulated pandago that speaks the real wire: what one gets, starts and stops."""

from random import Random
from typing import Final

from starlette.applications import Starlette

from adapters.simulators.clock import Agenda, Now, scaled
from adapters.simulators.pandago_desk import Desk
from adapters.simulators.pandago_door import Door
from adapters.simulators.pandago_keys import CLIENT_ID, KEY_ID, Keys, practice_pem
from adapters.simulators.pandago_post import Post
from adapters.simulators.pandago_towns import OUTLET
from adapters.simulators.pandago_troubles import Troubles
from adapters.simulators.rides import Pace

__all__ = ["KIND", "Pace", "PandagoSimulator", "Troubles", "build"]

KIND: Final = "pandago"
SECRET: Final = "practice-callback-secret"


class PandagoSimulator:
    """One account with them. Orders move between `start` and `stop`; calls are answered whenever `app` is served."""

    def __init__(
        self,
        *,
        seed: int,
        speed: float,
        troubles: Troubles = Troubles(),  # noqa: B008 - frozen
        webhook_url: str | None = None,
        now: Now | None = None,
        pace: Pace = Pace(),  # noqa: B008 - frozen
    ) -> None:
        self._agenda = Agenda(now or scaled(speed), speed)
        self._post = Post(self._agenda, url=webhook_url, secret=SECRET, troubles=lambda: self.troubles)
        desk = Desk(self._agenda, post=self._post, chance=Random(seed), pace=pace, troubles=lambda: self.troubles)
        self._door = Door(desk, Keys(self._agenda.now, speed, Random(f"{seed} tokens")))
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
        """Where callbacks go; None: nowhere. May be set at any time."""
        return self._post.url

    @webhook_url.setter
    def webhook_url(self, url: str | None) -> None:
        self._post.url = url

    def settings(self, base: str) -> dict[str, object]:
        """The config section that calls this simulator when `app` is served at `base`."""
        return {
            "kind": KIND,
            "base_url": base,
            "auth_url": base,
            "client_id": CLIENT_ID,
            "key_id": KEY_ID,
            "private_key": practice_pem(),
            "webhook_secret": SECRET,
            "country": "TW",
            "outlet": OUTLET,
        }

    async def start(self) -> None:
        """Let time pass for the orders."""
        self._agenda.start()

    async def stop(self) -> None:
        """Stand still, and let go of everything."""
        await self._agenda.stop()
        await self._post.close()

    async def settle(self) -> None:
        """For a clock that is moved by hand: do all that is due by now and wait until its callbacks were taken."""
        await self._agenda.settle()


def build(*, seed: int, speed: float, webhook_url: str | None) -> PandagoSimulator:
    """A simulator with clock and troubles as usual."""
    return PandagoSimulator(seed=seed, speed=speed, webhook_url=webhook_url)
