"""Not all of an order is there: line by line what goes, what goes instead, what stays out; and what to say about it."""

from dataclasses import dataclass
from datetime import tzinfo
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Button, Label

from core.domain import short_move
from core.domain.line import OrderLine
from core.domain.money import Money
from core.domain.refusal import OrderRefusal
from core.domain.sharing import line_shares
from core.domain.short import Short, ShortPlan
from core.domain.short_draft import ShortDraft
from core.domain.shortage import Shortage
from core.domain.wish_line import NotAsked, allergy_words
from tui import labels
from tui.i18n import _
from tui.labels.short_calls import call_text
from tui.labels.shorts import HAS_SAID_YES, name, sum_words, wish
from tui.screens.dialogs import Dialog
from tui.screens.pick_goods import PickGoods
from tui.screens.short_look import LOW
from tui.widgets.line_list import LineList
from tui.widgets.painted import Painted
from tui.widgets.rows import Fixed
from tui.widgets.short_rows import BETWEEN, short_rows

AROUND, SMALLEST, TALLEST = 17, 3, 16  # rows beside the list, and of it
NARROW: Final = 30  # cells


@dataclass(frozen=True, kw_only=True)
class Store:
    """Who is on the telephone, and whose clock is read aloud."""

    name: str
    zone: tzinfo


