"""What holds for telling any shop system, over the simulated ones."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
import stamina

from adapters import registry
from adapters.simulators.shop import KINDS
from core.domain.payment import Payment
from core.domain.shop_call import ShopAbility, ShopCall
from core.ports.shop import NO_LOOKUP, NO_SUCH_ORDER, UNABLE, ShopDown, ShopLockedOut, ShopRefused
from tests.adapters.shops.town import TOTAL, TRACKING, UNKNOWN, Town, opened
from tests.core.fakes import FakeClock

EVERY = tuple(ShopAbility)


@pytest.fixture(autouse=True)
def no_pauses() -> Iterator[None]:
    with stamina.set_testing(True, attempts=2, cap=True):
        yield


def a_call(town: Town, ability: ShopAbility) -> ShopCall:
    """One that can be done, however the order must stand for it."""
    return town.refund(3_333) if ability is ShopAbility.REFUND else town.call(ability)


async def ready_for(town: Town, ability: ShopAbility) -> None:
    if ability is ShopAbility.RETURN and ability in town.desk.abilities:
        await town.desk.tell(town.call(ShopAbility.SHIPPED))


@pytest.mark.parametrize("ability", EVERY)
async def test_what_it_can_be_told_it_does_and_the_rest_it_refuses_unasked(town: Town, ability: ShopAbility) -> None:
    await ready_for(town, ability)
    before = town.facts
    if ability in town.desk.abilities:
        assert isinstance(await town.desk.tell(a_call(town, ability)), str)
        assert town.facts != before
    else:
        with pytest.raises(ShopRefused) as refusal:
            await town.desk.tell(a_call(town, ability))
        assert refusal.value.code == UNABLE
        assert town.facts == before


@pytest.mark.parametrize("ability", EVERY)
async def test_the_same_call_told_again_does_nothing_more(town: Town, ability: ShopAbility) -> None:
    if ability not in town.desk.abilities:
        return
    await ready_for(town, ability)
    call = a_call(town, ability)
    reference = await town.desk.tell(call)
    once = town.facts
    assert await town.desk.tell(call) == reference
    assert town.facts == once


@pytest.mark.parametrize("ability", EVERY)
async def test_an_answer_lost_after_the_deed_is_found_by_telling_again(town: Town, ability: ShopAbility) -> None:
    if ability not in town.desk.abilities:
        return
    await ready_for(town, ability)
    call, before = a_call(town, ability), town.facts
    town.trouble(503, fail_on=CHANGING[town.kind][ability], fail_times=2, fail_after=True)
    with pytest.raises(ShopDown) as down:
        await town.desk.tell(call)
    assert down.value.may_have_happened
    took = town.facts
    town.trouble("", fail_on="any")
    await town.desk.tell(call)
    done = town.facts
    assert took != before
    assert done == took or (town.kind, ability) == ("cyberbiz", ShopAbility.RETURN)  # that is told in several steps
    await town.desk.tell(call)
    assert town.facts == done
    assert max(done["accepted"], done["ready"], done["shipments"], len(done["refunds"])) == 1 or done["cancelled"]


@pytest.mark.parametrize("ability", EVERY)
async def test_finding_knows_what_was_done_and_what_was_not(town: Town, ability: ShopAbility) -> None:
    if ability not in town.desk.abilities:
        return
    await ready_for(town, ability)
    call = a_call(town, ability)
    if town.kind == "standard":
        with pytest.raises(ShopDown) as down:
            await town.desk.find(call)
        assert down.value.code == NO_LOOKUP
        return
    assert await town.desk.find(call) is None
    reference = await town.desk.tell(call)
    assert await town.desk.find(call) in (reference, "")


async def test_a_cancelled_order_comes_round_as_cancelled(town: Town) -> None:
    await town.desk.tell(town.call(ShopAbility.CANCEL, restock=True))
    assert town.facts["cancelled"]
    assert town.purchase.is_cancelled
    assert town.purchase.total.minor == TOTAL


async def test_what_has_gone_cannot_be_cancelled(town: Town) -> None:
    await town.desk.tell(town.call(ShopAbility.SHIPPED))
    with pytest.raises(ShopRefused):
        await town.desk.tell(town.call(ShopAbility.CANCEL))
    assert not town.facts["cancelled"]


async def test_a_whole_order_goes_and_comes_round_as_gone(town: Town) -> None:
    await town.desk.tell(town.call(ShopAbility.SHIPPED, tracking=TRACKING))
    assert town.facts["sent"] == {1: 3, 2: 2}
    if town.kind != "standard":  # a sender of standard orders need not tell what we told it
        assert town.purchase.is_fulfilled


async def test_only_some_lines_go(town: Town) -> None:
    await town.desk.tell(town.call(ShopAbility.SHIPPED, 3, 0))
    assert town.facts["sent"] == {1: 3}


async def test_an_unknown_line_is_refused_and_nothing_goes(town: Town) -> None:
    strange = replace(town.call(ShopAbility.SHIPPED, 1), lines=((UNKNOWN, 1),))
    with pytest.raises(ShopRefused):
        await town.desk.tell(strange)
    assert town.facts["sent"] == {}


@pytest.mark.parametrize("ability", EVERY)
async def test_an_order_they_do_not_know_is_refused(town: Town, ability: ShopAbility) -> None:
    if ability not in town.desk.abilities:
        return
    strange = replace(a_call(town, ability), channel_order_id="404404")
    with pytest.raises(ShopRefused) as refusal:
        await town.desk.tell(strange)
    assert refusal.value.code in (NO_SUCH_ORDER, "not_found")


async def test_a_part_of_the_money_goes_back_and_comes_round(town: Town) -> None:
    if ShopAbility.REFUND not in town.desk.abilities:
        return
    await town.desk.tell(town.refund(33_33))
    assert town.facts["refunded"] == 33_33
    assert town.purchase.payment is Payment.PART_REFUNDED
    assert town.purchase.total.minor == TOTAL


async def test_two_refunds_are_two_and_the_last_makes_it_whole(town: Town) -> None:
    if ShopAbility.REFUND not in town.desk.abilities:
        return
    await town.desk.tell(town.refund(100_01))
    await town.desk.tell(town.refund(TOTAL - 100_01))
    assert [refund["cents"] for refund in town.facts["refunds"]] == [100_01, TOTAL - 100_01]
    assert town.purchase.payment is Payment.REFUNDED


async def test_never_more_goes_back_than_was_paid(town: Town) -> None:
    if ShopAbility.REFUND not in town.desk.abilities:
        return
    await town.desk.tell(town.refund(200_00))
    with pytest.raises(ShopRefused):
        await town.desk.tell(town.refund(TOTAL - 200_00 + 1))
    assert town.facts["refunded"] == 200_00


async def test_a_refund_can_be_for_pieces_and_leaves_the_order_as_it_was_bought(town: Town) -> None:
    if ShopAbility.REFUND not in town.desk.abilities:
        return
    bought = town.purchase.lines
    await town.desk.tell(town.refund(39_00, 1, restock=True))
    assert town.facts["refunds"][0]["pieces"] == {1: 1}
    assert [(line.id, line.quantity) for line in town.purchase.lines] == [(line.id, line.quantity) for line in bought]


async def test_money_goes_back_after_a_cancelled_order_too(town: Town) -> None:
    if ShopAbility.REFUND not in town.desk.abilities:
        return
    await town.desk.tell(town.call(ShopAbility.CANCEL, restock=True))
    await town.desk.tell(town.refund(TOTAL))
    assert town.facts["refunded"] == TOTAL
    assert (town.purchase.payment, town.purchase.is_cancelled) == (Payment.REFUNDED, True)


async def test_goods_come_back(town: Town) -> None:
    await town.desk.tell(town.call(ShopAbility.SHIPPED))
    await town.desk.tell(town.call(ShopAbility.RETURN, restock=True))
    assert town.facts["return"] == "returned" or town.facts["refunds"][0]["pieces"] == {1: 3, 2: 2}


async def test_a_refused_key_locks_us_out(town: Town) -> None:
    desk = registry.shop_desk("web", town.section | BAD[town.kind], clock=town.clock)
    assert desk is not None
    for telling in (desk.tell(town.call(ShopAbility.CANCEL)), desk.ping()):
        with pytest.raises(ShopLockedOut):
            await telling
    await desk.close()
    assert not town.facts["cancelled"]


async def test_too_many_calls_ask_for_patience_and_did_nothing(town: Town) -> None:
    town.trouble(429, fail_times=None, retry_after=7)
    with pytest.raises(ShopDown) as down:
        await town.desk.tell(town.call(ShopAbility.CANCEL))
    assert down.value.retry_after
    assert not town.facts["cancelled"]


async def test_silence_is_no_refusal(town: Town) -> None:
    keys = {"base_url": "http://127.0.0.1:9", "callback_url": "http://127.0.0.1:9/"}
    section = town.section | {key: keys[key] for key in keys if key in town.section}
    desk = registry.shop_desk("web", section, clock=town.clock)
    assert desk is not None
    with pytest.raises(ShopDown):
        await desk.tell(town.call(ShopAbility.CANCEL))
    await desk.close()


async def test_a_ping_changes_nothing(town: Town) -> None:
    before = town.facts
    assert isinstance(await town.desk.ping(), str)
    assert town.facts == before


@pytest.mark.parametrize("kind", KINDS)
async def test_a_shop_may_leave_out_what_it_is_told(kind) -> None:
    async with opened(kind, tells=["cancel"]) as town:
        assert town.desk.abilities == {ShopAbility.CANCEL}
        with pytest.raises(ShopRefused):
            await town.desk.tell(town.call(ShopAbility.SHIPPED))


@pytest.mark.parametrize("kind", KINDS)
def test_a_section_without_keys_has_no_outward_half(kind) -> None:
    assert registry.shop_desk("web", {"kind": kind}, clock=FakeClock()) is None


BAD = {
    "shopify": {"access_token": "shpat_somebody_else"},
    "cyberbiz": {"api_token": "somebody-else"},
    "standard": {"callback_secret": "whsec_c29tZWJvZHkgZWxzZSdzIHNlY3JldCBrZXk="},
}
# Which of their calls changes something, as the simulators name it.
CHANGING = {
    "shopify": {
        ShopAbility.ACCEPT: "fulfillmentOrderReportProgress",
        ShopAbility.SHIPPED: "fulfillmentCreate",
        ShopAbility.CANCEL: "orderCancel",
        ShopAbility.REFUND: "refundCreate",
        ShopAbility.RETURN: "refundCreate",
    },
    "cyberbiz": {
        ShopAbility.ACCEPT: "preparing",
        ShopAbility.SHIPPED: "shipping",
        ShopAbility.CANCEL: "cancelled",
        ShopAbility.RETURN: "manual_return",
    },
    "standard": dict.fromkeys(EVERY, "any"),
}
