"""The bottom line: the keys that make sense now, the one to press first; each can be clicked."""

from dataclasses import dataclass
from typing import Final

from textual import events
from textual.message import Message

from core.board.orders import Lane, NextStep, QueueLine
from core.domain.delivery import DeliveryState
from tui import keys, labels
from tui.i18n import _, ngettext
from tui.labels.tones import Tone
from tui.widgets.cells import Piece, Pieces, cap, line, width_of
from tui.widgets.painted import Painted

UNDO: Final = "order.undo"
ENDS: Final = (
    UNDO,
    "find",
    "help",
    "page.counter",
    "page.drivers",
    "page.problems",
    "page.load",
    "page.journal",
    "quit",
)
MORE: Final = frozenset({"page.counter", "page.load", "page.journal"})  # where there is room
SHORT = 120  # cells below which the keys at the end get their words only after those that lead on have theirs
SPELLED: Final = (  # who gets words first, and a place at all
    "help",
    "find",
    "quit",
    "page.problems",
    "page.drivers",
    "page.counter",
    "page.load",
    "page.journal",
)
BY_LANE: Final[dict[Lane, tuple[str, ...]]] = {
    Lane.NEW: ("order.accept", "order.reject", "order.see", "order.mark"),
    Lane.PREPARING: ("line.tick", "check.all", "order.ready", "order.partial", "order.cancel"),
    Lane.READY: ("order.ship", "order.quotes", "order.reopen", "order.cancel"),
    Lane.OUT: ("order.cancel",),
    Lane.WAITING: (),
}
BACK: Final = frozenset({DeliveryState.RETURNING, DeliveryState.RETURNED, DeliveryState.FAILED})
BY_STEP: Final[dict[NextStep, tuple[str, ...]]] = {
    NextStep.READ_CHANGES: ("order.see_changes",),
    NextStep.HELD: ("order.undo",),
    NextStep.WAIT_FOR_WORD: ("order.hold", "order.cancel"),
    NextStep.CALLING: ("order.cancel",),
    NextStep.WAIT_FOR_DRIVER: ("order.recall", "order.cancel"),
    NextStep.HAND_OVER: ("order.hand_over", "order.cancel"),
}


def sensible(chosen: QueueLine | None, *, marked: int = 0, has_problems: bool = False) -> tuple[str, ...]:
    """Ids of the keys that lead on from here; the step's own first."""
    if chosen is None:
        return ("order.trouble",) if has_problems else ()
    step = labels.step(chosen).key
    if chosen.lane is Lane.OUT and chosen.delivery_state in BACK:
        step = "order.receive"
    by_step = BY_STEP.get(chosen.next_step)
    more = BY_LANE[chosen.lane] if by_step is None else by_step
    trouble = ("order.trouble",) if chosen.problems or has_problems else ()
    first = ("order.accept",) if marked else ((step,) if step else ())
    return tuple(dict.fromkeys((*first, *more, *trouble)))


@dataclass(frozen=True)
class Held:
    """The call that undo would take back: of which order, for how many seconds, and how many more there are."""

    number: str
    seconds: int
    is_chosen: bool = False
    more: int = 0


@dataclass(frozen=True)
class Shown:
    """What the bar says now."""

    ids: tuple[str, ...] = ()
    loud: str = ""
    marked: int = 0
    sends_waiting: int = 0
    held: Held | None = None
    words: str = ""  # what the key to press first says, where its own label would be wrong
    drivers: int = 0
    problems: int = 0


