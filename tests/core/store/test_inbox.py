"""Letters are kept as they came, once."""

from sqlalchemy import select

from core.store.inbox import KEPT_HEADERS, LetterState
from core.store.tables import inbox
from core.store.unit_of_work import UnitOfWork
from tests.builders import letter


def test_a_letter_is_kept_byte_for_byte(uow: UnitOfWork) -> None:
    body = bytes(range(256))
    uow.inbox.keep(letter(body, headers={"x-signature": "abc"}), "k", LetterState.READ)
    row = uow.connection.execute(select(inbox)).mappings().one()
    assert (bytes(row["body"]), row["size"], dict(row["headers"])) == (body, 256, {"x-signature": "abc"})


def test_the_same_key_of_the_same_sender_is_kept_once(uow: UnitOfWork) -> None:
    assert uow.inbox.keep(letter(), "k", LetterState.READ)
    assert not uow.inbox.keep(letter(b"other"), "k", LetterState.UNREADABLE, "late")
    assert uow.inbox.known("channels/web", "k") == (LetterState.READ, "")


def test_another_sender_may_use_the_same_key(uow: UnitOfWork) -> None:
    uow.inbox.keep(letter(), "k", LetterState.READ)
    uow.inbox.keep(letter(sender="couriers/uber"), "k", LetterState.IGNORED, "no news")
    assert uow.inbox.known("couriers/uber", "k") == (LetterState.IGNORED, "no news")
    assert uow.inbox.known("channels/other", "k") is None
    assert uow.inbox.counts() == {"read": 1, "ignored": 1}


def test_a_flood_of_headers_is_cut(uow: UnitOfWork) -> None:
    uow.inbox.keep(letter(headers={f"h{count}": "x" for count in range(500)}), "k", LetterState.READ)
    row = uow.connection.execute(select(inbox.c.headers)).scalar_one()
    assert len(row) == KEPT_HEADERS
