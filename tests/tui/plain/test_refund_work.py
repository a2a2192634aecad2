"""Money back, and tellings the shop's own system refused, by typing."""

import pytest

from core.domain.money import Money
from core.domain.problem import ProblemKind
from tests import samples
from tests.tui.plain.talk import asked, talking

REFUSED = samples.shop(
    (samples.ready("7"),),
    problems=(samples.problem("7", ProblemKind.SHOP_REFUSED, 3, "web: refund 200.00 TWD: the order is closed"),),
)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("told 7", "1"), ("again", "")),
        (("trouble 7", "1"), ("again", "")),
        (("told 7", "2", "yes"), ("by_hand", "")),
        (("trouble 7", "3", "1"), ("given_up", "agreed with the customer")),
    ],
)
async def test_how_it_goes_on_is_handed_on(typed: tuple[str, ...], told: tuple[str, str]) -> None:
    assert await asked(REFUSED, *typed) == [("settle_telling", "7", *told)]


@pytest.mark.parametrize("typed", [("told 7", "2", "no"), ("told 7", "3", ""), ("told 7", "")])
async def test_anything_but_a_plain_answer_does_nothing(typed: tuple[str, ...]) -> None:
    assert await asked(REFUSED, *typed) == []


async def test_the_trouble_is_said_with_whose_system_what_and_why() -> None:
    async with talking(REFUSED) as talk:
        answer = await talk.type("problems")
    assert "the shop's system says no" in answer[-1]
    assert "web: give the money back NT$200: the order is closed" in answer[-1]


async def test_a_sum_goes_back_when_it_was_said_twice() -> None:
    assert await asked(REFUSED, "refund 7 20", "1", "yes") == [
        ("refund", "7", Money(2_000, "TWD"), "came back to the store", {})
    ]
    assert await asked(REFUSED, "refund 7", "20", "1", "yes") == [
        ("refund", "7", Money(2_000, "TWD"), "came back to the store", {})
    ]


@pytest.mark.parametrize("typed", [("refund 7 20", "1", "no"), ("refund 7 much",), ("refund 7 20", "")])
async def test_money_that_is_not_meant_plainly_stays(typed: tuple[str, ...]) -> None:
    assert await asked(REFUSED, *typed) == []


async def test_more_than_is_left_is_said_before_anything_is_asked() -> None:
    async with talking(REFUSED) as talk:
        answer = await talk.type("refund 7 999999")
    assert "cannot go back" in answer[-1]
