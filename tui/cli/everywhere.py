"""The options that work everywhere, before or behind a command."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tui.i18n import _

if TYPE_CHECKING:
    from tui.wiring.shop import Shop

VALUED: Final = {"--config": "config", "--data": "data", "--lang": "lang", "--as": "staff"}
FLAGS: Final = {"--json": "as_json", "--debug": "debug", "--plain": "plain"}


class BadUsage(Exception):
    """The command's words are off: exit code 2."""


def allowed_are(found: str, allowed: str) -> str:
    """Words for a value that is none of the known ones."""
    return _("{found}: allowed are {allowed}").format(found=found, allowed=allowed)


@dataclass(frozen=True)
class Everywhere:
    """What was said for all commands."""

    config: str = ""
    data: str = ""
    lang: str = ""
    staff: str = ""
    as_json: bool = False
    debug: bool = False
    plain: bool = False

    @property
    def config_path(self) -> Path | None:
        """None: the platform's own place."""
        return Path(self.config) if self.config else None

    @property
    def data_path(self) -> Path | None:
        """None: the platform's own place."""
        return Path(self.data) if self.data else None

    @property
    def again(self) -> list[str]:
        """The same said to another process of this program; config and data it gets from the store."""
        said = {"--lang": self.lang, "--as": self.staff}
        return [word for name, value in said.items() if value for word in (name, value)]

    @cached_property
    def shop(self) -> "Shop":
        """The store that is meant; raises `ConfigError`, `StoreUnusable`."""
        from tui.wiring.shop import open_shop

        return open_shop(self.config_path, self.data_path)


def split(words: Sequence[str]) -> tuple[Everywhere, list[str]]:
    """The options that work everywhere, and the other words; raises `BadUsage`."""
    said: dict[str, Any] = {}
    rest, left = list[str](), list(words)
    while left and left[0] != "--":
        word = left.pop(0)
        name, equals, value = word.partition("=")
        if word in FLAGS:
            said[FLAGS[word]] = True
        elif name in VALUED:
            said[VALUED[name]] = value if equals else _next(left, name)
        else:
            rest.append(word)
    if "plain" in said and "as_json" in said:
        raise BadUsage(_("--plain talks to a person and --json to a script: say one of them"))
    return Everywhere(**said), [*rest, *left]


def _next(left: list[str], name: str) -> str:
    if not left:
        raise BadUsage(f"{name} needs a value")
    return left.pop(0)
