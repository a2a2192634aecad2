"""What is typed, sign by sign: a line editor that only ever writes letters and line ends."""

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Final

LONGEST: Final = 500  # signs of a line; more are not taken
_ENTER: Final = "\r\n"
_ERASE: Final = "\x08\x7f"
_ERASE_WORD, _ERASE_LINE, _AGAIN = "\x17", "\x15", "\x12\x0c"


class Stroke(StrEnum):
    """A key that is no letter and ends no line."""

    INTERRUPT = "interrupt"  # Ctrl-C
    LEAVE = "leave"  # Escape
    END = "end"  # Ctrl-D on an empty line, or nobody is there any more


class Keyboard:
    """`show` echoes; None where the terminal does, or nobody types. Taking back prints the rest of the line anew.

    A cursor that steps back over letters is lost on a teletype and often on a screen reader; a new line is heard.
    """

    def __init__(self, show: Callable[[str], None] | None = None) -> None:
        self._show = show
        self._is_stale = False  # what stands in the row is not what is typed
        self._escape = ""
        self._after_return = False
        self.typed = ""
        self.is_secret = False

    @property
    def row(self) -> str:
        """What the unfinished row shows."""
        return "" if self._show is None or self.is_secret else self.typed

    def take(self, text: str) -> Iterator[str | Stroke]:
        """Lines that were ended, and other keys."""
        for sign in text:
            yield from self._sign(sign)

    def ended(self) -> Iterator[str | Stroke]:
        """Nobody types any more: what was begun counts as a line."""
        if self.typed:
            yield self._line()
        yield Stroke.END

    def quiet(self) -> Iterator[Stroke]:
        """Nothing was typed for a moment: Escape was Escape, and what was taken back is read out."""
        if self._escape == "\x1b":
            self._escape = ""
            yield Stroke.LEAVE
        self._read_out()

    def forget(self) -> None:
        """The line is dropped."""
        if self.row:
            self._echo("\n")
        self.typed, self._is_stale = "", False

    def again(self) -> None:
        """Something was printed in between: what was typed is shown again."""
        self._is_stale = False
        self._echo(self.row)

    def _sign(self, sign: str) -> Iterator[str | Stroke]:
        follows_return, self._after_return = self._after_return, sign == "\r"
        if self._escape:
            yield from self._in_escape(sign)
        elif sign == "\x1b":
            self._escape = sign
        elif sign == "\n" and follows_return:
            return  # one Enter of two signs
        elif sign in _ENTER:
            yield self._line()
        elif sign == "\x03":
            yield Stroke.INTERRUPT
        elif sign == "\x04":
            yield from () if self.typed else (Stroke.END,)
        else:
            self._edit(sign)

    def _in_escape(self, sign: str) -> Iterator[str | Stroke]:
        """Arrows and their like are swallowed whole."""
        if self._escape == "\x1b" and sign in "[O":
            self._escape += sign
        elif self._escape == "\x1b":
            self._escape = ""
            yield Stroke.LEAVE
            yield from self._sign(sign)
        elif not sign.isdigit() and sign not in ";?<=>":
            self._escape = ""

    def _edit(self, sign: str) -> None:
        if sign in _ERASE or sign in (_ERASE_WORD, _ERASE_LINE):
            self._is_stale = self._is_stale or bool(self.row)
            self.typed = self._without(sign)
        elif sign in _AGAIN:
            self._is_stale = True
        elif (sign.isprintable() or sign == "\t") and len(self.typed) < LONGEST:
            self._read_out()
            self.typed += " " if sign == "\t" else sign
            self._echo(sign if sign != "\t" else " ")

    def _without(self, sign: str) -> str:
        if sign == _ERASE_LINE:
            return ""
        return self.typed.rstrip().rpartition(" ")[0] if sign == _ERASE_WORD else self.typed[:-1]

    def _read_out(self) -> None:
        if self._is_stale:
            self._is_stale = False
            self._echo(f"\n{self.typed}")

    def _line(self) -> str:
        self._read_out()
        line, self.typed = self.typed, ""
        if self._show is not None:
            self._show("\n")
        return line

    def _echo(self, text: str) -> None:
        if self._show is not None and not self.is_secret and text:
            self._show(text)
