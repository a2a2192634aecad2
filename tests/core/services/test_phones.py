"""Phone numbers: what each is worth in the country of the store."""

import pytest

from core.domain.phone import PhoneSense, is_same, tail_of
from core.services.phones import country_of, dialled, judged

TAIPEI, TOKYO, SAO_PAULO, MADRID, BOSTON, BEIJING = (
    "+886225550000",
    "+81312345678",
    "+551130000000",
    "+34910000000",
    "+14155550000",
    "+861066554433",
)


@pytest.mark.parametrize(
    ("phone", "store"),
    [
        ("0912-345-678", TAIPEI),
        ("０９１２３４５６７８", TAIPEI),
        ("02-2555-0000#123", TAIPEI),
        ("+886912345678", TAIPEI),
        ("00886912345678", TAIPEI),
        ("0912345678 / 02-25550000", TAIPEI),
        ("+1 650-555-1234", TAIPEI),
        ("090-1234-5678", TOKYO),
        ("(11) 98765-4321", SAO_PAULO),
        ("612 34 56 78", MADRID),
        ("(415) 555-2671", BOSTON),
        ("138 1234 5678", BEIJING),
    ],
)
def test_a_number_as_people_write_it_is_good(phone: str, store: str) -> None:
    assert judged(phone, store) is PhoneSense.GOOD


@pytest.mark.parametrize("phone", ["123", "0000000000", "1111111111", "0123456789", "asdf", "09123456789012", "12 34"])
def test_a_number_nobody_could_dial_is_impossible(phone: str) -> None:
    assert judged(phone, TAIPEI) is PhoneSense.IMPOSSIBLE


@pytest.mark.parametrize("phone", ["", " ", "-", "n/a", "N/A", "none", "無"])
def test_words_for_none_are_no_number_rather_than_a_wrong_one(phone: str) -> None:
    assert judged(phone, TAIPEI) is PhoneSense.MISSING


def test_a_number_shown_in_part_is_the_channels_doing() -> None:
    assert judged("0912***678", TAIPEI) is PhoneSense.HIDDEN


def test_a_number_that_could_be_dialled_and_is_given_to_nobody_is_odd() -> None:
    assert judged("8008008000", TAIPEI) is PhoneSense.ODD
    assert judged("555-2671", BOSTON) is PhoneSense.ODD


def test_without_a_country_only_what_no_country_has_is_impossible() -> None:
    assert judged("0912345678", "") is PhoneSense.UNKNOWN
    assert judged("+886912345678", "") is PhoneSense.GOOD
    assert judged("123", "") is PhoneSense.IMPOSSIBLE


def test_of_two_numbers_in_one_field_the_better_counts() -> None:
    assert judged("123 / 0912345678", TAIPEI) is PhoneSense.GOOD


def test_the_store_s_own_number_says_the_country() -> None:
    assert country_of(TAIPEI) == "TW"
    assert country_of("") is None


def test_it_is_dialled_from_abroad() -> None:
    assert dialled("0912-345-678", TAIPEI) == "+886912345678"
    assert dialled("123", TAIPEI) == ""


def test_a_number_is_found_again_however_it_is_written() -> None:
    assert tail_of("0912-345-678") == tail_of("+886 912 345 678") == "912345678"
    assert tail_of("02-2555-0000#12") == tail_of("+886225550000")
    assert tail_of("") == tail_of("123") == ""


def test_two_numbers_that_end_alike_are_not_the_same() -> None:
    assert is_same("0912-345-678", "+886912345678")
    assert not is_same("(415) 555-2671", "(215) 555-2671")
