"""The forms of the counter: a number, words, a manager's word, a handover."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from textual.widgets import Input

from core.domain.handover import Handover, PinAt
from core.domain.ids import StaffId
from core.domain.staff import Permission
from core.domain.waybill import plain
from tui.i18n import N_, _
from tui.screens.form import Field, Form

LARGEST: Final = 999


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
class Typed:
    """What was typed."""

    words: str


class AskText(Form[Typed]):
    """One line of words; a scan answers at once."""

    def __init__(self, question: str, facts: str = "", *, label: str, is_needed: bool = True) -> None:
        super().__init__(question, facts, fields=(Field(name="words", label=label, is_words=not is_needed),))
        self._is_needed = is_needed

    def read(self, values: Mapping[str, str]) -> Typed | str:
        """Something, where something is needed."""
        if self._is_needed and not values["words"]:
            return _("Type something, or press Esc.")
        return Typed(values["words"])

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
            Field(name="reason", label=_("Reason"), is_words=True),
        )
        super().__init__(question, facts, fields=fields, trouble=trouble)

    def read(self, values: Mapping[str, str]) -> Permission | str:
        """Name and reason are needed; whether the PIN is right the desk says."""
        if not values["manager"] or not values["reason"]:
            return _("A manager's name and a reason, please.")
        return Permission(manager=StaffId(values["manager"]), pin=values["pin"], reason=values["reason"])


_PINS: Final = {PinAt.PICKUP: N_("PIN the driver says"), PinAt.DOOR: N_("PIN, if one is given")}


class AskHandover(Form[Handover]):
    """Waybill by scan or typing, parcels counted; a PIN is compared when a driver gives one (C49, C50, C57)."""

    def __init__(
        self,
        question: str,
        facts: str,
        *,
        waybill: str = "",
        pin_at: PinAt = PinAt.NONE,
        trouble: str = "",
        is_fetched: bool = False,
    ) -> None:
        name = _("Order's number") if is_fetched else _("Waybill: scan or type")
        fields = (
            Field(name="waybill", label=name, value=waybill),
            Field(name="parcels", label=_("Parcels counted"), kind="integer"),
            *((Field(name="pin", label=_(_PINS[pin_at])),) if pin_at is not PinAt.NONE else ()),
        )
        super().__init__(question, facts, fields=fields, trouble=trouble)
        self._missing = (
            _("The order's number and the number of parcels, please.")
            if is_fetched
            else _("Waybill and number of parcels, please.")
        )
        self._starts_at = "parcels" if waybill else "waybill"

    def on_mount(self) -> None:
        """A waybill that was scanned needs no typing."""
        self.query_one(f"#{self._starts_at}", Input).focus()

    def read(self, values: Mapping[str, str]) -> Handover | str:
        """Everything that is asked for; whether it is right the desk says."""
        if not values["waybill"] or not values["parcels"].isdecimal():
            return self._missing
        return Handover(waybill=values["waybill"], parcels=int(values["parcels"]), pin=values.get("pin") or None)

    async def scanned(self, code: str) -> bool:
        """Any code read now is the waybill; the same once more, from the label of a parcel, counts that parcel."""
        known, counted = self.query_one("#waybill", Input), self.query_one("#parcels", Input)
        if known.value and plain(known.value) == plain(code):
            counted.value = (
                str(int(counted.value or "0") + 1) if counted.value.isdecimal() or not counted.value else "1"
            )
            counted.focus()
        else:
            self.fill("waybill", code)
        return True
