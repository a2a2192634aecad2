"""Just enough of GraphQL to answer exactly what was asked, and to refuse a field that is not there."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

_TOKEN: Final = re.compile(r"[\s,]+|(\.{3}|[{}()\[\]:!=@]|\$?[A-Za-z_][A-Za-z0-9_]*|-?\d+|\"[^\"]*\")")


class BadQuery(Exception):
    """No query we understand, or one that asks for what there is not; `code` is GraphQL's word."""

    def __init__(self, message: str, code: str = "undefinedField") -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Field:
    """A field that is asked for; arguments are names of variables or plain values."""

    name: str
    given: Mapping[str, str]
    directives: Mapping[str, Mapping[str, str]]
    fields: tuple["Field", ...]


def root_of(query: str) -> Field:
    """The one field a query or mutation asks for; raises `BadQuery`."""
    reader = _Reader(_tokens(query))
    if reader.at in ("query", "mutation"):
        reader.until("{")
    found = reader.fields()
    if len(found) != 1:
        raise BadQuery("one field at a time", "unsupported")
    return found[0]


def answer(field: Field, value: object) -> object:
    """As much of `value` as was asked for; raises `BadQuery` for a field it has not."""
    if isinstance(value, list):
        return [answer(field, each) for each in value]
    if not isinstance(value, dict):
        return value
    if not field.fields:
        raise BadQuery(f"Field '{field.name}' returns an object and must have selections", "selectionMismatch")
    for asked in field.fields:
        if asked.name not in value:
            raise BadQuery(f"Field '{asked.name}' doesn't exist on '{field.name}'")
    return {asked.name: answer(asked, value[asked.name]) for asked in field.fields}


def _tokens(query: str) -> Iterator[str]:
    at = 0
    while at < len(query):
        if (found := _TOKEN.match(query, at)) is None:
            raise BadQuery(f"found {query[at]!r}", "parseError")
        at = found.end()
        if found[1]:
            yield found[1]
    yield ""


class _Reader:
    def __init__(self, tokens: Iterator[str]) -> None:
        self._tokens = tokens
        self.at = next(tokens)

    def next(self) -> str:
        taken, self.at = self.at, next(self._tokens, "")
        return taken

    def take(self, wanted: str) -> None:
        if (found := self.next()) != wanted:
            raise BadQuery(f"found {found!r}, expected {wanted!r}", "parseError")

    def until(self, wanted: str) -> None:
        while self.at and self.at != wanted:
            self.next()

    def fields(self) -> tuple[Field, ...]:
        """What stands between braces."""
        self.take("{")
        found = []
        while self.at not in ("}", ""):
            found.append(self._field())
        self.take("}")
        return tuple(found)

    def _field(self) -> Field:
        name, given, directives = self.next(), self._given(), {}
        while self.at == "@":
            self.next()
            directive = self.next()
            directives[directive] = self._given()
        return Field(name, given, directives, self.fields() if self.at == "{" else ())

    def _given(self) -> dict[str, str]:
        found: dict[str, str] = {}
        if self.at != "(":
            return found
        self.next()
        while self.at not in (")", ""):
            name = self.next()
            self.take(":")
            found[name] = self.next()
        self.take(")")
        return found
