"""Questions with fields to fill in: Enter goes on to the next, on the last it answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.suggester import SuggestFromList
from textual.widgets import Button, Input, Label

from tui.i18n import _
from tui.screens.dialogs import OWN_WORDS, Dialog

Answer = TypeVar("Answer")


@dataclass(frozen=True, kw_only=True)
class Field:
    """One line to fill in; `suggestions` complete what is typed."""

    name: str
    label: str
    value: str = ""
    kind: Literal["text", "integer"] = "text"
    is_secret: bool = False
    is_words: bool = False  # no code is ever meant for it
    suggestions: tuple[str, ...] = ()

    def input(self) -> Input:
        """The field on the screen."""
        suggester = SuggestFromList(self.suggestions, case_sensitive=False) if self.suggestions else None
        return Input(
            self.value,
            type=self.kind,
            password=self.is_secret,
            suggester=suggester,
            placeholder=", ".join(self.suggestions),
            id=self.name,
            classes=OWN_WORDS if self.is_words else "",
            compact=True,
        )


class Form(Dialog[Answer], Generic[Answer]):
    """Fields, a line for what is wrong, and two buttons."""

    AUTO_FOCUS = "Input"

    def __init__(self, question: str, facts: str = "", *, fields: tuple[Field, ...], trouble: str = "") -> None:
        super().__init__(question, facts)
        self._fields, self._trouble = fields, trouble

    def compose_body(self) -> ComposeResult:
        """A label and a field each."""
        for field in self._fields:
            with Horizontal(classes="field"):
                yield Label(field.label, markup=False)
                yield field.input()
        yield Label(self._trouble, classes="trouble", markup=False)
        with Horizontal(classes="answers"):
            yield Button(_("Back"), id="no", compact=True)
            yield Button(_("Go on"), id="yes", variant="primary", compact=True)

    def read(self, values: Mapping[str, str]) -> Answer | str:
        """The answer, or words for what is missing."""
        raise NotImplementedError

    @property
    def values(self) -> dict[str, str]:
        """What stands in the fields."""
        return {field.name: self.query_one(f"#{field.name}", Input).value.strip() for field in self._fields}

    def complain(self, words: str) -> None:
        """What is missing."""
        self.query_one(".trouble", Label).update(words)

    def fill(self, name: str, value: str) -> None:
        """Put a value in and go on."""
        self.query_one(f"#{name}", Input).value = value
        self._go_on_from(name)

    @on(Input.Submitted)
    def next_field(self, event: Input.Submitted) -> None:
        """Enter goes on; on the last field it answers."""
        self._go_on_from(event.input.id or "")

    @on(Button.Pressed)
    def press(self, event: Button.Pressed) -> None:
        """By mouse, or by Tab."""
        self._answer() if event.button.id == "yes" else self.dismiss(None)

    def _go_on_from(self, name: str) -> None:
        names = [field.name for field in self._fields]
        later = names[names.index(name) + 1 :]
        if later:
            self.query_one(f"#{later[0]}", Input).focus()
        else:
            self._answer()

    def _answer(self) -> None:
        answer = self.read(self.values)
        if isinstance(answer, str):
            self.complain(answer)
        else:
            self.dismiss(answer)
