"""Which courier: live offers side by side, the store's own pick already chosen."""

from collections.abc import Awaitable, Callable
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Button, Label

from core.domain.choice import Choice, Comparison, named
from core.domain.offer import CLOSED, Answer, Offer
from core.domain.refusal import OrderRefusal
from core.ports.clock import Clock
from tui import labels
from tui.i18n import _
from tui.labels.offers import answer
from tui.screens.dialogs import Dialog
from tui.screens.errands import noted
from tui.widgets.line_list import LineList
from tui.widgets.offer_rows import OURS, OfferView, offer_rows, rows_of
from tui.widgets.painted import Painted
from tui.widgets.rows import Fixed

Ask = Callable[[Callable[[Comparison], None]], Awaitable[Comparison]]
NARROW: Final = 24  # cells


class PickQuote(Dialog[Choice]):
    """Rows fill in as answers come; what is chosen stays chosen. Enter calls, Escape leaves."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "go_on", show=False)]
    AUTO_FOCUS = "LineList"

    def __init__(self, question: str, *, ask: Ask, clock: Clock, number: str) -> None:
        super().__init__(question)
        self._ask, self._clock, self._number = ask, clock, number
        self._told = Comparison(offers=())
        self._goes_by_itself = False  # Enter on the store's pick before it is known

    def compose_body(self) -> ComposeResult:
        """The offers, what Enter does, what is wrong."""
        yield LineList(has_title=False, id="offers")
        yield Label(_("↑ ↓ choose   Enter calls the driver   Esc leaves"), classes="facts", markup=False)
        yield Label("", classes="trouble", markup=False)
        with Horizontal(classes="answers"):
            yield Button(_("Back"), id="no", compact=True)
            yield Button(_("Call driver"), id="yes", variant="primary", compact=True)

    def on_mount(self) -> None:
        """Ask at once; prices run out while one looks."""
        self.query_one(".dialog").add_class("offers")
        self._begin()
        self.set_interval(1.0, self._show)

    def action_go_on(self) -> None:
        """With the chosen row."""
        key = self.query_one(LineList).chosen
        offer = self._told.of(key) if key else None
        if key == OURS:
            self._go_by_rule()
        elif offer is not None:
            self._go_with(offer)

    @on(LineList.Opened)
    def go_by_click(self) -> None:
        """A second click calls."""
        self.action_go_on()

    @on(Button.Pressed)
    def press(self, event: Button.Pressed) -> None:
        """By mouse, or by Tab."""
        self.action_go_on() if event.button.id == "yes" else self.dismiss(None)

    def _begin(self) -> None:
        self.run_worker(self._fetch(), exclusive=True, exit_on_error=False)

    async def _fetch(self) -> None:
        try:
            self._see(await self._ask(self._see))
        except OrderRefusal as refusal:
            self._complain(labels.why(refusal, self._number))
        except Exception as accident:
            self._complain(noted(accident))

    def _see(self, told: Comparison) -> None:
        """The next answer."""
        self._told = told
        if not self.is_mounted:
            return
        self._show()
        if self._goes_by_itself and told.choice is not None and not told.is_open:
            self._goes_by_itself = False
            self._go_by_rule()

    def _go_by_rule(self) -> None:
        choice = self._told.choice
        if choice is None:
            self._goes_by_itself = True
            self._complain(_("The driver is called as soon as all have answered. Esc leaves."))
        elif choice.courier is None:
            self._complain(_("Our rule calls nobody. Choose a courier below to call it all the same."))
        elif choice.quote is not None and choice.quote.expires_at <= self._clock.now():
            self._ask_again()
        else:
            self.dismiss(choice)

    def _go_with(self, offer: Offer) -> None:
        now = self._clock.now()
        if offer.answer in CLOSED:
            self._complain(
                _("{courier} cannot be called: {reason}.").format(courier=offer.courier, reason=answer(offer))
            )
        elif offer.answer is Answer.ASKING:
            self._complain(_("{courier} is still being asked.").format(courier=offer.courier))
        elif offer.quote is not None and not offer.stands(now):
            self._ask_again()
        else:
            self.dismiss(named(offer, now))

    def _ask_again(self) -> None:
        self._complain(_("That price has expired: asking again."))
        self._begin()

    def _complain(self, words: str) -> None:
        if self.is_mounted:
            self.query_one(".trouble", Label).update(words)

    @on(Painted.Resized)
    def fill_again(self) -> None:
        """Laid out, or another width."""
        self._show()

    def _show(self) -> None:
        offers = self.query_one(LineList)
        offers.styles.height = rows_of(self._told)
        width = max(NARROW, offers.content_size.width - 2)
        offers.show(Fixed(offer_rows(self._told, OfferView(self._clock.now(), width))))
