"""Whatever happens, nothing but letters and line ends is written; and no sign that is read as noise."""

import unicodedata

import pytest

from core.domain.events import DeliveryReported, OrderCancelled, ProblemOpened
from core.domain.ids import CUSTOMER
from core.domain.problem import ProblemKind
from tests import samples
from tests.samples import NASTY, NOW
from tests.tui.plain.talk import talking
from tui.i18n import LANGUAGES
from tui.keys import KEYS, caps

NOISE = "│┌┐└┘─━█▌░▲●◆◐■▶✓✗○◇◌◷♪→·≈×#"
LINES = ("list all", "n", "show", "history", "drivers", "problems", "trouble", "", "status", "load", "journal", "help")


def controls(text: str) -> set[str]:
    """Signs that a terminal would obey, apart from the line's end."""
    return {sign for sign in text if sign != "\n" and unicodedata.category(sign) in ("Cc", "Zl", "Zp")}


@pytest.mark.parametrize("name", samples.SHOPS)
async def test_no_control_sign_is_ever_written(name: str) -> None:
    async with talking(samples.SHOPS[name], echo=True) as talk:
        for number in [line.number for line in samples.SHOPS[name].board.queue]:
            await talk.type(number, "show")
        await talk.type(*LINES, NASTY.replace("\r\n", " "), f"find {NASTY}"[:200])
        assert controls(talk.text) == set()


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.id)
async def test_no_key_writes_one(key) -> None:
    async with talking(samples.HOSTILE, echo=True) as talk:
        for cap in caps(key.id):
            await talk.type("n", cap, "", "", "")
        assert controls(talk.text) == set()


async def test_hostile_news_write_none() -> None:
    events = (
        OrderCancelled(order_id="667", at=NOW, by=CUSTOMER, stage="ready", reason=NASTY),
        DeliveryReported(order_id="667", at=NOW, courier=NASTY, ref="r", state="at_store", word=NASTY, reason=NASTY),
        ProblemOpened(order_id="667", at=NOW, problem_id="p", kind=ProblemKind.CLASH, detail=NASTY),
    )
    async with talking(samples.EMPTY, echo=True) as talk:
        assert len(await talk.tell(samples.HOSTILE.board, *events)) >= 4
        assert controls(talk.text) == set()


async def test_a_line_is_a_line_however_much_the_outside_says() -> None:
    async with talking(samples.HOSTILE) as talk:
        await talk.type("list all", "n", "show")
        assert max(map(len, talk.lines)) <= 600


@pytest.mark.parametrize("tag", ["en"])
@pytest.mark.parametrize("name", ["busy", "trouble", "at_the_door", "picking", "first_bell"])
async def test_our_own_words_hold_no_sign_that_is_read_as_noise(name: str, tag: str) -> None:
    async with talking(samples.SHOPS[name], language=tag) as talk:
        for number in [line.number for line in samples.SHOPS[name].board.queue]:
            await talk.type(number, "show", "history")
        await talk.type("list all", "drivers", "problems", "status", "load", "help", "help all", "trouble", "")
        assert [sign for sign in NOISE if sign in talk.text] == []


@pytest.mark.parametrize("tag", LANGUAGES)
async def test_every_language_can_be_spoken(tag: str) -> None:
    async with talking(samples.BUSY, language=tag) as talk:
        await talk.type("list all", "n", "show", "drivers", "problems", "status", "help all", "a", "q", "")
        assert ("accept", "1042") in talk.asked
