"""How many calls are left, as services say it in their headers."""

import pytest

from adapters.allowance import calls_left
from core.ports.wire import CallsLeft


def until(moment: float) -> float:
    return moment - 1_800_000_000


@pytest.mark.parametrize(
    ("headers", "found"),
    [
        ({}, None),
        ({"content-type": "application/json", "retry-after": "3"}, None),
        ({"X-RateLimit-Remaining": "7"}, CallsLeft(left=7)),
        (
            {"X-RateLimit-Limit": "60", "X-RateLimit-Remaining": "59", "X-RateLimit-Reset": "30"},
            CallsLeft(left=59, most=60, anew_in=30),
        ),
        (
            {"RateLimit-Limit": "9", "RateLimit-Remaining": "0", "RateLimit-Reset": "1800000045"},
            CallsLeft(left=0, most=9, anew_in=45),
        ),
        (
            {
                "RateLimits-Limit-Postquotation": "30",
                "RateLimits-Remaining-Postquotation": "29",
                "RateLimits-Reset-Postquotation": "1800000060",
            },
            CallsLeft(left=29, most=30, anew_in=60),
        ),
        (
            {"RateLimit-Remaining": "40", "RateLimit-Remaining-Postorder": "2", "RateLimit-Limit-Postorder": "30"},
            CallsLeft(left=2, most=30),
        ),
        ({"X-RateLimit-Remaining": "many", "X-RateLimit-Limit": "60"}, None),
        ({"X-RateLimit-Remaining": "-1"}, None),
        ({"X-RateLimit-Remaining": "9" * 40}, None),
        ({"X-RateLimit-Remaining": "٣"}, None),
        ({"X-RateLimit-Remaining": "5", "X-RateLimit-Reset": "soon"}, CallsLeft(left=5)),
    ],
)
def test_what_headers_say(headers: dict[str, str], found: CallsLeft | None) -> None:
    assert calls_left(headers, until) == found


def test_a_moment_nobody_can_place_is_not_said() -> None:
    headers = {"X-RateLimit-Remaining": "5", "X-RateLimit-Reset": "1800000045"}
    assert calls_left(headers, lambda moment: None) == CallsLeft(left=5)
