"""A call taken by hand: goods to choose from, a form half filled in, an order it may be."""

from datetime import datetime, timedelta

from core.board.alike import AlikeLine
from core.domain.handwritten import HandLine, HandOrder, PaidHow
from core.domain.ids import OrderId
from core.domain.joining import Sign
from core.domain.money import Money
from core.domain.stage import Stage
from core.domain.wares import Ware


def ntd(amount: int) -> Money:
    """So many dollars."""
    return Money(amount * 100, "TWD")


WARES = (
    Ware(name="Oolong tea 600 ml", sku="OOL-600", barcode="4710018000231", price=ntd(65), sold=41),
    Ware(name="Oolong tea 350 ml", sku="OOL-350", barcode="4710018000224", price=ntd(45), sold=17),
    Ware(name="Rice cracker", sku="RICE-CRK", barcode="4710088412345", price=ntd(95), sold=30),
    Ware(name="凍頂烏龍茶禮盒", sku="GIFT-DD", price=ntd(1280), sold=3),
    Ware(name="Gift cup", sku="CUP"),
)


def half(now: datetime) -> HandOrder:
    """As far as the caller has come."""
    return HandOrder(
        id="b2f1" * 8,
        name="Ms Chen",
        phone="0912345671",
        address="中山區南京西路 12 號 3 樓",
        promised_to=now + timedelta(minutes=40),
        note="Please ring twice, the bell is broken",
        allergens="peanuts",
        channel="web",
        number="1047",
        paid=PaidHow.CHANNEL,
        lines=(
            WARES[0].line(2),
            WARES[3].line(),
            HandLine(name="lemon cake, the small one", quantity=1),
        ),
    )


def likely(now: datetime) -> AlikeLine:
    """One that came in by itself, or was keyed in."""
    return AlikeLine(
        order_id=OrderId("1042"),
        number="1042",
        channel="web",
        stage=Stage.NEW,
        at=now - timedelta(minutes=12),
        customer="Ms Chen",
        phone="0912 345 671",
        pieces=4,
        total=ntd(1240),
        signs=frozenset({Sign.PHONE, Sign.NAME, Sign.GOODS_ALIKE}),
    )
