"""What `[dispatch.timer]` means for when a driver is called."""

from pathlib import Path

import pytest

from core.config.load import parse, timer_rules
from core.config.places import ConfigError, Source
from core.domain.call_advice import TimerRules


def rules(text: str) -> TimerRules:
    return timer_rules(parse(Source(Path("config.toml"), f"[dispatch.timer]\n{text}\n")))


def test_without_a_word_it_advises_and_a_person_calls() -> None:
    assert rules("") == TimerRules(is_auto=False, driver_weight=1, records_needed=10)


def test_a_driver_may_weigh_more_than_goods() -> None:
    assert (rules("driver_weight = 1").share, rules("driver_weight = 3").share) == (0.5, 0.75)


def test_it_may_call_by_itself_after_more_records() -> None:
    told = rules("auto = true\nrecords_needed = 40")
    assert (told.is_auto, told.records_needed) == (True, 40)


@pytest.mark.parametrize("text", ["driver_weight = 0", "records_needed = 0", "auto = 1", "minutes = 3"])
def test_what_makes_no_sense_is_refused(text: str) -> None:
    with pytest.raises(ConfigError, match=r"dispatch\.timer"):
        rules(text)
