"""Goods that came back: parcels counted, each line sound, damaged or missing."""

from collections.abc import Mapping
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Button, Input, Label

from core.domain.goods_back import GoodsBack, LineBack, Onward
from core.domain.ids import LineId
from core.domain.line import OrderLine
from core.domain.money import Money
from core.domain.order import Order
from tui import labels
from tui.i18n import _
from tui.labels.tones import Tone
from tui.screens.dialogs import OWN_WORDS, Dialog
from tui.widgets.cells import Piece
from tui.widgets.line_list import LineList
from tui.widgets.rows import Fixed, Row

PARCELS: Final = "parcels"
MONEY: Final = "money"
NO_SUMS: Final[Mapping[Onward, Money]] = {}
TALLEST: Final = 12  # rows in view at a time


class ReceiveGoods(Dialog[GoodsBack]):
    """Starts with everything back and sound; what is otherwise is taken off by - and marked damaged by Space."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("plus,equals_sign", "change(1)", show=False),
        Binding("minus", "change(-1)", show=False),
        Binding("space", "damage", show=False),
        Binding("enter", "go_on", show=False),
    ]
    AUTO_FOCUS = "LineList"

    def __init__(self, question: str, facts: str, *, order: Order, sums: Mapping[Onward, Money] = NO_SUMS) -> None:
        super().__init__(question, facts)
        self._sums = sums
        self._onward = next(iter(sums), Onward.REFUND)
        self._lines = tuple(line for line in order.lines if line.shipped)
        self._most_parcels = self._parcels = order.parcels
        self._back = {line.id: LineBack(line.shipped) for line in self._lines}

    def compose_body(self) -> ComposeResult:
        """A row for the parcels, a row a line, a field for words."""
        yield LineList(has_title=False)
        yield Label(
            _("- one less   + one more   Space damaged, other money   Enter goes on"), classes="facts", markup=False
        )
        yield Input(placeholder=_("a note, if there is one (Tab)"), compact=True, classes=OWN_WORDS)
        with Horizontal(classes="answers"):
            yield Button(_("Back"), id="no", compact=True)
            yield Button(_("Goods are in"), id="yes", variant="primary", compact=True)

    def on_mount(self) -> None:
        """As tall as there are lines."""
        self.query_one(LineList).styles.height = min(TALLEST, len(self._lines) + 1 + bool(self._sums))
        self._show()

    async def scanned(self, code: str) -> bool:
        """The row of an item that is held before the scanner."""
        line = next((line for line in self._lines if line.is_called(code)), None)
        if line is None:
            self.notify(_("“{code}” did not leave with this order.").format(code=code), markup=False)
        else:
            self.query_one(LineList).choose(line.id)
        return True

    def action_change(self, by: int) -> None:
        """Of the chosen row; never below none or above what left."""
        line = self._chosen
        if self._is_on_money:
            self._turn(by)
        elif line is None:
            self._parcels = max(0, min(self._most_parcels, self._parcels + by))
        else:
            self._back[line.id] = _changed(self._back[line.id], by, line.shipped)
        self._show()

    def action_damage(self) -> None:
        """One sound piece more of the chosen line is damaged; when all are, they count as sound again."""
        if self._is_on_money:
            self._turn(1)
            self._show()
        elif (line := self._chosen) is not None:
            back = self._back[line.id]
            total = back.sound + back.damaged
            self._back[line.id] = LineBack(back.sound - 1, back.damaged + 1) if back.sound else LineBack(total)
            self._show()

    def action_go_on(self) -> None:
        """As counted."""
        lines: dict[LineId, LineBack] = dict(self._back)
        note = self.query_one(Input).value.strip()
        self.dismiss(GoodsBack(parcels=self._parcels, lines=lines, note=note, onward=self._onward))

    @on(Input.Submitted)
    def submit(self) -> None:
        """Enter in the field goes on, too."""
        self.action_go_on()

    @on(Button.Pressed)
    def press(self, event: Button.Pressed) -> None:
        """By mouse."""
        self.action_go_on() if event.button.id == "yes" else self.dismiss(None)

    @property
    def _chosen(self) -> OrderLine | None:
        """None on the row of the parcels."""
        chosen = self.query_one(LineList).chosen
        return next((line for line in self._lines if line.id == chosen), None)

    @property
    def _is_on_money(self) -> bool:
        return self.query_one(LineList).chosen == MONEY

    def _turn(self, by: int) -> None:
        """What becomes of the money: each in turn."""
        ways = tuple(self._sums)
        self._onward = ways[(ways.index(self._onward) + by) % len(ways)]

    def _show(self) -> None:
        rows = (self._parcel_row(), *(self._row(line) for line in self._lines), *self._money_rows())
        self.query_one(LineList).show(Fixed(rows))

    def _parcel_row(self) -> Row:
        words = _("{back} of {went} back").format(back=self._parcels, went=self._most_parcels)
        tone = Tone.GOOD if self._parcels == self._most_parcels else Tone.TROUBLE
        return Row((Piece(_("Parcels"), Tone.STRONG),), (Piece("  "), Piece(words, tone)), key=PARCELS)

    def _money_rows(self) -> tuple[Row, ...]:
        """None for an order without money to give back."""
        if not self._sums:
            return ()
        words = labels.onward(self._onward, self._sums[self._onward])
        tone = Tone.HAND if self._onward is Onward.LATER else Tone.GOOD
        return (Row((Piece(_("Money"), Tone.STRONG),), (Piece("  "), Piece(words, tone)), key=MONEY),)

    def _row(self, line: OrderLine) -> Row:
        counted = labels.goods_back(self._back[line.id], line.shipped)
        tone = Tone.GOOD if self._back[line.id].sound == line.shipped else Tone.TROUBLE
        return Row((Piece(line.name, Tone.STRONG),), (Piece("  "), Piece(counted, tone)), key=line.id)


def _changed(back: LineBack, by: int, most: int) -> LineBack:
    """Damaged pieces go missing last."""
    if by > 0:
        return LineBack(min(most - back.damaged, back.sound + 1), back.damaged)
    return LineBack(back.sound - 1, back.damaged) if back.sound else LineBack(0, max(0, back.damaged - 1))
