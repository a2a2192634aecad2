"""At the door and back again, by keyboard and scanner."""

from dataclasses import replace
from pathlib import Path

import pytest

from core.domain.delivery import DeliveryState
from core.domain.goods_back import GoodsBack, LineBack
from core.domain.handover import Handover, PinAt
from core.domain.ids import OrderId, StaffId
from core.domain.problem import ProblemKind
from core.domain.refusal import NothingCameBack, TooManyPins, WrongPin
from core.domain.staff import Permission
from tests import samples
from tests.sample_returns import PHONE, gone
from tests.samples import SHOPS
from tests.tui.play import Player, playing
from tui import i18n, labels
from tui.screens.viewer import NoViewer, show_file

RETURNS = SHOPS["returns"]
TEA, CRACKER = samples.TEA.id, samples.CRACKER.id


@pytest.fixture(autouse=True)
def _english() -> None:
    i18n.use("en")


def facts(player: Player) -> str:
    return "\n".join(str(label.render()) for label in player.app.screen.query(".facts"))


def trouble(player: Player) -> str:
    return str(player.app.screen.query_one(".trouble").render())


async def hand_over(player: Player) -> None:
    player.page.choose(OrderId("1035"))
    await player.press("h")
    await player.until(lambda: player.in_dialog)


async def test_the_driver_can_be_told_the_stores_phone() -> None:
    async with playing(RETURNS) as player:
        await hand_over(player)
        assert f"Store phone for the driver: {PHONE}." in facts(player)
        assert "The customer's PIN at the door is 4471." in facts(player)


async def test_a_pin_the_driver_has_to_say_is_not_shown_beside_the_field() -> None:
    sheets = RETURNS.sheets | {"1035": replace(RETURNS.sheets["1035"], pin_at=PinAt.PICKUP)}
    async with playing(replace(RETURNS, sheets=sheets)) as player:
        await hand_over(player)
        assert "4471" not in facts(player)
        assert "PIN the driver says" in str([str(label.render()) for label in player.app.screen.query("Label")])


async def test_the_label_of_each_parcel_counts_it() -> None:
    async with playing(RETURNS) as player:
        await hand_over(player)
        for _ in range(3):
            await player.scan("7F2K-88", enter=True)
        assert (player.field("waybill").value, player.field("parcels").value) == ("7F2K-88", "2")
        assert player.asked == []


@pytest.mark.parametrize("code", ["7f2k88", "https://drivers.example/7F2K-88", "{'waybill':'7F2K-88'}"])
async def test_a_code_of_the_drivers_screen_opens_the_hand_over_from_another_page(code: str) -> None:
    async with playing(RETURNS, page="problems") as player:
        await player.scan(code)
        await player.until(lambda: player.in_dialog)
        assert player.field("waybill").value == code


@pytest.mark.parametrize("page", ["counter", "journal"])
async def test_the_couriers_own_number_opens_it_too(page: str) -> None:
    async with playing(RETURNS, page=page) as player:
        ref = player.desk.sheets["1035"].delivery.ref
        player.desk.found[ref] = (OrderId("1035"),)
        await player.scan(ref)
        await player.until(lambda: player.in_dialog)
        assert player.field("waybill").value == ref


async def test_a_wrong_pin_is_said_and_asked_again() -> None:
    async with playing(RETURNS) as player:
        player.desk.refuse("hand_over", WrongPin("no", found="another"))
        await hand_over(player)
        await _fill(player, "7F2K-88", "2", "1")
        await player.until(lambda: "Wrong PIN" in trouble(player))
        assert player.field("waybill").value == "7F2K-88"


