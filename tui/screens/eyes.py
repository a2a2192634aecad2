"""What eyes get when ears may get nothing: the window's title, a notice of the desktop, a word at the edge."""

from collections.abc import Callable
from typing import Final, Protocol

from core.board.lamps import Light, SoundLamp
from core.domain.reminders import LOUDEST
from tui import labels
from tui.i18n import _
from tui.widgets.cells import cut, safe
from tui.widgets.picture import Picture
from tui.widgets.sound_lamp import cannot_be_heard

TITLE: Final = "Orderbell"
SAVE, RESTORE = "\x1b[22;0t", "\x1b[23;0t"  # xterm's own stack of titles
LONGEST: Final = 60  # cells of outside words


class Say(Protocol):
    """A word at the edge of the screen."""

    def __call__(self, words: str, *, is_bad: bool) -> None:
        """Never takes the keyboard."""


class Eyes:
    """`write` goes to the terminal as it is; `notice` shows title and words on the desktop; `say` at the edge."""

    def __init__(self, write: Callable[[str], None], notice: Callable[[str, str], None], say: Say) -> None:
        self._write, self._notice, self._say = write, notice, say
        self._title = ""
        self._told: frozenset[str] = frozenset()
        self._urged: frozenset[str] = frozenset()
        self._calls = 0
        self._could_sound: bool | None = None

    def open(self) -> None:
        """Before the first title: keep the one that was there."""
        self._write(SAVE)

    def close(self) -> None:
        """Give the terminal its own title back; one that keeps none gets an empty one."""
        self._write(f"{osc('2', '')}{RESTORE}")

    def look(self, picture: Picture) -> None:
        """At every drawing."""
        self._entitle(picture)
        self._call_orders(picture)
        self._urge(picture)
        self._call_once(picture)
        self._tell_sound(picture.sound)

    def _entitle(self, picture: Picture) -> None:
        title = title_of(picture)
        if title != self._title:
            self._title = title
            self._write(osc("2", title))

    def _call_orders(self, picture: Picture) -> None:
        """On the desktop once for each order, and only when it may not be heard."""
        if not cannot_be_heard(picture):
            return
        now = frozenset(line.order_id for line in picture.ringing)
        if now - self._told:
            self._notice(title_of(picture), _("A new order waits, and the bell is not heard."))
        self._told = now

    def _urge(self, picture: Picture) -> None:
        """On the desktop once for each order that was reminded of in vain, whether or not the bell is heard (L13)."""
        now = frozenset(line.order_id for line in picture.ringing if line.reminders >= LOUDEST)
        if now - self._urged:
            self._notice(title_of(picture), _("Nobody accepts it, and its time runs out."))
        self._urged = now

    def _call_once(self, picture: Picture) -> None:
        lamp = picture.sound
        if lamp.calls == self._calls or lamp.called is None:
            return
        self._calls = lamp.calls
        words = safe(labels.called(lamp.called))
        self._say(f"♪ {words}", is_bad=True)
        if cannot_be_heard(picture):
            self._notice(TITLE, cut(words, LONGEST))

    def _tell_sound(self, lamp: SoundLamp) -> None:
        """Lost in the middle of the day, and back again."""
        if lamp.light is Light.UNKNOWN:
            return
        could, self._could_sound = self._could_sound, lamp.light is Light.OK
        if could is False and self._could_sound:
            self._say(_("Sound is back, by {backend}.").format(backend=labels.backend(lamp.backend)), is_bad=False)
        elif could and not self._could_sound:
            self._say(_("Sound is lost: {trouble}").format(trouble=labels.main_trouble(lamp.trouble)), is_bad=True)


def osc(*parts: str) -> str:
    """An operating system command; nothing in its parts can end it or add another."""
    return f"\x1b]{';'.join(safe(part).replace(';', ',') for part in parts)}\x07"


def desktop_call(title: str, words: str) -> str:
    """For terminals that show notices themselves, also far away over SSH: iTerm2's way, then urxvt's."""
    return osc("9", f"{title}: {words}") + osc("777", "notify", title, words)


def title_of(picture: Picture) -> str:
    """`(3) #1042 Orderbell` while it rings; the number is an outside word."""
    count = len(picture.ringing)
    return f"({count}) #{cut(picture.ringing[0].number, 20)} {TITLE}" if count else TITLE
