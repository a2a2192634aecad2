"""Secrets by literal, `env:NAME`, `file:PATH` or `keyring:NAME`; never shown."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from core.config.places import ConfigError, Source, complaint

SERVICE: Final = "orderbell"


def resolved(settings: Mapping[str, Any], source: Source, place: Sequence[str] = ()) -> dict[str, Any]:
    """The same settings with every reference replaced by what it stands for; raises `ConfigError`."""
    return {key: _resolve(value, source, [*place, key]) for key, value in settings.items()}


def _resolve(value: Any, source: Source, place: list[str]) -> Any:
    if isinstance(value, Mapping):
        return resolved(value, source, place)
    if isinstance(value, list):
        return [_resolve(one, source, place) for one in value]
    if not isinstance(value, str):
        return value
    scheme, colon, name = value.partition(":")
    fetch = _WAYS.get(scheme) if colon else None
    if fetch is None:
        return value
    try:
        return fetch(name, source)
    except LookupError as error:
        raise ConfigError(complaint(source, place, str(error.args[0]))) from error


def _from_environment(name: str, _: Source) -> str:
    value = os.environ.get(name)
    if not value:
        raise LookupError(f"the environment variable {name} is not set")
    return value


def _from_file(name: str, source: Source) -> str:
    path = source.path.parent / Path(name).expanduser()
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise LookupError(f"{path} cannot be read: {type(error).__name__}") from error


def _from_keyring(name: str, _: Source) -> str:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError as error:
        raise LookupError('keyring: needs the package: .venv/bin/pip install "keyring"') from error
    try:
        value = keyring.get_password(SERVICE, name)
    except KeyringError as error:
        raise LookupError(f"the system's keyring does not answer: {type(error).__name__}; use file: or env:") from error
    if not value:
        raise LookupError(f"the keyring has no {name!r}: keyring set {SERVICE} {name}")
    return value


_WAYS: Final = {"env": _from_environment, "file": _from_file, "keyring": _from_keyring}
