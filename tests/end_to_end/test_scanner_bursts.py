"""A scanner at the real program's real terminal: none of its letters is ever a key."""

import time
from collections.abc import Iterator
from random import Random
from threading import Thread

import pytest

from core.store.unit_of_work import reading
from tests.end_to_end import letters
from tests.end_to_end.shop import Shop, eventually, open_shop
from tests.end_to_end.terminal import Terminal
from tui.keys import KEYS
from tui.wiring.shop import open_shop as open_store

LETTERS = sorted({name for key in KEYS for name in key.key.split(",") if len(name) == 1})
GAP = 500  # milliseconds: a busy machine stops a test between two writes for longer than a scanner would
HELD_UP = 0.25  # seconds between two writes after which a try proves nothing
CODE = "4710018000231"
TEA = {**letters.LINES[0], "barcode": CODE}


class Counter:
    """A shop with orders on the screen, its journal, and a code no other burst has."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.store = open_store(shop.config, shop.data)
        self.terminal = Terminal(shop.words("--lang", "en"), shop.env)
        self._bursts = 0

    def happened(self) -> dict[str, int]:
        """How often each thing did."""
        with reading(self.store.database) as uow:
            return dict(uow.journal.counts())

    def code(self, first: str = "") -> str:
        """Unknown here, made of letters that are keys."""
        self._bursts += 1
        return f"{first}argxdsq{self._bursts:03}"

    def reads(self, code: str) -> None:
        """It was taken for a code, whole, and looked for."""
        self.terminal.shows(f"Nothing is called “{code}”")

    def rest(self) -> None:
        """What comes within the gap behind a code belongs to it: hands come later."""
        time.sleep(GAP / 1000 * 1.2)

    def open_dialog(self) -> None:
        self.rest()
        self.terminal.press("q")
        self.terminal.shows("Quit Orderbell?")

    def close_dialog(self) -> None:
        self.rest()
        self.terminal.press("escape")
        eventually(lambda: "Quit Orderbell?" not in self.terminal.text)

    def close(self) -> None:
        self.terminal.close()
        self.store.database.close()


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    """One for all tests here: whatever one leaves behind, the next finds that no key was pressed."""
    with open_shop(tmp_path_factory.mktemp("shop"), hold_seconds=0) as shop:
        shop.settings["screen"] = {"scanner_gap_ms": GAP}
        shop.write()
        shop.serve()
        shop.post("1042", lines=[TEA])
        shop.post("1043", lines=[TEA])
        opened = Counter(shop)
        try:
            opened.terminal.shows("#1042", "#1043", "accept")
            yield opened
        finally:
            opened.close()


@pytest.fixture(autouse=True)
def _no_key_acts(counter: Counter, request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever is scanned here, the journal tells of nothing but orders that come in."""
    before = _acts(counter)
    yield
    if "ticks" not in request.node.name:
        assert _acts(counter) == before
        assert counter.terminal.process.poll() is None


def _acts(counter: Counter) -> dict[str, int]:
    arrivals = {"order_received", "order_opened"}
    return {kind: count for kind, count in counter.happened().items() if kind not in arrivals}


@pytest.mark.parametrize("case", [str.lower, str.upper])
def test_a_code_that_begins_with_the_letter_of_any_key_presses_none(counter: Counter, case: type[str]) -> None:
    for letter in LETTERS:
        code = case(counter.code(letter))
        counter.terminal.burst(f"{code}\r")
        counter.reads(code)


def test_a_code_in_pieces_is_one_code(counter: Counter) -> None:
    chance = Random(7)
    for _ in range(12):
        code, slowest = counter.code(chance.choice(LETTERS)), 0.0
        for sign in f"{code}\r":
            begun = time.monotonic()
            counter.terminal.burst(sign)
            time.sleep(chance.uniform(0, 0.01))
            slowest = max(slowest, time.monotonic() - begun)
        if slowest > HELD_UP:
            pytest.skip(f"the machine held the scanner up for {slowest:.2f} s")
        counter.reads(code)


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n", "\t", ""], ids=["CR", "LF", "CR LF", "Tab", "none"])
def test_however_it_ends_it_is_a_code_and_opens_nothing(counter: Counter, end: str) -> None:
    code = counter.code("d")
    counter.terminal.burst(f"{code}{end}")
    counter.reads(code)
    last = counter.code("h")
    counter.terminal.burst(f"{last}\r")
    counter.reads(last)
    assert "is open" not in counter.terminal.text


