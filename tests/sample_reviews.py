"""Orders that are odd: 1071 has an address that says nothing, 1072 a twin, 1073 words told otherwise, 1074 notes."""

from dataclasses import replace
from datetime import datetime

from core.board.sheet import Sheet
from core.domain.completed import Completed
from core.domain.events import CustomerCalledBack, ReviewAsked
from core.domain.order import Order
from core.domain.purchase import Customer
from core.domain.review import Finding, FindingKind
from core.domain.stage import Stage
from tests import samples
from tests.samples import MEI, Shop, ago, ahead, order

DOOR = "中山區南京西路 12 號 3 樓"


def reviews() -> Shop:
    """All but the last are to be looked at first."""
    made = samples.shop((_nowhere(), _twin(), _retold(), _noted(), samples.preparing("1069")))
    return replace(made, sheets=made.sheets | {"1071": _with_calls(made)})


def _in_review(number: str, *findings: Finding, **facts: object) -> Order:
    seen = {"stage": Stage.REVIEW, "review": tuple(finding.code for finding in findings)}
    return order(number, **seen | facts)  # type: ignore[arg-type]


def _nowhere() -> Order:
    customer = Customer(name="Mr Lin", phone="0912 345 672", address="asdf asdf")
    return _in_review(
        "1071",
        Finding(kind=FindingKind.NONSENSE_ADDRESS, found="drummed", stops=True),
        Finding(kind=FindingKind.FIRST_ORDER),
        customer=customer,
        accept_by=ahead(1, 40),
        seen_at=ago(1),
        seen_by=MEI,
    )


def _twin() -> Order:
    return _in_review(
        "1072",
        Finding(kind=FindingKind.DUPLICATE, found="1069", allowed="30", stops=True),
        Finding(kind=FindingKind.HUGE, found="12400.00 TWD", allowed="3100.00 TWD"),
        Finding(kind=FindingKind.INVOICE),
        accept_by=ahead(3, 5),
    )


def _retold() -> Order:
    words = Completed(
        by=MEI, at=ago(2), address=DOOR, told_address="信義區松仁路 7 號", told_phone="0912 345 671", is_retold=True
    )
    return _in_review("1073", Finding(kind=FindingKind.RETOLD, stops=True), completed=words, accept_by=ahead(4, 10))


def _noted() -> Order:
    found = (FindingKind.UNCLEAR_ADDRESS, FindingKind.FIRST_ORDER, FindingKind.INVOICE)
    return order("1074", review=tuple(Finding(kind=kind).code for kind in found), accept_by=ahead(4, 40))


def _with_calls(made: Shop) -> Sheet:
    sheet = made.sheets["1071"]
    asked = ReviewAsked(order_id=sheet.order.id, at=ago(2), findings=("nonsense_address",))
    return replace(sheet, history=(*sheet.history, asked, _not_reached(sheet.order, ago(0.5))))


def _not_reached(of: Order, at: datetime) -> CustomerCalledBack:
    return CustomerCalledBack(order_id=of.id, by=MEI, at=at, answer="not_reached", attempt=1, again_at=ahead(0.5))
