"""The shop's own system, spoken to over its real wire: told once, given back once, whatever dies in between.

`ORDERBELL_TEST_REFUND_KILLS=50 pytest tests/end_to_end/test_told.py` is the long form.
"""

import asyncio
import os
from random import Random

import pytest

from adapters.simulators.shop import KINDS, Kind
from tests.end_to_end.shop import Shop
from tests.end_to_end.told_shop import told_shop

KILLS = int(os.environ.get("ORDERBELL_TEST_REFUND_KILLS", "2"))
GIVING = [kind for kind in KINDS if kind != "cyberbiz"]


@pytest.mark.timeout(60 + 20 * KILLS)
@pytest.mark.parametrize("kind", GIVING)
async def test_killed_in_the_middle_of_a_refund_the_money_goes_back_once(shop: Shop, kind: Kind) -> None:
    chance = Random(KILLS)
    async with told_shop(shop, kind) as told:
        numbers = []
        for place in range(KILLS):
            number = await told.sells(50 + place)
            told.system.troubles = told.system.troubles.changed({"slow_seconds": chance.choice((0.05, 0.3))})
            await told.order("reject", number, "--reason", "out of stock")
            await asyncio.sleep(chance.uniform(0, 0.8))
            await told.kill_and_start()
            numbers.append(number)
        told.system.troubles = told.system.troubles.changed({"slow_seconds": 0})
        for number in numbers:
            order, facts = await told.is_told(number), told.facts(number)
            assert (facts["cancelled"], facts["refunded"], len(facts["refunds"])) == (True, 24_700, 1)
            assert [(one["state"], one["amount"]) for one in order["refunds"]] == [("done", "247.00")]
            assert order["problems"] == []


@pytest.mark.parametrize("kind", GIVING)
async def test_killed_when_the_answer_was_lost_it_is_asked_after_and_not_given_again(shop: Shop, kind: Kind) -> None:
    async with told_shop(shop, kind) as told:
        number = await told.sells(61)
        await told.order("accept", number)
        await told.is_told(number)
        told.system.troubles = told.system.troubles.changed({"slow_seconds": 0.5})
        await told.order("refund", number, "--amount", "39", "--reason", "one bottle broken")
        await told.until(lambda: told.facts(number)["refunded"] == 3_900)
        await told.kill_and_start()
        told.system.troubles = told.system.troubles.changed({"slow_seconds": 0})
        await told.is_told(number)
        assert (told.facts(number)["refunded"], len(told.facts(number)["refunds"])) == (3_900, 1)
        assert [one["state"] for one in (await told.look(number))["refunds"]] == ["done"]


async def test_where_the_shops_system_gives_no_money_back_a_person_is_told_the_sum(shop: Shop) -> None:
    async with told_shop(shop, "cyberbiz") as told:
        number = await told.sells(62)
        await told.order("reject", number, "--reason", "out of stock")
        await told.is_told(number)
        assert told.facts(number)["cancelled"] is True
        (problem,) = (await told.look(number))["problems"]
        assert (problem["kind"], problem["detail"]) == ("refund_due", "247.00 TWD")
