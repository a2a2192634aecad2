"""What may be typed: the letter of each key, and words; near misses for the rest."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final
from unicodedata import normalize

from tui import keys
from tui.i18n import N_, _

# Key id -> words, the one that is said first. Letters and remaps come from the table of keys.
WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "order.accept": ("accept",),
    "order.reject": ("reject",),
    "order.see": ("got it", "got", "seen"),
    "order.see_changes": ("changes", "read changes"),
    "order.mark": ("mark",),
    "order.cancel": ("cancel", "cancel order", "customer calls", "calls"),
    "order.hold": ("hold", "lift"),
    "order.new": ("new", "new order"),
    "order.trouble": ("trouble",),
    "line.tick": ("tick", "pick", "space"),
    "line.more": ("more", "plus", "one more"),
    "line.less": ("less", "minus", "one less"),
    "line.count": ("count", "how many"),
    "check.all": ("checks", "all checks"),
    "order.ready": ("packed", "close", "ready"),
    "order.parcels": ("parcels",),
    "order.fit": ("fit", "will it fit"),
    "order.reopen": ("unpack", "reopen"),
    "order.partial": ("partial",),
    "order.ship": ("ship", "call driver"),
    "order.quotes": ("quotes", "compare", "which courier"),
    "order.undo": ("undo",),
    "order.recall": ("recall",),
    "order.hand_over": ("hand over", "handover", "hand"),
    "order.receive": ("receive", "goods back"),
    "order.proof": ("proof", "proofs"),
    "order.next": ("next",),
    "find": ("find", "search", "filter"),
    "open": ("show", "open"),
    "back": ("back", "leave", "esc"),
    "page.counter": ("list", "orders", "queue"),
    "page.drivers": ("drivers",),
    "page.problems": ("problems",),
    "page.load": ("load",),
    "page.who_pays": ("who pays",),
    "page.recurs": ("recurs", "what recurs"),
    "page.journal": ("journal",),
    "couriers.health": ("couriers",),
    "language": ("language",),
    "sound.check": ("sound",),
    "sound.mute": ("mute",),
    "help": ("help",),
    "quit": ("quit", "exit", "bye"),
}
# What only plain mode has a word for, because a screen shows it all the time.
OWN: Final[Mapping[str, str]] = {
    "history": N_("All that happened to the order, newest first."),
    "review": N_("Look at an odd order: let it pass, call the customer, put address or phone right."),
    "settle": N_("Say how a way ended that no courier reports on any more."),
    "refund": N_("Give money back: the order, then the sum."),
    "told": N_("Say how it goes on where the shop's own system said no, or does not answer."),
    "booked": N_("Say what became of a call whose answer was lost: the number of the job there, or no."),
    "status": N_("The bell, the station, each shop and each courier."),
    "again": N_("Say the last answer again."),
}
WHERE: Final = "where"  # Enter alone
# Symbols that may be glued to what follows: +2, /1042, =3.
_GLUED: Final = "+-=/?"


@dataclass(frozen=True)
class Said:
    """A command and the words behind it; `near` are guesses when it is none."""

    name: str
    words: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


def read(line: str) -> Said:
    """The command of a line; its name is empty when there is none."""
    words = normalize("NFKC", line).split()
    if not words:
        return Said("line.tick" if line else WHERE)
    if words[0][0] in _GLUED and len(words[0]) > 1:
        words[:1] = [words[0][0], words[0][1:]]
    for count in (2, 1):
        name = _exact(" ".join(words[:count]).casefold()) if len(words) >= count else ""
        if name:
            return Said(name, tuple(words[count:]))
    return Said("", tuple(words))


def guess(said: Said) -> Said:
    """A beginning that fits one command only is that command; else what it may have been."""
    begun = said.words[0].casefold()
    fits = {name: word for word, name in _table().items() if len(begun) > 1 and word.startswith(begun)}
    if len(fits) == 1:
        return Said(next(iter(fits)), said.words[1:])
    near = get_close_matches(begun, _words(), n=3, cutoff=0.6)
    return Said("", said.words, tuple(fits.values()) or tuple(near))


def is_meant(line: str) -> bool:
    """Whether a line is a command and nothing else: alone, or with one word or a number right behind it."""
    said = read(line)
    if said.name:
        return len(said.words) < 2 or _has_digit(said.words[0])
    begun = guess(said)
    return bool(begun.name) and (not begun.words or _has_digit(begun.words[0]))


def typed(key_id: str) -> str:
    """What to type for a key: its letter, or its word where the key is no letter."""
    cap = keys.cap(key_id)
    return cap.lower() if len(cap) == 1 and cap.isalnum() else word_of(key_id)


def word_of(name: str) -> str:
    """The command's word; keys that plain mode has none for are called by their label."""
    return WORDS[name][0] if name in WORDS else _(keys.BY_ID[name].label) if name in keys.BY_ID else name


def _has_digit(word: str) -> bool:
    return any(sign.isdigit() for sign in word)


def _exact(word: str) -> str:
    return _table().get(word, "")


def _table() -> dict[str, str]:
    """Word -> command; letters of keys win over words, so that a remap holds."""
    table = {word: name for name in OWN for word in (name,)}
    table |= {word: name for name, words in WORDS.items() for word in words}
    table |= {_(key.label).casefold(): key.id for key in keys.KEYS if _(key.label).casefold() not in table}
    for key in keys.KEYS:
        table |= {pressed.casefold(): key.id for pressed in keys.caps(key.id)}
    return table


def _words() -> list[str]:
    return [word for word in _table() if len(word) > 1]
