"""A command that is mistyped: told with those that come near, in the language in use."""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

from tui.cli.everywhere import BadUsage
from tui.i18n import _


def require_known(program: Any, words: Sequence[str]) -> None:
    """Each word where a command must stand names one; raises `BadUsage` with the near ones, else with all."""
    part = program
    for word in words:
        below = getattr(part, "commands", None)
        if below is None or word.startswith("-"):
            return
        if word not in below:
            shown = [name for name, command in below.items() if not command.hidden]
            raise BadUsage(_slip(word, shown))
        part = below[word]


def _slip(word: str, known: Sequence[str]) -> str:
    near = get_close_matches(word, known)
    words = _("{found} is no command; did you mean {known}?") if near else _("{found} is no command; there are {known}")
    return words.format(found=f"{word!r:.60}", known=", ".join(near or known))
