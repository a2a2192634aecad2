"""A widget that draws lines of pieces and sends the terminal only those that differ from what it shows."""

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

    def pieces(self, y: int) -> Pieces:
        """What stands in the line; exactly the width of the content."""
        raise NotImplementedError

    def under(self, y: int) -> Style:
        """The ground of the line."""
        return self.rich_style

    def repaint(self) -> int:
        """Draw again, in memory, and refresh the lines that differ; how many they are."""
        width, height = self.content_size
        if not self.is_mounted or not width or not height:
            return 0
        before, self._shown = self._shown, [self._strip(y) for y in range(height)]
        if len(before) != height:
            self.refresh()
            return height
        changed = [y for y in range(height) if before[y] != self._shown[y]]
        self.refresh(*(self._region(y) for y in changed)) if changed else None
        return len(changed)

    def render_line(self, y: int) -> Strip:
        """The line as it was last drawn."""
        if len(self._shown) != self.content_size.height:
            self._shown = [self._strip(line) for line in range(self.content_size.height)]
        return self._shown[y] if y < len(self._shown) else Strip.blank(self.content_size.width, self.rich_style)

    def forget(self) -> None:
        """Nothing drawn is true any more: another size, another theme."""
        self._shown = []
        self._styles_of = {}
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
