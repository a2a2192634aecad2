"""What the screens say of a driver: what was told, how old that is, and of what nobody told that nobody did."""

from dataclasses import replace

import pytest

from core.board.drivers import DriverLine
from core.domain.delivery import DeliveryState, Driver
from tests import samples
from tests.tui.play import Player, playing
from tui import i18n, keys
from tui.labels import ride

S = DeliveryState
RIDES = samples.SHOPS["rides"]


@pytest.fixture(autouse=True)
def _english() -> None:
    i18n.use("en")


def line(number: str) -> DriverLine:
    return next(one for one in RIDES.board.drivers if one.number == number)


def of(player: Player, number: str, name: str = "list") -> str:
    """The rows of an order's delivery."""
    shown = player.text(name).splitlines()
    at = next(y for y, words in enumerate(shown) if f"#{number}" in words)
    return "\n".join(shown[at : at + 2])


@pytest.mark.parametrize(
    ("metres", "words"),
    [(0, "0 m"), (7, "7 m"), (46, "50 m"), (994, "990 m"), (996, "1 km"), (1240, "1.2 km"), (9960, "10 km")],
)
def test_distances_are_no_finer_than_anybody_walks(metres: int, words: str) -> None:
    assert ride.distance(metres) == words


async def test_a_driver_on_the_way_is_said_to_come_when_and_from_where_and_how_old_that_is() -> None:
    async with playing(RIDES, page="drivers") as player:
        shown = of(player, "3003")
        assert "here 14:37, in 5 min, told 2 min ago" in shown
        assert "1.2 km, just now" in shown


async def test_a_time_that_is_over_says_so() -> None:
    async with playing(RIDES, page="drivers") as player:
        assert "due 14:29, 3 min ago, told 6 min ago" in of(player, "3005")
        assert "due 14:12, 20 min ago" in of(player, "3013")


async def test_what_nobody_told_is_a_dash_and_a_word() -> None:
    async with playing(RIDES, page="drivers") as player:
        assert "– time not told · – position not told" in of(player, "3006")
        assert "– nobody yet" in of(player, "3008")


async def test_who_was_seen_in_front_of_the_store_is_not_said_to_be_at_the_door() -> None:
    async with playing(RIDES, page="drivers") as player:
        shown = of(player, "3002")
        assert "driver on the way" in shown
        assert "near the store (by position) 50 m" in shown
        assert "1 at the door" in player.text("list")
        assert "1 near the store" in player.text("list")


async def test_a_swap_shows_both_names_and_after_five_minutes_the_new_one_only() -> None:
    async with playing(RIDES, page="drivers") as player:
        assert "driver changed 1 min ago: was A-Ming, now Lin" in of(player, "3004")
        player.app.clock.go(241)
        await player.until(lambda: "A-Ming" not in of(player, "3004"))
        assert "Lin" in of(player, "3004")


async def test_a_job_given_back_says_by_whom() -> None:
    async with playing(RIDES, page="drivers") as player:
        shown = of(player, "3007")
        assert "driver gave it back 2 min ago: Wu Chia-Hao" in shown
        assert "finding a driver" in shown


async def test_an_old_position_is_pale_and_has_its_age() -> None:
    said = ride.spot(line("3010"), samples.NOW)
    assert said.text == "1.4 km, 14 min old"
    assert said.tone != ride.spot(line("3009"), samples.NOW).tone


async def test_beside_the_list_stands_all_that_is_known_of_the_chosen_one() -> None:
    async with playing(RIDES, page="drivers") as player:
        await player.until(lambda: "tracking" in player.text("ride"))
        shown = player.text("ride")
        for words in ("Lin · 0955 001 777", "scooter · NKL-8820", "7F2K-3001", "4471", "NT$65", "rides.example/t/3001"):
            assert words in shown
        await player.press("down")
        await player.until(lambda: "lalamove" in player.text("ride"))
        assert "near the store (by position)" in player.text("ride")


async def test_the_panel_says_of_each_fact_whether_it_was_told() -> None:
    async with playing(RIDES, page="drivers", size=(200, 60)) as player:
        await player.press("end")
        await player.until(lambda: "#3011" in player.text("ride"))
        shown = player.text("ride")
        assert "Jess · – not told: phone" in shown
        assert [words.split()[0] for words in shown.splitlines() if "– not told" in words and ":" not in words] == [
            "vehicle",
            "position",
            "at",
            "fee",
            "tracking",
        ]


async def test_the_counters_panel_says_the_same() -> None:
    async with playing(RIDES) as player:
        await player.until(lambda: "last heard" in player.text("panel"))
        assert "10 m from the store · 12 s old" in player.text("panel")
        assert "1.8 km from the door" in player.text("panel")


