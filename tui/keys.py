"""Every key: its id, what is pressed, what it does. Footer, `?`, palette and remaps all read this table."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from textual.binding import Binding

from tui.i18n import N_


class Group(StrEnum):
    """Where a key stands in the help."""

    ORDER = "order"
    PACK = "pack"
    DRIVER = "driver"
    LOOK = "look"


@dataclass(frozen=True)
class Key:
    """`key` as Textual names it, several joined by commas; label and tooltip are messages for `_`."""

    id: str
    key: str
    action: str
    label: str
    tooltip: str
    group: Group = Group.LOOK


KEYS: Final = (
    Key("order.accept", "a", "accept", N_("accept"), N_("Promise the chosen order, or all marked ones."), Group.ORDER),
    Key("order.reject", "r", "reject", N_("reject"), N_("Say no to a new order; the money goes back."), Group.ORDER),
    Key("order.see", "g", "see", N_("got it"), N_("I have seen it: the bell stops on every terminal."), Group.ORDER),
    Key("order.see_changes", "c", "see_changes", N_("read changes"), N_("I have read what changed."), Group.ORDER),
    Key("order.mark", "m", "mark", N_("mark"), N_("Mark orders, then accept them together."), Group.ORDER),
    Key(
        "order.cancel",
        "x",
        "coach",
        N_("customer calls"),
        N_("Who pays, what to say, what can be done; call it off."),
        Group.ORDER,
    ),
    Key(
        "order.hold",
        "exclamation_mark",
        "hold",
        N_("hold"),
        N_("Let it wait, with a reason; again: the hold is lifted."),
        Group.ORDER,
    ),
    Key(
        "order.new",
        "ctrl+n",
        "new_order",
        N_("new order"),
        N_("Key in an order from a call; it is read back first."),
        Group.ORDER,
    ),
    Key("order.trouble", "f8", "trouble", N_("trouble"), N_("What can be done about the problem."), Group.ORDER),
    Key("line.tick", "space", "tick", N_("tick"), N_("Tick the next item or check; again takes it back."), Group.PACK),
    Key("line.more", "plus", "more", N_("one more"), N_("One more piece of this item is in the bag."), Group.PACK),
    Key("line.less", "minus", "less", N_("one less"), N_("One piece less of this item is in the bag."), Group.PACK),
    Key("line.count", "equals_sign", "count", N_("how many"), N_("Type how many pieces are in the bag."), Group.PACK),
    Key(
        "check.all",
        "t",
        "tick_all",
        N_("all checks"),
        N_("Quantity, quality, packaging and size are right."),
        Group.PACK,
    ),
    Key("order.ready", "d", "ready", N_("packed"), N_("The bag is closed: ready for the driver."), Group.PACK),
    Key("order.parcels", "k", "parcels", N_("parcels"), N_("Packed in several parcels."), Group.PACK),
    Key(
        "order.fit",
        "y",
        "fit",
        N_("will it fit"),
        N_("Who can carry it, who cannot and why, and a split."),
        Group.PACK,
    ),
    Key("order.reopen", "b", "reopen", N_("unpack"), N_("Back to the table, before a driver is called."), Group.PACK),
    Key("order.partial", "p", "partial", N_("partial"), N_("Ship fewer goods than ordered, once."), Group.PACK),
    Key("order.ship", "s", "ship", N_("call driver"), N_("Ship: the courier looks for a driver."), Group.DRIVER),
    Key(
        "order.quotes",
        "w",
        "quotes",
        N_("compare"),
        N_("What couriers charge now; then choose one."),
        Group.DRIVER,
    ),
    Key("order.undo", "u", "undo", N_("undo"), N_("Take the call back before it leaves."), Group.DRIVER),
    Key("order.recall", "v", "recall", N_("recall"), N_("End the search for a driver."), Group.DRIVER),
    Key("order.hand_over", "h", "hand_over", N_("hand over"), N_("Give the goods to the driver."), Group.DRIVER),
    Key("order.receive", "i", "receive", N_("goods back"), N_("Take in and check goods that came back."), Group.DRIVER),
    Key(
        "order.proof",
        "j",
        "proof",
        N_("proofs"),
        N_("Where the pictures of pick-up and delivery are; open one."),
        Group.DRIVER,
    ),
    Key("order.next", "n", "next", N_("next"), N_("Go to what needs a hand most."), Group.LOOK),
    Key("find", "slash", "find", N_("find"), N_("Find by number, name, phone or waybill; or just scan."), Group.LOOK),
    Key("filter", "f", "filter", N_("filter"), N_("Show only orders that fit some words."), Group.LOOK),
    Key(
        "rows.large",
        "l",
        "large_rows",
        N_("large rows"),
        N_("Read the queue from two metres; again: small."),
        Group.LOOK,
    ),
    Key("open", "enter", "open", N_("open"), N_("Show the chosen order."), Group.LOOK),
    Key("back", "escape", "back", N_("back"), N_("Leave what is open."), Group.LOOK),
    Key("page.counter", "f1,1", "page('counter')", N_("counter"), N_("The queue and the chosen order."), Group.LOOK),
    Key(
        "page.drivers", "f2,2", "page('drivers')", N_("drivers"), N_("Every driver and how long it takes."), Group.LOOK
    ),
    Key("page.problems", "f3,3", "page('problems')", N_("problems"), N_("What stands in the way."), Group.LOOK),
    Key("page.load", "f4,4", "page('load')", N_("load"), N_("How full we are, and the day so far."), Group.LOOK),
    Key(
        "page.who_pays",
        "9",
        "page('who_pays')",
        N_("who pays"),
        N_("What is done about each call, and who pays."),
        Group.LOOK,
    ),
    Key(
        "page.recurs",
        "8",
        "page('recurs')",
        N_("what recurs"),
        N_("What goes wrong again and again, and where."),
        Group.LOOK,
    ),
    Key("page.journal", "f7,7", "page('journal')", N_("journal"), N_("What happened, newest first."), Group.LOOK),
    Key(
        "couriers.health",
        "e",
        "couriers",
        N_("couriers"),
        N_("How each courier answers: failures, next try, limits."),
        Group.LOOK,
    ),
    Key("language", "f9", "language", N_("language"), N_("Another language for this terminal."), Group.LOOK),
    Key(
        "sound.check",
        "o",
        "check_sound",
        N_("sound check"),
        N_("How many beeps did you hear? Proves the bell."),
        Group.LOOK,
    ),
    Key(
        "sound.mute",
        "z",
        "mute",
        N_("mute"),
        N_("No noise for some minutes; pressed again, the bell is back."),
        Group.LOOK,
    ),
    Key("help", "question_mark", "help", N_("help"), N_("All keys and signs."), Group.LOOK),
    Key("quit", "q", "leave", N_("quit"), N_("Close this terminal; the station goes on."), Group.LOOK),
)
BY_ID: Final[dict[str, Key]] = {key.id: key for key in KEYS}
SHOWN: Final[dict[str, str]] = {
    "space": "Space",
    "plus": "+",
    "minus": "-",
    "equals_sign": "=",
    "slash": "/",
    "exclamation_mark": "!",
    "question_mark": "?",
    "ctrl+n": "Ctrl+N",
    "enter": "Enter",
    "escape": "Esc",
}


def bindings() -> list[Binding]:
    """The table as bindings; a letter works with caps lock too."""
    return [Binding(_both(key.key), key.action, key.label, tooltip=key.tooltip, id=key.id, show=False) for key in KEYS]


def use(remaps: Mapping[str, str]) -> None:
    """Print these keys from now on: `[keys]` of the config, id -> key; unknown ids are left out."""
    _REMAPPED.clear()
    _REMAPPED.update({name: named(pressed) for name, pressed in remaps.items() if name in BY_ID and pressed})


def named(pressed: str) -> str:
    """As Textual names them: `A` is `a`, `+` is `plus`, `Esc` is `escape`; several joined by commas."""
    return ",".join(_name(part.strip()) for part in pressed.split(","))


def pressed_by(key_id: str, remaps: Mapping[str, str]) -> tuple[str, ...]:
    """The keys that would do it with these remaps."""
    return tuple(named(remaps.get(key_id) or BY_ID[key_id].key).split(","))


def keymap() -> dict[str, str]:
    """The remapped keys as the app takes them."""
    return {name: _both(pressed) for name, pressed in _REMAPPED.items()}


def cap(key_id: str) -> str:
    """What is printed on the key: `A`, `Space`, `F8`."""
    pressed = _REMAPPED.get(key_id, BY_ID[key_id].key).split(",")[0]
    return SHOWN.get(pressed, pressed.upper())


def caps(key_id: str) -> tuple[str, ...]:
    """Every key that does it, as printed: `F2`, `2`."""
    return tuple(SHOWN.get(pressed, pressed.upper()) for pressed in pressed_by(key_id, _REMAPPED))


def _name(part: str) -> str:
    plain = {shown.lower(): name for name, shown in SHOWN.items()}
    return plain.get(part.lower(), part.lower())


def _both(pressed: str) -> str:
    names = pressed.split(",")
    return ",".join([*names, *(name.upper() for name in names if len(name) == 1 and name.islower())])


_REMAPPED: Final[dict[str, str]] = {}
