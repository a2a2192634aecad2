"""Fingers and scanners told apart by time."""

from collections.abc import Iterable

import pytest
from hypothesis import given, strategies as st
from textual.events import Key

from core.domain.handover import Handover
from core.domain.refusal import UnknownLine
from tests.samples import AT_THE_DOOR, BUSY, FIRST_BELL, PICKING
from tests.tui.play import playing
from tui.widgets.scanner import GAP, At, Kind, Scanner, Taken, plain

FAST, SLOW = GAP / 3, GAP * 6


def keys(text: str, gap: float, *, ends: bool = True, start: float = 0.0) -> Iterable[Key]:
    for at, sign in enumerate(text):
        yield key(sign, start + at * gap)
    if ends:
        yield key("enter", start + len(text) * gap)


def key(name: str, at: float) -> Key:
    pressed = Key(name, "\r" if name == "enter" else name if len(name) == 1 else None)
    pressed.time = at
    return pressed


def played(scanner: Scanner, pressed: Iterable[Key], *, at: At = At.PAGE) -> list[Taken]:
    return [scanner.take(one, at=at) for one in pressed]


def names(taken: Iterable[Taken]) -> list[str]:
    return [one.key for part in taken for one in part.keys]


def test_a_burst_that_ends_with_enter_is_a_code() -> None:
    taken = played(Scanner(), keys("4710018000231", FAST))
    assert [part.kind for part in taken[:-1]] == [Kind.HELD] * 13
    assert taken[-1] == Taken(Kind.CODE, code="4710018000231")


def test_slow_keys_are_let_go_one_by_one_in_their_order() -> None:
    scanner = Scanner()
    taken = played(scanner, keys("abcd", SLOW))
    assert names(taken) == ["a", "b", "c", "d", "enter"]


def test_a_single_letter_is_let_go_when_nothing_follows() -> None:
    scanner = Scanner()
    scanner.take(key("a", 0.0))
    assert names([scanner.quiet()]) == ["a"]
    assert not scanner.held


def test_two_quick_fingers_are_no_code() -> None:
    scanner = Scanner()
    assert names([*played(scanner, keys("as", FAST)), scanner.quiet()]) == ["a", "s", "enter"]


def test_a_burst_without_enter_is_a_code_too() -> None:
    scanner = Scanner()
    played(scanner, keys("AB123", FAST, ends=False))
    assert scanner.quiet() == Taken(Kind.CODE, code="AB123")


@pytest.mark.parametrize("end", ["enter", "ctrl+j", "tab"])
def test_a_code_ends_as_the_scanner_is_set_up(end: str) -> None:
    scanner = Scanner()
    played(scanner, keys("AB123", FAST, ends=False))
    assert scanner.take(key(end, 5 * FAST)).code == "AB123"


def test_a_second_end_right_behind_the_first_is_no_key() -> None:
    scanner = Scanner()
    played(scanner, keys("AB123", FAST))
    assert names([scanner.take(key("ctrl+j", 5 * FAST))]) == []
    assert names([scanner.take(key("enter", 5 * FAST + SLOW))]) == ["enter"]


def test_a_short_code_counts_when_its_end_is_as_fast() -> None:
    assert played(Scanner(), keys("A12", FAST))[-1].code == "A12"


def test_separators_within_a_code_are_left_out() -> None:
    scanner = Scanner()
    played(scanner, keys("]C101", FAST, ends=False))
    assert scanner.take(key("ctrl+right_square_bracket", 5 * FAST)).kind is Kind.HELD
    assert played(scanner, keys("21X", FAST, start=6 * FAST))[-1].code == "]C10121X"


def test_an_arrow_between_two_quick_letters_lets_all_go_in_their_order() -> None:
    scanner = Scanner()
    played(scanner, keys("as", FAST, ends=False))
    assert names([scanner.take(key("down", 2 * FAST)), scanner.quiet()]) == ["a", "s", "down"]


def test_the_gap_is_the_shops_to_set() -> None:
    scanner = Scanner(gap=0.2)
    assert played(scanner, keys("AB123", 0.19))[-1].code == "AB123"
    assert names(played(Scanner(gap=0.03), keys("AB", 0.19))) == ["A", "B", "enter"]


