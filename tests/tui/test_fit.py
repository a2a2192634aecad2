"""Will it fit? On the panel, in the dialog, and what is planned from there."""

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest

from core.domain.ids import CourierName, OrderId
from core.domain.limits import CourierLimits, Vehicle
from core.domain.measures import Box
from tests import sample_fits
from tests.samples import BUSY, FITS, Shop
from tests.tui.play import Player, lines_of, playing
from tui.screens.will_it_fit import WillItFit
from tui.widgets.line_list import LineList


async def go_to(player: Player, number: str) -> None:
    player.page.choose(OrderId(number))  # type: ignore[attr-defined]
    await player.until(lambda: player.page.sheet is not None and player.page.sheet.order.id == number)
    if player.app.size.width > 80:
        await player.until(lambda: f"#{number}" in player.text("panel"))


async def ask(player: Player, number: str) -> str:
    """The dialog's table."""
    await go_to(player, number)
    await player.press("y")
    await player.until(lambda: isinstance(player.app.screen, WillItFit))
    table = player.app.screen.query_one(LineList)
    await player.until(lambda: "lalamove" in "".join(lines_of(table)))
    return "\n".join(line.rstrip() for line in lines_of(table))


def rows(player: Player) -> list[str]:
    """The panel from the title on."""
    lines = [line.strip() for line in player.text("panel").splitlines()]
    start = next(at for at, line in enumerate(lines) if line.startswith("WILL IT FIT?"))
    return lines[start : start + 4]


def with_carriers(carriers: Mapping[CourierName, CourierLimits]) -> Shop:
    sheets = {id: sample_fits.fitted(sheet, dict(carriers)) for id, sheet in FITS.sheets.items()}
    return replace(FITS, sheets=sheets)


async def test_a_new_order_says_who_could_carry_it_and_what_nobody_knows() -> None:
    async with playing(FITS) as player:
        await go_to(player, "1051")
        title, doubt = rows(player)[:2]
        assert all(word in title for word in ("? uber", "? pandago", "? lalamove", "Y"))
        assert doubt == "? 1 of 3 pieces has no size"


async def test_who_is_out_stands_before_the_items_with_the_numbers() -> None:
    async with playing(FITS) as player:
        await go_to(player, "1055")
        title, *couriers = rows(player)
        assert "▲ nobody carries it" in title
        assert "✗ uber 120 > 60 cm" in couriers[0]
        panel = player.text("panel")
        assert panel.index("WILL IT FIT?") < panel.index("ITEMS")


async def test_what_fits_stands_below_what_is_to_be_ticked() -> None:
    async with playing(FITS) as player:
        await go_to(player, "1053")
        panel = player.text("panel")
        assert panel.index("CHECKS") < panel.index("WILL IT FIT?")
        assert "in 2 parcels" in panel
        assert "parcel 1: 1 × Rice cooker, 3 × Ribbon" in panel


@pytest.mark.parametrize("number", ["1052", "1053", "1054"])
async def test_on_the_smallest_screen_every_check_is_in_view(number: str) -> None:
    async with playing(FITS, size=(80, 24)) as player:
        await go_to(player, number)
        await player.press("enter")
        await player.until(lambda: "weight and size" in player.text("panel"))


async def test_of_many_couriers_the_rest_is_counted() -> None:
    many = {CourierName(f"courier {at}"): CourierLimits(max_weight_g=100) for at in range(20)}
    async with playing(with_carriers(many)) as player:
        await go_to(player, "1055")
        assert re.search(r"\+1[4-8]$", rows(player)[2])
        assert "courier 0" in rows(player)[1]


async def test_who_can_carry_it_is_never_hidden_behind_those_who_cannot() -> None:
    small = {CourierName(f"courier {at}"): CourierLimits(max_weight_g=100) for at in range(20)}
    unsure = CourierLimits(boxes=(Box(300, 600, 400),))
    async with playing(with_carriers(small | {CourierName("van"): CourierLimits()})) as player:
        await go_to(player, "1055")
        assert rows(player)[1].startswith("✓ van · ✗ courier 0")
    async with playing(
        with_carriers(small | {CourierName("moto"): unsure, CourierName("van"): CourierLimits()})
    ) as player:
        await go_to(player, "1051")
        assert "✓ van · ? moto · ✗ courier 0" in " ".join(rows(player))


async def test_a_vehicles_name_stands_behind_its_courier() -> None:
    moto = {CourierName("uber"): CourierLimits(vehicles=(Vehicle(name="moto", max_weight_g=100), Vehicle(name="car")))}
    async with playing(with_carriers(moto)) as player:
        await go_to(player, "1056")
        assert "✓ uber car · ✗ uber moto 2 > 0.1 kg" in rows(player)[0]


async def test_the_dialog_has_every_courier_and_every_parcel() -> None:
    async with playing(FITS) as player:
        table = await ask(player, "1052")
        assert "✗ uber" in table
        assert "2 pieces do not go into 30×60×40 cm together" in table
        assert "SPLIT  2 parcels for uber" in table
        assert "parcel 1    1 × Rice cooker, 3 × Ribbon" in table


async def test_enter_plans_the_split() -> None:
    async with playing(FITS) as player:
        await ask(player, "1052")
        await player.press("enter")
        await player.until(lambda: ("plan_parcels", "1052", 2) in player.asked)
        await player.until(lambda: player.toasts() == ["#1052 goes in 2 parcels."])


async def test_escape_plans_nothing() -> None:
    async with playing(FITS) as player:
        await ask(player, "1052")
        await player.press("escape")
        await player.until(lambda: not player.in_dialog)
        assert player.asked == []


async def test_where_no_split_helps_enter_only_leaves() -> None:
    async with playing(FITS) as player:
        assert "20.2 > 13 kg" in await ask(player, "1054")
        assert not player.app.screen.query("#yes")
        await player.press("enter")
        await player.until(lambda: not player.in_dialog)
        assert player.asked == []


async def test_what_is_planned_can_be_one_parcel_again() -> None:
    async with playing(FITS) as player:
        await ask(player, "1053")
        await player.pilot.click("#one")
        await player.until(lambda: ("plan_parcels", "1053", 1) in player.asked)


async def test_a_split_can_be_planned_only_once_the_order_is_accepted() -> None:
    new = FITS.sheets[OrderId("1051")]
    lines = FITS.sheets[OrderId("1052")].order.lines
    order = replace(new.order, purchase=replace(new.order.purchase, lines=lines))
    shop = replace(FITS, sheets=dict(FITS.sheets) | {order.id: sample_fits.fitted(replace(new, order=order))})
    async with playing(shop) as player:
        assert "SPLIT" in await ask(player, "1051")
        assert not player.app.screen.query("#yes")


async def test_the_bag_is_closed_in_the_parcels_planned() -> None:
    async with playing(FITS) as player:
        await go_to(player, "1053")
        await player.press("d")
        await player.until(lambda: ("ready", "1053", 2) in player.asked)


async def test_where_nothing_can_be_said_the_key_says_why() -> None:
    async with playing(BUSY) as player:
        await go_to(player, "1029")
        await player.press("y")
        await player.until(lambda: player.toasts() == ["#1029 is not here any more."])
        assert not player.in_dialog
