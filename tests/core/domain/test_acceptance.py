"""May I accept this? Each rule broken alone is exactly one cross, with both numbers."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.domain.acceptance import REFUSALS, AcceptRule, Verdict, examine, kilograms, refusal_of
from core.domain.capacity import HourLoad
from core.domain.hold import Hold
from core.domain.order import Order
from core.domain.payment import Payment
from tests.builders import MEI, RULES, after, line, new
from tests.conftest import NOON

FREE = HourLoad(at=NOON, cap=50, accepted=tuple(NOON - timedelta(minutes=count) for count in range(37)))
FULL = replace(FREE, accepted=tuple(NOON - timedelta(minutes=1) for _ in range(50)))
LATE = NOON + timedelta(hours=9)  # 21:00 in Taipei

HELD = Hold(reason="address unclear", by=MEI, at=NOON)

BROKEN: list[tuple[AcceptRule, Order, HourLoad, datetime, str, str]] = [
    (AcceptRule.HOLD, replace(new(), hold=HELD), FREE, NOON, "address unclear", MEI),
    (
        AcceptRule.PAYMENT,
        replace(new(), purchase=replace(new().purchase, payment=Payment.COD)),
        FREE,
        NOON,
        "cod",
        "paid",
    ),
    (AcceptRule.HOURS, new(), FREE, LATE, "21:00", "09:00–21:00"),
    (AcceptRule.WEIGHT, new(lines=(line("1", 2, weight_g=10_001),)), FREE, NOON, "20.002", "20 kg"),
    (AcceptRule.PIECES, new(lines=(line("1", 6), line("2", 5, is_gift=True))), FREE, NOON, "11", "10"),
    (AcceptRule.CAP, new(), FULL, NOON, "51", "50"),
    (AcceptRule.DEADLINE, new(accept_by=after(3)), FREE, after(4), "12:04:00", "12:03:00"),
]


def crosses(verdicts: tuple[Verdict, ...]) -> list[Verdict]:
    return [verdict for verdict in verdicts if verdict.is_cross]


def test_an_order_that_keeps_every_rule_has_no_cross() -> None:
    verdicts = examine(new(), RULES, FREE, NOON)
    assert [verdict.rule for verdict in verdicts] == [rule for rule in AcceptRule if rule is not AcceptRule.HOLD]
    assert all(verdict.kept for verdict in verdicts)


@pytest.mark.parametrize(("rule", "order", "load", "at", "found", "allowed"), BROKEN, ids=[row[0] for row in BROKEN])
def test_a_rule_broken_alone_is_exactly_one_cross_with_both_numbers(
    rule: AcceptRule, order: Order, load: HourLoad, at: datetime, found: str, allowed: str
) -> None:
    (cross,) = crosses(examine(order, RULES, load, at))
    assert (cross.rule, cross.found, cross.allowed) == (rule, found, allowed)


@pytest.mark.parametrize(("rule", "order", "load", "at", "found", "allowed"), BROKEN, ids=[row[0] for row in BROKEN])
def test_a_cross_is_a_refusal_of_its_own_type(
    rule: AcceptRule, order: Order, load: HourLoad, at: datetime, found: str, allowed: str
) -> None:
    refusal = refusal_of(order, crosses(examine(order, RULES, load, at))[0])
    assert type(refusal) is REFUSALS[rule]
    assert (refusal.found, refusal.allowed) == (found, allowed)
    assert found in str(refusal)
    assert allowed in str(refusal)


def test_every_rule_is_broken_once_above() -> None:
    assert [row[0] for row in BROKEN] == list(AcceptRule)


def test_every_rule_has_a_refusal_of_its_own() -> None:
    assert len(set(REFUSALS.values())) == len(AcceptRule)


def test_a_weight_nobody_knows_is_no_cross_and_no_tick() -> None:
    (weight,) = (
        verdict
        for verdict in examine(new(lines=(line("1", 2, weight_g=None),)), RULES, FREE, NOON)
        if verdict.rule is AcceptRule.WEIGHT
    )
    assert (weight.kept, weight.found, weight.is_cross) == (None, "?", False)


@pytest.mark.parametrize(("weight", "pieces"), [(20_000, 1), (2_000, 10)])
def test_exactly_the_most_is_still_allowed(weight: int, pieces: int) -> None:
    order = new(lines=(line("1", pieces, weight_g=weight),))
    assert crosses(examine(order, RULES, FREE, NOON)) == []


def test_a_selection_is_counted_together() -> None:
    load = replace(FREE, cap=40)
    assert crosses(examine(new(), RULES, load, NOON, more=3)) == []
    (cross,) = crosses(examine(new(), RULES, load, NOON, more=4))
    assert (cross.found, cross.allowed) == ("41", "40")


def test_our_own_deadline_makes_late_but_does_not_bar() -> None:
    assert crosses(examine(new(), RULES, FREE, after(30))) == []


def test_the_channels_last_second_is_in_time() -> None:
    assert crosses(examine(new(accept_by=after(3)), RULES, FREE, after(3))) == []


@pytest.mark.parametrize(("grams", "words"), [(8400, "8.4"), (20_000, "20"), (1, "0.001"), (0, "0"), (100, "0.1")])
def test_kilograms_are_written_short(grams: int, words: str) -> None:
    assert kilograms(grams) == words
