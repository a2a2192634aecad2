"""Four things a person confirms."""

from itertools import permutations

import pytest

from core.domain.checklist import NOTHING_TICKED, Check, Checklist


@pytest.mark.parametrize("sequence", list(permutations(Check))[:6])
def test_all_four_make_it_complete_in_any_sequence(sequence: tuple[Check, ...]) -> None:
    checklist = NOTHING_TICKED
    for check in sequence:
        assert not checklist.is_complete
        checklist = checklist.with_tick(check, True)
    assert checklist.is_complete
    assert checklist.missing == ()


@pytest.mark.parametrize("check", Check)
def test_one_that_is_missing_is_named(check: Check) -> None:
    assert Checklist(frozenset(Check)).with_tick(check, False).missing == (check,)


@pytest.mark.parametrize("check", Check)
def test_ticking_twice_is_ticking_once(check: Check) -> None:
    once = NOTHING_TICKED.with_tick(check, True)
    assert once.with_tick(check, True) == once
    assert once.with_tick(check, False) == NOTHING_TICKED


def test_what_is_missing_is_named_in_the_sequence_it_is_done() -> None:
    assert NOTHING_TICKED.missing == (Check.QUANTITY, Check.QUALITY, Check.PACKAGING, Check.SIZE)
