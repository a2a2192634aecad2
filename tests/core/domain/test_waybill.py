"""A waybill is known in every form in which it is shown."""

import pytest

from core.domain.delivery import DeliveryState
from core.domain.waybill import codes_in, is_meant
from tests.builders import delivery

LINK = "https://track.example/7f2k01?lang=zh"
JOB = delivery(DeliveryState.AT_STORE, ref="del_Ab3-99", waybill="7F2K-01", tracking_url="https://t.example/s/9Qxx")


@pytest.mark.parametrize(
    "scanned",
    [
        "7F2K-01",
        "7f2k01",
        " 7F2K 01\n",
        "７Ｆ２Ｋ０１",
        "del_Ab3-99",
        "AB399",
        LINK,
        "https://ubr.to/d/7F2K-01",
        "https://x.example/?order=7F2K%2D01",
        '{"waybill": "7F2K-01", "shop": 12}',
        "uber:7F2K-01",
        "https://x.example/jobs/del_Ab3-99/label",
        "HTTPS://T.EXAMPLE/S/9QXX",
    ],
)
def test_the_same_paper_in_other_clothes(scanned: str) -> None:
    assert is_meant(scanned, JOB)


@pytest.mark.parametrize(
    "scanned",
    ["", "--", "7F2K-02", "7F2K-011", "17F2K01", "https://track.example/7F2K-02", "7F2K", "01", "4710018000231"],
)
def test_another_paper(scanned: str) -> None:
    assert not is_meant(scanned, JOB)


def test_the_name_of_a_protocol_is_no_waybill() -> None:
    assert not is_meant("https://a.example/b", delivery(DeliveryState.AT_STORE, waybill="HTTPS"))


def test_a_short_piece_of_a_longer_text_is_no_waybill() -> None:
    assert not is_meant("https://a.example/b/7F2", delivery(DeliveryState.AT_STORE, waybill="7F2"))
    assert is_meant("7f2", delivery(DeliveryState.AT_STORE, waybill="7F2"))


def test_nothing_is_meant_by_nothing() -> None:
    assert not is_meant("", delivery(DeliveryState.AT_STORE, waybill="", ref=""))


def test_a_flood_of_signs_is_looked_at_for_a_while_only() -> None:
    assert codes_in("x" * 5_000_000) == {"X" * 2000}