async def test_after_too_many_a_managers_word_lets_it_go() -> None:
    async with playing(RETURNS) as player:
        player.desk.refuse("hand_over", TooManyPins("no", found="3", allowed="2"))
        await hand_over(player)
        await _fill(player, "7F2K-88", "2", "1")
        await player.until(lambda: bool(player.app.screen.query("#manager")))
        assert "3 wrong PINs for #1035. Only a manager may let it go" in facts(player)
        del player.desk.refusals["hand_over"]
        player.field("manager").value, player.field("reason").value = "Lin", "phoned the courier"
        player.field("reason").focus()
        await player.press("enter")
        word = Permission(manager=StaffId("Lin"), reason="phoned the courier")
        given = Handover(waybill="7F2K-88", parcels=2, pin="1", permission=word)
        await player.until(lambda: player.asked[-1] == ("hand_over", "1035", given))


async def _fill(player: Player, *words: str) -> None:
    for name, value in zip(("waybill", "parcels", "pin"), words, strict=True):
        player.field(name).value = value
    player.field("pin").focus()
    await player.press("enter")


async def goods_back(player: Player, number: str = "1027") -> None:
    player.page.choose(OrderId(number))
    await player.press("i")
    await player.until(lambda: player.in_dialog)


async def test_everything_is_back_and_sound_by_one_key_and_enter() -> None:
    async with playing(RETURNS) as player:
        await goods_back(player)
        await player.press("enter")
        whole = GoodsBack(parcels=2, lines={TEA: LineBack(2), CRACKER: LineBack(1)})
        assert player.asked == [("receive", "1027", whole)]
        assert "Received: #1027." in player.toasts()


async def test_less_damaged_and_a_note() -> None:
    async with playing(RETURNS) as player:
        await goods_back(player)
        await player.press("minus", "down", "space", "down", "minus", "tab")
        await player.type("wet box")
        await player.press("enter")
        found = GoodsBack(parcels=1, lines={TEA: LineBack(1, 1), CRACKER: LineBack(0)}, note="wet box")
        assert player.asked == [("receive", "1027", found)]


async def test_no_key_takes_a_count_below_none_or_above_what_left() -> None:
    async with playing(RETURNS) as player:
        await goods_back(player)
        await player.press("plus", "down", "space", "space", "minus", "minus", "minus", "down", "plus", "enter")
        found = GoodsBack(parcels=2, lines={TEA: LineBack(0, 0), CRACKER: LineBack(1)})
        assert player.asked == [("receive", "1027", found)]


async def test_damaged_once_round_is_sound_again() -> None:
    async with playing(RETURNS) as player:
        await goods_back(player)
        await player.press("down", "space", "space", "space", "enter")
        assert player.asked[0][2].lines[TEA] == LineBack(2)


async def test_a_scanner_alone_takes_goods_in() -> None:
    async with playing(RETURNS) as player:
        player.page.choose(OrderId("1027"))
        for code in ("ORDERBELL-I", samples.CRACKER.barcode, "ORDERBELL-MINUS", "ORDERBELL-ENTER"):
            await player.scan(code)
        found = GoodsBack(parcels=2, lines={TEA: LineBack(2), CRACKER: LineBack(0)})
        assert player.asked == [("receive", "1027", found)]


async def test_a_foreign_item_is_told_so() -> None:
    async with playing(RETURNS) as player:
        await goods_back(player)
        await player.scan("4710000000000")
        assert player.toasts() == ["“4710000000000” did not leave with this order."]
        assert player.in_dialog


async def test_escape_leaves_and_nothing_is_received() -> None:
    async with playing(RETURNS) as player:
        await goods_back(player)
        await player.press("space", "escape")
        assert (player.asked, player.in_dialog) == ([], False)


async def test_the_key_finds_what_waits_when_another_order_is_chosen() -> None:
    async with playing(RETURNS) as player:
        await goods_back(player, "1035")
        await player.press("enter")
        assert [one[:2] for one in player.asked] == [("receive", "1027")]


async def test_the_problem_leads_to_the_count() -> None:
    async with playing(RETURNS, page="problems") as player:
        await player.press("enter")
        await player.until(lambda: player.in_dialog)
        await player.press("down", "enter")
        await player.until(lambda: bool(player.app.screen.query("LineList")) and player.in_dialog)
        await player.press("enter")
        assert [one[:2] for one in player.asked] == [("receive", "1027")]


