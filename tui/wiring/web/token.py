"""The word that opens the door: from the config, or made once and kept for its owner alone."""

import os
import secrets
from pathlib import Path
from typing import Final

from core.config.sections import SHORTEST_TOKEN
from tui.i18n import _

FILE: Final = "web-token"
OTHERS: Final = 0o077


class UnsafeToken(Exception):
    """The kept token cannot be used; the message says why and how to mend it."""


def kept_token(data: Path) -> str:
    """The store's own token, made at the first call; raises `UnsafeToken`, `OSError`."""
    path = data / FILE
    if not path.exists():
        _make(path)
    if os.name == "posix" and path.stat().st_mode & OTHERS:
        raise UnsafeToken(_("{path}: other users may read it; remove it, and a new one is made").format(path=path))
    token = path.read_text(encoding="utf-8").strip()
    if len(token) < SHORTEST_TOKEN:
        raise UnsafeToken(_("{path}: holds no token; remove it, and a new one is made").format(path=path))
    return token


def _make(path: Path) -> None:
    """Whole or not at all, and the first of two wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{FILE}.{secrets.token_hex(4)}")
    draft.touch(mode=0o600, exist_ok=False)  # before a word is in it
    try:
        draft.write_text(f"{secrets.token_urlsafe(32)}\n", encoding="utf-8")
        _publish(draft, path)
    finally:
        draft.unlink()


def _publish(draft: Path, path: Path) -> None:
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        return
