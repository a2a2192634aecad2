"""Looking at odd orders by typing."""

from core.domain.refusal import BadAddress, InReview
from tests.samples import SHOPS
from tests.tui.plain.talk import talking

ODD = SHOPS["reviews"]


async def test_accept_leads_to_what_was_found_and_what_can_be_done() -> None:
    async with talking(ODD) as talk:
        talk.desk.refuse("accept", InReview("first", found="duplicate"))
        said = await talk.type("a 1072")
        assert said[0].endswith("to be looked at first.")
        assert said[1].startswith("The same customer and the same goods as #1069, within 30 min.")
        assert "1: All is right: let it pass." in said
        await talk.type("1")
        assert talk.asked == [("accept", "1072"), ("let_pass", "1072")]


async def test_nonsense_cannot_be_let_pass() -> None:
    async with talking(ODD) as talk:
        said = await talk.type("review 1071")
        assert not any("let it pass" in line for line in said)
        await talk.type("")
        assert talk.asked == []


async def test_the_words_for_the_telephone_are_read_out() -> None:
    async with talking(ODD) as talk:
        said = await talk.type("review 1071", "1")
        assert any(line.startswith("Good day, this is 台北南西店. Am I speaking to Mr Lin?") for line in said)
        await talk.type("3")
        assert talk.asked == [("called_back", "1071", "not_reached")]


async def test_an_address_is_put_right_and_a_refusal_says_why() -> None:
    async with talking(ODD) as talk:
        talk.desk.refuse("complete", BadAddress("nobody there", found="says_nothing"))
        said = await talk.type("review 1071", "2", "some test", "")
        assert said[-1].startswith("Nobody could be found by that address: a word like")
        assert talk.asked == [("complete", "1071", "some test", None)]


async def test_an_order_that_is_not_odd_says_so() -> None:
    async with talking(ODD) as talk:
        assert await talk.type("review 1074") == ["There is nothing to be looked at first."]
