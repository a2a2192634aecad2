"""A widget that draws lines of pieces and sends the terminal only those that differ from what it shows."""

from collections.abc import Iterable

from rich.style import Style
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.themes import palette
from tui.widgets.cells import Pieces, segments


class Painted(Widget):
    """Draws `pieces(y)` for every line of its own height; `repaint` finds out what differs."""

    DEFAULT_CSS = "Painted { height: 1; }"

    class Resized(Message):
        """There is another width to write in."""

    def __init__(self, **names: str) -> None:
        super().__init__(**names)  # type: ignore[arg-type]
        self._shown: list[Strip] = []
        self._styles_of: dict[str, Style] = {}
        self._ground: Style | None = None

    def pieces(self, y: int) -> Pieces:
        """What stands in the line; exactly the width of the content."""
        raise NotImplementedError

    def under(self, y: int) -> Style:
        """The ground of the line."""
        return self.ground

    def repaint(self, lines: Iterable[int] | None = None) -> int:
        """Draw again, in memory, all lines or these, and refresh those that differ; how many they are."""
        width, height = self.content_size
        if not self.is_mounted or not width or not height:
            return 0
        if len(self._shown) != height:
            self.forget()
            return height
        self._ground = None
        drawn = {y: self._strip(y) for y in (range(height) if lines is None else lines) if 0 <= y < height}
        changed = [y for y, strip in drawn.items() if self._shown[y] != strip]
        for y in changed:
            self._shown[y] = drawn[y]
        if changed:
            self.refresh(*(self._region(y) for y in changed))
        return len(changed)

    @property
    def ground(self) -> Style:
        """The widget's own colours; asked for once a drawing."""
        if self._ground is None:
            self._ground = self.rich_style
        return self._ground

    def render_line(self, y: int) -> Strip:
        """The line as it was last drawn."""
        if len(self._shown) != self.content_size.height:
            self._ground = None
            self._shown = [self._strip(line) for line in range(self.content_size.height)]
        return self._shown[y] if y < len(self._shown) else Strip.blank(self.content_size.width, self.rich_style)

    def forget(self) -> None:
        """Nothing drawn is true any more: another size, another theme."""
        self._shown = []
        self._styles_of = {}
        self._ground = None
        self.refresh()

    def on_resize(self) -> None:
        """Everything moves, and what was wrapped to the old width is made anew."""
        self.forget()
        self.post_message(self.Resized())

    def notify_style_update(self) -> None:
        """Colours may have changed."""
        super().notify_style_update()
        self.forget()

    def _strip(self, y: int) -> Strip:
        if not self._styles_of:
            self._styles_of = palette(self.app.theme_variables)
        return Strip(segments(self.pieces(y), self._styles_of, self.under(y)), self.content_size.width)

    def _region(self, y: int) -> Region:
        gutter = self.styles.gutter
        return Region(gutter.left, gutter.top + y, self.content_size.width, 1)
