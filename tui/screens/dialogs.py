"""Questions over a page: each returns a value, None when nobody wanted to say; Escape always leads out."""

from typing import ClassVar, Final, Generic, TypeVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Label, OptionList
from textual.widgets.option_list import Option

from tui import keys
from tui.i18n import _
from tui.widgets.cells import safe

Answer = TypeVar("Answer")
OWN_WORDS: Final = "own-words"  # the class of fields no code is ever meant for


class Answering(ModalScreen[Answer | None], Generic[Answer]):
    """Over a page: a key that means nothing here is told so."""

    def on_key(self, event: Key) -> None:
        """What fields and lists take does not come here."""
        if event.key not in self.active_bindings:
            self.app.clear_notifications()
            self.notify(_("Finish this first, or press {key}.").format(key=keys.SHOWN["escape"]), markup=False)


class Dialog(Answering[Answer], Generic[Answer]):
    """A box with a question, facts and something to answer with."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("left", "app.focus_previous", show=False),
        Binding("right", "app.focus_next", show=False),
    ]

    def __init__(self, question: str, facts: str = "") -> None:
        super().__init__()
        self._question, self._facts = question, facts

    def compose(self) -> ComposeResult:
        """Question, facts, body; outside words are text, never markup."""
        with Vertical(classes="dialog"):
            yield Label(safe(self._question), classes="question", markup=False)
            for words in self._facts.splitlines():
                yield Label(safe(words), classes="facts", markup=False)
            yield from self.compose_body()

    def compose_body(self) -> ComposeResult:
        """What one answers with."""
        raise NotImplementedError

    async def scanned(self, code: str) -> bool:
        """A code was read while the question is open; False hands it to the page below."""
        return False

    def action_leave(self) -> None:
        """No answer."""
        self.dismiss(None)


class Confirm(Dialog[bool]):
    """Yes or no; no has the focus."""

    def __init__(self, question: str, facts: str = "", *, yes: str, no: str | None = None) -> None:
        super().__init__(question, facts)
        self._yes, self._no = yes, no

    def compose_body(self) -> ComposeResult:
        """The safe answer first."""
        with Horizontal(classes="answers"):
            yield Button(self._no or _("No, go back"), id="no", compact=True)
            yield Button(self._yes, id="yes", variant="error", compact=True)

    @on(Button.Pressed)
    def answer(self, event: Button.Pressed) -> None:
        """Either way."""
        self.dismiss(event.button.id == "yes")


class PickReason(Dialog[str]):
    """One of the reasons, or one's own words; the first line is the way back."""

    def __init__(self, question: str, facts: str = "", *, reasons: tuple[str, ...], back: str | None = None) -> None:
        super().__init__(question, facts)
        self._reasons, self._back = reasons, back

    def compose_body(self) -> ComposeResult:
        """A list and a field."""
        options = [Option(Text(f"◁ {self._back or _('No, go back')}"), id="back")]
        options += [Option(Text(safe(reason)), id=f"reason-{at}") for at, reason in enumerate(self._reasons)]
        yield OptionList(*options, compact=True)
        yield Input(placeholder=_("or another reason in your own words, then Enter"), compact=True, classes=OWN_WORDS)

    @on(OptionList.OptionSelected)
    def pick(self, event: OptionList.OptionSelected) -> None:
        """The chosen one."""
        self.dismiss(None if event.option_index == 0 else self._reasons[event.option_index - 1])

    @on(Input.Submitted)
    def say(self, event: Input.Submitted) -> None:
        """Own words; nothing said is no reason."""
        if words := event.value.strip():
            self.dismiss(words)


class PickOne(Dialog[int]):
    """One of several things to do, by its place in the list; the bar starts on the chosen one, else on the way back."""

    def __init__(self, question: str, facts: str = "", *, options: tuple[str, ...], chosen: int | None = None) -> None:
        super().__init__(question, facts)
        self._options, self._chosen = options, chosen

    def compose_body(self) -> ComposeResult:
        """The way back first."""
        back = Option(Text(f"◁ {_('Back')}"))
        yield OptionList(back, *(Option(Text(safe(words))) for words in self._options), compact=True)

    def on_mount(self) -> None:
        """Where Enter leads."""
        if self._chosen is not None:
            self.query_one(OptionList).highlighted = self._chosen + 1

    @on(OptionList.OptionSelected)
    def pick(self, event: OptionList.OptionSelected) -> None:
        """The chosen one."""
        self.dismiss(event.option_index - 1 if event.option_index else None)
