"""What the shop's own system is told: held, taken back, refused; shown and settled on the screen."""

from dataclasses import replace
from datetime import timedelta

from textual.widgets import OptionList

from core.board.held import HeldLine
from core.domain.ids import OrderId, RefundId
from core.domain.money import Money
from core.domain.problem import ProblemKind
from core.domain.refund import Refund, RefundState
from core.domain.refusal import NothingHeld
from core.domain.send import Send, SendKind, SendState
from core.domain.shop_call import ShopAbility, ShopCall
from tests import builders, samples
from tests.tui.play import playing
from tui import labels
from tui.widgets.refund_lines import refund_rows, telling_rows

REFUSED = samples.shop(
    (samples.ready("7"),),
    problems=(samples.problem("7", ProblemKind.SHOP_REFUSED, 3, "web: refund 200.00 TWD: the order is closed"),),
)
SHEET = REFUSED.sheets["7"]
SUM = Money(20_000, "TWD")


def held(seconds: float = 4) -> HeldLine:
    until = samples.NOW + timedelta(seconds=seconds)
    return HeldLine(order_id=OrderId("9"), number="9", held_until=until, ability=ShopAbility.CANCEL)


def with_held(line: HeldLine) -> samples.Shop:
    shop = samples.shop((samples.ready("7"),))
    return replace(shop, board=replace(shop.board, held=(line,), sends_waiting=1))


async def test_the_question_offers_the_three_ways_it_may_end() -> None:
    async with playing(REFUSED) as player:
        await player.press("f8")
        box = player.app.screen.query_one(OptionList)
        offered = [str(box.get_option_at_index(at).prompt) for at in range(box.option_count)]
        assert offered == [
            "◁ Back",
            "Tell the shop's system once more",
            "It is done in the shop's own system",
            "Give it up …",
        ]


async def test_told_once_more_goes_at_once() -> None:
    async with playing(REFUSED) as player:
        await player.press("f8", "down", "enter")
        assert player.asked == [("settle_telling", "7", "again", "")]


async def test_that_it_is_done_there_is_asked_once_more_with_the_safe_answer_first() -> None:
    async with playing(REFUSED) as player:
        await player.press("f8", "down", "down", "enter", "enter")
        assert player.asked == []
        await player.press("f8", "down", "down", "enter", "tab", "enter")
        assert player.asked == [("settle_telling", "7", "by_hand", "")]


async def test_giving_up_wants_a_reason() -> None:
    async with playing(REFUSED) as player:
        await player.press("f8", "down", "down", "down", "enter", "escape")
        assert player.asked == []
        await player.press("f8", "down", "down", "down", "enter", "down", "enter")
        assert player.asked == [("settle_telling", "7", "given_up", "agreed with the customer")]


async def test_undo_reaches_a_no_whose_order_has_left_the_queue() -> None:
    async with playing(with_held(held())) as player:
        assert "undo" in player.text()
        await player.press("u")
        assert player.asked == [("take_back", "9")]
        await player.until(lambda: "Taken back: #9." in "".join(player.toasts()))


async def test_a_no_that_has_left_is_not_undone() -> None:
    async with playing(with_held(held(seconds=-1))) as player:
        await player.press("u")
        assert player.asked == []
        assert labels.why(NothingHeld("none")) in "".join(player.toasts())


def refund(state: RefundState, minor: int = 20_000) -> Refund:
    return Refund(
        id=RefundId("r"),
        order_id=OrderId("7"),
        amount=Money(minor, "TWD"),
        reason="spoilt",
        by=samples.MEI,
        at=samples.NOW,
        state=state,
    )


def told(state: SendState, **more: object) -> Send:
    call = ShopCall(ability=ShopAbility.REFUND, key="k", shop="s", channel_order_id="c", number="7", money=SUM)
    due = samples.NOW + timedelta(seconds=4)
    return builders.send(kind=SendKind.TELL_SHOP, state=state, call=call, due_at=due, **more)


def text(rows: object) -> str:
    return "\n".join("".join(piece.text for piece in row.left) for row in rows)


def test_the_panel_shows_each_sum_how_far_it_is_and_what_is_left() -> None:
    sheet = SHEET
    shown = text(refund_rows(replace(sheet, refunds=(refund(RefundState.DONE),)), samples.ZONE, 60))
    assert "NT$200 went back · spoilt" in shown
    left = labels.money(sheet.order.purchase.total - SUM)
    assert f"{left} of {labels.money(sheet.order.purchase.total)} are left" in shown


def test_what_was_taken_back_is_not_shown() -> None:
    sheet = replace(SHEET, refunds=(refund(RefundState.TAKEN_BACK),))
    assert text(refund_rows(sheet, samples.ZONE, 60)) == ""


def test_the_panel_counts_down_what_is_held_and_names_what_was_refused() -> None:
    sheet = replace(SHEET, tellings=(told(SendState.HELD), told(SendState.REFUSED, attempts=1, reason="closed")))
    shown = text(telling_rows(sheet, samples.NOW, 1.0, 60))
    assert "U 4 s  give the money back NT$200" in shown.replace("  ", "  ")
    assert "✗ give the money back NT$200: refused" in shown