class ShortOrder(Dialog[Short]):
    """Starts with what is in the bag. Nothing is done here: the answer is looked at once more."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("plus,equals_sign", "change(1)", show=False),
        Binding("minus", "change(-1)", show=False),
        Binding("s", "swap", show=False),
        Binding("y", "asked", show=False),
        Binding("f", "fee", show=False),
        Binding("enter", "go_on", show=False),
    ]
    AUTO_FOCUS = "LineList"

    def __init__(self, question: str, *, shortage: Shortage, store: Store, short: Short | None = None) -> None:
        super().__init__(question)
        self._shortage, self._store = shortage, store
        self._draft = ShortDraft.of(shortage, short)

    def compose_body(self) -> ComposeResult:
        """The lines, what the customer said, what to say, what it comes to, and the keys."""
        yield LineList(has_title=False)
        yield Label("", classes="trouble", markup=False)
        for part in ("told", "call", "state", "sum"):
            yield Label("", id=part, classes="facts", markup=False)
        keys = _("- + pieces   S something else   Enter goes on   Esc leaves")
        yield Label(keys, classes="facts close muted", markup=False)
        with Horizontal(classes="answers"):
            yield Button(_("Back"), id="no", compact=True)
            yield Button(_("Look at it once more"), id="yes", variant="primary", compact=True)

    def on_mount(self) -> None:
        """Wide enough for names and money."""
        self.query_one(".dialog").add_class("shorts", *(("tight",) if self.app.size.height < LOW else ()))
        self._complain("")
        self._show()

    async def scanned(self, code: str) -> bool:
        """A line of the order is chosen; another article goes in the place of what is missing of the chosen one."""
        line = next((line for line in self._shortage.order.lines if line.is_called(code)), None)
        if line is not None:
            self.query_one(LineList).choose(line.id)
            self._show()
        else:
            self._take(code)
        return True

    def action_change(self, by: int) -> None:
        """One piece more or less of the chosen row."""
        line_id, _between, sku = (self.query_one(LineList).chosen or "").partition(BETWEEN)
        self._draft = self._draft.changed(line_id, sku, by)
        self._complain("")
        self._show()

    def action_asked(self) -> None:
        """A person heard the yes, and says so."""
        self._draft = self._draft.asked()
        self._complain("")
        self._show()

    def action_fee(self) -> None:
        """Stays, a part goes back, all of it goes back."""
        if not self._draft.fees[1:]:
            return self._complain(_("Nobody told a delivery fee for this order."))
        self._draft = self._draft.next_fee()
        return self._show()

    def action_swap(self) -> None:
        """Something else for what is missing of the chosen line."""
        line = self._line
        if line is None:
            return None
        if not self._draft.open_of(line):
            return self._complain(_("Nothing of it is missing: first - for what is not there."))
        if not any(known.name for known in self._shortage.catalogue.values()):
            return self._complain(_("The shop's list of goods is empty: [goods] in the config."))
        question = _("What goes in the place of {name}?").format(name=name(line))
        told = allergy_words(self._shortage.order, line)
        facts = [_("▲ ALLERGY: {words}").format(words=", ".join(told)) if told else "", _wish_words(line)]
        dialog = PickGoods(
            question,
            "\n".join(words for words in facts if words),
            catalogue=self._shortage.catalogue,
            worth=self._piece(line),
            beside=line.sku,
        )
        self.app.push_screen(dialog, self._take)
        return None

    def action_go_on(self) -> None:
        """What stands in the way is said; else it is looked at once more."""
        try:
            short_move.require(self._plan)
        except NotAsked as refusal:
            words = labels.why(refusal, self._shortage.order.number)
            self._complain(f"{words} {_('Y when the customer has said yes.')}")
        except OrderRefusal as refusal:
            self._complain(labels.why(refusal, self._shortage.order.number))
        else:
            self.dismiss(self._draft.short)

    @on(LineList.Chosen)
    def show_told(self) -> None:
        """Of another line."""
        self._show()

    @on(Button.Pressed)
    def press(self, event: Button.Pressed) -> None:
        """By mouse, or by Tab."""
        self.action_go_on() if event.button.id == "yes" else self.dismiss(None)

    @on(Painted.Resized)
    def fill_again(self) -> None:
        """Laid out, or another width."""
        self._show()

    @property
    def _plan(self) -> ShortPlan:
        return self._shortage.plan(self._draft.short)

    @property
    def _line(self) -> OrderLine | None:
        line_id = (self.query_one(LineList).chosen or "").partition(BETWEEN)[0]
        return next((line for line in self._shortage.order.lines if line.id == line_id), None)

    def _piece(self, line: OrderLine) -> Money | None:
        """What one more piece of it gives back."""
        share = line_shares(self._shortage.order, {line.id: 1}).get(line.id)
        return None if share is None or share.unpriced else share.goods

    def _take(self, code: str | None) -> None:
        line = self._line
        if code is None or line is None:
            return None
        try:
            self._draft = self._draft.swapped(line, code)
        except OrderRefusal as refusal:
            return self._complain(labels.why(refusal, self._shortage.order.number))
        self._complain("")
        return self._show()

    def _complain(self, words: str) -> None:
        trouble = self.query_one(".trouble", Label)
        trouble.update(words)
        trouble.display = bool(words)

    def _show(self) -> None:
        plan, lines = self._plan, self.query_one(LineList)
        rows = short_rows(plan, max(NARROW, lines.content_size.width - 2))
        room = max(SMALLEST, min(TALLEST, self.app.size.height - AROUND))
        lines.styles.height = min(room, len(rows))
        lines.show(Fixed(rows))
        self._tell("told", self._told())
        self._tell("call", f"☏ {call_text(plan, self._store.name, self._store.zone)}" if plan.missing else "")
        self._tell("state", self._state(plan))
        self._tell("sum", sum_words(plan))

    def _tell(self, part: str, words: str) -> None:
        label = self.query_one(f"#{part}", Label)
        label.update(words)
        label.display = bool(words)

    def _told(self) -> str:
        """Of the chosen line: allergies, then the customer's own wish for this case."""
        line = self._line
        told = allergy_words(self._shortage.order, line)
        allergy = _("▲ ALLERGY: {words}").format(words=", ".join(told)) if told else ""
        return "   ".join(part for part in (allergy, _wish_words(line) if line else "") if part)

    def _state(self, plan: ShortPlan) -> str:
        asked = f"Y {'☑' if self._draft.is_asked else '☐'} {_(HAS_SAID_YES)}"
        back = _("fee: {amount} goes back").format(amount=labels.money(plan.back.fee))
        fee = back if plan.back.fee.minor else _("delivery fee stays")
        return f"{asked}   F {fee}" if self._draft.fees[1:] else asked


def _wish_words(line: OrderLine) -> str:
    said = wish(line)
    return _("If it is missing: {wish}").format(wish=said) if said else ""
