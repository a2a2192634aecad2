"""Calls from outside as they came, kept before they are answered."""

from enum import StrEnum
from typing import Final

from sqlalchemy import Connection, func, select

from core.ports.letter import Letter
from core.store.prepared import Found, Prepared
from core.store.tables import inbox

KEPT_HEADERS: Final = 20
_ADD: Final = Prepared(inbox, unless_known="sender, key")
_KNOWN: Final = Found(inbox, "sender", "key", show=("state", "reason"))


class LetterState(StrEnum):
    """What became of it."""

    READ = "read"
    IGNORED = "ignored"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"


class Inbox:
    """The inbox of one transaction; unique on sender and key."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def known(self, sender: str, key: str) -> tuple[LetterState, str] | None:
        """What became of the letter with this key; None for one never seen."""
        rows = _KNOWN.run(self._connection, sender, key)
        return (LetterState(rows[0]["state"]), rows[0]["reason"]) if rows else None

    def keep(self, letter: Letter, key: str, state: LetterState, reason: str = "", size: int | None = None) -> bool:
        """Whether the letter is new; one that is known is left as it is. `size` is the length before a body was cut."""
        row = {
            "sender": letter.sender,
            "key": key,
            "received_at": letter.received_at,
            "state": state.value,
            "reason": reason,
            "headers": dict(list(letter.headers.items())[:KEPT_HEADERS]),
            "body": letter.body,
            "size": len(letter.body) if size is None else size,
        }
        return _ADD.run(self._connection, row) == 1

    def counts(self) -> dict[str, int]:
        """How many letters of each state."""
        rows = self._connection.execute(select(inbox.c.state, func.count()).group_by(inbox.c.state))
        return {state: count for state, count in rows}
