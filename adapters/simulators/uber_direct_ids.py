"""Names of things as the simulated Uber Direct makes them (3.1)."""

from base64 import urlsafe_b64encode
from random import Random
from uuid import UUID


def short(uuid: UUID) -> str:
    """22 url-safe signs of base64."""
    return urlsafe_b64encode(uuid.bytes).decode().rstrip("=")


class Ids:
    """Gives each thing a name nobody had before, the same ones for the same seed."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance

    def uuid(self) -> UUID:
        """By chance, version 4."""
        return UUID(int=self._chance.getrandbits(128), version=4)

    def new(self, kind: str) -> str:
        """`dqt_…`, `evt_…`."""
        return f"{kind}_{short(self.uuid())}"
