"""What couriers' reasons come to, where their words tell."""

from datetime import UTC, datetime

import pytest

from adapters.payloads import pandago, stuart
from core.domain.delivery import DeliveryState
from core.domain.ids import CourierName
from core.domain.problem import ProblemKind

AT = datetime(2026, 3, 2, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("reason", "trouble"),
    [
        ("ADDRESS_INCOMPLETE_MISSTATED", ProblemKind.WRONG_ADDRESS),
        ("BAD_WEATHER", ProblemKind.WEATHER),
        ("FOOD_QUALITY_SPILLAGE", ProblemKind.DAMAGED),
        ("TECHNICAL_PROBLEM", None),
    ],
)
def test_a_cancelled_pandago_order_says_why(reason: str, trouble: ProblemKind | None) -> None:
    told = {"order_id": "P1", "status": "CANCELLED", "cancellation": {"source": "LOGISTICS", "reason": reason}}
    report = pandago.Order.model_validate(told).report(CourierName("panda"), AT, "TWD")
    assert (report.state, report.trouble) == (DeliveryState.FAILED, trouble)


@pytest.mark.parametrize(
    ("reason", "trouble"),
    [("end-customer_refused_package", ProblemKind.REFUSED), ("pu_closed", None)],
)
def test_a_cancelled_stuart_delivery_says_why(reason: str, trouble: ProblemKind | None) -> None:
    told = {
        "id": "1",
        "status": "canceled",
        "deliveries": [{"status": "cancelled", "cancellation": {"reason_key": reason}}],
    }
    report = stuart.Job.model_validate(told).about("k").report(CourierName("stuart"), "k", AT, "TWD")
    assert (report.state, report.trouble) == (DeliveryState.FAILED, trouble)