class KeyBar(Painted):
    """A click on a key presses it."""

    @dataclass
    class Pressed(Message):
        """By mouse."""

        key_id: str

    def __init__(self, **names: str) -> None:
        super().__init__(**names)
        self._shown_keys = Shown()

    def show(self, shown: Shown) -> None:
        """Redraw when it differs."""
        self._shown_keys = shown
        self.repaint()

    def pieces(self, y: int) -> Pieces:
        """Keys from the left, what waits to be sent at the right."""
        width = self.content_size.width
        parts = tuple(piece for _id, pair in self._pairs(width) for piece in pair)
        return line((Piece(" "), *parts), self._right(), width)

    def on_click(self, event: events.Click) -> None:
        """Which key was hit."""
        at, x = 1, event.x - self.styles.gutter.left
        for key_id, pair in self._pairs(self.content_size.width):
            at += width_of(pair)
            if x < at:
                self.post_message(self.Pressed(key_id))
                return

    def _pairs(self, width: int) -> list[tuple[str, Pieces]]:
        """What fits, leaving out from the middle: the keys at the end stay."""
        is_short = width < SHORT
        ends = {name: self._end(name, is_short=is_short) for name in self._ends(is_short)}
        room = width - 1 - width_of(self._right()) - sum(map(width_of, ends.values()))
        kept: list[tuple[str, Pieces]] = []
        for name in self._shown_keys.ids:
            pair = self._pair(name)
            if width_of(pair) > room:
                break
            kept.append((name, pair))
            room -= width_of(pair)
        ends = self._spelled(ends, room)
        return kept + [(name, ends[name]) for name in ENDS if name in ends]

    def _ends(self, is_short: bool) -> list[str]:
        """Always there; undo while something can be taken back that is no step of the chosen order."""
        held, is_step = self._shown_keys.held, UNDO in self._shown_keys.ids
        spare = MORE | {"quit"} if is_short else MORE
        is_shown = held is not None and not (held.is_chosen and is_step)
        return [name for name in ENDS if name not in spare and (name != UNDO or is_shown)]

    def _spelled(self, ends: dict[str, Pieces], room: int) -> dict[str, Pieces]:
        """With words as far as there is room: a bare cap teaches nobody."""
        for name in SPELLED:
            now = width_of(ends.get(name, ()))
            shown = (self._end(name, is_short=is_short) for is_short in (False, True))
            if (more := next((pair for pair in shown if now <= width_of(pair) <= now + room), None)) is not None:
                ends[name], room = more, room + now - width_of(more)
        return ends

    def _pair(self, name: str) -> Pieces:
        is_loud = name == self._shown_keys.loud
        words = self._words(name)
        tone = Tone.STRONG if is_loud else Tone.MUTED
        return (cap(keys.cap(name), Tone.HAND_CAP if is_loud else Tone.CAP), Piece(f" {words}  ", tone))

    def _words(self, name: str) -> str:
        shown = self._shown_keys
        words = _(keys.BY_ID[name].label)
        if name == UNDO and shown.held is not None:
            return f"{words} {labels.seconds_of(shown.held.seconds)}"
        if name == "order.accept" and shown.marked:
            return f"{words} ({shown.marked})"
        return shown.words if shown.words and shown.ids[:1] == (name,) else words

    def _end(self, name: str, *, is_short: bool) -> Pieces:
        """Drivers and problems say how many there are; undo whose call, and how long it can be taken back."""
        if name == UNDO and (held := self._shown_keys.held) is not None:
            words = f"#{held.number}" if is_short else f"{_(keys.BY_ID[name].label)} #{held.number}"
            more = f" +{held.more}" if held.more else ""
            return (
                cap(keys.cap(name), Tone.HAND_LOW),
                Piece(f" {words} {labels.seconds_of(held.seconds)}{more}  ", Tone.HAND),
            )
        count = {"page.drivers": self._shown_keys.drivers, "page.problems": self._shown_keys.problems}.get(name)
        words = "" if is_short else f" {_(keys.BY_ID[name].label)}"
        tone = Tone.TROUBLE if name == "page.problems" and count else Tone.MUTED
        sign = "▲" if name == "page.problems" and count else ""
        return (cap(keys.cap(name), Tone.CAP), Piece(f"{words}{f' {sign}{count}' if count else ''}  ", tone))

    def _right(self) -> Pieces:
        count = self._shown_keys.sends_waiting
        if not count:
            return ()
        words = ngettext("{count} to be sent", "{count} to be sent", count).format(count=count)
        return (Piece(f"⟳ {words} ", Tone.INFO),)


class HintLine(Painted):
    """For those who learn: what to press next, and why."""

    def __init__(self, **names: str) -> None:
        super().__init__(**names)
        self._line: QueueLine | None = None
        self._is_elsewhere = False

    def show(self, chosen: QueueLine | None, urgent: QueueLine | None = None) -> None:
        """Redraw when it differs; where no order is chosen, what needs a hand most teaches."""
        self._line, self._is_elsewhere = chosen or urgent, chosen is None
        self.repaint()

    def pieces(self, y: int) -> Pieces:
        """Key, then the reason."""
        width = self.content_size.width
        front = (Piece(f" {_('PRACTICE')} ", Tone.CAP), Piece(" "))
        if self._line is None:
            words: Pieces = (Piece(_("Wait for the bell. Orders come by themselves."), Tone.INFO),)
            return line((*front, *words), (), width)
        step = labels.step(self._line)
        pressed = (*(("order.next",) if self._is_elsewhere else ()), *((step.key,) if step.key else ()))
        tone = Tone.HAND_CAP if step.is_loud else Tone.CAP
        caps = (piece for name in pressed for piece in (cap(keys.cap(name), tone), Piece(" ")))
        return line((*front, *caps, Piece(_(step.teach), Tone.INFO)), (), width)
