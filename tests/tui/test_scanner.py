"""Fingers and scanners told apart by time."""

from collections.abc import Iterable

from textual.events import Key

from core.domain.handover import Handover
from core.domain.refusal import UnknownLine
from tests.samples import AT_THE_DOOR, BUSY, FIRST_BELL, PICKING
from tests.tui.play import playing
from tui.widgets.scanner import GAP, Kind, Scanner, Taken, plain

FAST, SLOW = GAP / 3, GAP * 3


def keys(text: str, gap: float, *, ends: bool = True, start: float = 0.0) -> Iterable[Key]:
    for at, sign in enumerate(text):
        yield key(sign, start + at * gap)
    if ends:
        yield key("enter", start + len(text) * gap)


def key(name: str, at: float) -> Key:
    pressed = Key(name, "\r" if name == "enter" else name if len(name) == 1 else None)
    pressed.time = at
    return pressed


def played(scanner: Scanner, pressed: Iterable[Key], *, in_field: bool = False) -> list[Taken]:
    return [scanner.take(one, in_field=in_field) for one in pressed]


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
    assert names(played(Scanner(), keys("as", FAST))) == ["a", "s", "enter"]


def test_a_burst_without_enter_is_a_code_too() -> None:
    scanner = Scanner()
    played(scanner, keys("AB123", FAST, ends=False))
    assert scanner.quiet() == Taken(Kind.CODE, code="AB123")


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
    assert names(played(Scanner(), keys("4471", FAST), in_field=True)) == ["4", "4", "7", "1", "enter"]


def test_in_a_field_a_long_burst_is_a_code() -> None:
    assert played(Scanner(), keys("4710018000231", FAST), in_field=True)[-1].kind is Kind.CODE


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
