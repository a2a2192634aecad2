"""Money, numbers and days as each language writes them."""

from decimal import Decimal

import pytest

from core.domain import refusal
from core.domain.acceptance import AcceptRule, Verdict
from core.domain.money import Money
from tests import samples
from tui import i18n, labels


@pytest.fixture(autouse=True)
def _english():
    i18n.use("en")
    yield
    i18n.use("en")


@pytest.mark.parametrize("tag", ["en", "zh-Hant", "zh-Hans"])
@pytest.mark.parametrize(
    ("money", "said"),
    [
        (Money(124_000, "TWD"), "NT$1,240"),
        (Money(123_456, "TWD"), "NT$1,234.56"),
        (Money(-124_000, "TWD"), "-NT$1,240"),
        (Money(5_050, "HKD"), "HK$50.50"),
    ],
)
def test_money_of_taiwan_and_hong_kong_is_written_alike_in_english_and_chinese(money: Money, said: str, tag: str):
    i18n.use(tag)
    assert labels.money(money) == said


@pytest.mark.parametrize(
    ("tag", "money", "said"),
    [
        ("en", Money(500, "JPY"), "¥500"),
        ("en", Money(1_250, "USD"), "$12.50"),
        ("zh-Hans", Money(1_250, "CNY"), "¥12.50"),
        ("es", Money(123_456, "EUR"), "1.234,56 €"),
        ("es", Money(123_400, "EUR"), "1.234 €"),
        ("es", Money(123_456, "MXN"), "$1,234.56"),
        ("es", Money(124_000, "TWD"), "1.240 NT$"),
        ("pt-BR", Money(123_456, "BRL"), "R$ 1.234,56"),
        ("pt-BR", Money(124_000, "TWD"), "NT$ 1.240"),
        ("tlh", Money(124_000, "TWD"), "NT$1,240"),
    ],
)
def test_money_as_shops_of_that_language_and_currency_write_it(tag: str, money: Money, said: str) -> None:
    i18n.use(tag)
    assert labels.money(money) == said


@pytest.mark.parametrize(
    ("tag", "said"),
    [("en", "1,240.5"), ("zh-Hant", "1,240.5"), ("zh-Hans", "1,240.5"), ("es", "1.240,5"), ("pt-BR", "1.240,5")],
)
def test_numbers_have_the_marks_of_the_language(tag: str, said: str) -> None:
    i18n.use(tag)
    assert labels.number(Decimal("1240.5")) == said


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("en", "Sat, Nov 21"),
        ("zh-Hant", "11月21日 週六"),
        ("zh-Hans", "11月21日周六"),
        ("es", "sáb, 21 nov"),
        ("pt-BR", "sáb., 21 de nov."),
    ],
)
def test_a_day_is_said_with_its_weekday(tag: str, said: str) -> None:
    i18n.use(tag)
    assert labels.day(samples.NOW, samples.ZONE) == said


@pytest.mark.parametrize("tag", i18n.LANGUAGES)
def test_the_clock_has_twenty_four_hours_in_every_language(tag: str) -> None:
    i18n.use(tag)
    assert labels.clock(samples.NOW, samples.ZONE) == "14:32"


@pytest.mark.parametrize(("tag", "said"), [("en", "8.4"), ("es", "8,4"), ("pt-BR", "8,4"), ("zh-Hant", "8.4")])
def test_weights_in_verdicts_and_refusals_have_the_marks_of_the_language(tag: str, said: str) -> None:
    i18n.use(tag)
    weighed = Verdict(rule=AcceptRule.WEIGHT, kept=True, found="8.4", allowed="20 kg")
    assert said in labels.verdict(weighed)
    assert said in labels.why(refusal.TooHeavy("x", found="8.4", allowed="7.5 kg"), "1042")


def test_numbers_in_a_waybill_are_nobodys_weight() -> None:
    i18n.use("es")
    assert "12.50" in labels.why(refusal.WrongWaybill("x", found="12.50", allowed="7F2K"), "1042")
