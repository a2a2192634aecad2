"""Lines out and lines in: answers at once, news between lines, one question at a time."""

from asyncio import Queue
from collections.abc import Callable, Iterable
from typing import Final

from tui.i18n import _, ngettext
from tui.plain.keyboard import Keyboard, Stroke
from tui.plain.speech import harmless

PATIENCE: Final = 10.0  # seconds news wait for a line that was begun
BEHIND: Final = 60  # lines a slow link may owe before news are counted only
Line = str | Stroke


class Console:
    """`write` takes ready text; `behind` says how many lines it still owes.

    News never break into a line that is being typed: they wait until it is ended, or until nobody has typed for
    a while; then what was typed is printed again below them.
    """

    def __init__(self, write: Callable[[str], None], *, echo: bool = False, behind: Callable[[], int] = int) -> None:
        self._write, self._behind = write, behind
        self._lines: Queue[Line] = Queue()
        self._held: list[str] = []
        self._skipped = 0
        self._question = ""
        self._is_busy = True
        self._has_ended = False
        self._said: list[str] = []
        self.last: tuple[str, ...] = ()  # the answer before this one
        self.keyboard = Keyboard(write if echo else None)

    @property
    def is_waiting(self) -> bool:
        """Everything that was typed is answered."""
        return not self._is_busy and self._lines.empty()

    @property
    def asks(self) -> bool:
        """A question waits for its answer."""
        return bool(self._question)

    def take(self, text: str) -> None:
        """Typed, or read from a pipe."""
        self._put(self.keyboard.take(text))
        self._tell_when_free()

    def end(self) -> None:
        """Nobody is at the other side any more."""
        self._put(self.keyboard.ended())

    def quiet(self) -> None:
        """Nobody typed for a moment."""
        self._put(self.keyboard.quiet())
        self._tell_when_free()

    def interrupt(self) -> None:
        """Ctrl-C: a line that was begun is dropped, else it counts as a key."""
        if self.keyboard.typed:
            self.keyboard.forget()
        else:
            self._lines.put_nowait(Stroke.INTERRUPT)

    def waited(self) -> None:
        """A line was begun long ago, and nobody goes on."""
        if self._held and not self._is_busy:
            self._tell_held()

    def say(self, *lines: str) -> None:
        """Answers, at once."""
        self._said += lines
        self._print(lines)

    def tell(self, *lines: str) -> None:
        """News, when nothing is being typed and no answer is on its way."""
        if self._behind() > BEHIND:
            self._skipped += len(lines)
            return
        self._held += lines
        self._tell_when_free()

    async def line(self) -> Line:
        """The next command."""
        line = await self._free()
        self.last, self._said = tuple(self._said) or self.last, []
        return line

    async def ask(self, question: str, *, is_secret: bool = False) -> str | None:
        """The answer, empty for Enter alone; None when the person leaves the question."""
        if self._has_ended:
            return None
        self._question, self.keyboard.is_secret = question, is_secret
        self._print((question,))
        try:
            answer = await self._free()
        finally:
            self._question, self.keyboard.is_secret = "", False
        return None if isinstance(answer, Stroke) else answer.strip()

    async def _free(self) -> Line:
        """The next line; while it is waited for, news may be told."""
        self._is_busy = False
        self._tell_when_free()
        line = await self._next()
        self._is_busy = True
        return line

    async def _next(self) -> Line:
        if self._has_ended:
            return Stroke.END
        line = await self._lines.get()
        self._has_ended = line is Stroke.END
        return line

    def _put(self, lines: Iterable[Line]) -> None:
        for line in lines:
            self._lines.put_nowait(line)

    def _tell_when_free(self) -> None:
        if self._held and not self._is_busy and not self.keyboard.typed and self._lines.empty():
            self._tell_held()

    def _tell_held(self) -> None:
        lines, self._held = self._held, []
        if self._skipped:
            words = ngettext("{count} message was left out.", "{count} messages were left out.", self._skipped)
            lines.append(f"{words.format(count=self._skipped)} {_('Type list to hear how things stand.')}")
            self._skipped = 0
        self._print((*lines, self._question))

    def _print(self, lines: Iterable[str]) -> None:
        said = "".join(f"{words}\n" for words in map(harmless, lines) if words)
        row = self.keyboard.row
        self._write(f"\n{said}" if row else said)
        if row:
            self.keyboard.again()
