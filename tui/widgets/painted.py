"""A widget that draws lines of pieces and sends the terminal only those that differ from what it shows."""

from collections.abc import Iterable

from rich.style import Style
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.themes import palette
from tui.widgets.cells import Pieces, segments
from tui.widgets.unlike import unlike


class Painted(Widget):
    """Draws `pieces(y)` for every line of its own height; `repaint` finds out what differs."""

    DEFAULT_CSS = "Painted { height: 1; }"

    class Resized(Message):
        """There is another width to write in."""

    def __init__(self, **names: str) -> None:
        super().__init__(**names)  # type: ignore[arg-type]
        self._shown: list[Strip] = []
        self._parts: list[tuple[Pieces, Style]] = []  # what they were made of
        self._size_now: Size | None = None
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
        wanted = [y for y in (range(height) if lines is None else lines) if 0 <= y < height]
        renewed = self._renewed(wanted)
        cells = [region for regions in renewed for region in regions]
        if cells:
            self.refresh(*cells)
        return len(renewed)

    @property
    def content_size(self) -> Size:
        """Asked for by every line of a drawing, in which it stays the same."""
        return self._size_now or super().content_size

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
            self._parts = [self._parts_of(line) for line in range(self.content_size.height)]
            self._shown = [self._strip(*parts) for parts in self._parts]
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

    def _renewed(self, lines: Iterable[int]) -> list[list[Region]]:
        self._size_now = self.content_size
        try:
            return [regions for y in lines if (regions := self._renew(y))]
        finally:
            self._size_now = None

    def _renew(self, y: int) -> list[Region]:
        """The cells that differ from what is shown; what they are made of is compared first."""
        parts = self._parts_of(y)
        if parts == self._parts[y]:
            return []
        before, strip = self._shown[y], self._strip(*parts)
        self._parts[y], self._shown[y] = parts, strip
        # Regions are counted from the content's corner: Textual adds the gutter.
        return [Region(at, y, end - at, 1) for at, end in unlike(before, strip)]

    def _parts_of(self, y: int) -> tuple[Pieces, Style]:
        return self.pieces(y), self.under(y)

    def _strip(self, pieces: Pieces, under: Style) -> Strip:
        if not self._styles_of:
            self._styles_of = palette(self.app.theme_variables)
        return Strip(segments(pieces, self._styles_of, under), self.content_size.width)
