"""What may go in the place of a missing article: typed words narrow it down, the price stands beside it."""

from collections.abc import Mapping
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Button, Input, Label

from core.domain.catalogue import Article, Catalogue, article, find
from core.domain.money import Money
from tui.i18n import _
from tui.screens.dialogs import Dialog
from tui.screens.short_look import LOW
from tui.widgets.line_list import LineList
from tui.widgets.painted import Painted
from tui.widgets.rows import Fixed
from tui.widgets.short_rows import goods_row

TALLEST, SMALLEST, AROUND = 14, 4, 15  # rows; what stands around the list
NARROW: Final = 30  # cells


class PickGoods(Dialog[str]):
    """Answers with a sku; nearest in price first. A scan of the article answers at once."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("down", "move(1)", show=False, priority=True),
    ]
    AUTO_FOCUS = "Input"

    def __init__(self, question: str, facts: str, *, catalogue: Catalogue, worth: Money | None, beside: str) -> None:
        super().__init__(question, facts)
        self._catalogue: Mapping[str, Article] = {sku: one for sku, one in catalogue.items() if sku != beside}
        self._worth = worth

    def compose_body(self) -> ComposeResult:
        """A field, the goods, what the keys do."""
        yield Input(placeholder=_("name, sku or barcode"), compact=True)
        yield LineList(has_title=False)
        yield Label(_("type to find   ↑ ↓ choose   Enter takes it   Esc leaves"), classes="facts", markup=False)
        yield Label("", classes="trouble", markup=False)
        with Horizontal(classes="answers"):
            yield Button(_("Back"), id="no", compact=True)
            yield Button(_("Take it"), id="yes", variant="primary", compact=True)

    def on_mount(self) -> None:
        """As tall as there is room."""
        self.query_one(".dialog").add_class("shorts", *(("tight",) if self.app.size.height < LOW else ()))
        self.query_one(LineList).styles.height = max(SMALLEST, min(TALLEST, self.app.size.height - AROUND))
        self._show()

    async def scanned(self, code: str) -> bool:
        """The article that is held before the scanner."""
        found = article(self._catalogue, code)
        if found is None:
            self._complain(_("The shop's list of goods has no “{code}”.").format(code=code))
        else:
            self.dismiss(found[0])
        return True

    def action_move(self, by: int) -> None:
        """Through the goods, wherever the keyboard is."""
        self.query_one(LineList).action_move(by)

    @on(Input.Changed)
    def narrow(self) -> None:
        """What holds the words."""
        self._complain("")
        self._show()

    @on(Input.Submitted)
    @on(LineList.Opened)
    def take(self) -> None:
        """The chosen one."""
        sku = self.query_one(LineList).chosen
        if sku is None:
            self._complain(_("No goods of the shop are called that."))
        else:
            self.dismiss(sku)

    @on(Button.Pressed)
    def press(self, event: Button.Pressed) -> None:
        """By mouse, or by Tab."""
        self.take() if event.button.id == "yes" else self.dismiss(None)

    @on(Painted.Resized)
    def fill_again(self) -> None:
        """Laid out, or another width."""
        self._show()

    def _complain(self, words: str) -> None:
        self.query_one(".trouble", Label).update(words)

    def _show(self) -> None:
        goods = self.query_one(LineList)
        width = max(NARROW, goods.content_size.width - 2)
        found = sorted(find(self._catalogue, self.query_one(Input).value), key=self._apart)
        goods.show(Fixed(tuple(goods_row(sku, one, self._worth, width) for sku, one in found)))

    def _apart(self, one: tuple[str, Article]) -> tuple[int, int, str]:
        """Nearest in price first, those without one last."""
        price = one[1].price
        if price is None or self._worth is None or price.currency != self._worth.currency:
            return 1, 0, one[1].name
        return 0, abs(price.minor - self._worth.minor), one[1].name
