"""A simulated pandago that speaks the real wire."""

from random import Random
from typing import Final

from adapters.simulators.account import Account
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


class PandagoSimulator(Account[Troubles]):
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
        post = Post(agenda, url=webhook_url, secret=SECRET, troubles=lambda: self.troubles)
        desk = Desk(agenda, post=post, chance=Random(seed), pace=pace, troubles=lambda: self.troubles)
        door = Door(desk, troubles, Keys(agenda.now, speed, Random(f"{seed} tokens")))
        super().__init__(agenda, post, door)

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


def build(*, seed: int, speed: float, webhook_url: str | None) -> PandagoSimulator:
    """A simulator with clock and troubles as usual."""
    return PandagoSimulator(seed=seed, speed=speed, webhook_url=webhook_url)
