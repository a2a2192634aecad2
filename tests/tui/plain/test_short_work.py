"""A partial shipment, typed: item by item, what to say, the yes by name, a last look."""

from core.domain.money import Money
from core.domain.short import Short
from core.domain.swap import Swap
from tests import samples
from tests.tui.plain.talk import asked, said, talking

PICKING = samples.PICKING
SHORTS = samples.SHOPS["shorts"]
TEA, CRACKER, GIFT = samples.TEA.id, samples.CRACKER.id, samples.GIFT.id


async def test_a_partial_shipment_asks_item_by_item_and_once_more() -> None:
    short = Short(goes={TEA: 1, CRACKER: 1, GIFT: 0}, is_asked=True)
    assert await asked(PICKING, "p 1040", "1", "", "0", "yes", "yes") == [("ship_short", "1040", short)]
    assert await asked(PICKING, "p 1040", "1", "", "0", "yes", "") == []


async def test_something_else_is_named_by_its_sku_and_a_part_of_the_fee_goes_back() -> None:
    typed = ("p 1041", "1", "TEA-GRN", "0", "", "1", "yes", "1", "yes")
    ((_, _, short),) = await asked(SHORTS, *typed)
    assert isinstance(short, Short)
    assert (short.swaps, short.is_asked) == ((Swap(line_id=TEA, sku="TEA-GRN", quantity=1),), True)
    assert short.fee == Money(2_200, "TWD")


async def test_the_allergy_is_said_and_without_a_yes_nothing_goes() -> None:
    async with talking(SHORTS) as talk:
        await talk.type("p 1041", "1", "TEA-GRN", "0", "", "1", "no", "")
        said_so = "\n".join(talk.lines)
        assert "Allergy: peanuts" in said_so
        assert "Ask the customer first" in said_so
        assert not talk.asked


async def test_escape_in_the_middle_of_a_partial_shipment_ships_nothing() -> None:
    for way_out in ("\x1b", "\x03", "back\n"):
        async with talking(PICKING) as talk:
            await talk.type("p 1040", "1")
            talk.console.take(way_out)
            talk.console.quiet()
            await talk.until(lambda talk=talk: talk.lines[-1] == "Nothing was done.")
            assert not talk.asked


async def test_nothing_at_all_is_called_a_cancel() -> None:
    answer = await said(PICKING, "p 1040", "0", "0", "0")
    assert "Cancel it" in answer[-1]


async def test_a_second_time_offers_return_and_refund_alone() -> None:
    shop = samples.shop((samples.sample_shorts.DONE,))
    answer = await said(shop, "p 1040")
    assert "shipped short once already" in answer[0]
    given = await asked(shop, "p 1040", "yes", "1", "0", "1")
    assert given == [("refund", "1040", None, "came back to the store", {TEA: 1})]
