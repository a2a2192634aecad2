"""What is keyed in: what it still lacks, its sum, and goods to choose from."""

from dataclasses import replace

import pytest

from core.domain.catalogue import Article
from core.domain.handwritten import HandLine, HandOrder, Lack, PaidHow, purchase_of, tidied
from core.domain.line_shares import shares
from core.domain.money import Money
from core.domain.payment import Payment
from core.domain.purchase import OrderType
from core.domain.wares import Wanted, Ware, all_wares, found, scanned, wanted
from tests.builders import line
from tests.conftest import NOON
from tests.core.keyed import RICE, TEA, form


def ntd(amount: float) -> Money:
    return Money.parse(amount, "TWD")


def test_it_says_what_it_lacks() -> None:
    assert HandOrder().lacking == (Lack.NAME, Lack.PHONE, Lack.ADDRESS, Lack.GOODS)
    assert form(type=OrderType.PICKUP, address="").lacking == ()


def test_the_sum_is_to_the_cent() -> None:
    made = form(lines=(HandLine(name="a", quantity=3, price=ntd(0.1)), HandLine(name="b", price=ntd(0.2))))
    assert made.total("TWD") == ntd(0.5)


def test_the_same_item_again_is_more_of_it() -> None:
    assert form().with_line(replace(TEA, quantity=3)).lines[0].quantity == 5
    assert len(form().with_line(replace(TEA, price=ntd(1))).lines) == 3


def test_none_of_an_item_and_it_goes() -> None:
    assert form().with_pieces(0, 0).lines == (RICE,)
    assert form().with_pieces(0, 5000).lines[0].quantity == 999


@pytest.mark.parametrize(
    ("paid", "payment"),
    [(PaidHow.CHANNEL, Payment.PAID), (PaidHow.LATER, Payment.UNPAID), (PaidHow.AT_THE_DOOR, Payment.COD)],
)
def test_only_money_that_is_there_is_paid(paid: PaidHow, payment: Payment) -> None:
    assert purchase_of(form(paid=paid), NOON, "TWD").payment is payment


def test_tricks_for_terminals_are_kept_out() -> None:
    assert tidied(form(name="\x1b[31mA\u202eB", number="#1042")).name == "AB"
    assert tidied(form(number="#1042")).number == "1042"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("oolong", Wanted("oolong")),
        ("3 oolong tea", Wanted("oolong tea", 3)),
        ("oolong x3", Wanted("oolong", 3)),
        ("2x oolong", Wanted("oolong", 2)),
        ("cake @120", Wanted("cake", 1, Money(12_000, "TWD"))),
        ("2 cake @45.5", Wanted("cake", 2, Money(4_550, "TWD"))),
        ("7 up @x", Wanted("up @x", 7)),
        ("3", Wanted("3")),
        ("烏龍茶 ×2", Wanted("烏龍茶", 2)),
        ("2 茶 @65", Wanted("茶", 2, Money(6_500, "TWD"))),
    ],
)
def test_pieces_and_price_are_read_from_what_is_typed(typed: str, read: Wanted) -> None:
    assert wanted(typed, "TWD") == read


WARES = (
    Ware(name="Oolong tea 600 ml", sku="T1", barcode="4710", price=ntd(40), sold=3),
    Ware(name="Green tea", sku="T2", sold=9),
    Ware(name="Steak", sku="S1", sold=50),
)


def test_the_best_comes_first() -> None:
    assert [ware.sku for ware in found(WARES, "tea")] == ["T2", "T1", "S1"]
    assert [ware.sku for ware in found(WARES, "t1")] == ["T1"]
    assert [ware.sku for ware in found(WARES, "te oo")] == ["T1"]
    assert found(WARES, " ") == ()


def test_a_scan_finds_by_barcode() -> None:
    assert scanned(WARES, "4710") == WARES[0]
    assert scanned(WARES, "") is None


def test_the_shops_own_list_comes_first() -> None:
    listed = {"T1": Article(name="Oolong", price=ntd(45)), "X": Article(weight_g=3)}
    wares = {ware.sku: ware for ware in all_wares(listed, WARES)}
    assert (wares["T1"].name, wares["T1"].price, wares["T1"].sold) == ("Oolong", ntd(45), 3)
    assert wares["X"].name == "X"
    assert set(wares) == {"T1", "T2", "S1", "X"}


def test_pieces_are_shared_by_code_then_by_name() -> None:
    ours = (line("a", 3, sku="S", name="x", barcode=""), line("b", 1, sku="", name="Rice  cracker", barcode=""))
    theirs = (
        line("1", 2, sku="s", name="y", barcode=""),
        line("2", 1, sku="S", name="z", barcode=""),
        line("3", 2, sku="R", name="rice cracker!", barcode=""),
    )
    told = [(share.ours, share.theirs, share.pieces) for share in shares(ours, theirs)]
    assert told == [("a", "1", 2), ("a", "2", 1), ("b", "3", 1)]


def test_500_ml_is_not_600_ml() -> None:
    ours, theirs = line("a", sku="", name="Tea 500 ml", barcode=""), line("1", sku="", name="Tea 600 ml", barcode="")
    assert shares((ours,), (theirs,)) == ()
