"""Taking up, accepting, refusing: what is typed, asked and answered."""

import pytest

from core.domain.refusal import Conflict, IllegalMove, NotAManager, OverCap
from core.domain.staff import Permission
from core.domain.stage import Stage
from tests import samples
from tests.samples import BUSY, EMPTY, FIRST_BELL, PICKING, TROUBLE
from tests.tui.plain.talk import asked, said, talking


async def test_an_order_is_accepted_by_letter_or_word() -> None:
    assert await asked(BUSY, "a 1042", "accept 1043") == [("accept", "1042"), ("accept", "1043")]


async def test_a_letter_alone_means_the_order_one_went_to() -> None:
    assert await asked(BUSY, "1043", "a") == [("accept", "1043")]


async def test_without_an_order_it_says_what_to_do() -> None:
    assert await said(BUSY, "a") == ["Which order? Type its number, or next for what needs your hand most."]


async def test_several_are_accepted_together() -> None:
    async with talking(BUSY) as talk:
        assert await talk.type("a 1042,1043") == ["2 orders accepted."]
        assert talk.asked == [("accept", "1042", "1043")]


async def test_one_unknown_among_several_accepts_none() -> None:
    async with talking(BUSY) as talk:
        assert await talk.type("a 1042 4711") == ["No order is called 4711. Nothing was done."]
        assert not talk.asked


@pytest.mark.parametrize("command", ["a", "r", "x", "g", "c", "d", "k", "b", "p", "s", "v", "h", "u", "m", "show"])
async def test_a_slip_in_the_number_never_means_the_order_one_went_to(command: str) -> None:
    async with talking(PICKING) as talk:
        answer = await talk.type("1040", f"{command} 10400 x")
        assert answer[-1].startswith("No order is called 10400")
        assert not talk.asked


async def test_marked_orders_are_accepted_together() -> None:
    async with talking(BUSY) as talk:
        assert await talk.type("m 1042 1043") == ["Marked: 1042, 1043."]
        await talk.type("m 1042", "m 1044", "a")
        assert talk.asked == [("accept", "1043", "1044")]


async def test_the_answer_says_what_comes_next() -> None:
    async with talking(BUSY) as talk:
        talk.desk.sheets["1042"] = PICKING.sheets["1041"]
        assert (await talk.type("a 1042"))[-1].startswith("Next, item 1: 2 Oolong tea 600 ml, shelf A-03")


async def test_a_refusal_says_why_and_what_leads_on() -> None:
    async with talking(FIRST_BELL) as talk:
        talk.desk.refuse("accept", IllegalMove(Stage.OUT, Stage.PREPARING))
        answer = await talk.type("a 1042")
        assert answer[0] == "Order 1042 is “on the way”: this cannot be done now."
        assert answer[-1] == "Next: accept, type a."


async def test_who_was_first_is_told() -> None:
    async with talking(BUSY) as talk:
        talk.desk.refuse("accept", Conflict("late", found="preparing"))
        assert (await talk.type("a 1042"))[0].startswith("Order 1042: someone else was first.")


async def test_past_the_cap_a_manager_gives_name_pin_and_reason() -> None:
    async with talking(FIRST_BELL, echo=True) as talk:
        talk.desk.refuse("accept", OverCap("full", found="51", allowed="50"))
        answer = await talk.type("a 1042", "Lin", "1234", "fair")
        assert talk.asked[-1] == ("accept_past_cap", "1042", Permission(manager="Lin", reason="fair", pin="1234"))
        assert "1234" not in "".join(answer)


async def test_past_the_cap_a_wrong_pin_is_asked_for_again_and_enter_leaves() -> None:
    async with talking(FIRST_BELL) as talk:
        talk.desk.refuse("accept", OverCap("full", found="51", allowed="50"))
        talk.desk.refuse("accept_past_cap", NotAManager("no"))
        answer = await talk.type("a 1042", "Lin", "9", "fair", "")
        assert answer.count("Manager's name? Lin.") == 2
        assert answer[-1] == "Nothing was done."


async def test_reject_asks_for_the_reason_and_enter_alone_goes_back() -> None:
    async with talking(FIRST_BELL) as talk:
        answer = await talk.type("r 1042", "")
        assert answer[0] == "1: out of stock."
        assert answer[-1] == "Nothing was done."
        assert not talk.asked


async def test_reject_sends_the_reason_by_number_or_in_own_words() -> None:
    assert await asked(FIRST_BELL, "r 1042", "1") == [("reject", "1042", "out of stock")]
    assert await asked(FIRST_BELL, "r 1042", "no tea left", "yes") == [("reject", "1042", "no tea left")]


