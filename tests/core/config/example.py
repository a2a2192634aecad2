"""config.example.toml with every commented key written out.

`python -m tests.core.config.example` writes a section for each courier and feed that has none, from its settings.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import tomlkit
from pydantic import BaseModel

from adapters import registry

FILE = Path(__file__).parents[3] / "config.example.toml"
TEXT = FILE.read_text(encoding="utf-8")
FAMILIES = {
    "channels": (registry.channel_kinds, registry.channel_settings),
    "couriers": (registry.courier_kinds, registry.courier_settings),
}
_COMMENTED = re.compile(r"""^# (\[?\[[\w.]+\]\]?|"?[\w.]+"? = .*)$""")


def written_out(text: str = "") -> str:
    """The text with the comment sign taken from every section and key."""
    return "\n".join(_COMMENTED.sub(r"\1", line) for line in (text or TEXT).splitlines())


def read(text: str) -> dict[str, Any]:
    """All that a text says can be set."""
    return tomllib.loads(written_out(text))


def sections() -> dict[str, Any]:
    """All that can be set, with the values the example names."""
    return read(TEXT)


def references() -> set[str]:
    """The environment variables it speaks of."""
    return set(re.findall(r'"env:(\w+)"', written_out()))


def bare() -> Iterator[tuple[str, str, type[BaseModel]]]:
    """Family, kind and settings of each adapter that no section shows."""
    for family, (kinds, settings) in FAMILIES.items():
        shown = {section["kind"] for section in sections()[family].values()}
        yield from ((family, kind, settings(kind)) for kind in kinds() if kind not in shown)


def section(family: str, kind: str, settings: type[BaseModel]) -> str:
    """How an adapter's settings stand in the example: defaults as they are, what has none from the environment."""
    lines = [f"# [{family}.{kind}]", f'# kind = "{kind}"']
    for name, field in settings.model_fields.items():
        if name != "kind":
            default = field.get_default(call_default_factory=True)
            value = f'"env:{kind.upper()}_{name.upper()}"' if field.is_required() else _toml(default)
            lines.append(f"{f'# {name} = {value}':<38}  # {_remark(field.description or '')}".rstrip())
    return "\n".join([*lines, "", ""])


def _toml(value: Any) -> str:
    return tomlkit.item(_plain(value)).as_string()


def _plain(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return value if isinstance(value, bool | int | float | str | dict) else str(value or "")


def _remark(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:].rstrip(".")


def written(text: str) -> str:
    """With the sections it lacks, each after the others of its family."""
    for family, kind, settings in bare():
        last = max(found.end() for found in re.finditer(rf"(?m)^# \[{family}\.\w+\]\n(?:#.*\n)+\n", text))
        text = text[:last] + section(family, kind, settings) + text[last:]
    return text


if __name__ == "__main__":
    FILE.write_text(written(TEXT), encoding="utf-8")