def test_behind_its_prefix_a_code_may_be_as_slow_as_the_link() -> None:
    scanner = Scanner(prefix="f12")
    assert scanner.take(key("f12", 0.0)).kind is Kind.HELD
    taken = played(scanner, keys("argxd", 0.5, start=0.4))
    assert names(taken) == []
    assert taken[-1].code == "argxd"


def test_behind_its_prefix_a_code_without_an_end_is_ended_by_silence() -> None:
    scanner = Scanner(prefix="f12")
    scanner.take(key("f12", 0.0))
    played(scanner, keys("a", 0.5, ends=False, start=0.4))
    assert scanner.patience > 0.5
    assert scanner.quiet() == Taken(Kind.CODE, code="a")
    assert names(played(scanner, keys("b", SLOW, start=9.0))) == ["b", "enter"]


def test_a_prefix_with_nothing_behind_it_is_nothing() -> None:
    scanner = Scanner(prefix="f12")
    scanner.take(key("f12", 0.0))
    assert scanner.quiet() == Taken(Kind.HELD)


def test_what_was_typed_before_the_prefix_is_typed() -> None:
    scanner = Scanner(prefix="f12")
    scanner.take(key("m", 0.0))
    assert names([scanner.take(key("f12", FAST))]) == ["m"]
    assert played(scanner, keys("4710", SLOW, start=0.2))[-1].code == "4710"


def test_behind_its_prefix_a_code_leaves_a_field_too() -> None:
    scanner = Scanner(prefix="f12")
    scanner.take(key("f12", 0.0), at=At.FIELD)
    assert played(scanner, keys("471", SLOW, start=0.1), at=At.FIELD)[-1].code == "471"


@given(st.lists(st.sampled_from("abcdhmrstux"), min_size=4, max_size=30, unique=True), st.data())
def test_no_letter_of_any_burst_is_ever_let_go(letters: list[str], data: st.DataObject) -> None:
    scanner, at, taken = Scanner(), 0.0, []
    for letter in letters:
        taken.append(scanner.take(key(letter, at)))
        at += data.draw(st.floats(0, GAP * 0.99))
    taken.append(scanner.take(key("enter", at)))
    assert names(taken) == []
    assert taken[-1].code == "".join(letters)


SIGNS = ["a", "r", "x", "d", "y", " ", "\u202e", "\x07", "\x1b", "enter", "ctrl+j", "tab", "down", "f1", "escape"]


@st.composite
def bursts(draw: st.DrawFn) -> list[Key]:
    """It begins with a sign, has three that differ, and anything at all between them."""
    fixed = draw(st.permutations(["q", "g", "s"]))
    between = [draw(st.lists(st.sampled_from(SIGNS), max_size=4)) for _ in fixed]
    at, made = 0.0, []
    for name in (name for sign, more in zip(fixed, between, strict=True) for name in (sign, *more)):
        made.append(sign_at(name, at))
        at += draw(st.floats(0, GAP * 0.99))
    return made


def sign_at(name: str, at: float) -> Key:
    pressed = Key(name if name.isprintable() else f"sign_{ord(name)}", None if name in ("down", "f1") else name[:1])
    pressed.time = at
    return pressed


@given(bursts())
def test_no_key_comes_out_of_a_burst_whatever_is_in_it(pressed: list[Key]) -> None:
    scanner = Scanner()
    taken = [*played(scanner, pressed), scanner.quiet()]
    assert names(taken) == []
    assert sum(letter in part.code for part in taken for letter in "qgs") == 3


@given(bursts())
def test_where_words_are_typed_no_burst_with_an_end_in_it_submits(pressed: list[Key]) -> None:
    scanner = Scanner()
    end = key("enter", pressed[-1].time + GAP / 2)
    taken = [*played(scanner, [*pressed, end], at=At.WORDS), scanner.quiet(at=At.WORDS)]
    assert names(taken) == []


def test_a_letter_right_behind_a_code_s_end_is_a_code_of_its_own() -> None:
    scanner = Scanner()
    played(scanner, keys("4710001", FAST))
    taken = played(scanner, keys("A", FAST, start=8 * FAST))
    assert names(taken) == []
    assert taken[-1].code == "A"


@pytest.mark.parametrize("rest", ["A", "AB", "abc"])
def test_letters_right_behind_an_end_are_a_code_by_silence_too(rest: str) -> None:
    scanner = Scanner()
    played(scanner, keys("4710001", FAST))
    played(scanner, keys(rest, FAST, start=8 * FAST, ends=False))
    assert scanner.quiet() == Taken(Kind.CODE, code=rest)


