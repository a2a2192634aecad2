"""The line that is being typed."""

import pytest

from tui.plain.keyboard import LONGEST, Keyboard, Stroke


class Paper:
    """What the editor shows."""

    def __init__(self) -> None:
        self.text = ""

    def show(self, text: str) -> None:
        self.text += text


def typed(text: str) -> tuple[list[str], str]:
    """Lines and strokes, and what was shown."""
    paper = Paper()
    keyboard = Keyboard(paper.show)
    return list(keyboard.take(text)), paper.text


@pytest.mark.parametrize("enter", ["\r", "\n", "\r\n"])
def test_enter_ends_a_line_once_however_it_is_sent(enter: str) -> None:
    assert typed(f"a 1042{enter}n{enter}")[0] == ["a 1042", "n"]


def test_letters_are_shown_as_they_are_typed() -> None:
    assert typed("a 1042\r") == (["a 1042"], "a 1042\n")


def test_what_is_left_after_taking_back_is_shown_on_a_new_line_and_nothing_steps_back() -> None:
    assert typed("a 1043\x7f2\r") == (["a 1042"], "a 1043\na 1042\n")


def test_many_taken_back_are_shown_once() -> None:
    paper = Paper()
    keyboard = Keyboard(paper.show)
    list(keyboard.take("reject\x7f\x7f\x7f"))
    assert paper.text == "reject"
    list(keyboard.quiet())
    assert paper.text == "reject\nrej"


@pytest.mark.parametrize(("pressed", "left"), [("\x17", "reject"), ("\x15", ""), ("\x08", "reject 104")])
def test_a_word_and_a_line_can_be_taken_back(pressed: str, left: str) -> None:
    keyboard = Keyboard(Paper().show)
    list(keyboard.take(f"reject 1042{pressed}"))
    assert keyboard.typed == left


@pytest.mark.parametrize("keys", ["\x1b[A", "\x1bOP", "\x1b[15;2~", "\x1b[1;5C"])
def test_arrows_and_function_keys_are_swallowed_whole(keys: str) -> None:
    assert typed(f"n{keys}\r") == (["n"], "n\n")


def test_escape_alone_leaves() -> None:
    keyboard = Keyboard(Paper().show)
    assert list(keyboard.take("\x1b")) == []
    assert list(keyboard.quiet()) == [Stroke.LEAVE]


def test_escape_and_a_letter_are_two_keys() -> None:
    assert typed("\x1bn\r")[0] == [Stroke.LEAVE, "n"]


def test_ctrl_d_ends_on_an_empty_line_only() -> None:
    assert typed("n\x04\r\x04")[0] == ["n", Stroke.END]


def test_a_line_without_enter_counts_when_the_input_ends() -> None:
    keyboard = Keyboard()
    list(keyboard.take("list"))
    assert list(keyboard.ended()) == ["list", Stroke.END]


def test_a_secret_is_not_shown() -> None:
    paper = Paper()
    keyboard = Keyboard(paper.show)
    keyboard.is_secret = True
    assert list(keyboard.take("12\x7f34\r")) == ["134"]
    assert paper.text == "\n"


def test_a_line_without_end_is_not_kept_without_end() -> None:
    keyboard = Keyboard()
    list(keyboard.take("x" * (LONGEST * 3)))
    assert len(keyboard.typed) == LONGEST


def test_controls_that_mean_nothing_are_not_taken() -> None:
    assert typed("\x00\x02\x07n\x9b\r") == (["n"], "n\n")


def test_wide_letters_are_letters() -> None:
    assert typed("/ 陳怡君\r") == (["/ 陳怡君"], "/ 陳怡君\n")
