"""With all colour taken away every state is still told from every other, by sign and by word."""

from enum import Enum
from itertools import combinations

import pytest
from rich.cells import cell_len

from core.board.lamps import Light
from core.board.orders import Lane, NextStep
from core.domain.delivery import DeliveryState
from core.domain.payment import Payment
from core.domain.problem import ProblemKind
from core.domain.purchase import OrderType
from core.domain.send import SendState
from core.domain.stage import Stage
from tests import samples
from tests.tui.play import Player, playing
from tui import i18n, labels
from tui.labels.problems import TROUBLES
from tui.labels.steps import STEPS

LANGUAGES = ("en", "zh-Hant")
STATES = (Stage, DeliveryState, Light, SendState, Payment, OrderType, Lane)
STAGES = (Stage.NEW, Stage.PREPARING, Stage.READY, Stage.OUT, Stage.WAITING_PAYMENT, Stage.REVIEW)
RIDES = tuple(state for state in DeliveryState if state not in (DeliveryState.DELIVERED, DeliveryState.RETURNED))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("enum", STATES, ids=lambda enum: enum.__name__)
def test_any_two_states_differ_by_sign_and_by_word(enum: type[Enum], language: str) -> None:
    i18n.use(language)
    for one, other in combinations(enum, 2):
        assert labels.word(one).sign != labels.word(other).sign, (one, other)
        assert labels.word(one).text != labels.word(other).text, (one, other)


@pytest.mark.parametrize("enum", STATES, ids=lambda enum: enum.__name__)
def test_every_sign_is_one_cell_wide(enum: type[Enum]) -> None:
    assert {cell_len(labels.word(member).sign) for member in enum} == {1}


@pytest.mark.parametrize("language", LANGUAGES)
def test_any_two_steps_differ_by_word(language: str) -> None:
    i18n.use(language)
    words = [STEPS[step].text for step in NextStep]
    assert len(set(words)) == len(words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_any_two_problems_differ_by_word_and_by_what_to_do(language: str) -> None:
    i18n.use(language)
    for one, other in combinations(ProblemKind, 2):
        assert labels.title(one) != labels.title(other)
        assert TROUBLES[one].advice != TROUBLES[other].advice


def of_stage(stage: Stage) -> samples.Order:
    makers = {Stage.PREPARING: samples.preparing, Stage.READY: samples.ready, Stage.OUT: samples.out}
    return makers[stage]("7") if stage in makers else samples.order("7", stage, seen_at=samples.ago(1))


async def row_of(shop: samples.Shop, **facts: object) -> str:
    """The order's line of the queue, as a terminal without colours shows it."""
    async with playing(shop, **facts) as player:
        return _row(player)


def _row(player: Player) -> str:
    return next(row for row in player.text("queue").splitlines() if "#7 " in row)


async def test_in_the_queue_all_stages_differ_by_sign_and_word() -> None:
    rows = [await row_of(samples.shop((of_stage(stage),))) for stage in STAGES]
    assert len({row[1] for row in rows}) == len(STAGES)
    assert len({_words(row) for row in rows}) == len(STAGES)


async def test_in_the_queue_all_states_of_the_driver_differ_by_sign_and_word() -> None:
    makers = {
        state: samples.out if state in (DeliveryState.PICKED_UP, DeliveryState.RETURNING) else samples.ready
        for state in RIDES
    }
    rows = [
        await row_of(samples.shop((makers[state]("7"),), deliveries=(samples.delivery("7", state, 2),)))
        for state in RIDES
    ]
    assert len({row[1] for row in rows}) == len(RIDES)
    assert len({_words(row) for row in rows}) == len(RIDES)


async def test_ringing_seen_marked_and_late_are_told_apart() -> None:
    ringing = samples.shop((samples.order("7"),))
    seen = samples.shop((samples.order("7", seen_at=samples.ago(1)),))
    late = samples.shop((samples.order("7", seen_at=samples.ago(1), accept_by=samples.ago(0, 40)),))
    rows = [await row_of(shop) for shop in (ringing, seen, late)]
    assert [row[1] for row in rows[:2]] == ["♪", "●"]
    assert "-0:40" in rows[2]
    async with playing(seen) as player:
        await player.press("m")
        assert _row(player)[1] == "✚"


async def test_ticked_half_ticked_and_open_items_differ() -> None:
    lines = (samples.item("all", 2, 2), samples.item("some", 2, 1), samples.item("none", 2, 0))
    async with playing(samples.shop((samples.preparing("7", lines=lines),))) as player:
        panel = player.text("panel")
        assert "[✓]  2 × all" in panel
        assert "[1]  2 × some" in panel
        assert "[ ]  2 × none" in panel


async def test_kept_broken_and_unknown_rules_differ() -> None:
    lines = (samples.item("heavy", 12, weight_g=None),)
    async with playing(samples.shop((samples.order("7", lines=lines),))) as player:
        panel = player.text("panel")
        for words in ("✓ payment: paid", "? weight unknown", "✗ 12 of 10 items"):
            assert words in panel


async def test_an_overdue_driver_carries_a_sign() -> None:
    late = samples.delivery("7", DeliveryState.MATCHING, 31)
    shop = samples.shop((samples.ready("7"),), deliveries=(late,))
    async with playing(shop, size=(200, 60)) as player:
        for place in ("queue", "panel", "drivers"):
            assert "31 of 5–15 min ▲" in player.text(place), place


async def test_where_the_keys_go_is_seen_by_the_breadth_of_the_bar() -> None:
    async with playing(samples.PICKING) as player:
        assert _bars(player, "queue") == {"▌"}
        assert _bars(player, "panel") == {"▏"}
        await player.press("enter")
        assert _bars(player, "queue") == {"▏"}
        assert _bars(player, "panel") == {"▌"}


def _bars(player: Player, name: str) -> set[str]:
    return {row[:1] for row in player.text(name).splitlines()} & {"▌", "▏"}


async def test_the_answer_with_the_focus_is_underlined() -> None:
    async with playing(samples.FIRST_BELL) as player:
        await player.press("q")
        await player.until(lambda: player.app.focused is not None)
        focused = player.app.focused
        assert focused.styles.text_style.underline
        others = [button for button in player.app.screen.query("Button") if button is not focused]
        assert not any(button.styles.text_style.underline for button in others)


def _words(row: str) -> str:
    """Without number, sign and clock."""
    return " ".join(row[2:].split()[1:-2])
