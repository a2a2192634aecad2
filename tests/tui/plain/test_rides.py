"""Drivers, heard: where, when, how old that is, and what nobody told."""

from dataclasses import replace

import pytest

from core.domain.events import DriverChanged
from core.domain.ids import OrderId
from tests import samples
from tests.tui.plain.talk import talking
from tui import i18n

RIDES = samples.SHOPS["rides"]


@pytest.fixture(autouse=True)
def _english() -> None:
    i18n.use("en")


async def heard(*words: str) -> str:
    async with talking(RIDES) as talk:
        return "\n".join(await talk.type(*words))


async def test_the_list_says_where_each_driver_is_and_when_he_comes() -> None:
    said = await heard("drivers")
    assert "1.2 kilometres from the store, 12 seconds ago" in said
    assert "expected here 14:37, in 5 minutes, told 2 minutes ago" in said
    assert "expected here 14:29, was due 3 minutes ago, told 6 minutes ago" in said
    assert "near the store by position, not by the courier's word, 50 metres from the store" in said
    assert "driver changed 1 minute ago, was A-Ming, uber, Lin" in said
    assert "given back 2 minutes ago by Wu Chia-Hao" in said
    assert "driver not told, position not told, no time told for here" in said
    assert "nobody yet" in said


async def test_an_order_read_aloud_says_all_that_is_known_of_its_delivery() -> None:
    said = await heard("show 3001")
    for words in (
        "Driver at the door, uber, for 2 minutes",
        "Driver Lin, scooter, NKL-8820, 0955 001 777.",
        "10 metres from the store, 12 seconds ago",
        "No time told for the customer's.",
        "Waybill 7F2K-3001, PIN 4471, 1 parcel.",
        "Fee NT$65.",
        "Tracking https://rides.example/t/3001.",
        "The courier last said something 20 seconds ago.",
    ):
        assert words in said


async def test_what_nobody_told_is_said_to_be_unknown() -> None:
    said = await heard("show 3006")
    for words in ("\nDriver not told.", "Position not told.", "Waybill not told", "Fee not told.", "No tracking"):
        assert words in said


async def test_before_an_order_is_cancelled_it_is_said_what_its_driver_costs() -> None:
    assert "A driver has taken it. If pandago refuses, the fee NT$65 is owed." in await heard("cancel 3003")


async def test_before_a_driver_is_recalled_it_is_said_what_that_costs() -> None:
    said = await heard("recall 3007")
    assert "Free while a driver is still looked for. If uber refuses, the fee NT$65 is owed." in said


async def test_another_driver_is_said_by_itself() -> None:
    async with talking(RIDES) as talk:
        swapped = DriverChanged(order_id=OrderId("3004"), at=samples.NOW, courier="uber", plate="NKL-8820")
        assert await talk.tell(replace(RIDES.board, seen=RIDES.board.seen + 1), swapped) == [
            "Order 3004, uber: another driver NKL-8820."
        ]
