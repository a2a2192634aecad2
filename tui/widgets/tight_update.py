"""A drawing that sends the cells that were asked for; Textual's own begins each line where its widget begins."""

from collections.abc import Iterator

from rich.console import Console
from rich.control import Control
from textual._compositor import ChopsUpdate


class TightUpdate(ChopsUpdate):
    """The same cells on the screen, by fewer bytes."""

    @classmethod
    def of(cls, update: ChopsUpdate) -> "TightUpdate":
        """The same update."""
        return cls(update.chops, update.spans, update.chop_ends)

    def render_segments(self, console: Console) -> str:
        """Escape codes and letters, as they go to the terminal."""
        return "".join(part for span in self.spans for part in self._span(console, *span))

    def _span(self, console: Console, y: int, start: int, stop: int) -> Iterator[str]:
        for end, (x, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=False):
            first, last = max(x, start), min(end, stop)
            if strip is not None and first < last:
                yield str(Control.move_to(first, y).segment.text)
                yield strip.crop(first - x, last - x).render(console)
