"""Killed at any moment, the station comes back where it was: nothing lost, nothing twice.

`ORDERBELL_TEST_KILLS=100 pytest tests/end_to_end/test_killed.py` -rP is the long form.
"""

import sys

import pytest

from tests.end_to_end.killing import ROUNDS, Rounds
from tests.end_to_end.shop import Shop


@pytest.mark.timeout(60 + 10 * ROUNDS)
async def test_killed_at_any_moment_nothing_is_lost_and_nothing_happens_twice(shop: Shop) -> None:
    shop.settings["store"]["orders_per_hour"] = 10_000
    rounds = Rounds(shop, shop.simulate(speed=1), seed=ROUNDS)
    for _ in range(ROUNDS):
        await rounds.play()
    unanswered = len(rounds.tally.unsure)
    rounds.settle()
    _is_whole(shop, rounds)
    rounds.store.database.close()
    told = f"{ROUNDS} kills, {len(rounds.tally.acknowledged)} orders, {unanswered} unanswered, "
    sys.stdout.write(f"{told}{len(rounds.tally.shipped)} shipped\n")


def _is_whole(shop: Shop, rounds: Rounds) -> None:
    told = {one["number"]: one for one in shop.here("order", "list", "--limit", "100000", "--json").told}
    assert set(told) == rounds.tally.acknowledged
    once = dict.fromkeys(rounds.tally.shipped, 1)
    assert dict(rounds.jobs()) == once
    assert dict(rounds.bookings()) == once
    untouched = {number for number, one in told.items() if one["stage"] == "new"}
    assert untouched == rounds.tally.acknowledged - rounds.tally.shipped
    assert all(told[number]["ringing"] for number in untouched)
