"""Words into cells."""

from hypothesis import given, strategies as st
from rich.cells import cell_len

from tui.widgets.cells import Piece, bar, cells, column, cut, line, safe, tail, width_of, wrapped


@given(st.text(), st.integers(0, 40))
def test_a_column_is_exactly_as_wide_as_it_was_asked(text: str, width: int) -> None:
    assert cell_len(column(text, width)) == width


@given(st.text(), st.text(), st.integers(1, 60))
def test_a_line_is_exactly_as_wide_as_the_screen(left: str, right: str, width: int) -> None:
    assert width_of(line((Piece(left),), (Piece(right),), width)) == width


@given(st.text())
def test_nothing_that_steers_a_terminal_is_left(text: str) -> None:
    assert all(sign.isprintable() for sign in safe(text))


@given(st.text(), st.integers(2, 40))
def test_wrapped_lines_fit(text: str, width: int) -> None:
    assert all(cell_len(part) <= width for part in wrapped(text, width))


@given(st.text(st.characters(categories=["Lo", "Ll", "Nd"]), max_size=40), st.integers(2, 20))
def test_wrapping_loses_no_letter(text: str, width: int) -> None:
    assert "".join(wrapped(text, width)) == text


def test_chinese_takes_two_cells_a_letter() -> None:
    assert column("陳怡君", 8) == "陳怡君  "
    assert cut("陳怡君", 5) == "陳怡…"


def test_a_letter_of_two_cells_is_not_cut_in_half() -> None:
    assert cell_len(cut("陳怡君", 4)) <= 4


def test_what_is_cut_twice_has_one_sign() -> None:
    assert cut(cut("keys refused", 8), 7) == "keys r…"


def test_of_a_long_number_the_end_is_kept() -> None:
    assert tail("#SP-100234", 7) == "…100234"
    assert tail("#1042", 7) == "#1042"


def test_joined_emoji_come_apart_so_that_every_terminal_agrees_on_their_width() -> None:
    assert safe("👩\u200d👧") == "👩👧"


def test_escape_signs_and_direction_tricks_are_gone() -> None:
    assert safe("\x1b[31m\u202ea\r\nb") == "[31ma  b"


def test_a_bar_is_filled_as_far_as_the_share() -> None:
    assert [piece.text for piece in bar(0.5, 6, Piece("").tone)] == ["━━━", "━━━"]
    assert [piece.text for piece in bar(9, 4, Piece("").tone)] == ["━━━━", ""]


def test_a_row_of_several_tones_is_cut_at_the_last_cell() -> None:
    shown = cells((Piece("abc"), Piece("defgh")), 5)
    assert "".join(piece.text for piece in shown) == "abcd…"


@given(st.lists(st.text(st.characters(exclude_characters="…"), max_size=12), max_size=6), st.integers(0, 40))
def test_a_row_of_several_tones_has_one_sign_where_it_is_cut(texts: list[str], width: int) -> None:
    shown = "".join(piece.text for piece in cells(tuple(Piece(text) for text in texts), width))
    assert shown.count("…") <= 1
    assert cell_len(shown) == width


def test_blanks_before_the_cut_bring_no_second_sign() -> None:
    shown = cells((Piece("uber: not heard "), Piece("○ "), Piece("pandago")), 16)
    assert "".join(piece.text for piece in shown) == "uber: not heard "
    shown = cells((Piece("uber: not  heard"), Piece("○ "), Piece("pandago")), 11)
    assert "".join(piece.text for piece in shown) == "uber: not… "
