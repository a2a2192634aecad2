"""A page with orders: all its keys, and the ways to other pages."""

from core.domain.ids import OrderId
from tui.i18n import _
from tui.screens.coach_keys import CoachKeys
from tui.screens.dialogs import Confirm
from tui.screens.enter_keys import EnterKeys
from tui.screens.errands import errand
from tui.screens.find_keys import FindKeys
from tui.screens.fit_keys import FitKeys
from tui.screens.hold_keys import HoldKeys
from tui.screens.look_keys import LookKeys
from tui.screens.sound_keys import SoundKeys


class WorkPage(FindKeys, FitKeys, HoldKeys, LookKeys, SoundKeys, CoachKeys, EnterKeys):
    """N, ?, Q, F1 to F3."""

    @errand
    async def action_leave(self) -> None:
        """The counter closes; orders go on."""
        facts = _("This screen closes. The bell no longer rings here.")
        if await self.ask(Confirm(_("Quit Orderbell?"), facts, yes=_("Quit"))):
            self.app.exit()

    def action_next(self) -> None:
        """To what needs a hand most."""
        urgent = self.picture.urgent if self.picture else None
        if urgent is None:
            return self.say(_("Nothing needs a hand."))
        if urgent.order_id == self.order_id:
            self.say(_("#{number} is what needs a hand most.").format(number=urgent.number))
        return self.choose(urgent.order_id)

    def action_filter(self) -> None:
        """The queue is at the counter."""
        self.go_to_counter(None, "filter")

    def action_large_rows(self) -> None:
        """The queue is at the counter."""
        self.go_to_counter(None, "large_rows")

    def action_help(self) -> None:
        """Keys and signs."""
        from tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen())

    def action_page(self, name: str) -> None:
        """F1 to F3."""
        if self.app.current_mode == name:
            return self.say(_("You are there."))
        self.app.switch_mode(name)
        return None

    def go_to_counter(self, order_id: OrderId | None, then: str = "") -> None:
        """Show an order where everything about it is shown; or press a key there."""
        self.app.switch_mode("counter")
        counter = self.app.screen_stack[0]
        if not isinstance(counter, WorkPage):
            return
        if order_id is not None:
            counter.call_after_refresh(counter.choose, order_id)
        if then:
            counter.call_after_refresh(counter.run_action, then)

    def action_open(self) -> None:
        """Pages without a panel go to the counter."""

    def action_back(self) -> None:
        """Other pages lead back to the counter."""
        self.action_page("counter")
