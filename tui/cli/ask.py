"""Questions on the command line: on standard error, so that standard output holds the answer alone."""

import sys

import typer

from core.domain.text import tidy
from tui.i18n import _


def line(question: str, *, needed: bool = True) -> str:
    """What was typed; asked again while it is empty and needed. Raises `Abort` when nobody answers."""
    while True:
        sys.stderr.write(f"{question}: ")
        sys.stderr.flush()
        typed = sys.stdin.readline()
        if not typed:
            raise typer.Abort
        if (words := tidy(typed)) or not needed:
            return words


def is_yes(question: str) -> bool:
    """No, unless it was said plainly."""
    return line(f"{question} {_('[y/N]')}", needed=False).lower() in _("y yes").split()


def insist(question: str) -> None:
    """Raises `Abort` unless the answer is yes."""
    if not is_yes(question):
        raise typer.Abort
