"""`[keys]` of the config, checked: ids and keys that exist, and no key that does two things."""

from collections.abc import Callable, Collection, Iterator, Mapping
from difflib import get_close_matches
from itertools import combinations
from string import ascii_lowercase, digits
from typing import Final

from core.config.load import Loaded
from core.config.places import ConfigError, Source, complaint
from tui import keys

LETTERS: Final = frozenset(ascii_lowercase + digits)
NAMED: Final = frozenset({*keys.SHOWN, *(f"f{number}" for number in range(1, 13)), "insert", "delete"})
ALLOWED: Final = f"a letter, a digit, f1 to f12, {', '.join(keys.SHOWN.values())}, Insert, Delete or ctrl+letter"
PREFIXES: Final = "f1 to f12, Insert, Delete or ctrl+letter, not a letter that people type"
TAKEN: Final[dict[str, str]] = {
    "ctrl+p": "the palette",
    "ctrl+q": "the terminal itself",
    "ctrl+c": "the terminal itself",
    "ctrl+z": "the terminal itself",
    "ctrl+h": "Backspace on many terminals",
    "ctrl+i": "Tab on every terminal",
    "ctrl+j": "Enter on every terminal",
    "ctrl+m": "Enter on every terminal",
}
PLACE: Final = "keys"


def require_keys(loaded: Loaded) -> None:
    """What a counter asks of `[keys]` and the scanner's prefix; raises `ConfigError` with a line for each mistake."""
    config, source = loaded.config, loaded.source
    checks = (
        lambda: checked(config.keys, source),
        lambda: prefix_checked(config.screen.scanner_prefix, config.keys, source),
    )
    mistakes = [str(error) for check in checks if (error := _error_of(check)) is not None]
    if mistakes:
        raise ConfigError("\n".join(mistakes))


def checked(remaps: Mapping[str, str], source: Source) -> Mapping[str, str]:
    """The same remaps; raises `ConfigError` with a line for each mistake."""
    unknown = [*_unknown_ids(remaps), *_unknown_keys(remaps)]
    mistakes = unknown or list(_clashes(remaps))
    if mistakes:
        raise ConfigError("\n".join(complaint(source, [PLACE, key_id], words) for key_id, words in mistakes))
    return remaps


def prefix_checked(prefix: str, remaps: Mapping[str, str], source: Source) -> str:
    """The scanner's first key, as Textual names it; raises `ConfigError` when it is a key of ours, or none at all."""
    if not prefix:
        return ""
    name = keys.named(prefix)
    owner = next((key_id for key_id in keys.BY_ID if name in keys.pressed_by(key_id, remaps)), "")
    whose = (
        f", which is the key of {owner!r}" if owner else f", which belongs to {TAKEN[name]}" if name in TAKEN else ""
    )
    words = f"found {prefix!r:.40}{whose}; allowed is {PREFIXES}"
    if owner or name in LETTERS or name in TAKEN or not _is_key(name):
        raise ConfigError(complaint(source, ["screen", "scanner_prefix"], words))
    return name


def _unknown_ids(remaps: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for key_id in remaps:
        if key_id not in keys.BY_ID:
            near = get_close_matches(key_id, keys.BY_ID, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"allowed are {', '.join(keys.BY_ID)}"
            yield key_id, f"no key has this id; {hint}"


def _unknown_keys(remaps: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for key_id, pressed in remaps.items():
        for name in keys.named(pressed).split(","):
            if name in TAKEN:
                yield key_id, f"found {pressed!r}, which belongs to {TAKEN[name]}; allowed is {ALLOWED}"
            elif not _is_key(name):
                yield key_id, f"found {pressed!r:.40}; allowed is {ALLOWED}, or several with commas"


def _is_key(name: str) -> bool:
    return name in LETTERS or name in NAMED or name.removeprefix("ctrl+") in LETTERS - set(digits)


def _clashes(remaps: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Two ids on one key; told at the one that was remapped."""
    pressed = {key_id: keys.pressed_by(key_id, remaps) for key_id in keys.BY_ID}
    for one, other in combinations(keys.BY_ID, 2):
        for name in sorted(set(pressed[one]) & set(pressed[other])):
            here, there = (one, other) if one in remaps else (other, one)
            yield here, f"{name!r} is the key of {there!r} too; free are {_free(pressed)}"


def _free(pressed: Mapping[str, Collection[str]]) -> str:
    """The letters, digits and function keys that do nothing yet."""
    used = {name for names in pressed.values() for name in names}
    functions = [f"f{number}" for number in range(1, 13)]
    return ", ".join(name for name in (*ascii_lowercase, *digits, *functions) if name not in used)


def _error_of(check: Callable[[], object]) -> ConfigError | None:
    try:
        check()
    except ConfigError as error:
        return error
    return None
