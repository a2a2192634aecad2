"""A simulated DoorDash Drive that speaks the real wire."""

from base64 import urlsafe_b64encode
from random import Random
from typing import Final

from adapters.simulators.account import Account
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


class DoorDashDriveSimulator(Account[Troubles]):
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
        agenda = Agenda(now or scaled(speed), speed)
        post = Post(agenda, url=webhook_url, authorization=WEBHOOK_SECRET, troubles=lambda: self.troubles)
        desk = Desk(
            agenda,
            road=Road(agenda, post, chance),
            chance=chance,
            ids=Random(f"{seed} ids"),
            pace=pace,
            currency=currency,
            troubles=lambda: self.troubles,
        )
        door = Door(desk, troubles, developer_id=DEVELOPER_ID, key_id=KEY_ID, key=KEY)
        super().__init__(agenda, post, door)

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


def build(*, seed: int, speed: float, webhook_url: str | None) -> DoorDashDriveSimulator:
    """A simulator with clock and troubles as usual."""
    return DoorDashDriveSimulator(seed=seed, speed=speed, webhook_url=webhook_url)
