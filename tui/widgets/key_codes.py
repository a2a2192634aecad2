"""Codes that stand for keys: with a printed card, a hand that holds the scanner needs no keyboard."""

from typing import Final

from textual.events import Key

PREFIX: Final = "ORDERBELL-"
NAMED: Final[dict[str, Key]] = {
    "ENTER": Key("enter", "\r"),
    "ESC": Key("escape", None),
    "SPACE": Key("space", " "),
    "TAB": Key("tab", "\t"),
    "PLUS": Key("plus", "+"),
    "MINUS": Key("minus", "-"),
    **{name.upper(): Key(name, None) for name in ("up", "down", "left", "right", "home", "end")},
    **{f"F{number}": Key(f"f{number}", None) for number in range(1, 13)},
}


def key_of(code: str) -> Key | None:
    """`ORDERBELL-A` is the key A, `ORDERBELL-ENTER` Enter; None for a code that is no key of the card."""
    name = code.upper()
    if not name.startswith(PREFIX):
        return None
    name = name.removeprefix(PREFIX)
    if len(name) == 1 and name.isascii() and name.isalnum():
        return Key(name.lower(), name.lower())
    return NAMED.get(name)
