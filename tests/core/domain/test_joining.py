"""Whether a channel's copy is an order keyed in before: what each sign is worth, and the verdict."""

from typing import Any

import pytest

from core.domain.arrival import first_told
from core.domain.handwritten import HandOrder, own_number, purchase_of, said_number
from core.domain.joining import LIKELY, SURE, WORTH, Meeting, Sign, address_likeness, meet, same_phone, signs
from core.domain.money import Money
from core.domain.order import Order
from core.domain.purchase import Customer, Purchase
from tests.builders import RULES, after, line, purchase
from tests.conftest import NOON
from tests.core.keyed import TEA, form

BOSS = Customer(name="Chen", phone="0912000111", address="新北市板橋區文化路一段 99 號 14 樓")


def keyed(made: HandOrder) -> Order:
    return first_told(purchase_of(made, NOON, "TWD"), NOON, RULES.accept_within)[0]


def meeting(copy: Purchase, *made: HandOrder) -> Meeting:
    return meet(copy, [keyed(one) for one in made])


def verdict(copy: Purchase, *made: HandOrder) -> str:
    found = meeting(copy, *made)
    return "sure" if found.sure else "likely" if found.likely else "no"


def signs_of(copy: Purchase, made: HandOrder) -> frozenset[Sign]:
    return signs(purchase_of(made, NOON, "TWD"), copy)


MASKED = Customer(name="Chen", phone="#4411", address="台北市大同區 2 號")
WU = Customer(name="Wu", phone="0987654321", address="新北市板橋區文化路 99 號")


@pytest.mark.parametrize(
    ("told", "said", "wanted"),
    [
        ({}, {}, "sure"),
        ({}, {"number": "1042"}, "sure"),
        ({}, {"number": "co-1042"}, "sure"),
        ({}, {"number": "1043"}, "likely"),
        ({"customer": WU}, {"number": "1042"}, "sure"),
        ({"customer": WU, "lines": (line("7"),)}, {"number": "1042"}, "likely"),
        ({"customer": WU}, {}, "no"),
        ({"customer": MASKED}, {}, "likely"),
        ({"customer": Customer()}, {}, "likely"),
        ({"customer": BOSS}, {}, "likely"),
        ({"lines": (line("7"),), "total": Money(100, "TWD")}, {}, "no"),
        ({"lines": (line("1", 3), line("2", 1)), "total": Money(164_000, "TWD")}, {}, "likely"),
        ({}, {"channel": ""}, "likely"),
        ({}, {"channel": "", "number": "1042"}, "sure"),
        ({}, {"channel": "uber_eats"}, "likely"),
        ({"customer": WU}, {"channel": "uber_eats", "number": "1042"}, "no"),
        ({"placed_at": after(60)}, {}, "likely"),
        ({"placed_at": after(9)}, {}, "sure"),
        ({"placed_at": after(-13 * 60)}, {}, "likely"),
        ({"promised_to": after(400)}, {"promised_to": after(40)}, "likely"),
    ],
)
def test_the_table_of_verdicts(told: dict[str, Any], said: dict[str, Any], wanted: str) -> None:
    copy = purchase(**{"total": form().total("TWD")} | told)
    assert verdict(copy, form(**said)) == wanted


def test_every_sign_has_its_worth() -> None:
    assert set(WORTH) == set(Sign)


def test_without_phone_and_number_it_is_never_sure() -> None:
    best = WORTH[Sign.NAME] + WORTH[Sign.ADDRESS] + WORTH[Sign.GOODS] + WORTH[Sign.SUM]
    assert LIKELY <= best < SURE


def test_two_that_fit_alike_are_left_to_a_person() -> None:
    assert verdict(purchase(), form(), form()) == "likely"


def test_a_number_decides_between_two() -> None:
    named = form(number="1042")
    found = meeting(purchase(), form(), named)
    assert found.sure is not None
    assert found.sure.number == "1042"


def test_goods_in_ones_own_words_may_be_anything() -> None:
    own = form(lines=(TEA.__class__(name="the usual", quantity=3),))
    assert not {Sign.GOODS, Sign.GOODS_ALIKE, Sign.GOODS_OTHER} & signs_of(purchase(), own)
    assert verdict(purchase(), own) == "likely"


@pytest.mark.parametrize("phone", ["0912000111", "+886 912-000-111", "00886912000111"])
def test_a_phone_is_the_same_however_it_is_written(phone: str) -> None:
    assert same_phone(phone, "+886912000111") is True


def test_a_phone_too_short_tells_nothing() -> None:
    assert same_phone("1234", "+886912000111") is None


def test_an_address_within_another_is_the_same() -> None:
    assert address_likeness("大同區 2 號", "台北市大同區2號") == 1.0
    assert address_likeness("", "台北市") is None


def test_a_number_of_ours_is_none_of_theirs() -> None:
    made = form()
    assert said_number(purchase_of(made, NOON, "TWD")) == ""
    assert made.called == own_number(made.id)
