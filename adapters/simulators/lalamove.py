"""A simulated Lalamove that speaks the real wire."""

from random import Random
from typing import Final

from adapters.simulators.account import Account
from adapters.simulators.clock import Agenda, Now, scaled
from adapters.simulators.lalamove_desk import Desk
from adapters.simulators.lalamove_door import Door
from adapters.simulators.lalamove_post import Post
from adapters.simulators.lalamove_rates import Rates
from adapters.simulators.lalamove_troubles import Troubles
from adapters.simulators.rides import Pace

__all__ = ["KIND", "LalamoveSimulator", "Pace", "Troubles", "build"]

KIND: Final = "lalamove"
API_KEY: Final = "pk_test_practice"
API_SECRET: Final = "sk_test_practice"


class LalamoveSimulator(Account[Troubles]):
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
        agenda = Agenda(now or scaled(speed), speed)
        post = Post(
            agenda,
            url=webhook_url,
            key=API_KEY,
            secret=API_SECRET,
            chance=Random(f"{seed} events"),
            troubles=lambda: self.troubles,
        )
        desk = Desk(
            agenda,
            post=post,
            chance=Random(seed),
            ids=Random(f"{seed} ids"),
            pace=pace,
            troubles=lambda: self.troubles,
        )
        rates = Rates(agenda.now, speed)
        door = Door(desk, troubles, key=API_KEY, secret=API_SECRET, now=agenda.now, rates=rates)
        super().__init__(agenda, post, door)

    def settings(self, base: str) -> dict[str, object]:
        """The config section that calls this simulator when `app` is served at `base`."""
        return {"kind": KIND, "base_url": base, "api_key": API_KEY, "api_secret": API_SECRET, "market": "TW"}


def build(*, seed: int, speed: float, webhook_url: str | None) -> LalamoveSimulator:
    """A simulator with clock and troubles as usual."""
    return LalamoveSimulator(seed=seed, speed=speed, webhook_url=webhook_url)
