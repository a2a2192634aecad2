"""The barest Textual app there is: one word on the screen."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class BareScreen(App[None]):
    """Says that it is there."""

    def compose(self) -> ComposeResult:
        """One word."""
        yield Static("Bare")


if __name__ == "__main__":
    BareScreen().run()
