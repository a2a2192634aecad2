"""What machines that ask are told of each courier."""

from datetime import UTC, datetime, timedelta

import pytest

from core.domain.circuit import IN_A_ROW, PAUSES
from core.domain.vitals import Allowance, TokenLife, Vitals
from core.services.gauges import courier_words, gauges

NOON = datetime(2026, 1, 2, 12, 0, tzinfo=UTC)


def later(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


WELL = (
    Vitals()
    .failed("no answer", NOON)
    .answered(later(10))
    .showed(0.25, Allowance(left=48), TokenLife(since=NOON, ends=later(600)))
    .wrote(later(15))
)


def down() -> Vitals:
    vitals = Vitals()
    for _ in range(IN_A_ROW):
        vitals = vitals.failed("no answer", NOON)
    return vitals


def told(vitals: Vitals, name: str = "uber") -> dict[str, float]:
    lines = [line.rsplit(" ", 1) for line in gauges({name: vitals}, later(20)) if not line.startswith("#")]
    return {shown: float(value) for shown, value in lines}


def test_every_number_that_is_known_has_a_line() -> None:
    assert told(WELL) == {
        'orderbell_courier_up{courier="uber"}': 1,
        'orderbell_courier_calls{courier="uber"}': 2,
        'orderbell_courier_error_ratio{courier="uber"}': 0.5,
        'orderbell_courier_answer_seconds{courier="uber"}': 0.25,
        'orderbell_courier_answer_age_seconds{courier="uber"}': 10,
        'orderbell_courier_circuit{courier="uber",state="closed"}': 1,
        'orderbell_courier_circuit{courier="uber",state="open"}': 0,
        'orderbell_courier_circuit{courier="uber",state="trying"}': 0,
        'orderbell_courier_next_try_seconds{courier="uber"}': 0,
        'orderbell_courier_calls_left{courier="uber"}': 48,
        'orderbell_courier_token_seconds_left{courier="uber"}': 580,
        'orderbell_courier_letter_age_seconds{courier="uber"}': 5,
    }


def test_what_is_not_known_has_none() -> None:
    assert {line.split("{")[0].removeprefix("orderbell_courier_") for line in told(Vitals())} == {
        "up",
        "calls",
        "circuit",
        "next_try_seconds",
    }


def test_each_name_says_once_what_it_is() -> None:
    lines = [line for line in gauges({"uber": WELL, "panda": WELL}, NOON) if line.startswith("# TYPE")]
    assert len(lines) == len(set(lines)) == 10
    assert all(line.endswith(" gauge") for line in lines)


def test_a_courier_that_is_not_called_is_not_up() -> None:
    lines = {line: value for line, value in told(down()).items() if value}
    assert lines['orderbell_courier_circuit{courier="uber",state="trying"}'] == 1  # the pause is over by now
    assert 'orderbell_courier_up{courier="uber"}' not in lines


def test_a_section_may_have_any_name() -> None:
    assert 'orderbell_courier_up{courier="a\\"b\\\\c"}' in told(Vitals(), 'a"b\\c')


@pytest.mark.parametrize(
    ("vitals", "found"),
    [
        (WELL, {"up": True, "circuit": "closed", "next_try": None, "failed": 1, "calls": 2, "calls_left": 48}),
        (down(), {"up": False, "circuit": "open", "next_try": (NOON + PAUSES[0]).isoformat(), "trouble": "no answer"}),
        (Vitals().locked_out("401", NOON), {"up": False, "keys_refused": True, "circuit": "closed"}),
        (Vitals().limited(NOON, timedelta(seconds=90)), {"up": True, "rate_limited": True}),
        (Vitals(), {"answered_at": None, "answer_seconds": None, "token_ends": None, "letter_at": None}),
    ],
)
def test_the_same_as_json(vitals: Vitals, found: dict[str, object]) -> None:
    words = courier_words(vitals, NOON)
    assert {name: words[name] for name in found} == found
