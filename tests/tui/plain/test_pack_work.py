"""Picking, checking and closing the bag: typed and scanned."""

from core.domain.refusal import PackingIncomplete, UnknownLine
from tests import samples
from tests.samples import BUSY, FIRST_BELL, PICKING
from tests.tui.plain.talk import asked, said, talking

TEA, CRACKER, GIFT = samples.TEA.id, samples.CRACKER.id, samples.GIFT.id


async def test_tick_puts_the_next_item_into_the_bag() -> None:
    assert await asked(PICKING, "1040", "tick") == [("pick", "1040", GIFT, 1)]


async def test_the_space_bar_and_enter_tick_too() -> None:
    assert await asked(PICKING, "1040", " ") == [("pick", "1040", GIFT, 1)]


async def test_items_are_ticked_by_place_and_again_takes_them_back() -> None:
    assert await asked(PICKING, "1040", "tick 3 2") == [("pick", "1040", GIFT, 1), ("pick", "1040", CRACKER, 0)]


async def test_an_order_may_be_named_before_the_item() -> None:
    assert await asked(PICKING, "tick 1041 1") == [("pick", "1041", TEA, 2)]


async def test_items_and_checks_are_known_by_code_and_name() -> None:
    asks = await asked(PICKING, "1041", "tick 4710018000231", "tick quality")
    assert asks == [("pick", "1041", TEA, 2), ("tick", "1041", "quality", True)]


async def test_an_item_that_is_not_there_is_said() -> None:
    answer = await said(PICKING, "1040", "tick 9")
    assert answer[-1] == "9 is no item of order 1040: it has items 1 to 3."


async def test_before_accept_it_says_why_not() -> None:
    answer = await said(FIRST_BELL, "1042", "tick")
    assert answer[-2:] == ["Order 1042 is “new”: this cannot be done now.", "Next: accept, type a."]


async def test_plus_and_minus_count_pieces() -> None:
    asks = await asked(PICKING, "1041", "+", "+2", "- 1")
    assert asks == [("pick", "1041", TEA, 1), ("pick", "1041", CRACKER, 1), ("pick", "1041", TEA, -1)]


async def test_a_number_of_pieces_is_typed_or_asked_for() -> None:
    assert await asked(PICKING, "1041", "= 1 2") == [("pick", "1041", TEA, 2)]
    assert await asked(PICKING, "1041", "= 2") == [("pick", "1041", TEA, 2)]
    assert await asked(PICKING, "1041", "=", "1") == [("pick", "1041", TEA, 1)]


async def test_a_scanned_item_is_one_piece_more() -> None:
    assert await asked(PICKING, "1041", "4710018000231") == [("scan", "1041", "4710018000231")]


async def test_a_code_that_is_no_item_says_so_and_asks_whether_it_is_the_right_bag() -> None:
    async with talking(PICKING) as talk:
        answer = await talk.type("1041", "4710000000000")
        assert answer[-1] == "“4710000000000” is no item of order 1041. Is it the right bag?"
        assert not talk.asked


async def test_a_refused_scan_says_why() -> None:
    async with talking(PICKING) as talk:
        talk.desk.refuse("scan", UnknownLine("no", found="4710018000231"))
        assert "is no item of order 1041" in (await talk.type("1041", "4710018000231"))[-1]


async def test_the_number_of_another_order_goes_there_and_ticks_nothing() -> None:
    async with talking(PICKING) as talk:
        answer = await talk.type("1041", "1040")
        assert answer[-2].startswith("Order 1040: pick")
        assert not talk.asked


async def test_t_makes_all_checks_when_all_is_in_the_bag() -> None:
    shop = samples.shop((samples.preparing("1", lines=(samples.item("x", 1, 1),)),))
    assert [call[2] for call in await asked(shop, "1", "t 1")] == ["quantity", "quality", "packaging", "size"]


async def test_t_says_which_item_comes_first() -> None:
    answer = await said(PICKING, "1040", "t")
    assert answer[-2:] == ["First the items: not all are in the bag.", "Item 3: 1 Gift cup, gift."]


async def test_d_closes_the_bag() -> None:
    assert await asked(PICKING, "d 1040") == [("ready", "1040", 1)]


async def test_an_open_list_is_closed_only_with_a_reason() -> None:
    for typed, last in (
        ("1", ("ready_all_the_same", "1040", 1, "agreed with the customer")),
        ("", ("ready", "1040", 1)),
    ):
        async with talking(PICKING) as talk:
            talk.desk.refuse("ready", PackingIncomplete("open", found="0/1 Gift cup, size", allowed="all ticked"))
            await talk.type("d 1040", typed)
            assert talk.asked[-1] == last


async def test_a_command_or_a_scan_never_closes_an_open_bag() -> None:
    for typed in ("language es", "4710018000231", "t", "1041"):
        async with talking(PICKING) as talk:
            talk.desk.refuse("ready", PackingIncomplete("open", found="0/1 Gift cup, size", allowed="all ticked"))
            await talk.type("d 1040", typed, typed)
            assert talk.asked == [("ready", "1040", 1)]


async def test_parcels_are_typed_or_asked_for() -> None:
    assert await asked(PICKING, "k 1040 3") == [("ready", "1040", 3)]
    assert await asked(PICKING, "k 1040", "") == [("ready", "1040", 2)]
    assert await asked(PICKING, "k 1040", "many", "0") == []


async def test_b_takes_it_back_to_the_table() -> None:
    assert await asked(samples.shop((samples.ready("7"),)), "b 7") == [("reopen", "7")]


async def test_what_was_ticked_is_said_with_the_next_item() -> None:
    answer = await said(BUSY, "1041", "tick")
    assert answer[-2] == "Oolong tea 600 ml, none in the bag."  # the double's sheet stands still
    assert answer[-1].startswith("Next, item 1: 2 Oolong tea")
