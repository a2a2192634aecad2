"""Keys that come close together, and the code they may be."""

from typing import Final

from textual.events import Key

SHORTEST: Final = 3  # signs no fingers type so fast
LONGEST: Final = 100  # signs of a code; more are nothing a label holds
ENDS: Final = frozenset({"enter", "ctrl+j", "tab"})


class Burst:
    """In their order. An end that more follows is a sign, too: fingers do not go on so fast."""

    def __init__(self, *, is_code: bool = False) -> None:
        self.is_code = is_code  # whatever is in it
        self.keys: list[Key] = []
        self.count = 0  # signs
        self.has_end = False
        self._different: set[str] = set()

    def add(self, key: Key) -> None:
        """One more, whatever it is."""
        self.count += bool(self.keys) and self.keys[-1].key in ENDS
        self.keys.append(key)
        if key.key in ENDS:
            self.has_end = True
        elif key.character is not None and key.key != "escape":
            self.count += 1
            self._different.add(key.character)

    @property
    def is_mechanical(self) -> bool:
        """No fingers were so fast. One key held down is fingers."""
        return self.count >= SHORTEST and (self.has_end or len(self._different) > 1)

    def code(self, without: str = "") -> str:
        """What can be read of it; keys that steer are no signs of a code, and neither is the prefix."""
        return "".join(_sign(key) for key in self.keys if key.key != without).strip()[:LONGEST].rstrip()


def _sign(key: Key) -> str:
    if key.key in ENDS:
        return " "
    return key.character if key.character is not None and key.is_printable else ""
