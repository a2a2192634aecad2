"""What goes between a counter and its page beside drawing and keys."""

from collections.abc import Callable
from typing import Any, Final

Meta = dict[str, Any]


class PageLine:
    """Whoever draws on the page connects; whoever rings there speaks and listens."""

    def __init__(self) -> None:
        self._send: Callable[[Meta], None] | None = None
        self._hear: Callable[[Meta], None] | None = None

    def connect(self, send: Callable[[Meta], None]) -> None:
        """From the driver, once it is made."""
        self._send = send

    def listen(self, hear: Callable[[Meta], None]) -> None:
        """Called in the thread that reads the keys."""
        self._hear = hear

    def tell(self, meta: Meta) -> None:
        """To the page, once there is one."""
        if self._send is not None:
            self._send(meta)

    def heard(self, meta: Meta) -> None:
        """From the page."""
        if self._hear is not None:
            self._hear(meta)


LINE: Final = PageLine()
"""A process serves one page, and Textual makes the driver by itself: they meet here."""