@pytest.mark.parametrize(
    ("rest", "last"),
    [("\rA\r", "A"), ("\rAR", "AR"), ("\tar", "ar"), ("\r\nA\r\n", "A"), ("\r\u202ea\r", "a")],
    ids=["A line", "two letters", "Tab", "CR LF", "a sign no key has"],
)
def test_what_follows_a_code_at_once_is_no_key_however_short(counter: Counter, rest: str, last: str) -> None:
    code = counter.code("x")
    counter.terminal.burst(f"{code}{rest}")
    counter.reads(last)
    counter.rest()
    assert "is open" not in counter.terminal.text


def test_a_letter_s_line_before_a_code_is_no_key(counter: Counter) -> None:
    code = counter.code("x")
    counter.terminal.burst(f"A\r{code}\r")
    counter.reads(f"A {code}")


def test_a_paste_with_signs_that_steer_in_it_is_no_key(counter: Counter) -> None:
    first = counter.code("g")
    counter.terminal.burst(f"\x1b[200~{first}\x1b]0;pwned\x07\u2026[/]\t\u202eabc\x1b[201~")
    counter.reads(first)
    last = counter.code("r")
    counter.terminal.burst(f"\x1b[200~{last}\x1b[201~a\r")
    counter.reads("a")


def test_bursts_of_anything_are_no_keys(counter: Counter) -> None:
    chance = Random(11)
    anything = [*LETTERS, "\r", "\n", "\t", " ", "\x07", "\u202e", "\u2026", "\x1d"]
    for _ in range(8):
        middle = "".join(chance.choices(anything, k=chance.randint(0, 12)))
        counter.terminal.burst(f"ar{middle}x{middle}\r")
        counter.rest()
        code = counter.code("s")
        counter.terminal.burst(f"{code}\r")
        counter.reads(code)


def test_a_code_of_three_thousand_letters_leaves_the_page_to_be_seen(counter: Counter) -> None:
    counter.rest()
    counter.terminal.burst("argx" * 750 + "\r")
    counter.terminal.shows("argxargxargx", "#1042", "#1043")


def test_a_separator_within_a_code_is_left_out(counter: Counter) -> None:
    code = counter.code("x")
    counter.terminal.burst(f"{code[:6]}\x1d{code[6:]}\r")
    counter.reads(code)


def test_a_paste_is_a_code(counter: Counter) -> None:
    code = counter.code("r")
    counter.terminal.burst(f"\x1b[200~{code}\x1b[201~")
    counter.reads(code)


def test_a_burst_behind_an_arrow_is_a_code_and_the_arrow_an_arrow(counter: Counter) -> None:
    code = counter.code("a")
    counter.terminal.burst(f"\x1b[B{code}\r")
    counter.reads(code)


def test_a_letter_typed_just_before_becomes_part_of_the_code_and_no_key(counter: Counter) -> None:
    code = counter.code("a")
    counter.terminal.burst(f"a{code}\r")
    counter.reads(f"a{code}")


def test_a_burst_presses_no_button_of_an_open_question(counter: Counter) -> None:
    for tabs in (0, 1):  # the safe answer has the focus, then the other
        counter.open_dialog()
        counter.terminal.press(*["tab"] * tabs)
        code = counter.code("y")
        counter.terminal.burst(f"{code}\r")
        counter.reads(code)
        assert "Quit Orderbell?" in counter.terminal.text
        counter.close_dialog()


def test_bursts_while_fifty_orders_arrive_press_nothing(counter: Counter) -> None:
    rush = Thread(target=lambda: [counter.shop.post(str(2000 + at), lines=[TEA]) for at in range(50)])
    rush.start()
    while rush.is_alive():
        code = counter.code(LETTERS[counter._bursts % len(LETTERS)])
        counter.terminal.burst(f"{code}\r")
        counter.reads(code)
    rush.join()
    counter.terminal.shows("ORDERS 5")


def test_an_item_s_code_ticks_its_line_at_any_speed(counter: Counter) -> None:
    counter.shop.order("accept", "1043")
    counter.terminal.burst("1043\r")
    counter.terminal.shows("Space  pick 0/2", "T  all checks")
    counter.terminal.burst(f"{CODE}\r")
    line = eventually(lambda: counter.shop.look("1043")["lines"][0], lambda line: line["picked"] == 1)
    assert line["quantity"] == 2
