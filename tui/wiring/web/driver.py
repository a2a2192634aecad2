"""Textual's web driver, with a line for sounds, and an end when the page is gone."""

from contextlib import suppress
from functools import partial
from os import write
from typing import Any

from textual import messages
from textual.app import App
from textual.drivers.web_driver import WebDriver

from tui.wiring.web.line import LINE


class PageDriver(WebDriver):
    """Draws in a browser tab; made by Textual, which the server tells of it."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._write = partial(_write_all, self.fileno)
        LINE.connect(self.write_meta)

    def run_input_thread(self) -> None:
        """When the server is gone there is nobody left to draw for."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            self._app.post_message(messages.ExitApp())

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        """Answers to the bell are ours."""
        if packet_type == "rung":
            LINE.heard(payload)
        else:
            super().on_meta(packet_type, payload)


def _write_all(fileno: int, data: bytes) -> int:
    left = data
    with suppress(BrokenPipeError):  # the end is already on its way
        while left:
            left = left[write(fileno, left) :]
    return len(data)
