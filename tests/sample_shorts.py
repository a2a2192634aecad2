"""Orders of which not all is there, and what the shop could send instead."""

from dataclasses import replace

from core.domain.catalogue import Article
from core.domain.ids import LineId
from core.domain.line import IfMissing
from core.domain.money import Money
from tests import samples


def _twd(amount: int) -> Money:
    return Money(amount * 100, "TWD")


GOODS = {
    "TEA-GRN": Article(name="Green tea 600 ml", price=_twd(35), barcode="4710018000248", shelf="A-01"),
    "TEA-HIGH": Article(name="High mountain oolong 600 ml", price=_twd(62), shelf="A-02"),
    "TEA-OOL2": Article(name="Oolong tea, other label 600 ml", price=_twd(39), shelf="A-02"),
    "CRK-NUT": Article(name="Peanut crackers", price=_twd(52), shelf="C-03"),
    "CRK-SEA": Article(name="Seaweed crackers", price=_twd(45), shelf="C-03"),
    "WATER-2": Article(name="Spring water 2 l", price=_twd(32), shelf="A-06"),
    "CUP": Article(name="Paper cup", shelf="F-01"),
}
LINES = (
    replace(samples.TEA, unit_price=_twd(39), picked=1, if_missing=IfMissing.SWAP, wish="any tea without sugar"),
    replace(samples.CRACKER, unit_price=_twd(45), picked=0, if_missing=IfMissing.CALL),
    replace(samples.GIFT, picked=1),
)
TOLD = {"discount": _twd(12), "delivery_fee": _twd(60), "total": _twd(171)}
SHORT = samples.preparing("1041", lines=LINES, allergens="peanuts", promised_from=samples.ahead(18), **TOLD)
STAND_IN = replace(
    samples.item("Green tea 600 ml", 1, barcode="4710018000248", sku="TEA-GRN", shelf="A-01"),
    id=LineId("Oolong tea 600 ml~TEA-GRN"),
    shipped=1,
    swap_of=samples.TEA.id,
    total=_twd(35),
)
DONE = samples.preparing(
    "1040",
    lines=(replace(LINES[0], shipped=1, refunded=1), replace(LINES[1], shipped=0, refunded=1), STAND_IN),
    is_short=True,
    **TOLD,
)


def shorts() -> samples.Shop:
    """One to be shipped short, one that was."""
    return replace(samples.shop((SHORT, DONE)), goods=GOODS)