async def test_own_words_are_asked_about_once_more() -> None:
    async with talking(FIRST_BELL) as talk:
        answer = await talk.type("r 1042", "no tea left", "")
        assert "Reason: no tea left. Yes or no?" in answer
        assert not talk.asked


SOLD_OUT = samples.shop((samples.order("1042", lines=(samples.item("Tea", 1, sku="TEA"),)), samples.order("K-1043")))


@pytest.mark.parametrize("line", ["TEA", "1042", "#1042", "K-1043", "4710018000231", "X99", "a", "accept K-1043"])
async def test_a_scanned_code_or_a_command_is_no_reason(line: str) -> None:
    async with talking(SOLD_OUT) as talk:
        answer = await talk.type("r 1042", line)
        assert any(words.startswith(f"“{line}” is") and "not a reason" in words for words in answer)
        assert await talk.type(line, "yes")
        assert not talk.asked


@pytest.mark.parametrize("line", ["language es", "accept", "n", "acc K-1043", "t", "show"])
async def test_a_command_at_the_question_is_said_to_be_one(line: str) -> None:
    async with talking(SOLD_OUT) as talk:
        assert f"“{line}” is a command, not a reason." in await talk.type("r 1042", line)


async def test_behind_a_mistake_the_reason_may_still_be_said() -> None:
    assert await asked(SOLD_OUT, "r 1042", "TEA", "1") == [("reject", "1042", "out of stock")]


@pytest.mark.parametrize("words", ["a driver is missing", "next delivery too late", "2 of 3 broken", "賣完了"])
async def test_words_that_begin_like_a_command_may_be_a_reason(words: str) -> None:
    assert await asked(SOLD_OUT, "r 1042", words, "yes") == [("reject", "1042", words)]


async def test_a_reason_typed_behind_the_order_is_asked_about_once() -> None:
    assert await asked(FIRST_BELL, "reject 1042 no tea", "yes") == [("reject", "1042", "no tea")]
    assert await asked(FIRST_BELL, "reject 1042 no tea", "") == []


async def test_the_shop_s_own_reasons_are_offered() -> None:
    asks = await asked(FIRST_BELL, "r 1042", "1", reject_reasons=("typhoon",))
    assert asks == [("reject", "1042", "typhoon")]


async def test_an_accepted_order_is_not_rejected_without_asking_first() -> None:
    async with talking(PICKING) as talk:
        assert "preparing" in (await talk.type("r 1040"))[0]
        assert not talk.asked


async def test_g_stops_the_bell_for_the_ringing_order() -> None:
    async with talking(BUSY) as talk:
        answer = await talk.type("g")
        assert talk.asked == [("see", "1042")]
        assert answer[0] == "You have it, order 1042, the bell stops."


async def test_changes_are_read_and_said_when_there_are_none() -> None:
    assert await asked(TROUBLE, "c 1031") == [("see_changes", "1031")]
    assert await said(PICKING, "c 1040") == ["Nothing was changed, order 1040."]


async def test_an_accident_gets_a_mark_and_the_program_lives() -> None:
    async with talking(FIRST_BELL) as talk:
        talk.desk.refuse("accept", RuntimeError("boom"))
        assert (await talk.type("a 1042"))[0].startswith("Something failed here. Noted as E-")
        await talk.type("g")
        assert ("see", "1042") in talk.asked


async def test_nothing_that_arrives_changes_which_order_is_meant() -> None:
    async with talking(PICKING) as talk:
        await talk.type("1041")
        await talk.tell(BUSY.board)
        await talk.type("d")
        assert talk.asked == [("ready", "1041", 1)]


async def test_with_no_orders_next_says_so() -> None:
    assert await said(EMPTY, "n") == ["Nothing needs your hand."]


async def test_an_order_that_no_rule_lets_in_is_to_be_rejected() -> None:
    heavy = samples.shop((samples.order("1", lines=(samples.item("water", 12, weight_g=2000),)),))
    answer = await said(heavy, "1")
    assert any(line.startswith("May I accept? No. 24 of 20 kg; 12 of 10 items.") for line in answer)
    assert answer[-1] == "Next: reject, type r."


async def test_got_it_on_an_order_that_somebody_has_says_who() -> None:
    async with talking(samples.shop((samples.order("1", **samples.SEEN),))) as talk:
        assert await talk.type("g 1") == ["Order 1 does not ring: Mei has it."]
        assert not talk.asked
