"""The policy for searches, as the config says it."""

from datetime import timedelta
from pathlib import Path

import pytest

from core.config.load import parse, search_rules
from core.config.places import ConfigError, Source
from core.domain.money import Money
from core.domain.search import SearchRules


def rules(*keys: str) -> SearchRules:
    text = "\n".join(["[store]", 'currency = "TWD"', "[dispatch.search]", *keys])
    return search_rules(parse(Source(Path("config.toml"), text)))


def test_by_default_a_person_is_told_after_half_an_hour_and_nothing_else_is_done_about_a_search() -> None:
    usual = rules()
    times = (usual.tip_after, usual.call_again_after, usual.next_after, usual.give_up_after)
    assert (usual.warn_after, usual.calls_most, usual.next_when_refused) == (timedelta(minutes=30), 0, True)
    assert times == (None, None, None, None)


def test_minutes_and_money_are_the_stores_own() -> None:
    told = rules(
        "warn_minutes = 12.5",
        "tip_minutes = 4",
        "tip = 20",
        "tip_most = 60",
        "extra_most = 80.5",
        "again_minutes = 7",
        "again_most = 2",
        "next_minutes = 10",
        "next_when_refused = false",
        "give_up_minutes = 45",
    )
    assert told == SearchRules(
        warn_after=timedelta(minutes=12.5),
        tip_after=timedelta(minutes=4),
        tip=Money(2000, "TWD"),
        tip_most=Money(6000, "TWD"),
        extra_most=Money(8050, "TWD"),
        call_again_after=timedelta(minutes=7),
        calls_most=2,
        next_after=timedelta(minutes=10),
        next_when_refused=False,
        give_up_after=timedelta(minutes=45),
    )


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (("tip_minutes = 5",), "0 < tip <= tip_most <= extra_most"),
        (("tip_minutes = 5", "tip = 50", "tip_most = 40", "extra_most = 100"), "tip = 50, tip_most = 40"),
        (("tip_minutes = 5", "tip = 20", "tip_most = 40", "extra_most = 30"), "extra_most = 30"),
        (("again_minutes = 5",), "again_most = 0"),
        (("again_most = 11",), "again_most"),
        (("warn_minutes = 0",), "warn_minutes"),
    ],
)
def test_what_would_cost_without_a_limit_is_an_error(keys: tuple[str, ...], words: str) -> None:
    with pytest.raises(ConfigError) as refused:
        rules(*keys)
    assert words in str(refused.value)
