"""Weights and sizes the shop knows itself: used where the channel says nothing, and never a change by themselves."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.config.load import catalogue, parse
from core.config.places import ConfigError, Source
from core.domain.catalogue import Article, article, find
from core.domain.measures import Box
from core.domain.money import Money
from core.services.intake import Intake
from core.store.database import Database
from tests.builders import line, purchase, told_later
from tests.core.shop import Shop

ID = purchase().order_id
TEA, RICE = Box(66, 66, 225), Box(230, 110, 350)
SILENT = purchase(lines=(line("1", 2, weight_g=None), line("2", 1, weight_g=700, size=RICE), line("3", 1)))
KNOWN = {"SKU-1": Article(weight_g=630, size=TEA), "SKU-2": Article(weight_g=1, size=TEA), "SKU-9": Article()}


@pytest.fixture
def knowing(sqlite: Database) -> Iterator[Shop]:
    opened = Shop(sqlite)
    knows(opened, KNOWN)
    yield opened
    opened.close()


def knows(shop: Shop, articles: dict[str, Article]) -> None:
    """As after a start with another config."""
    shop.intake = Intake(shop.rules, shop.journeys, shop.services.orders._aftermath, articles)


def told(shop: Shop) -> list[tuple[int | None, Box | None]]:
    return [(one.weight_g, one.size) for one in shop.order(ID).lines]


def test_the_catalogue_fills_in_and_the_channel_comes_first(knowing: Shop) -> None:
    knowing.told(SILENT)
    assert told(knowing) == [(630, TEA), (700, RICE), (500, None)]


def test_what_was_filled_in_weighs_when_the_order_is_accepted(knowing: Shop) -> None:
    knowing.told(SILENT)
    assert knowing.order(ID).purchase.weight_g == 2 * 630 + 700 + 500


@pytest.mark.parametrize("later", [KNOWN, {}, {"SKU-1": Article(weight_g=999)}])
def test_being_told_again_is_no_change_whatever_the_config_says_now(knowing: Shop, later: dict[str, Article]) -> None:
    knowing.told(SILENT)
    knowing.accept(ID)
    knows(knowing, later)
    knowing.told(told_later(SILENT, 5))
    order = knowing.order(ID)
    assert (order.changed, told(knowing)[0]) == (frozenset(), (630, TEA))


def test_a_line_that_comes_later_is_filled_in_too(knowing: Shop) -> None:
    knowing.told(purchase(lines=(line("3", 1),)))
    knowing.told(told_later(purchase(), 5, lines=(line("3", 1), line("1", 1, weight_g=None))))
    assert told(knowing) == [(500, None), (630, TEA)]


def test_another_size_from_the_channel_is_taken(knowing: Shop) -> None:
    knowing.told(SILENT)
    knowing.told(told_later(SILENT, 5, lines=(line("1", 2, weight_g=600, size=RICE),)))
    assert told(knowing) == [(600, RICE)]


def test_the_config_holds_the_catalogue() -> None:
    text = '[goods.TEA-600]\nweight_g = 630\nsize_mm = [66, 66, 225]\n[goods."A.B"]\nweight_g = 5'
    assert catalogue(parse(Source(Path("c.toml"), text))) == {
        "TEA-600": Article(weight_g=630, size=TEA),
        "A.B": Article(weight_g=5),
    }


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("weight_g = 0", ":2: goods.TEA.weight_g: found 0;"),
        ("weight_g = 1.5", ":2: goods.TEA.weight_g: found 1.5;"),
        ("size_mm = [1, 2]", ":2: goods.TEA.size_mm: found [1, 2];"),
        ("size_mm = [1, 2, 0]", ":2: goods.TEA.size_mm"),
        ("size_cm = [1, 2, 3]", ":2: goods.TEA.size_cm: unknown key; did you mean 'size_mm'?"),
    ],
)
def test_a_mistake_is_named_with_its_line(text: str, words: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse(Source(Path("c.toml"), f"[goods.TEA]\n{text}"))
    assert words in str(caught.value)


SOLD = {
    "TEA-600": Article(name="Oolong tea 600 ml", barcode="4710018000231", price=Money(3_900, "TWD")),
    "TEA-500": Article(name="Green tea 500 ml"),
    "BAG": Article(weight_g=5),
}


@pytest.mark.parametrize(
    ("text", "skus"),
    [("tea", ["TEA-600", "TEA-500"]), ("TEA oolong", ["TEA-600"]), ("4710018000231", ["TEA-600"]), ("rice", [])],
)
def test_goods_are_found_by_any_words_of_name_sku_and_barcode(text: str, skus: list[str]) -> None:
    assert [sku for sku, _ in find(SOLD, text)] == skus


def test_goods_without_a_name_are_not_offered() -> None:
    assert [sku for sku, _ in find(SOLD, "")] == ["TEA-600", "TEA-500"]


@pytest.mark.parametrize(("code", "sku"), [("TEA-600", "TEA-600"), ("4710018000231", "TEA-600"), ("BAG", "BAG")])
def test_a_code_stands_for_one_article(code: str, sku: str) -> None:
    known = article(SOLD, code)
    assert known == (sku, SOLD[sku])


def test_no_code_stands_for_nothing() -> None:
    assert article(SOLD, "") is None


def test_a_price_is_in_the_stores_currency() -> None:
    config = parse(Source(Path("c.toml"), '[store]\ncurrency = "JPY"\n[goods.TEA]\nname = "Tea"\nprice = 390\n'))
    assert catalogue(config)["TEA"].price == Money(390, "JPY")