def test_a_letter_later_than_the_gap_behind_an_end_is_a_key() -> None:
    scanner = Scanner()
    played(scanner, keys("4710001", FAST))
    scanner.take(key("a", 7 * FAST + GAP * 1.1))
    assert names([scanner.quiet()]) == ["a"]


def test_a_letter_right_behind_a_finger_s_enter_is_a_key() -> None:
    scanner = Scanner()
    taken = played(scanner, [key("enter", 0.0), key("a", FAST)])
    assert names([*taken, scanner.quiet()]) == ["enter", "a"]


def test_letters_with_a_sign_between_them_that_no_key_has_are_no_keys() -> None:
    scanner = Scanner()
    played(scanner, [key("a", 0.0), sign_at("\u202e", FAST), key("r", 2 * FAST)])
    assert scanner.quiet() == Taken(Kind.CODE, code="ar")


def test_a_one_letter_line_before_a_code_is_no_key() -> None:
    scanner = Scanner()
    taken = played(scanner, [*keys("A", FAST), *keys("471", FAST, start=2 * FAST)])
    assert names(taken) == []
    assert taken[-1].code == "A 471"


def test_keys_around_a_paste_are_no_keys() -> None:
    scanner = Scanner()
    played(scanner, keys("ab", FAST, ends=False))
    assert scanner.pasted(2 * FAST) == Taken(Kind.HELD)
    taken = played(scanner, keys("a", FAST, start=3 * FAST))
    assert names(taken) == []
    assert taken[-1].code == "a"


def test_a_letter_long_before_a_paste_is_a_key() -> None:
    scanner = Scanner()
    scanner.take(key("a", 0.0))
    assert names([scanner.pasted(9 * GAP)]) == ["a"]


def test_a_burst_nobody_had_the_time_to_believe_is_still_no_keys() -> None:
    scanner = Scanner()
    played(scanner, keys("abcd", FAST, ends=False))
    assert scanner.take(key("x", 9 * GAP)) == Taken(Kind.CODE, code="abcd")
    assert names([scanner.quiet()]) == ["x"]


def test_a_code_is_never_longer_than_a_label() -> None:
    assert len(played(Scanner(), keys("abc" * 1000, 0.0001))[-1].code) == 100


def test_where_words_are_typed_a_short_burst_is_a_code_and_typing_is_typing() -> None:
    assert played(Scanner(), keys("TEA", FAST), at=At.WORDS)[-1].code == "TEA"
    assert names(played(Scanner(), keys("tea", SLOW), at=At.WORDS)) == ["t", "e", "a", "enter"]
    scanner = Scanner()
    played(scanner, keys("sold out", FAST, ends=False), at=At.WORDS)
    assert len(names([scanner.quiet(at=At.WORDS)])) == 8


def test_behind_a_short_code_typed_into_a_field_no_letter_is_a_key() -> None:
    scanner = Scanner()
    taken = played(scanner, keys("7F2K", FAST), at=At.FIELD)
    assert names(taken) == ["7", "F", "2", "K", "enter"]
    assert names([scanner.take(key("a", 5 * FAST)), scanner.quiet()]) == []


def test_a_key_held_down_is_fingers() -> None:
    scanner = Scanner()
    played(scanner, keys("++++++", FAST, ends=False))
    assert names([scanner.quiet()]) == ["+"] * 6


def test_a_letter_before_the_code_is_let_go_and_not_part_of_it() -> None:
    scanner = Scanner()
    scanner.take(key("a", 0.0))
    taken = played(scanner, keys("4710", FAST, start=1.0))
    assert names(taken) == ["a"]
    assert taken[-1].code == "4710"


def test_arrows_pass_at_once() -> None:
    assert names([Scanner().take(key("down", 0.0))]) == ["down"]


def test_in_a_field_a_short_burst_is_typing() -> None:
    assert names(played(Scanner(), keys("4471", FAST), at=At.FIELD)) == ["4", "4", "7", "1", "enter"]


def test_in_a_field_a_long_burst_is_a_code() -> None:
    assert played(Scanner(), keys("4710018000231", FAST), at=At.FIELD)[-1].kind is Kind.CODE


