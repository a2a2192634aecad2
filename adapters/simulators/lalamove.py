"""A simulated Lalamove that speaks the real wire: what one gets, starts and stops."""

from random import Random
from typing import Final

from starlette.applications import Starlette

from adapters.simulators.clock import Agenda, Now, scaled
from adapters.simulators.lalamove_desk import Desk
from adapters.simulators.lalamove_door import Door
from adapters.simulators.lalamove_plan import Pace
from adapters.simulators.lalamove_post import Post
from adapters.simulators.lalamove_rates import Rates
from adapters.simulators.lalamove_troubles import Troubles

__all__ = ["KIND", "LalamoveSimulator", "Pace", "Troubles", "build"]

KIND: Final = "lalamove"
API_KEY: Final = "pk_test_practice"
API_SECRET: Final = "sk_test_practice"


class LalamoveSimulator:
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
        self._post = Post(
            self._agenda,
            url=webhook_url,
            key=API_KEY,
            secret=API_SECRET,
            chance=Random(f"{seed} events"),
            troubles=lambda: self.troubles,
        )
        desk = Desk(
            self._agenda,
            post=self._post,
            chance=Random(seed),
            ids=Random(f"{seed} ids"),
            pace=pace,
            troubles=lambda: self.troubles,
        )
        rates = Rates(self._agenda.now, speed)
        self._door = Door(desk, key=API_KEY, secret=API_SECRET, now=self._agenda.now, rates=rates)
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
        return {"kind": KIND, "base_url": base, "api_key": API_KEY, "api_secret": API_SECRET, "market": "TW"}

    async def start(self) -> None:
        """Let time pass for the orders."""
        self._agenda.start()

    async def stop(self) -> None:
        """Stand still, and let go of everything."""
        await self._agenda.stop()
        await self._post.close()

    async def settle(self) -> None:
        """For a clock that is moved by hand: do all that is due by now and wait until its webhooks were taken."""
        await self._agenda.settle()


def build(*, seed: int, speed: float, webhook_url: str | None) -> LalamoveSimulator:
    """A simulator with clock and troubles as usual."""
    return LalamoveSimulator(seed=seed, speed=speed, webhook_url=webhook_url)
