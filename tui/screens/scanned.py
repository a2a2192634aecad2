"""An app whose keys pass the scanner first, wherever the focus is."""

from textual import events
from textual.app import App
from textual.widgets import Input

from tui.screens.dialogs import OWN_WORDS, Dialog
from tui.screens.page import Page
from tui.widgets.burst import LONGEST
from tui.widgets.key_codes import key_of
from tui.widgets.keyboard import has_unread
from tui.widgets.scanner import At, Scanner, Taken, plain

GRACE = 0.005  # seconds beyond the scanner's patience before silence is believed


class ScannedApp(App[None]):
    """Codes go to the topmost screen that knows what to do with them; fingers go on as keys."""

    def __init__(self, scanner: Scanner | None = None) -> None:
        super().__init__()
        self._scanner = scanner or Scanner()

    async def on_event(self, event: events.Event) -> None:
        """A paste counts as a scan."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            await self._weigh(self._scanner.take(plain(event), at=self._at))
        elif isinstance(event, events.Paste) and not event.is_forwarded:
            await self._weigh(self._scanner.pasted(event.time, at=self._at))
            await self._pasted(event)
        else:
            await super().on_event(event)

    async def _pasted(self, event: events.Paste) -> None:
        """Into a field as it is."""
        if self._at is At.PAGE:
            await self._scanned(event.text.strip()[:LONGEST].rstrip())
        else:
            await super().on_event(event)

    async def _weigh(self, taken: Taken) -> None:
        if taken.code:
            await self._scanned(taken.code)
        for key in taken.keys:
            await super().on_event(key)
        if self._scanner.last is not None:
            self._wait_for_more()

    def _wait_for_more(self) -> None:
        """The event loop may be behind: what has arrived meanwhile is read before the silence is believed."""
        last = self._scanner.last

        async def believe() -> None:
            if self._scanner.last is not last:
                return
            if self._has_unread:
                self._wait_for_more()
            else:
                await self._weigh(self._scanner.quiet(at=self._at))

        self.set_timer(self._scanner.patience + GRACE, lambda: self.call_later(believe))

    @property
    def _has_unread(self) -> bool:
        """Bytes that the terminal has, and nobody has read yet."""
        return not self.is_headless and has_unread()

    @property
    def _at(self) -> At:
        field = self.focused
        if not isinstance(field, Input):
            return At.PAGE
        return At.WORDS if field.type == "integer" or field.has_class(OWN_WORDS) else At.FIELD

    async def _scanned(self, code: str) -> None:
        """A key of the card is pressed, wherever the focus is."""
        if (key := key_of(code)) is not None:
            return await super().on_event(key)
        for screen in reversed(self.screen_stack):
            if isinstance(screen, (Page, Dialog)) and await screen.scanned(code):
                return None
        return None
