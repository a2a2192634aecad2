"""What a person outside the shop is told, when nobody in it answers; no word about any customer (L14)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class NoticeKind(StrEnum):
    """Why somebody is told."""

    NOT_ACCEPTED = "not_accepted"  # nobody has taken up a paid order


@dataclass(frozen=True, kw_only=True)
class Notice:
    """`key` is ours and the same at every try, so that who is told twice can know; times aware, UTC."""

    key: str
    kind: NoticeKind
    store: str
    number: str
    channel: str
    deadline: datetime
    at: datetime
    words: str = ""  # the sentence for people, in the store's language