async def test_the_panel_follows_a_driver_who_moves_and_changes_nothing_else() -> None:
    async with playing(RIDES) as player:
        await player.until(lambda: "last heard" in player.text("panel"))
        sheet = player.desk.sheets["3001"]
        (job,) = sheet.deliveries
        assert job.place is not None
        moved = replace(job, place=replace(job.place, latitude=25.0526))
        player.desk.sheets["3001"] = replace(sheet, deliveries=(moved,))
        rides = tuple(
            replace(one, place=moved.place, to_store=33) if one.number == "3001" else one for one in RIDES.board.drivers
        )
        await player.tell(replace(RIDES.board, drivers=rides))
        await player.until(lambda: "30 m from the store" in player.text("panel"))


async def test_at_the_door_comes_first_on_the_smallest_terminal() -> None:
    async with playing(RIDES, page="drivers", size=(80, 24)) as player:
        first = player.text("list").splitlines()[1:3]
        assert "#3001" in first[0]
        assert "driver at the door" in first[0]
        assert "waybill 7F2K-3001 · PIN 4471" in first[1]


async def test_of_two_hundred_drivers_only_the_lines_that_differ_are_drawn() -> None:
    shop = samples.SHOPS["two_hundred"]
    async with playing(shop, page="drivers") as player:
        rows, before = player.rows("list"), shop.board
        assert "#4000" in player.text("list")  # it is drawn
        drawn: list[int] = []
        show = rows.show
        rows.show = lambda *told: drawn.append(show(*told)) or drawn[-1]  # type: ignore[method-assign]
        moved = tuple(
            replace(one, to_store=(one.to_store or 0) + 3000) if at == 7 else one
            for at, one in enumerate(before.drivers)
        )
        await player.tell(replace(before, drivers=moved))
        assert 0 < sum(drawn) <= 2
        await player.tell(
            replace(before, drivers=tuple(replace(one, to_door=9) if at > 100 else one for at, one in enumerate(moved)))
        )
        assert 0 < sum(drawn) <= 2  # the rest is out of view


async def asked(shop: samples.Shop, number: str, key: str) -> str:
    """What a dialog says before it is answered."""
    async with playing(shop) as player:
        player.rows("queue").choose(number)
        await player.until(lambda: player.page.sheet is not None and player.page.sheet.order.number == number)
        await player.press(key)
        await player.until(lambda: player.in_dialog)
        return str(player.app.screen.query_one(".facts").render())


async def test_before_a_driver_is_recalled_it_is_said_what_that_costs() -> None:
    words = await asked(RIDES, "3008", keys.BY_ID["order.recall"].key)
    assert "Free while a driver is still looked for. If uber refuses, the fee NT$65 is owed." in words


@pytest.mark.parametrize(
    ("number", "cost"),
    [
        ("3008", "Free while a driver is still looked for."),
        ("3003", "A driver has taken it. If pandago refuses, the fee NT$65 is owed."),
        ("3006", "If doordash refuses, its fee (how much was not told) is owed."),
    ],
)
async def test_before_an_order_is_cancelled_it_is_said_what_its_driver_costs(number: str, cost: str) -> None:
    assert cost in await asked(RIDES, number, keys.BY_ID["order.cancel"].key)


async def test_without_a_driver_there_is_nothing_to_pay() -> None:
    words = await asked(samples.PACKED, samples.PACKED.board.queue[0].order_id, "x")
    assert "owed" not in words


async def test_what_calling_off_has_cost_stays_in_sight() -> None:
    async with playing(RIDES, page="drivers") as player:
        player.rows("list").choose("3013")
        await player.until(lambda: "called off for" in player.text("ride"))
        assert "NT$65" in player.text("ride")


async def test_a_long_link_and_a_long_vehicle_are_shown_whole() -> None:
    shop, link = samples.SHOPS["rides"], f"https://rides.example/{'x' * 60}/end"
    sheet = shop.sheets["3001"]
    driver = Driver(name="Lin", vehicle="motorcycle white Kymco Many 110", plate="NKL-8820")
    job = replace(sheet.deliveries[0], tracking_url=link, driver=driver)
    told = replace(shop, sheets={**shop.sheets, "3001": replace(sheet, deliveries=(job,))})
    async with playing(told, page="drivers") as player:
        await player.until(lambda: "NKL-8820" in player.text("ride"))
        shown = "".join(line[20:].strip() for line in player.text("ride").splitlines())
        assert link in shown
