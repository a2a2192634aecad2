"""Help that is short when heard: by groups, one command, or everything."""

from collections.abc import Iterator
from typing import Final

from tui import keys
from tui.i18n import N_, _
from tui.keys import KEYS, Group
from tui.plain.commands import OWN, WORDS, typed, word_of
from tui.plain.speech import sentence, spoken

GROUPS: Final = {
    Group.ORDER: N_("orders: {words}"),
    Group.PACK: N_("packing: {words}"),
    Group.DRIVER: N_("drivers: {words}"),
    Group.LOOK: N_("looking: {words}"),
}
ABOUT: Final = (
    N_("Type a command and Enter. Its letter, its word or the beginning of the word will do."),
    N_("Behind it may stand an order: accept 1042. Without one the order you went to last is meant."),
    N_("A number alone goes to that order. Next goes to what needs your hand most. Enter alone says where you are."),
    N_("Scan an item, a waybill or an order at any time, or type its code."),
    N_("List tells what needs your hand, list all everything. Help and a command tells more, help all tells all."),
)


def help_lines(name: str = "") -> Iterator[str]:
    """`name`: empty, `all`, or a command as `commands.read` names it."""
    if name == "all":
        yield from (_one(key.id) for key in KEYS if key.id in WORDS)
        yield from (_one(own) for own in OWN)
    elif name:
        yield _one(name)
    else:
        yield from map(_, ABOUT)
        yield from (_group(group) for group in Group)


def _one(name: str) -> str:
    words = dict.fromkeys((word_of(name), *_others(name)))
    about = _(keys.BY_ID[name].tooltip) if name in keys.BY_ID else _(OWN[name])
    return f"{sentence(_(' or ').join(words))} {spoken(about)}"


def _others(name: str) -> tuple[str, ...]:
    """The key's letter or symbol, where it has one."""
    caps = keys.caps(name) if name in keys.BY_ID else ()
    return tuple(cap.lower() for cap in caps if len(cap) <= 2)


def _group(group: Group) -> str:
    names = [key.id for key in KEYS if key.group is group and key.id in WORDS]
    own = [_own(name) for name in OWN] if group is Group.LOOK else []
    return sentence(_(GROUPS[group]).format(words=", ".join([*map(_both, names), *own])))


def _both(name: str) -> str:
    letter, said = typed(name), word_of(name)
    return said if letter == said else f"{letter} {said}"


def _own(name: str) -> str:
    return name
