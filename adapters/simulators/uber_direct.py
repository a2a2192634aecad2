"""A simulated Uber Direct that speaks the real wire."""

from datetime import timedelta
from random import Random
from typing import Final

from adapters.simulators.account import Account
from adapters.simulators.clock import Agenda, Now, scaled
from adapters.simulators.rides import Pace
from adapters.simulators.uber_direct_desk import Desk
from adapters.simulators.uber_direct_door import Door
from adapters.simulators.uber_direct_ids import Ids
from adapters.simulators.uber_direct_offers import Offers
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


class UberDirectSimulator(Account[Troubles]):
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
        agenda = Agenda(now or scaled(speed), speed)
        ids = Ids(Random(f"{seed} ids"))
        post = Post(
            agenda,
            url=webhook_url,
            secret=WEBHOOK_SECRET,
            account={"customer_id": CUSTOMER_ID, "developer_id": "dev_practice", "account_id": "acc_practice"},
            ids=Ids(Random(f"{seed} events")),
            troubles=lambda: self.troubles,
        )
        desk = Desk(
            agenda,
            ids=ids,
            offers=Offers(ids=ids, chance=chance, pace=pace, currency=currency),
            road=Road(agenda, post, chance, rides, update_every),
            rides=rides,
            currency=currency,
            troubles=lambda: self.troubles,
        )
        door = Door(desk, troubles, ids=ids, customer_id=CUSTOMER_ID, client_id=CLIENT_ID, client_secret=CLIENT_SECRET)
        super().__init__(agenda, post, door)

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


def build(*, seed: int, speed: float, webhook_url: str | None) -> UberDirectSimulator:
    """A simulator with clock and troubles as usual."""
    return UberDirectSimulator(seed=seed, speed=speed, webhook_url=webhook_url)
