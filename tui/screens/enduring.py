"""An app whose accidents are not shown: a traceback's values are customers' names."""

from typing import Final

from rich.console import RenderableType
from textual.app import App

AN_ACCIDENT: Final = 1  # the exit code


class EnduringApp(App[None]):
    """Ends quietly at an accident that no one foresaw, and keeps it in `accident` for whoever opened it."""

    accident: Exception | None = None

    def panic(self, *renderables: RenderableType) -> None:
        """Errors that would draw themselves."""
        words = "; ".join(str(shown) for shown in renderables)
        self._end_by(self._exception or RuntimeError(words))

    def _fatal_error(self) -> None:
        """All others."""
        self._end_by(self._exception or RuntimeError("unknown"))

    def _end_by(self, accident: Exception) -> None:
        self.accident = self.accident or accident
        self._return_code = AN_ACCIDENT
        self._close_messages_no_wait()
