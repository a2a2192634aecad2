"""The commands' own help in the language asked for: texts stand in English beside the code they explain."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tui.i18n import _

if TYPE_CHECKING:
    import typer


def in_words(program: "typer.core.TyperGroup") -> "typer.core.TyperGroup":
    """The same program; every help text is said in the language in use."""
    for part in parts(program):
        if part.help:
            part.help = _(part.help)
    return program


def parts(command: Any) -> Iterator[Any]:
    """The command, its options and arguments, and the commands below it, as far as they have a help text."""
    yield command
    yield from (option for option in command.params if hasattr(option, "help"))
    for below in getattr(command, "commands", {}).values():
        yield from parts(below)
