"""Jobs to send, letters to read, a server that says what a test tells it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import reduce
from pathlib import Path

import pytest
import stamina

from adapters import http
from core.domain.delivery import Delivery, Report
from core.domain.ids import DeliveryId, OrderId
from core.domain.job import Job, JobItem, Stop
from core.domain.money import Money
from core.ports.letter import Letter

NOW = datetime(2026, 1, 2, 3, 0, tzinfo=UTC)
PAYLOADS = Path(__file__).parent / "payloads"
KEY = "5f0c2d7e9a3b4c1d8e6f7a8b9c0d1e2f"


@pytest.fixture(autouse=True)
def no_pauses() -> Iterator[None]:
    with stamina.set_testing(True, attempts=http.ATTEMPTS, cap=True):
        yield


@pytest.fixture
def make_job() -> Callable[..., Job]:
    def make(**changed) -> Job:
        usual = {
            "order_id": OrderId("o1"),
            "key": KEY,
            "number": "1042",
            "store": Stop(
                name="南西店", phone="+886 2 2555 0000", address="南京西路 1 號", latitude=25.0523, longitude=121.5202
            ),
            "door": Stop(
                name="陳小姐",
                phone="+886912344821",
                address="忠孝東路 2 號",
                latitude=25.0416,
                longitude=121.5436,
                note="ring twice",
            ),
            "items": (JobItem(name="烏龍茶", quantity=2, weight_g=600, price=Money(12_000, "TWD")),),
            "value": Money(24_000, "TWD"),
        }
        return Job(**usual | changed)

    return make


@pytest.fixture
def job(make_job) -> Job:
    return make_job()


@pytest.fixture
def payload() -> Callable[[str], bytes]:
    return lambda name: (PAYLOADS / f"{name}.json").read_bytes()


@pytest.fixture
def letter() -> Callable[..., Letter]:
    def write(body: bytes, **headers: str) -> Letter:
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        return Letter(sender="courier", headers=told, body=body, received_at=NOW)

    return write


@pytest.fixture
def fold() -> Callable[[Report, list[Report]], Delivery]:
    """What a delivery makes of reports, one after another."""

    def hear(booked: Report, reports: list[Report]) -> Delivery:
        delivery = Delivery(
            id=DeliveryId("d1"),
            order_id=OrderId("o1"),
            courier=booked.courier,
            ref=booked.ref,
            key=KEY,
            state=booked.state,
            word=booked.word,
            at=booked.at,
            state_since=booked.at,
            booked_at=booked.at,
        )
        return reduce(Delivery.hear, reports, delivery)

    return hear
