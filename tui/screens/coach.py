"""A customer calls: why, then what can be done; who pays and what to say stand beside both."""

from dataclasses import dataclass
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Label, OptionList
from textual.widgets.option_list import Option

from core.domain.cause import Cause
from core.domain.coach_table import TABLE
from core.domain.situation import Counsel, Offer, Situation
from tui import labels
from tui.i18n import _
from tui.labels import coach
from tui.labels.bearers import BEARERS
from tui.labels.coach_words import cause as cause_word
from tui.labels.tones import Tone
from tui.screens.dialogs import Dialog
from tui.widgets.cells import Piece, safe
from tui.widgets.line_list import LineList
from tui.widgets.painted import Painted
from tui.widgets.rows import Fixed, Row

CAUSES: Final = tuple(Cause)
DIGITS: Final = "1234567890"


@dataclass(frozen=True)
class Picked:
    """One of the ways, by its place; `is_back`: another cause, please."""

    offer: Offer | None = None

    @property
    def is_back(self) -> bool:
        """None of them."""
        return self.offer is None


class PickCause(Dialog[Cause]):
    """A cause a row with who pays; what to say follows the bar. A digit picks at once."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", show=False),
        *(Binding(digit, f"take({at})", show=False) for at, digit in enumerate(DIGITS)),
    ]
    AUTO_FOCUS = "LineList"

    def __init__(self, situation: Situation, *, chosen: Cause | None = None) -> None:
        super().__init__(_question(situation), "")
        self._situation, self._chosen = situation, chosen

    def compose_body(self) -> ComposeResult:
        """Where it stands, the causes, what to say."""
        cost = coach.driver_cost(self._situation)
        yield Label(f"{coach.standing(self._situation)}\n{cost}".strip(), classes="facts standing", markup=False)
        yield LineList(has_title=False)
        yield Label("", classes="facts say", markup=False)
        yield Label(_("↑ ↓ or a digit: why they call   Enter: what can be done"), classes="facts keys", markup=False)

    def on_mount(self) -> None:
        """The cause that was looked at last, if one was."""
        self.query_one(".dialog").add_class("coach")
        self._fill()
        if self._chosen is not None:
            self.query_one(LineList).choose(self._chosen)
        self.follow()

    def action_go_on(self) -> None:
        """The chosen one."""
        self.dismiss(self._cause)

    def action_take(self, at: int) -> None:
        """By its digit."""
        self.dismiss(CAUSES[at])

    @on(LineList.Opened)
    def open_by_click(self) -> None:
        """A second click."""
        self.action_go_on()

    @on(LineList.Chosen)
    def follow(self) -> None:
        """What to say for it."""
        counsel = self._situation.counsel(self._cause)
        self.query_one(".say", Label).update(f"“{safe(coach.sentence(counsel))}”")

    @on(Painted.Resized)
    def fill_again(self) -> None:
        """Laid out, or another width."""
        self._fill()

    @property
    def _cause(self) -> Cause:
        chosen = self.query_one(LineList).chosen
        return Cause(chosen) if chosen is not None else CAUSES[0]

    def _fill(self) -> None:
        table = self.query_one(LineList)
        table.styles.height = len(CAUSES)
        table.show(Fixed(tuple(self._row(at, cause) for at, cause in enumerate(CAUSES))))

    def _row(self, at: int, cause: Cause) -> Row:
        word = BEARERS[TABLE[self._situation.phase][cause].bearer]
        left = (Piece(f"{DIGITS[at]} ", Tone.MUTED), Piece(cause_word(cause), Tone.STRONG))
        return Row(left, (Piece("  "), Piece(f"{word.sign} {word.text}", word.tone)), key=cause)


class PickWay(Dialog[Picked]):
    """Best first; Escape leads back to the causes."""

    def __init__(self, situation: Situation, counsel: Counsel) -> None:
        super().__init__(f"{_question(situation)} {cause_word(counsel.cause)}")
        self._situation, self._counsel = situation, counsel

    def compose_body(self) -> ComposeResult:
        """Who pays, what to say, what becomes of driver and goods, what can be done."""
        words = _("Who pays: {bearer}").format(bearer=coach.who_pays(self._counsel.cell))
        yield Label(f"{coach.standing(self._situation)}\n{words}", classes="facts standing", markup=False)
        yield Label(f"“{safe(coach.sentence(self._counsel))}”", classes="facts say", markup=False)
        for words in (coach.what_happens(self._counsel.cell), coach.driver_words(self._situation)):
            if words:
                yield Label(safe(words), classes="facts keys", markup=False)
        options = (Option(safe(coach.offered(offer))) for offer in self._counsel.offers)
        yield OptionList(*options, Option(f"◁ {_('Another cause')}"), compact=True, markup=False)

    def on_mount(self) -> None:
        """The best way under the bar: each asks once more where it is hard to undo."""
        self.query_one(".dialog").add_class("coach")
        self.query_one(OptionList).highlighted = 0

    def action_leave(self) -> None:
        """To the causes."""
        self.dismiss(Picked())

    @on(OptionList.OptionSelected)
    def pick(self, event: OptionList.OptionSelected) -> None:
        """The chosen one; the last row is the way back."""
        offers = self._counsel.offers
        self.dismiss(Picked(offers[event.option_index] if event.option_index < len(offers) else None))


def _question(situation: Situation) -> str:
    customer = labels.said(situation.order.purchase.customer.name)
    number = f"#{situation.order.number}"
    return _("{number} {customer} calls:").format(number=number, customer=customer).replace("  ", " ")
