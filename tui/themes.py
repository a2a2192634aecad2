"""How it looks: what a colour means, and three themes that give the meanings their colours."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from rich.style import Style
from textual.theme import Theme


@dataclass(frozen=True)
class Look:
    """Names of theme variables for ink and ground."""

    ink: str
    ground: str = ""
    bold: bool = False


# By the tones of the labels.
LOOKS: Final[dict[str, Look]] = {
    "plain": Look("ink"),
    "strong": Look("ink-strong", bold=True),
    "muted": Look("ink-muted"),
    "faint": Look("ink-faint"),
    "heading": Look("ink-heading", bold=True),
    "hand": Look("hand", bold=True),
    "hand_cap": Look("on-loud", "loud", bold=True),
    "hand_low": Look("hand", "loud-low", bold=True),
    "cap": Look("ink-strong", "cap"),
    "good": Look("good"),
    "info": Look("info"),
    "hold": Look("hold", bold=True),
    "hold_cap": Look("on-hold", "hold-ground", bold=True),
    "trouble": Look("trouble", bold=True),
    "trouble_cap": Look("on-trouble", "trouble-ground", bold=True),
    "ring": Look("on-loud", "loud", bold=True),
    "ring_low": Look("hand", "loud-low", bold=True),
}


def palette(variables: Mapping[str, str]) -> dict[str, Style]:
    """Every tone in the colours of a theme."""
    return {tone: _style(look, variables) for tone, look in LOOKS.items()}


@cache
def ground(colour: str) -> Style:
    """A background by itself."""
    return Style(bgcolor=colour)


def _style(look: Look, variables: Mapping[str, str]) -> Style:
    under = variables[look.ground] if look.ground else None
    return Style(color=variables[look.ink], bgcolor=under, bold=look.bold or None)


def _theme(name: str, *, dark: bool, **colours: str) -> Theme:
    shown = {key.replace("_", "-"): colour for key, colour in colours.items()}
    return Theme(
        name=name,
        dark=dark,
        primary=shown["info"],
        secondary=shown["ink-muted"],
        accent=shown["loud"],
        warning=shown["loud"],
        error=shown["trouble"],
        success=shown["good"],
        foreground=shown["ink"],
        background=shown["desk"],
        surface=shown["sheet"],
        panel=shown["chosen"],
        variables=shown,
    )


DARK: Final = _theme(
    "orderbell-dark",
    dark=True,
    desk="#10141a",
    sheet="#171d26",
    chosen="#27354a",
    chosen_far="#1d2633",
    ink="#cdd5e0",
    ink_strong="#f4f7fb",
    ink_muted="#95a2b5",
    ink_faint="#3d4a5c",
    ink_heading="#a9b6c8",
    cap="#3a475a",
    loud="#ffb224",
    loud_low="#3d2c0a",
    on_loud="#1a1204",
    hand="#ffb224",
    good="#7ec8a0",
    info="#7db4ee",
    hold="#cba6ff",
    hold_ground="#6a3fb5",
    on_hold="#ffffff",
    trouble="#ff7a75",
    trouble_ground="#b3261e",
    on_trouble="#ffffff",
)
LIGHT: Final = _theme(
    "orderbell-light",
    dark=False,
    desk="#f4f1ea",
    sheet="#fffdf8",
    chosen="#dbe6f5",
    chosen_far="#e9e5db",
    ink="#2b323b",
    ink_strong="#0d1117",
    ink_muted="#5d6776",
    ink_faint="#c9c2b4",
    ink_heading="#4a5566",
    cap="#d5cfc2",
    loud="#ffb224",
    loud_low="#fff0cf",
    on_loud="#1a1204",
    hand="#8f4a00",
    good="#14683f",
    info="#1a5699",
    hold="#6a2fb0",
    hold_ground="#6a3fb5",
    on_hold="#ffffff",
    trouble="#b3261e",
    trouble_ground="#b3261e",
    on_trouble="#ffffff",
)
CONTRAST: Final = _theme(
    "orderbell-contrast",
    dark=True,
    desk="#000000",
    sheet="#000000",
    chosen="#0a3a86",
    chosen_far="#262626",
    ink="#ffffff",
    ink_strong="#ffffff",
    ink_muted="#d6d6d6",
    ink_faint="#8a8a8a",
    ink_heading="#ffffff",
    cap="#4a4a4a",
    loud="#ffdd00",
    loud_low="#4a4000",
    on_loud="#000000",
    hand="#ffdd00",
    good="#6dff9e",
    info="#8fd4ff",
    hold="#dcb8ff",
    hold_ground="#6f2fd0",
    on_hold="#ffffff",
    trouble="#ff9c96",
    trouble_ground="#d00000",
    on_trouble="#ffffff",
)
THEMES: Final[dict[str, Theme]] = {"dark": DARK, "light": LIGHT, "contrast": CONTRAST}
