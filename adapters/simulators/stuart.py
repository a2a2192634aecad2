"""A simulated Stuart that speaks the real wire."""

from random import Random
from typing import Final

from adapters.simulators.account import Account
from adapters.simulators.clock import Agenda, Now, scaled
from adapters.simulators.rides import Pace
from adapters.simulators.stuart_desk import Desk
from adapters.simulators.stuart_door import Door
from adapters.simulators.stuart_post import AUTHORIZATION, Post
from adapters.simulators.stuart_troubles import Troubles

__all__ = ["KIND", "Pace", "StuartSimulator", "Troubles", "build"]

KIND: Final = "stuart"
CLIENT_ID: Final = "practice-client"
CLIENT_SECRET: Final = "practice-secret"


class StuartSimulator(Account[Troubles]):
    """One account with them, whose town is where the practice shop is."""

    def __init__(
        self,
        *,
        seed: int,
        speed: float,
        troubles: Troubles = Troubles(),  # noqa: B008 - frozen
        webhook_url: str | None = None,
        now: Now | None = None,
        pace: Pace = Pace(),  # noqa: B008 - frozen
        currency: str = "EUR",
    ) -> None:
        agenda = Agenda(now or scaled(speed), speed)
        post = Post(agenda, url=webhook_url, troubles=lambda: self.troubles)
        desk = Desk(
            agenda,
            post=post,
            chance=Random(seed),
            pace=pace,
            currency=currency,
            troubles=lambda: self.troubles,
        )
        ids = Random(f"{seed} tokens")
        super().__init__(agenda, post, Door(desk, troubles, client_id=CLIENT_ID, client_secret=CLIENT_SECRET, ids=ids))

    def settings(self, base: str) -> dict[str, object]:
        """The config section that calls this simulator when `app` is served at `base`."""
        return {
            "kind": KIND,
            "base_url": base,
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
            "webhook_secret": AUTHORIZATION,
        }


def build(*, seed: int, speed: float, webhook_url: str | None) -> StuartSimulator:
    """A simulator with clock and troubles as usual."""
    return StuartSimulator(seed=seed, speed=speed, webhook_url=webhook_url)