def test_a_full_width_letter_becomes_the_letter() -> None:
    assert plain(Key("\uff21", "\uff21")).character == "A"
    assert plain(Key("陳", "陳")).character == "陳"


async def test_a_scanned_item_ticks_its_line() -> None:
    async with playing(PICKING) as player:
        await player.press("down")
        await player.scan("4710018000231")
        assert player.asked == [("scan", "1041", "4710018000231")]


async def test_a_code_made_of_key_letters_presses_no_key() -> None:
    async with playing(BUSY) as player:
        await player.scan("argxdsq")
        assert not player.asked
        assert not player.in_dialog
        assert player.toasts() == ["Nothing is called “argxdsq”."]


async def test_the_wrong_item_is_said_loud() -> None:
    async with playing(PICKING) as player:
        player.desk.refuse("scan", UnknownLine("none", found="999999"))
        await player.scan("999999")
        assert player.toasts() == ["“999999” is no item of #1040. Is it the right bag?"]


async def test_a_waybill_opens_the_handover_of_its_order_with_the_waybill_filled_in() -> None:
    async with playing(AT_THE_DOOR) as player:
        await player.scan("7f2k88")
        assert player.page.order_id == "1035"
        assert player.field("waybill").value == "7f2k88"
        await player.press("2", "enter", "4", "4", "7", "1", "enter")
        assert player.asked == [("hand_over", "1035", Handover(waybill="7f2k88", parcels=2, pin="4471"))]


async def test_an_item_scanned_over_a_question_still_ticks_its_line() -> None:
    async with playing(PICKING) as player:
        await player.press("q")
        await player.scan("4710018000231")
        assert player.asked == [("scan", "1040", "4710018000231")]
        assert player.in_dialog


async def test_a_code_without_enter_is_read_too() -> None:
    async with playing(PICKING) as player:
        await player.scan("4710018000231", enter=False)
        assert player.asked == [("scan", "1040", "4710018000231")]


async def test_an_order_s_number_goes_to_the_order() -> None:
    async with playing(BUSY) as player:
        player.desk.found["1029"] = ["1029"]
        await player.scan("1029")
        assert player.page.order_id == "1029"


async def test_a_single_key_still_acts_after_a_scan() -> None:
    async with playing(FIRST_BELL) as player:
        await player.scan("nothing-known")
        await player.press("a")
        assert player.asked == [("accept", "1042")]


async def test_a_prefixed_code_is_read_at_the_speed_of_fingers_and_presses_nothing() -> None:
    async with playing(BUSY, scanner_prefix="f12") as player:
        await player.pilot.press("f12")
        for letter in "argx":
            await player.pilot.press(letter)
            await player.rest(0.06)
        await player.pilot.press("enter")
        await player.until(lambda: player.toasts() == ["Nothing is called “argx”."])
        assert not player.asked
        assert not player.in_dialog


async def test_a_key_of_the_card_is_pressed_by_the_scanner() -> None:
    async with playing(FIRST_BELL) as player:
        await player.scan("ORDERBELL-A")
        await player.until(lambda: player.asked == [("accept", "1042")])


async def test_the_card_answers_questions_too() -> None:
    async with playing(FIRST_BELL) as player:
        await player.scan("ORDERBELL-R")
        await player.until(lambda: player.in_dialog)
        for name in ("DOWN", "ENTER"):
            await player.scan(f"orderbell-{name}")
        await player.until(lambda: player.asked == [("reject", "1042", "out of stock")])


async def test_the_card_types_into_fields() -> None:
    async with playing(PICKING) as player:
        await player.scan("ORDERBELL-K")
        await player.until(lambda: player.in_dialog)
        player.field("quantity").value = ""
        for name in ("3", "ENTER"):
            await player.scan(f"ORDERBELL-{name}")
        await player.until(lambda: player.asked == [("ready", "1040", 3)])


@pytest.mark.parametrize("code", ["ORDERBELL-", "ORDERBELL-AA", "ORDERBELL-!", "ORDERBELL-DELETE", "XORDERBELL-A"])
async def test_a_code_that_is_no_key_of_the_card_presses_nothing(code: str) -> None:
    async with playing(FIRST_BELL) as player:
        await player.scan(code)
        await player.until(lambda: bool(player.toasts()))
        assert not player.in_dialog
        assert not player.asked
