"""Letters of three lines, drawn with half blocks: read from two metres."""

from typing import Final

LINES: Final = 3
GAP: Final = " "
# Five rows of dots each, `#` is ink; a letter is as wide as it needs.
_DRAWN: Final = {
    "0": "### #.# #.# #.# ###",
    "1": ".#. ##. .#. .#. ###",
    "2": "### ..# ### #.. ###",
    "3": "### ..# ### ..# ###",
    "4": "#.# #.# ### ..# ..#",
    "5": "### #.. ### ..# ###",
    "6": "### #.. ### #.# ###",
    "7": "### ..# ..# .#. .#.",
    "8": "### #.# ### #.# ###",
    "9": "### #.# ### ..# ###",
    "A": "### #.# ### #.# #.#",
    "B": "##. #.# ##. #.# ##.",
    "C": ".## #.. #.. #.. .##",
    "D": "##. #.# #.# #.# ##.",
    "E": "### #.. ##. #.. ###",
    "F": "### #.. ##. #.. #..",
    "G": ".### #... #.## #..# .###",
    "H": "#.# #.# ### #.# #.#",
    "I": "### .#. .#. .#. ###",
    "J": "..# ..# ..# #.# .#.",
    "K": "#.# #.# ##. #.# #.#",
    "L": "#.. #.. #.. #.. ###",
    "M": "#...# ##.## #.#.# #...# #...#",
    "N": "#..# ##.# #.## #..# #..#",
    "O": ".##. #..# #..# #..# .##.",
    "P": "##. #.# ##. #.. #..",
    "Q": ".##. #..# #..# #.#. .#.#",
    "R": "##. #.# ##. #.# #.#",
    "S": ".## #.. .#. ..# ##.",
    "T": "### .#. .#. .#. .#.",
    "U": "#.# #.# #.# #.# ###",
    "V": "#.# #.# #.# #.# .#.",
    "W": "#...# #...# #.#.# ##.## #...#",
    "X": "#.# #.# .#. #.# #.#",
    "Y": "#.# #.# .#. .#. .#.",
    "Z": "### ..# .#. #.. ###",
    ":": ". # . # .",
    "-": ".. .. ## .. ..",
    "+": "... .#. ### .#. ...",
    "=": "... ### ... ### ...",
    "/": "..# ..# .#. #.. #..",
    "?": "### ..# .## ... .#.",
    "!": "# # # . #",
    "#": ".#.#. ##### .#.#. ##### .#.#.",
    " ": ". . . . .",
}
_BLOCKS: Final = {("#", "#"): "█", ("#", "."): "▀", (".", "#"): "▄", (".", "."): " "}


def _halves(drawn: str) -> tuple[str, str, str]:
    rows = [*drawn.split(), "." * len(drawn.split()[0])]
    pairs = (zip(rows[at], rows[at + 1], strict=True) for at in (0, 2, 4))
    top, middle, bottom = ("".join(_BLOCKS[pair] for pair in line) for line in pairs)
    return top, middle, bottom


LETTERS: Final = {letter: _halves(drawn) for letter, drawn in _DRAWN.items()}


def is_drawable(text: str) -> bool:
    """There is something, and a big letter for each of its signs."""
    return bool(text) and all(letter in LETTERS for letter in text.upper())


def big(text: str) -> tuple[str, str, str]:
    """Three lines of the same width; only for what `is_drawable`."""
    drawn = [LETTERS[letter] for letter in text.upper()]
    top, middle, bottom = (GAP.join(letter[line] for letter in drawn) for line in range(LINES))
    return top, middle, bottom
