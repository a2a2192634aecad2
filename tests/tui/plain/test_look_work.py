"""Looking, finding, care, sound, help and leaving."""

from dataclasses import replace

import pytest

from core.board.lamps import SoundLamp
from core.domain.delivery import DeliveryState
from core.domain.problem import ProblemKind
from core.domain.sound_check import SoundCheck
from tests import samples
from tests.samples import AT_THE_DOOR, BUSY, CALM, COURIERS, EMPTY, FIRST_BELL, PICKING, TROUBLE
from tests.tui.plain.talk import asked, said, talking


async def test_list_tells_what_needs_a_hand_in_the_board_s_order() -> None:
    answer = await said(BUSY, "list")
    assert answer[0] == "8 orders need your hand, 14 open, 1 problem."
    wanted = [line.number for line in BUSY.board.queue if line.needs_hand]
    assert [line.split(":")[0].split()[1] for line in answer[1:]] == wanted


async def test_a_line_says_what_to_do_until_when_and_for_whom() -> None:
    answer = await said(BUSY, "list")
    assert answer[1] == "Order 1042: accept, within 3 minutes 12, Ms Chen, 4 items, it rings, with a note."


async def test_list_all_and_a_lane_alone() -> None:
    assert len(await said(BUSY, "list all")) == 1 + len(BUSY.board.queue)
    assert [line[:11] for line in (await said(BUSY, "list out"))[1:]] == ["Order 1029:"]


async def test_a_long_list_is_said_a_page_at_a_time() -> None:
    answer = await said(samples.many(50), "list all")
    assert len(answer) == 22
    assert answer[-1] == "30 more: type list all 21."
    assert len(await said(samples.many(50), "list all 41")) == 11


async def test_the_number_alone_goes_to_an_order() -> None:
    answer = await said(FIRST_BELL, "1042")
    assert answer[1:3] == ["Allergens: peanuts.", "Note: Please ring twice, the bell is broken."]
    assert answer[3].startswith("May I accept? Yes. Payment: paid; 14:32, open 09:00 to 21:00; 1.76 of 20 kg;")
    assert answer[-1] == "Next: accept, type a."


async def test_an_order_called_like_a_page_s_key_comes_first() -> None:
    assert (await said(samples.shop((samples.order("3"),)), "3"))[0].startswith("Order 3: accept")


async def test_enter_alone_says_where_one_is() -> None:
    assert await said(BUSY, "") == ["8 orders need your hand, 14 open, 1 problem.", "Type next to go to order 1042."]
    assert (await said(BUSY, "1040", ""))[-2:][0].startswith("Order 1040: pick, to be ready in 6 minutes 10")


async def test_next_goes_to_what_needs_a_hand_most() -> None:
    assert (await said(AT_THE_DOOR, "n"))[0].startswith("Order 1035: hand over")
    assert await said(CALM, "n") == ["Nothing needs your hand.", "1 driver under way, type drivers."]


async def test_show_tells_everything() -> None:
    answer = "\n".join(await said(AT_THE_DOOR, "show 1035"))
    for words in ("Item 1: 2 Oolong tea 600 ml, shelf A-03", "Waybill 7F2K-88, PIN 4471, 2 parcels", "Driver Lin"):
        assert words in answer
    assert "14:29, packed, parcels: 2, Mei." in answer


async def test_history_is_told_newest_first() -> None:
    answer = await said(AT_THE_DOOR, "history 1035")
    assert [line[:5] for line in answer] == ["14:29", "14:24", "14:23", "14:22", "14:22"]


async def test_an_unknown_order_is_said() -> None:
    assert await said(BUSY, "show 4711") == ["No order is called 4711. Nothing was done."]


async def test_find_goes_to_the_order_or_asks_which() -> None:
    async with talking(BUSY) as talk:
        talk.desk.found["chen"] = ["1042"]
        assert (await talk.type("/chen"))[0].startswith("Order 1042")
        talk.desk.found["mr"] = ["1043", "1038"]
        assert (await talk.type("find mr", "2"))[-2].startswith("Order 1038")
        assert (await talk.type("find", "nobody"))[-1] == "Nothing is called “nobody”."


async def test_two_orders_of_one_number_are_asked_about() -> None:
    twice = samples.shop((samples.order("5"), replace(samples.order("6"), purchase=samples.order("5").purchase)))
    async with talking(twice) as talk:
        assert (await talk.type("5"))[-1].startswith("Several fit: which one?")
        await talk.type("2", "a")
        assert talk.asked == [("accept", "6")]


async def test_an_order_that_has_ended_is_found_by_its_number() -> None:
    async with talking(EMPTY) as talk:
        talk.desk.sheets |= samples.shop((samples.out("900"),)).sheets
        talk.desk.found["900"] = ["900"]
        assert (await talk.type("show 900"))[0].startswith("Order 900: on the way")


async def test_drivers_and_problems_are_told_with_what_to_do() -> None:
    assert (await said(BUSY, "drivers"))[0].startswith("Order 1035, driver at the door, for 2 minutes")
    problems = await said(TROUBLE, "problems")
    assert problems[0].startswith("Problem 1, order 1033, no driver for long, 4 minutes ago. Recall and call")
    assert await said(EMPTY, "problems") == ["Nothing is wrong."]
    assert await said(EMPTY, "drivers") == ["No driver is under way."]


async def test_the_load_is_told_against_the_cap() -> None:
    assert (await said(BUSY, "load"))[0] == "This hour 37 of 50 orders."
    assert (await said(TROUBLE, "4"))[1].startswith("Full, next free")


