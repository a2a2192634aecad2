"""What `[dispatch]` means for the choice of a courier."""

from datetime import timedelta
from pathlib import Path

from core.config.load import dispatch_rules, parse
from core.config.places import Source
from core.domain.money import Money
from core.domain.wish import DispatchRules, Policy
from tests.conftest import NOON

COURIERS = "[couriers.uber]\nkind = 'uber_direct'\n[couriers.panda]\nkind = 'pandago'\n"
TWO_IN_THE_AFTERNOON = NOON + timedelta(hours=2)


def rules(text: str) -> DispatchRules:
    return dispatch_rules(parse(Source(Path("config.toml"), f"[dispatch]\n{text}\n{COURIERS}")))


def test_without_a_word_the_order_of_the_config_decides_and_nobody_is_asked() -> None:
    wish = rules("").wish(NOON, None)
    assert (wish.policy, wish.prefer, wish.needs_quotes) == (Policy.PREFERRED, ("uber", "panda"), False)


def test_couriers_that_prefer_does_not_name_follow() -> None:
    assert rules('prefer = ["panda"]').usual.prefer == ("panda", "uber")


def test_limits_are_in_the_stores_money_and_need_quotes() -> None:
    wish = rules("max_fee = 120\nmax_minutes_to_door = 60").usual
    assert (wish.max_fee, wish.max_to_door) == (Money(12_000, "TWD"), timedelta(hours=1))
    assert wish.needs_quotes


def test_couriers_are_waited_for_three_seconds_unless_told_otherwise() -> None:
    assert rules("").quotes_within == timedelta(seconds=3)
    assert rules("quote_seconds = 1.5").quotes_within == timedelta(seconds=1.5)


def test_a_rule_holds_in_its_hours_of_the_shops_own_clock() -> None:
    told = rules('[[dispatch.rules]]\nhours = "11:00-14:00"\npolicy = "fastest"')
    assert told.wish(NOON, None).policy is Policy.FASTEST
    assert told.wish(TWO_IN_THE_AFTERNOON, None).policy is Policy.PREFERRED


def test_a_rule_holds_for_its_distances_and_not_where_the_distance_is_unknown() -> None:
    told = rules('[[dispatch.rules]]\nmin_km = 3\nmax_km = 8\nprefer = ["panda"]')
    first = [told.wish(NOON, metres).prefer[0] for metres in (2_999, 3_000, 7_999, 8_000, None)]
    assert first == ["uber", "panda", "panda", "uber", "uber"]


def test_the_first_rule_that_holds_wins() -> None:
    told = rules('[[dispatch.rules]]\nmin_km = 3\npolicy = "fastest"\n[[dispatch.rules]]\npolicy = "cheapest"')
    assert (told.wish(NOON, 5_000).policy, told.wish(NOON, 1_000).policy) == (Policy.FASTEST, Policy.CHEAPEST)


def test_what_a_rule_leaves_out_is_as_usual() -> None:
    told = rules(
        'policy = "cheapest"\nprefer = ["panda"]\nmax_fee = 120\n[[dispatch.rules]]\nmin_km = 3\nmax_fee = 180'
    )
    far = told.wish(NOON, 5_000)
    assert (far.policy, far.prefer, far.max_fee) == (Policy.CHEAPEST, ("panda", "uber"), Money(18_000, "TWD"))
