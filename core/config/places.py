"""Where in the file a key stands, and what is wrong with it in plain words."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ValidationError

_HEADER: Final = re.compile(r"^\s*\[\[?\s*([^\]]+?)\s*\]\]?")
_SECRET: Final = re.compile(r"secret|pin|password|key|token")
_PASSWORD: Final = re.compile(r"://[^/]*@")
_KEY: Final = re.compile(r"""^\s*("[^"]*"|'[^']*'|[\w.-]+)\s*=""")


@dataclass(frozen=True)
class Source:
    """A file of settings and its text."""

    path: Path
    text: str

    def line_of(self, place: Sequence[str]) -> int:
        """The line, from 1, of a key path; of its section when the key itself is not written."""
        best = (0, 0)  # parts that agree, line
        for number, here in self._places():
            if here == list(place[: len(here)]) and len(here) > best[0]:
                best = (len(here), number)
        return max(best[1], 1)

    def _places(self) -> Iterator[tuple[int, list[str]]]:
        """Each line that begins a section or says a key; of several `[[…]]` of one name each by its number too."""
        section: list[str] = []
        tables: Counter[str] = Counter()
        for number, line in enumerate(self.text.splitlines(), start=1):
            if header := _HEADER.match(line):
                section = _parts(header[1])
                yield number, section
                if line.lstrip().startswith("[["):
                    section = [*section, str(tables[header[1]])]
                    tables[header[1]] += 1
                    yield number, section
            elif key := _KEY.match(line):
                yield number, [*section, *_parts(key[1])]


class ConfigError(Exception):
    """One or more settings are wrong; the message has a line for each."""


def explain(error: ValidationError, source: Source, model: type[BaseModel], prefix: Sequence[str] = ()) -> ConfigError:
    """`config.toml:12: store.timezone: found 'Asia/Taipeh', allowed …; did you mean …?`, a line for each mistake."""
    sentences = {_place(dict(one), prefix): _sentence(dict(one), source, model, prefix) for one in error.errors()}
    return ConfigError("\n".join(sentences[place] for place in sorted(sentences, key=source.line_of)))


def complaint(source: Source, place: Sequence[str], words: str) -> str:
    """One line that names file, line and key."""
    return f"{source.path}:{source.line_of(place)}: {'.'.join(place)}: {words}"


def _place(one: dict[str, Any], prefix: Sequence[str]) -> tuple[str, ...]:
    return (*prefix, *(str(part) for part in one["loc"]))


def _sentence(one: dict[str, Any], source: Source, model: type[BaseModel], prefix: Sequence[str]) -> str:
    place = _place(one, prefix)
    if one["type"] == "extra_forbidden":
        known = _keys_at(model, one["loc"][:-1])
        return complaint(source, place, _unknown(place[-1], known))
    if place[-1] == "[key]":
        return complaint(source, place[:-1], _unknown(place[-2], re.findall(r"'([^']*)'", str(one["ctx"]["expected"]))))
    if one["type"] == "missing":
        return complaint(source, place, "missing, and needed")
    if one["type"] == "too_short" and isinstance(one["input"], str):
        found, allowed = len(one["input"]), one["ctx"]["min_length"]
        return complaint(source, place, f"found {found} letters; allowed are {allowed} or more")
    return complaint(source, place, f"found {_shown(one['input'], place)}; {_allowed(one)}")


def _unknown(name: str, known: Sequence[str]) -> str:
    near = get_close_matches(name, known, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"allowed are {', '.join(known)}"
    return f"unknown key; {hint}"


def _shown(found: object, place: Sequence[str]) -> str:
    """Cut short; whatever may hold a secret, a whole section too, is not shown."""
    if isinstance(found, Mapping | list) and not _is_plain(found):
        return "a section" if isinstance(found, Mapping) else "a list of sections"
    if any(_SECRET.search(part) for part in place[1:]):
        return "(hidden)"
    return f"{_PASSWORD.sub('://(hidden)@', repr(found)):.60}"


def _is_plain(found: object) -> bool:
    return isinstance(found, list) and not any(isinstance(one, Mapping) for one in found)


def _allowed(one: dict[str, Any]) -> str:
    message = str(one["msg"]).removeprefix("Value error, ")
    return message[:1].lower() + message[1:]


def _keys_at(model: type[BaseModel], place: Sequence[Any]) -> list[str]:
    """The keys a section may have."""
    inner: Any = model
    for part in place:
        field = inner.model_fields.get(part) if hasattr(inner, "model_fields") else None
        inner = _model_in(field.annotation) if field else inner
    fields = getattr(inner, "model_fields", {})
    return [field.alias or name for name, field in fields.items()]


def _model_in(annotation: Any) -> Any:
    inner = [part for part in getattr(annotation, "__args__", ()) if hasattr(part, "model_fields")]
    return inner[0] if inner else annotation


def _parts(dotted: str) -> list[str]:
    return [part.strip().strip("\"'") for part in re.findall(r"""\s*("[^"]*"|'[^']*'|[^.]+)\s*""", dotted)]
