"""Who pays, in a word and a sign."""

from typing import Final

from core.domain.bearer import Bearer
from tui.i18n import N_
from tui.labels.tones import Tone
from tui.labels.words import Word

BEARERS: Final[dict[Bearer, Word]] = {
    Bearer.NOBODY: Word(N_("nobody"), "○", Tone.MUTED),
    Bearer.STORE: Word(N_("the store"), "■", Tone.PLAIN),
    Bearer.PLATFORM: Word(N_("the courier"), "▶", Tone.INFO),
    Bearer.CUSTOMER: Word(N_("the customer"), "●", Tone.GOOD),
    Bearer.SHARED: Word(N_("store and customer"), "◐", Tone.HEADING),
}


def bearer(value: str) -> Word | None:
    """Of what is kept; None for nobody said, and for words of another version."""
    return BEARERS[Bearer(value)] if value in set(Bearer) else None
