"""Who can carry an order, said a sentence each; the split is planned by a yes."""

from tests.samples import BUSY, FITS
from tests.tui.plain.talk import asked, said


async def test_every_courier_is_said_with_its_reason() -> None:
    answer = await said(FITS, "fit 1054")
    assert answer[:3] == [
        "Uber, cannot carry it, 20.2 > 13 kg.",
        "Pandago, cannot carry it, 20.2 > 20 kg.",
        "Lalamove, cannot carry it, 20.2 > 20 kg.",
    ]
    assert "No number of parcels helps: ship less, or carry it yourselves." in answer


async def test_what_nobody_knows_is_said() -> None:
    assert "Uber, can carry it, 1 of 3 pieces has no size." in await said(FITS, "y 1051")


async def test_a_split_is_said_and_planned_by_a_yes() -> None:
    answer = await said(FITS, "fit 1052", "y")
    assert "A split: 2 parcels for uber." in answer
    assert "Parcel 1, 1 × Rice cooker, 3 × Ribbon." in answer
    assert ("plan_parcels", "1052", 2) in await asked(FITS, "fit 1052", "y")


async def test_without_a_yes_nothing_is_planned() -> None:
    assert await asked(FITS, "fit 1052", "n") == []


async def test_an_order_that_has_left_says_so() -> None:
    assert "#1029 is not here any more." in await said(BUSY, "fit 1029")


async def test_the_bag_is_closed_in_the_parcels_planned() -> None:
    assert ("ready", "1053", 2) in await asked(FITS, "packed 1053")
