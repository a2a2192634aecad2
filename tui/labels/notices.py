"""What a person is told who is not at the counter: one sentence that stands by itself, without any customer in it."""

from collections.abc import Callable
from datetime import tzinfo
from typing import Final

from core.domain.notice import Notice, NoticeKind
from core.domain.text import tidy
from tui.i18n import N_, _
from tui.labels.times import clock

LONGEST: Final = 40  # signs of outside words
SENTENCES: Final[dict[NoticeKind, str]] = {
    NoticeKind.NOT_ACCEPTED: N_(
        "{store}: nobody accepts order #{number} ({channel}). It must be accepted by {deadline}. Please call the store."
    ),
}


def notice_words(notice: Notice, zone: tzinfo, say: Callable[[str], str] = _) -> str:
    """In the language in use, or as `say` says it; numbers and names are outside words."""
    return say(SENTENCES[notice.kind]).format(
        store=tidy(notice.store, LONGEST),
        number=tidy(notice.number, LONGEST),
        channel=tidy(notice.channel, LONGEST),
        deadline=clock(notice.deadline, zone),
    )