async def test_trouble_offers_what_the_screen_offers() -> None:
    async with talking(TROUBLE) as talk:
        answer = await talk.type("f8 1031", "3")
        assert answer[1:5] == [
            "1: Ship: the courier looks for a driver.",
            "2: Who pays, what to say, what can be done; call it off.",
            "3: Call a driver of pandago.",
            "4: It is dealt with.",
        ]
        assert talk.asked == [("ship", "1031", "pandago")]


async def test_a_problem_is_closed_with_a_result() -> None:
    assert await asked(TROUBLE, "trouble 1033", "4", "1") == [("close_problem", "p1033", "customer told")]
    assert await asked(TROUBLE, "trouble 1033", "4", "") == []
    assert await asked(TROUBLE, "trouble 2", "4", "all well", "yes") == [("close_problem", "p1027", "all well")]


async def test_a_choice_that_is_a_key_is_that_key() -> None:
    assert await asked(TROUBLE, "trouble 1033", "1", "yes") == [("recall", "1033")]


async def test_how_a_lost_way_ended_is_said_by_a_person() -> None:
    lost = samples.shop(
        (samples.out("3"),),
        deliveries=(samples.delivery("3", DeliveryState.FAILED, 9),),
        problems=(samples.problem("3", ProblemKind.DELIVERY_FAILED),),
    )
    assert await asked(lost, "trouble", "1") == [("settle", "3", False)]
    assert await asked(lost, "settle 3", "2") == [("settle", "3", True)]


async def test_the_bell_is_checked_by_counting_beeps() -> None:
    async with talking(EMPTY) as talk:
        await talk.type("o")
        assert talk.alerts.asked == [("check_sound",)]
        talk.alerts.lamp = SoundLamp(question=SoundCheck(played=3, backend="system", at=samples.NOW))
        assert await talk.type("sound 3") == ["Right: the bell is heard."]
        assert await talk.type("sound 2") == ["No beeps were played. Type sound, then count."]


async def test_beeps_counted_wrong_are_said_to_be() -> None:
    async with talking(EMPTY) as talk:
        talk.alerts.lamp = SoundLamp(question=SoundCheck(played=3, backend="system", at=samples.NOW))
        assert (await talk.type("o", "2"))[-1].startswith("2 heard, 3 played: the bell is not heard")


async def test_z_mutes_for_a_while_and_again_lifts_it() -> None:
    async with talking(EMPTY) as talk:
        assert (await talk.type("z", "2"))[-1] == "MUTED until 14:47 Mei."
        assert await talk.type("z") == ["The bell rings again."]
        await talk.type("mute 30")
        assert talk.alerts.asked == [("mute", 15), ("unmute",), ("mute", 30)]


async def test_a_number_nobody_means_is_no_accident() -> None:
    for line in ("mute 99999999999999999999", "k 1040 99999999999999999999"):
        assert (await said(PICKING, line))[-1].startswith("A number from 1 to")


async def test_status_tells_the_bell_and_each_lamp() -> None:
    answer = await said(TROUBLE, "status")
    assert answer[0] == "NO SOUND: no sound device."
    assert "Courier uber, broken, keys refused, heard 7 seconds ago." in answer


async def test_help_is_short_and_one_command_or_all_are_told_on_request() -> None:
    assert len(await said(EMPTY, "help")) < 12
    assert (await said(EMPTY, "help ship"))[0].startswith("Ship or s.")
    assert len(await said(EMPTY, "help all")) > 30


async def test_the_last_answer_is_said_again() -> None:
    answer = await said(BUSY, "drivers", "again")
    assert answer[: len(answer) // 2] == answer[len(answer) // 2 :]


async def test_the_language_changes_in_mid_shift() -> None:
    answer = await said(BUSY, "language zh-Hant", "list")
    assert answer[0] == "繁體中文。"
    assert "1042" in answer[2]
    assert "accept" not in answer[2]


async def test_quit_asks_and_stays_unless_yes_is_said() -> None:
    async with talking(EMPTY) as talk:
        await talk.type("q", "")
        assert (await talk.type("n"))[0] == "Nothing needs your hand."
        talk.console.take("q\nyes\n")
        await talk.until(lambda: talk.lines[-1] == "Goodbye.")


@pytest.mark.parametrize("key", ["\x04", "\x03"])
async def test_ctrl_d_and_ctrl_c_end_politely(key: str) -> None:
    async with talking(EMPTY) as talk:
        talk.console.take(key)
        await talk.until(lambda: talk.lines[-1] == "Goodbye.")


async def test_escape_leaves_a_question_and_the_order() -> None:
    async with talking(PICKING) as talk:
        await talk.type("1040")
        talk.console.take("x\n\x1b")
        talk.console.quiet()
        await talk.until(lambda: talk.lines[-1] == "Nothing was done.")
        assert not talk.asked


async def test_couriers_tells_all_that_is_known_of_each() -> None:
    answer = await said(COURIERS, "couriers")
    assert answer[0] == "Courier uber, ok."
    assert "Courier pandago, broken, keys refused." in answer
    assert "Call the office: the keys in the config are refused." in answer
    assert "Courier lalamove, careful, no answer, next try in 3 s." in answer
    assert "Rate limit: it asked for a pause until 14:33:32." in answer


async def test_couriers_says_when_there_are_none() -> None:
    nobody = replace(CALM, board=replace(CALM.board, lamps=CALM.board.lamps[:2]))
    assert await said(nobody, "couriers") == ["No courier is known yet."]
