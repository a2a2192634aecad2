"""The palette in the words of the staff."""

from textual.command import CommandPalette

from tui.i18n import _


class Palette(CommandPalette):
    """Finds a key, a language or a look by its name."""

    def __init__(self) -> None:
        super().__init__(placeholder=_("Which key, language or look?"), id="--command-palette")
