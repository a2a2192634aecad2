"""A call whose answer was lost, settled by typing."""

import pytest

from core.domain.problem import ProblemKind
from tests import samples
from tests.tui.plain.talk import asked, talking

DOUBT = samples.shop(
    (samples.ready("7"),), problems=(samples.problem("7", ProblemKind.BOOKING_UNSURE, 3, "panda: no answer"),)
)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("booked 7 p-4711",), "p-4711"),
        (("booked 7", "1", "p-4711"), "p-4711"),
        (("trouble 7", "1", "p-4711"), "p-4711"),
        (("booked 7 no", "yes"), ""),
        (("booked 7", "2", "yes"), ""),
        (("trouble 7", "2", "yes"), ""),
    ],
)
async def test_what_the_couriers_site_says_is_handed_on(typed: tuple[str, ...], told: str) -> None:
    assert await asked(DOUBT, *typed) == [("settle_booking", "7", told)]


async def test_where_the_answer_will_stand_is_said() -> None:
    async with talking(DOUBT) as talk:
        answer = await talk.type("booked 7 p-4711")
    assert "if it knows no such job, the problem says so" in answer[-1]


@pytest.mark.parametrize(
    "typed", [("booked 7 no", "no"), ("booked 7", "2", ""), ("booked 7", "1", ""), ("booked 7", "")]
)
async def test_anything_but_a_plain_answer_does_nothing(typed: tuple[str, ...]) -> None:
    async with talking(DOUBT) as talk:
        for words in typed:
            answer = await talk.type(words)
        assert answer[-1] == "Nothing was done."
        assert talk.asked == []
