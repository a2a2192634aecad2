"""Goods that come back, proofs, and PINs past their tries: typed."""

from dataclasses import replace

from core.domain.goods_back import GoodsBack, LineBack, Onward
from core.domain.handover import Handover, PinAt
from core.domain.ids import StaffId
from core.domain.refusal import TooManyPins
from core.domain.staff import Permission
from tests import samples
from tests.sample_returns import FOLDER, PHONE
from tests.samples import SHOPS
from tests.tui.plain.talk import asked, said, talking

RETURNS = SHOPS["returns"]
TEA, CRACKER = samples.TEA.id, samples.CRACKER.id


async def test_enter_alone_is_everything_back_and_sound() -> None:
    whole = GoodsBack(parcels=2, lines={TEA: LineBack(2), CRACKER: LineBack(1)})
    assert await asked(RETURNS, "receive 1027", "", "", "", "", "", "", "1") == [("receive", "1027", whole)]


async def test_each_item_is_asked_for_and_then_how_many_are_damaged() -> None:
    found = GoodsBack(parcels=1, lines={TEA: LineBack(1, 1), CRACKER: LineBack(0)}, note="wet box")
    assert await asked(RETURNS, "i 1027", "1", "2", "1", "0", "wet box", "1") == [("receive", "1027", found)]


async def test_more_than_left_is_asked_again() -> None:
    async with talking(RETURNS) as talk:
        answers = await talk.type("receive 1027", "3")
        assert "A number from 0 to 2, please." in answers


async def test_back_leaves_and_nothing_is_received() -> None:
    assert await asked(RETURNS, "receive 1027", "2", "back") == []


async def test_what_becomes_of_the_money_is_asked() -> None:
    async with talking(RETURNS) as talk:
        answers = await talk.type("receive 1027", "", "", "", "", "", "", "3")
        assert "2: NT$1,240 goes back, the way too." in answers
        assert talk.asked[0][2].onward is Onward.LATER


async def test_without_a_number_it_is_what_comes_back() -> None:
    async with talking(RETURNS) as talk:
        assert (await talk.type("receive"))[0].startswith("Goods of order 1027 are back")


async def test_what_did_not_leave_is_not_received() -> None:
    async with talking(RETURNS) as talk:
        assert "No goods of order 1035 are to be received" in " ".join(await talk.type("receive 1035"))
        assert talk.asked == []


async def test_nothing_comes_back_on_a_good_day() -> None:
    assert await said(SHOPS["busy"], "receive") == ["No goods are coming back."]


async def test_the_problem_leads_to_the_count() -> None:
    assert await asked(RETURNS, "trouble 1027", "1", "", "", "", "", "", "", "1") == [
        ("receive", "1027", GoodsBack(parcels=2, lines={TEA: LineBack(2), CRACKER: LineBack(1)}))
    ]


async def test_where_a_picture_is_kept_is_read_out() -> None:
    answer = " ".join(await said(RETURNS, "proof 1024"))
    assert "proof of delivery: picture kept 14:30 (88 kB)".casefold() in answer.casefold()
    assert f"{FOLDER}/proofs/2026/11/1024-dropoff-picture.jpg" in answer
    assert "what came is no picture" in answer


async def test_an_order_without_proofs_says_so() -> None:
    assert await said(RETURNS, "proof 1035") == ["No proof is kept or asked for."]


async def test_the_driver_can_be_told_the_stores_phone() -> None:
    answer = await said(RETURNS, "h 1035")
    assert any(PHONE in line for line in answer)
    assert any("4471" in line for line in answer)


async def test_a_pin_the_driver_has_to_say_is_not_read_out() -> None:
    sheets = RETURNS.sheets | {"1035": replace(RETURNS.sheets["1035"], pin_at=PinAt.PICKUP)}
    async with talking(replace(RETURNS, sheets=sheets)) as talk:
        answer = await talk.type("h 1035", "7F2K-88", "2", "4471")
        assert "4471" not in " ".join(answer[:4])
        assert talk.asked == [("hand_over", "1035", Handover(waybill="7F2K-88", parcels=2, pin="4471"))]


async def test_after_too_many_wrong_pins_a_manager_is_asked() -> None:
    async with talking(RETURNS) as talk:
        talk.desk.refuse("hand_over", TooManyPins("no", found="3", allowed="2"))
        answer = await talk.type("h 1035", "7F2K-88", "2", "1")
        assert any("Only a manager may let it go" in line for line in answer)
        del talk.desk.refusals["hand_over"]
        await talk.type("Lin", "8", "phoned the courier", "yes")
        word = Permission(manager=StaffId("Lin"), pin="8", reason="phoned the courier")
        given = Handover(waybill="7F2K-88", parcels=2, pin="1", permission=word)
        assert talk.asked[-1] == ("hand_over", "1035", given)


async def test_the_couriers_own_number_opens_the_hand_over() -> None:
    async with talking(RETURNS) as talk:
        job = RETURNS.sheets["1035"].delivery
        assert job is not None
        ref = f"job-{job.ref}"
        sheet = replace(RETURNS.sheets["1035"], deliveries=(replace(job, ref=ref),))
        talk.desk.sheets["1035"] = sheet
        talk.desk.found[ref] = (sheet.order.id,)
        assert (await talk.type(ref))[0].startswith("Hand over order 1035")
