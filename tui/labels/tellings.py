"""What the shop's own system is told, and money that goes back, in words."""

from enum import Enum
from typing import Final

from core.domain import events as happening
from core.domain.events import Event
from core.domain.refund import RefundState
from core.domain.shop_call import ShopAbility
from core.domain.tell import TellingEnd
from tui.i18n import N_, _
from tui.labels.tones import Tone
from tui.labels.words import Word

TELLINGS: Final[dict[Enum, Word]] = {
    ShopAbility.ACCEPT: Word(N_("tell the shop: accepted"), "◐", Tone.INFO),
    ShopAbility.READY: Word(N_("tell the shop: packed"), "■", Tone.INFO),
    ShopAbility.SHIPPED: Word(N_("tell the shop: on the way"), "▶", Tone.INFO),
    ShopAbility.CANCEL: Word(N_("tell the shop: cancelled"), "✗", Tone.HAND),
    ShopAbility.REFUND: Word(N_("give the money back"), "½", Tone.HAND),
    ShopAbility.RETURN: Word(N_("tell the shop: goods are back"), "◁", Tone.INFO),
}
REFUNDS: Final[dict[Enum, Word]] = {
    RefundState.OWED: Word(N_("to go back"), "◷", Tone.HAND),
    RefundState.DONE: Word(N_("went back"), "✓", Tone.GOOD),
    RefundState.REFUSED: Word(N_("given up"), "✗", Tone.MUTED),
    RefundState.BY_HAND: Word(N_("given back by hand"), "✓", Tone.GOOD),
    RefundState.TAKEN_BACK: Word(N_("taken back"), "◁", Tone.MUTED),
}
ENDS: Final[dict[TellingEnd, str]] = {
    TellingEnd.AGAIN: N_("Tell the shop's system once more"),
    TellingEnd.BY_HAND: N_("It is done in the shop's own system"),
    TellingEnd.GIVEN_UP: N_("Give it up …"),
}
SENTENCES: Final[dict[type[Event], str]] = {
    happening.MoneyOwedBack: N_("{amount} to go back: {reason}"),
    happening.MoneyWentBack: N_("{amount} went back"),
    happening.MoneyStayed: N_("{amount} stay: {reason}"),
    happening.TellingSettled: N_("{channel} is told once more: {ability}"),
    happening.OrderRestored: N_("taken back: it is “{stage}” again"),
}
_BY_HAND: Final = N_("{amount} to go back by hand: {reason}")
_WENT_BY_HAND: Final = N_("{amount} given back by hand")
_SETTLED: Final[dict[str, str]] = {
    TellingEnd.BY_HAND: N_("{channel}: done by hand there: {ability}"),
    TellingEnd.GIVEN_UP: N_("{channel}: given up: {ability} ({reason})"),
}


def of_telling(event: Event) -> str:
    """The sentence where it is another one than the usual; empty for all other events."""
    if isinstance(event, happening.MoneyOwedBack):
        return _BY_HAND if event.is_by_hand else ""
    if isinstance(event, happening.MoneyWentBack):
        return _WENT_BY_HAND if event.is_by_hand else ""
    return _SETTLED.get(event.end, "") if isinstance(event, happening.TellingSettled) else ""


def told(ability: str) -> str:
    """What the shop's system is told; the journal may hold words of another version."""
    return TELLINGS[ShopAbility(ability)].text if ability in set(ShopAbility) else ability


def refund_word(state: RefundState) -> Word:
    """How far it is."""
    return REFUNDS[state]


def end_words(end: TellingEnd) -> str:
    """What a person may say of it."""
    return _(ENDS[end])
