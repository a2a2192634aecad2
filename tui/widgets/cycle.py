"""One of a few words, changed by Left, Right or Space: a field without typing."""

from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Static

from tui.widgets.cells import safe


class Cycle(Static, can_focus=True):
    """Holds the value that goes with the words shown."""

    DEFAULT_CSS = """
    Cycle { height: 1; background: $desk; color: $ink-strong; }
    Cycle:focus { background: $loud; color: $on-loud; text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", show=False),
        Binding("right,space", "turn(1)", show=False),
        Binding("enter", "submit", show=False),
    ]

    @dataclass
    class Turned(Message):
        """Another one."""

        cycle: "Cycle"

        @property
        def control(self) -> "Cycle":
            """Whose."""
            return self.cycle

    @dataclass
    class Submitted(Message):
        """Enter: on to the next."""

        cycle: "Cycle"

    def __init__(self, options: tuple[tuple[str, str], ...], value: str, *, id: str) -> None:
        super().__init__(id=id, markup=False)
        known = any(value == one for one, _words in options)
        self._options = options if known else (*options, (value, value))
        self._at = next(at for at, (one, _words) in enumerate(self._options) if one == value)

    @property
    def value(self) -> str:
        """The chosen one."""
        return self._options[self._at][0]

    def on_mount(self) -> None:
        """What stands there."""
        self._show()

    def on_click(self, event: events.Click) -> None:
        """By mouse."""
        event.stop()
        self.action_turn(1)

    def action_turn(self, by: int) -> None:
        """The next or the last."""
        self._at = (self._at + by) % len(self._options)
        self._show()
        self.post_message(self.Turned(self))

    def action_submit(self) -> None:
        """On."""
        self.post_message(self.Submitted(self))

    def _show(self) -> None:
        self.update(Text(f"◂ {safe(self._options[self._at][1])} ▸"))