async def test_a_failed_delivery_may_be_back_although_no_courier_says_so() -> None:
    async with playing(RETURNS) as player:
        player.page.choose(OrderId("1026"))
        await player.press("f8", "down", "down", "enter")
        await player.until(lambda: bool(player.app.screen.query("LineList")) and player.in_dialog)
        await player.press("enter")
        assert [one[:2] for one in player.asked] == [("receive", "1026")]


async def test_a_refusal_is_said_in_words() -> None:
    async with playing(RETURNS) as player:
        player.desk.refuse("receive", NothingCameBack("no", found="received"))
        await goods_back(player)
        await player.press("enter")
        assert player.toasts() == ["No goods of #1027 are to be received: it is “received”. (C68)"]


async def test_goods_that_nobody_expects_are_not_counted() -> None:
    async with playing(SHOPS["busy"]) as player:
        await player.press("i")
        assert player.toasts() == ["No goods are coming back."]
        assert player.asked == []


async def test_the_bar_names_the_key_where_goods_are_coming_back() -> None:
    async with playing(RETURNS) as player:
        player.page.choose(OrderId("1027"))
        await player.until(lambda: " I " in player.text("keys"))
        assert "goods back" in player.text("keys")


async def test_the_sheet_says_what_is_kept_and_shows_no_picture() -> None:
    async with playing(RETURNS, size=(200, 60)) as player:
        player.page.choose(OrderId("1024"))
        await player.until(lambda: "picture kept 14:30 (88 kB)" in player.text("panel"))
        assert "driver waited     3 min" in player.text("panel")
        assert "no picture" not in player.text("panel")  # of the pick-up: hardly anybody takes one


async def test_a_proof_is_opened_only_when_it_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path] = []
    monkeypatch.setattr("tui.screens.viewer.show_file", opened.append)
    async with playing(RETURNS) as player:
        player.page.choose(OrderId("1024"))
        await player.press("j")
        await player.until(lambda: player.in_dialog)
        assert "dropoff-picture.jpg" in facts(player)
        await player.press("escape", "j")
        await player.until(lambda: player.in_dialog)
        assert opened == []
        await player.press("down", "enter")
        assert [file.name for file in opened] == ["1024-dropoff-picture.jpg"]


async def test_where_nothing_can_show_it_its_place_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    async with playing(RETURNS) as player:
        player.page.choose(OrderId("1024"))
        await player.press("j")
        await player.until(lambda: player.in_dialog)
        await player.press("down", "enter")
        assert "1024-dropoff-picture.jpg is not there any more" in player.toasts()[0]


def test_without_a_desktop_nothing_is_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "proof.png"
    file.write_bytes(b"x")
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(NoViewer, match=r"proof\.png"):
        show_file(file)


async def test_an_order_without_proofs_says_so() -> None:
    async with playing(RETURNS) as player:
        player.page.choose(OrderId("1035"))
        await player.press("j")
        assert player.toasts() == ["No proof is kept or asked for."]


def test_goods_of_a_channel_with_markup_in_their_names_are_only_words() -> None:
    assert labels.goods_back(LineBack(1, 1), 3) == "✓ 1 of 3 sound  ✗ 1 damaged  ? 1 missing"


async def test_many_lines_scroll_in_a_small_terminal() -> None:
    lines = tuple(samples.item(f"[b]Line {at}", 1, 1) for at in range(30))
    made = samples.shop(
        (gone("7", lines=lines),),
        deliveries=(samples.delivery("7", DeliveryState.RETURNING, 3),),
        problems=(samples.problem("7", ProblemKind.GOODS_RETURNING),),
    )
    async with playing(made, size=(80, 24)) as player:
        await player.press("i")
        await player.until(lambda: player.in_dialog)
        await player.press(*["down"] * 30, "minus", "enter")
        assert player.asked[0][2].lines["[b]Line 29"] == LineBack(0)
