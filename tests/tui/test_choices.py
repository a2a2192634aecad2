"""What may be done about a courier that does not answer: only what can succeed is offered."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from core.board.lamps import LampKind, LampLine, Light
from core.domain.fit import Fit, Limit, Misfit
from core.domain.ids import CourierName
from core.domain.problem import ProblemKind
from core.domain.send import Send, SendState
from tests import samples
from tests.samples import Shop
from tests.tui.plain.talk import talking
from tests.tui.play import playing
from tui.labels.choices import choices

SILENT = (ProblemKind.COURIER_DOWN, ProblemKind.COURIER_LOCKED_OUT)
OWED = replace(samples.held_call("7"), state=SendState.CALLING, attempts=3)


def shop(kind: ProblemKind, *sends: Send) -> Shop:
    return samples.shop((samples.ready("7"),), sends=sends, problems=(samples.problem("7", kind, 3, "uber: 503"),))


def offered(shop: Shop, lamps: Sequence[LampLine] | None = None, fits: Sequence[Fit] = ()) -> list[str]:
    (problem,) = shop.board.problems
    found = choices(problem, shop.board.line(problem.order_id), lamps or shop.board.lamps, fits)
    return [choice.key or choice.courier for choice in found]


@pytest.mark.parametrize("kind", SILENT)
def test_a_call_that_is_owed_can_only_be_recalled(kind: ProblemKind) -> None:
    assert offered(shop(kind, OWED)) == ["order.recall", ""]


@pytest.mark.parametrize("kind", SILENT)
def test_where_nothing_is_owed_another_courier_can_be_called(kind: ProblemKind) -> None:
    assert offered(shop(kind)) == ["order.ship", "pandago", ""]


@pytest.mark.parametrize("kind", SILENT)
def test_a_call_that_has_not_left_is_not_recalled(kind: ProblemKind) -> None:
    assert offered(shop(kind, samples.held_call("7"))) == [""]


def test_a_courier_whose_lamp_is_red_is_not_offered() -> None:
    lamps = [LampLine(kind=LampKind.COURIER, name=name, light=Light.OK) for name in ("uber", "pandago", "lalamove")]
    lamps[1] = replace(lamps[1], light=Light.FAIL)
    assert offered(shop(SILENT[0]), lamps) == ["order.ship", "lalamove", ""]


def test_a_courier_the_goods_do_not_fit_is_not_offered() -> None:
    small = Fit(courier=CourierName("pandago"), misfits=(Misfit(Limit.WEIGHT, "14", "13"),))
    assert offered(shop(SILENT[0]), fits=(small,)) == ["order.ship", ""]
    assert offered(shop(SILENT[0]), fits=(small, Fit(courier=small.courier, vehicle="car"))) == [
        "order.ship",
        "pandago",
        "",
    ]


async def test_the_trouble_leads_to_the_recall_of_what_is_owed() -> None:
    async with playing(shop(SILENT[0], OWED)) as player:
        await player.press("f8", "down", "enter")
        assert "Should the call have arrived" in str(player.app.screen.query_one(".facts").render())
        await player.press("tab", "enter")
        await player.until(lambda: player.asked == [("recall", "7")])


async def test_typed_it_leads_there_too() -> None:
    async with talking(shop(SILENT[0], OWED)) as talk:
        await talk.type("trouble 7", "1", "yes")
        assert talk.asked == [("recall", "7")]


async def test_typed_the_trouble_of_an_ended_order_is_found_by_its_number() -> None:
    ended = samples.shop((samples.ready("7"),), problems=(samples.problem("7", ProblemKind.CANCELLED_LATE, 3),))
    async with talking(replace(ended, board=replace(ended.board, queue=()))) as talk:
        assert "cancelled after you accepted" in " ".join(await talk.type("trouble 7"))
