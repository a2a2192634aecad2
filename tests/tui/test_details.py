"""What went wrong is said in the language of the staff, and unknown words stay as they were said."""

import pytest

from core.domain.events import ProblemClosed
from core.domain.problem import ProblemKind
from tests import samples
from tests.tui.play import playing
from tui import i18n, labels
from tui.labels.details import CODES, PHRASES

KIND = ProblemKind


@pytest.fixture(autouse=True)
def _english() -> None:
    i18n.use("en")


@pytest.mark.parametrize(
    ("kind", "found", "words"),
    [
        (KIND.COURIER_REFUSED, "uber: 400 address_undeliverable: not in the area.", "uber: outside the courier's area"),
        (KIND.COURIER_REFUSED, "uber: 400 invalid_params: phone", "uber: the courier cannot use an entry: phone"),
        (KIND.COURIER_REFUSED, "uber: 418 teapot: short and stout", "uber: 418 teapot: short and stout"),
        (KIND.COURIER_DOWN, "uber: no answer: ConnectTimeout", "uber: no answer"),
        (KIND.COURIER_DOWN, "uber: the answer (200) is not JSON", "uber: an answer nobody can read"),
        (KIND.NO_DRIVER, "pandago: 34 min", "pandago: 34 min"),
        (KIND.DELIVERY_FAILED, "CUSTOMER_UNAVAILABLE", "nobody was at the door"),
        (KIND.GOODS_RETURNING, "customer refused", "the customer refused it"),
        (KIND.CANCELLED_LATE, "preparing", "preparing"),
        (KIND.CANCELLED_LATE, "what is this", "what is this"),
        (KIND.REFUND_DUE, "1240.00 TWD", "NT$1,240"),
        (KIND.REFUND_DUE, "1 × CUP, 2 × TEA", "1 × CUP, 2 × TEA"),
        (KIND.CLASH, "orders/paid, but payment state voided", "orders/paid, but payment state voided"),
        (KIND.UNREADABLE, "web: total: found 'x', allowed a number", "web: total: found 'x', allowed a number"),
        (KIND.UNREADABLE, "", ""),
    ],
)
def test_a_detail_is_said_in_words(kind: ProblemKind, found: str, words: str) -> None:
    assert labels.detail(kind, found) == words


def test_two_contradictions_are_both_said() -> None:
    found = "no total was told: the lines were added up; the promised window ends before it starts"
    said = "no total was told: the lines were added up; the promised time ends before it starts"
    assert labels.detail(KIND.CLASH, found) == said


@pytest.mark.parametrize(
    "nasty", ["{x}", "uber: {0}", "400 {x}: {y}", "[red]x[/]", "uber: no answer: {what}", "\x00: \x1b[2J"]
)
@pytest.mark.parametrize("kind", ProblemKind)
def test_hostile_details_do_no_harm(kind: ProblemKind, nasty: str) -> None:
    assert labels.detail(kind, nasty)


def test_names_in_a_phrase_with_braces_stay_as_they_are() -> None:
    assert labels.said("payment state {what}: counted as unpaid") == "payment state {what}: counted as unpaid"


def test_every_phrase_and_code_asks_to_be_translated() -> None:
    messages = {message for _pattern, message in PHRASES} | set(CODES.values())
    assert all(message and not message.endswith(".") for message in messages)


def test_how_a_problem_ended_by_itself_is_said_in_words() -> None:
    event = ProblemClosed(order_id="1", at=samples.NOW, problem_id="p", kind="courier_down", result="answers again")
    assert labels.happened(event, samples.ZONE) == "dealt with: the courier does not answer, answers again"


async def test_problem_page_panel_and_question_say_it_alike() -> None:
    trouble = samples.problem("1031", KIND.COURIER_REFUSED, 2, "uber: 400 address_undeliverable: no")
    shop = samples.shop((samples.ready("1031"),), problems=(trouble,))
    words = "uber: outside the courier's area"
    async with playing(shop) as player:
        assert words in player.text("problems")
        assert words in player.text("panel")
        await player.press("f8")
        assert words in str(player.app.screen.query_one(".facts").render())


async def test_what_was_dealt_with_is_no_trouble_on_the_sheet_any_more() -> None:
    over = samples.problem("1031", KIND.COURIER_DOWN, 9, "pandago: 503").closed("answers again", samples.NOW)
    shop = samples.shop((samples.ready("1031"),), problems=(over,))
    async with playing(shop) as player:
        assert "pandago: 503" not in player.text("panel")
