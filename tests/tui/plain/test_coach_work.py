"""A customer calls, in plain mode: the coach's questions typed, and the table read out."""

from core.domain.agreement import Agreement
from core.domain.cause import Cause
from core.domain.coaching import Action
from core.domain.money import Money
from core.domain.phase import Phase
from tests.samples import BUSY, CALM, PACKED
from tests.tui.plain.talk import talking


async def test_it_says_where_it_stands_who_pays_and_what_to_say() -> None:
    async with talking(PACKED) as talk:
        said = "\n".join(await talk.type("x 1038"))
        assert "Order 1038, packed, paid NT$1,240." in said
        assert "1: changed their mind." in said
        said = "\n".join(await talk.type("1"))
        assert "Who pays: store and customer, L24." in said
        assert "Say: We have already made it ready for you." in said
        assert "1: Call it off, part of the money back, NT$620." in said


async def test_what_is_agreed_is_asked_for_once_more_and_done() -> None:
    async with talking(PACKED) as talk:
        said = await talk.type("x 1038 wants another day", "1", "1", "60%", "yes")
        assert talk.asked == [
            (
                "agree",
                "1038",
                Agreement(
                    cause=Cause.CHANGED_MIND,
                    action=Action.CANCEL_PART,
                    phase=Phase.PACKED,
                    refund=Money(74_400, "TWD"),
                    words="wants another day",
                ),
            )
        ]
        assert said[-1] == "Order 1038, called off, part of the money back, NT$744."


async def test_enter_alone_is_the_suggestion_and_no_is_the_answer_of_who_says_nothing() -> None:
    async with talking(PACKED) as talk:
        said = await talk.type("x 1038", "1", "1", "", "")
        assert any("NT$620" in line for line in said)
        assert talk.asked == []


async def test_an_order_that_goes_on_needs_no_other_word() -> None:
    async with talking(CALM) as talk:
        await talk.type("x 1029", "1", "1")
        assert [asked[0] for asked in talk.asked] == ["agree"]


async def test_beyond_the_limits_a_manager_is_asked() -> None:
    async with talking(PACKED) as talk:
        said = await talk.type("x 1038", "1", "1", "1240", "yes", "Lin", "12", "good customer")
        assert any("A manager's word is needed" in line for line in said)
        (asked,) = talk.asked
        agreement = asked[2]
        assert isinstance(agreement, Agreement)
        assert agreement.permission is not None
        assert agreement.permission.reason == "good customer"


async def test_more_than_is_left_is_refused_where_it_is_typed() -> None:
    async with talking(PACKED) as talk:
        said = await talk.type("x 1038", "1", "1", "1300")
        assert any("NT$1,300 is more than is left: NT$1,240." in line for line in said)


async def test_the_table_is_read_out_place_by_place() -> None:
    async with talking(BUSY) as talk:
        said = await talk.type("who pays", "5")
        assert any(line.startswith("Changed their mind, who pays: store and customer, L24,") for line in said)
        assert len([line for line in said if "who pays:" in line]) == len(Cause)
