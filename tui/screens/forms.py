"""Questions with fields to fill in: Enter goes on to the next, on the last it answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Generic, Literal, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.suggester import SuggestFromList
from textual.widgets import Button, Input, Label

from core.domain.handover import Handover
from core.domain.ids import StaffId
from core.domain.staff import Permission
from tui.i18n import _
from tui.screens.dialogs import Dialog

Answer = TypeVar("Answer")
LARGEST: Final = 999


@dataclass(frozen=True, kw_only=True)
class Field:
    """One line to fill in; `suggestions` complete what is typed."""

    name: str
    label: str
    value: str = ""
    kind: Literal["text", "integer"] = "text"
    is_secret: bool = False
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


class AskQuantity(Form[int]):
    """A whole number."""

    def __init__(self, question: str, facts: str = "", *, value: int, least: int = 0, most: int = LARGEST) -> None:
        field = Field(name="quantity", label=_("How many"), value=str(value), kind="integer")
        super().__init__(question, facts, fields=(field,))
        self._least, self._most = least, most

    def read(self, values: Mapping[str, str]) -> int | str:
        """Within the limits."""
        typed = values["quantity"]
        if typed.isdecimal() and self._least <= int(typed) <= self._most:
            return int(typed)
        return _("A number from {least} to {most}, please.").format(least=self._least, most=self._most)


@dataclass(frozen=True)
class Text:
    """What was typed."""

    words: str


class AskText(Form[Text]):
    """One line of words; a scan answers at once."""

    def __init__(self, question: str, facts: str = "", *, label: str) -> None:
        super().__init__(question, facts, fields=(Field(name="words", label=label),))

    def read(self, values: Mapping[str, str]) -> Text | str:
        """Something."""
        return Text(values["words"]) if values["words"] else _("Type something, or press Esc.")

    async def scanned(self, code: str) -> bool:
        """As if typed."""
        self.fill("words", code)
        return True


class AskManager(Form[Permission]):
    """A manager's name, PIN and reason for one step past a limit."""

    def __init__(self, question: str, facts: str, *, managers: tuple[StaffId, ...], trouble: str = "") -> None:
        only = managers[0] if len(managers) == 1 else ""
        fields = (
            Field(name="manager", label=_("Manager"), value=only, suggestions=managers),
            Field(name="pin", label=_("PIN"), is_secret=True),
            Field(name="reason", label=_("Reason")),
        )
        super().__init__(question, facts, fields=fields, trouble=trouble)

    def read(self, values: Mapping[str, str]) -> Permission | str:
        """Name and reason are needed; whether the PIN is right the desk says."""
        if not values["manager"] or not values["reason"]:
            return _("A manager's name and a reason, please.")
        return Permission(manager=StaffId(values["manager"]), pin=values["pin"], reason=values["reason"])


class AskHandover(Form[Handover]):
    """Waybill by scan or typing, parcels counted, PIN when the courier uses one (C49, C50, C57)."""

    def __init__(
        self, question: str, facts: str, *, waybill: str = "", wants_pin: bool = False, trouble: str = ""
    ) -> None:
        fields = (
            Field(name="waybill", label=_("Waybill: scan or type"), value=waybill),
            Field(name="parcels", label=_("Parcels counted"), kind="integer"),
            *((Field(name="pin", label=_("PIN the driver says")),) if wants_pin else ()),
        )
        super().__init__(question, facts, fields=fields, trouble=trouble)
        self._starts_at = "parcels" if waybill else "waybill"

    def on_mount(self) -> None:
        """A waybill that was scanned needs no typing."""
        self.query_one(f"#{self._starts_at}", Input).focus()

    def read(self, values: Mapping[str, str]) -> Handover | str:
        """Everything that is asked for; whether it is right the desk says."""
        if not values["waybill"] or not values["parcels"].isdecimal() or not values.get("pin", "-"):
            return _("Waybill and number of parcels, please; and the PIN where it is asked for.")
        return Handover(waybill=values["waybill"], parcels=int(values["parcels"]), pin=values.get("pin"))

    async def scanned(self, code: str) -> bool:
        """Any code read now is the waybill."""
        self.fill("waybill", code)
        return True
