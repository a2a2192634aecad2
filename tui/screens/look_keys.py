"""The keys for the language of this terminal, and for a look at the couriers."""

from dataclasses import dataclass

from textual.message import Message

from tui import i18n
from tui.i18n import _
from tui.screens.dialogs import PickOne
from tui.screens.errands import errand
from tui.screens.page import Page


class LookKeys(Page):
    """F9 and E."""

    @dataclass
    class Speak(Message):
        """`tag` is the language wanted from now on."""

        tag: str

    def action_couriers(self) -> None:
        """How each answers."""
        from tui.screens.couriers import CouriersScreen  # rarely asked for: the counter is not kept waiting

        self.app.push_screen(CouriersScreen(lambda: self.picture))

    @errand
    async def action_language(self) -> None:
        """Every language under its own name; Enter at once changes nothing."""
        tags, names = tuple(i18n.LANGUAGES), tuple(i18n.LANGUAGES.values())
        facts = _("Only this terminal. Item names stay as the shop wrote them.")
        dialog = PickOne(_("Which language?"), facts, options=names, chosen=tags.index(i18n.spoken_tag()))
        at = await self.ask(dialog)
        if at is not None:
            self.post_message(self.Speak(tags[at]))
