"""A notice."""

from datetime import UTC, datetime

from core.domain.notice import Notice, NoticeKind

NOTICE = Notice(
    key="01JKEY",
    kind=NoticeKind.NOT_ACCEPTED,
    store="台北南西店",
    number="1042",
    channel="web",
    deadline=datetime(2026, 3, 2, 4, 5, tzinfo=UTC),
    at=datetime(2026, 3, 2, 4, 4, 15, tzinfo=UTC),
    words="台北南西店: nobody accepts order #1042; rm -rf $(pwd)",
)
