"""An order feed."""

from typing import Protocol

from core.ports.letter import Letter, Reading


class Channel(Protocol):
    """One shop system or marketplace; `name` is its config section."""

    name: str
    kind: str

    def verify(self, letter: Letter) -> None:
        """Compare the signature over the raw bytes in constant time; raises `BadSignature`."""

    def read(self, letter: Letter) -> Reading:
        """The neutral orders in a verified letter; raises `Unreadable`."""
