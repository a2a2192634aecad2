"""A simulated Uber Direct that speaks the real wire: what one gets, starts and stops."""

from datetime import timedelta
from random import Random
from typing import Final

from starlette.applications import Starlette

from adapters.simulators.clock import Agenda, Now, scaled
from adapters.simulators.uber_direct_desk import Desk
from adapters.simulators.uber_direct_door import Door
from adapters.simulators.uber_direct_ids import Ids
from adapters.simulators.uber_direct_offers import Offers
from adapters.simulators.uber_direct_plan import Pace
from adapters.simulators.uber_direct_post import Post
from adapters.simulators.uber_direct_ride import Ride
from adapters.simulators.uber_direct_road import Road
from adapters.simulators.uber_direct_troubles import Troubles

__all__ = ["KIND", "Pace", "Troubles", "UberDirectSimulator", "build"]

KIND: Final = "uber_direct"
CUSTOMER_ID: Final = "cus_practice"
CLIENT_ID: Final = "practice-client"
CLIENT_SECRET: Final = "practice-secret"
WEBHOOK_SECRET: Final = "practice-signing-key"
UPDATE_EVERY: Final = timedelta(seconds=20)  # of the simulated clock, between two tellings of a driver's place


class UberDirectSimulator:
    """One account with them. Rides move between `start` and `stop`; calls are answered whenever `app` is served."""

    def __init__(
        self,
        *,
        seed: int,
        speed: float,
        troubles: Troubles = Troubles(),  # noqa: B008 - frozen
        webhook_url: str | None = None,
        now: Now | None = None,
        pace: Pace = Pace(),  # noqa: B008 - frozen
        currency: str = "TWD",
        update_every: timedelta = UPDATE_EVERY,
    ) -> None:
        chance, rides = Random(seed), dict[str, Ride]()
        self._agenda = Agenda(now or scaled(speed), speed)
        ids = Ids(Random(f"{seed} ids"))
        self._post = Post(
            self._agenda,
            url=webhook_url,
            secret=WEBHOOK_SECRET,
            account={"customer_id": CUSTOMER_ID, "developer_id": "dev_practice", "account_id": "acc_practice"},
            ids=Ids(Random(f"{seed} events")),
            troubles=lambda: self.troubles,
        )
        desk = Desk(
            self._agenda,
            ids=ids,
            offers=Offers(ids=ids, chance=chance, pace=pace, currency=currency),
            road=Road(self._agenda, self._post, chance, rides, update_every),
            rides=rides,
            currency=currency,
            troubles=lambda: self.troubles,
        )
        self._door = Door(desk, ids=ids, customer_id=CUSTOMER_ID, client_id=CLIENT_ID, client_secret=CLIENT_SECRET)
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
            "base_url": f"{base}/v1",
            "auth_url": base,
            "customer_id": CUSTOMER_ID,
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
            "webhook_secret": WEBHOOK_SECRET,
        }

    async def start(self) -> None:
        """Let time pass for the rides."""
        self._agenda.start()

    async def stop(self) -> None:
        """Stand still, and let go of everything."""
        await self._agenda.stop()
        await self._post.close()

    async def settle(self) -> None:
        """For a clock that is moved by hand: do all that is due by now and wait until its webhooks were taken."""
        await self._agenda.settle()


def build(*, seed: int, speed: float, webhook_url: str | None) -> UberDirectSimulator:
    """A simulator with clock and troubles as usual."""
    return UberDirectSimulator(seed=seed, speed=speed, webhook_url=webhook_url)
