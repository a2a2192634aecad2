"""Words have few cells in some places: what is written there fits, in every language."""

from dataclasses import replace

import pytest
from rich.cells import cell_len

from core.board.orders import NextStep
from core.domain.checklist import Check
from core.domain.delivery import DeliveryState
from core.domain.send import SendKind
from tests import samples
from tests.tui.play import playing
from tui import i18n, keys, labels
from tui.i18n import _
from tui.labels.steps import STEPS
from tui.labels.vitals import NAMES
from tui.widgets.driver_list import ONE_LINE, driver_rows

LABEL = 14  # cells of a key's label: the help has a column of them
TOOLTIP = 59  # what is left beside it in the help's box
STEP, COUNTED = 20, 14  # of a step in the queue; of one with a count behind it
STATE = 19  # of a delivery beside its number, in the list of drivers
CHECK = 15  # the column before what a check means
FACT = 17  # the column of a delivery's facts
FIELD = 23  # the column before the fields of a form
VITAL = 13  # the column before what is known of a courier, a blank after it
OF_THE_DAY = 14  # the column before the numbers of the day
OFFER = 8  # above a column of offers, a blank before it
OFFER_END = 12  # behind them on a small terminal, after the sign
ON_TOP = 3  # keys that must be in the bottom line of a small terminal

pytestmark = pytest.mark.parametrize("tag", i18n.LANGUAGES)
FACTS = (
    "waybill", "PIN", "parcels", "driver", "expected here", "at the customer's", "handed over", "fee",
    "vehicle", "position", "tracking", "last heard", "called off for",
    "driver waited", "goods received", "proof of pick-up", "proof of delivery", "proof of return",
)  # fmt: skip
DAY = (
    "accepted", "rejected", "to accept", "preparation", "on time", "busiest hour", "drivers waited", "goods waited",
    "next free", "waiting", "in work", "promised", "next hour",
)  # fmt: skip
FIELDS = (
    "Search",
    "Order's number",
    "How many",
    "Manager",
    "PIN",
    "Reason",
    "Waybill: scan or type",
    "Parcels counted",
    "PIN, if one is given",
    "PIN the driver says",
)


@pytest.fixture(autouse=True)
def _spoken(tag: str):
    i18n.use(tag)
    yield
    i18n.use("en")


def too_wide(words: dict[str, int]) -> dict[str, int]:
    return {text: cell_len(text) for text, room in words.items() if cell_len(text) > room}


def test_labels_of_keys(tag: str) -> None:
    assert too_wide({_(key.label): LABEL for key in keys.KEYS}) == {}


def test_tooltips_in_the_help(tag: str) -> None:
    assert too_wide({_(key.tooltip): TOOLTIP for key in keys.KEYS}) == {}


def test_steps_in_the_queue(tag: str) -> None:
    counted = (NextStep.PICK, NextStep.HELD)
    assert too_wide({STEPS[step].text: COUNTED if step in counted else STEP for step in NextStep}) == {}


def test_states_in_the_list_of_drivers(tag: str) -> None:
    assert too_wide({labels.word(state).text: STATE for state in DeliveryState}) == {}


@pytest.mark.parametrize("number", ["1042", "20431", "SP-100234567"])
def test_states_stand_whole_beside_long_numbers(tag: str, number: str) -> None:
    ride = replace(samples.BUSY.board.drivers[0], number=number)
    for state in DeliveryState:
        rows = driver_rows((replace(ride, state=state),), samples.NOW, ONE_LINE, samples.ZONE)
        shown = rows.row(0, ONE_LINE)
        assert f"{labels.word(state).text} " in "".join(piece.text for piece in shown.left)


def test_checks_and_facts_of_the_panel(tag: str) -> None:
    checks = {labels.word(check).text: CHECK for check in Check}
    assert too_wide(checks | {_(fact): FACT for fact in FACTS}) == {}


def test_labels_of_forms(tag: str) -> None:
    assert too_wide({_(field): FIELD for field in FIELDS}) == {}


def test_calls_to_couriers_are_told_apart(tag: str) -> None:
    assert len({labels.word(kind).text for kind in SendKind}) == len(SendKind)


def test_what_is_known_of_couriers(tag: str) -> None:
    assert too_wide({_(name): VITAL for name in NAMES}) == {}


def test_numbers_of_the_day(tag: str) -> None:
    assert too_wide({_(name): OF_THE_DAY for name in DAY}) == {}


def test_heads_of_offers(tag: str) -> None:
    heads = {_(head): OFFER for head in ("price", "to store", "to door")} | {_("holds"): OFFER - 1}
    ends = {_(end): OFFER_END for end in ("fits", "expired", "over limit")}
    assert too_wide(heads | ends | {_("couriers"): LABEL}) == {}


async def test_a_small_terminal_shows_what_to_press_in_full(tag: str) -> None:
    async with playing(samples.FIRST_BELL, size=(80, 24), language=tag) as player:
        bottom = player.text("keys")
        shown = [_(keys.BY_ID[name].label) for name in ("order.accept", "order.reject", "order.see")[:ON_TOP]]
        assert [label for label in shown if label not in bottom] == []
        assert _("accept") in player.text("banner")


async def test_the_load_is_not_cut_on_a_small_terminal(tag: str) -> None:
    async with playing(samples.BUSY, size=(80, 24), language=tag) as player:
        assert "37" in player.text("load")
        assert "…" not in player.text("load")
