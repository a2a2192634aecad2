"""Words that are no words: fingers drummed on a keyboard."""

import re
from typing import Final

_ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "qazwsxedcrfvtgbyhnujmikolp", "1qaz2wsx3edc")
_RUNS: Final = tuple(run for row in _ROWS for run in (row, row[::-1]))
_VOWELS: Final = frozenset("aeiouyáéíóúàèìòùâêîôûäëïöüãõåæøœıý")
_SHORT: Final = frozenset("blvd pkwy hwy mktg bldg rmrd nptl cdmx sthlm xdxr cntr ctr hghts hts mtns".split())
_RUN_LEAST: Final = 3  # letters beside each other that are no word
_HARD_LEAST: Final = 5  # consonants in a row


def is_drummed(word: str) -> bool:
    """`asdfgh`, `hjkl`, `sdkjfhskjdf`; lower case, of letters only."""
    if not word.isascii() or not word.isalpha() or len(word) < _RUN_LEAST or word in _SHORT:
        return False
    return _is_run(word) or _is_unspeakable(word)


def _is_run(word: str) -> bool:
    """Keys beside each other all along, once or several times."""
    if any(word in run for run in _RUNS):
        return len(word) > _RUN_LEAST or word in ("asd", "qwe", "zxc", "jkl", "dsa", "ewq", "cxz", "lkj")
    beginnings = (word[:length] for length in range(_RUN_LEAST, len(word) // 2 + 2))
    return any((begun * len(word)).startswith(word) and _is_run(begun) for begun in beginnings if begun != word)


def _is_unspeakable(word: str) -> bool:
    vowels = sum(sign in _VOWELS for sign in word)
    hardest = max(len(run) for run in re.split(rf"[{''.join(sorted(_VOWELS))}]", word))
    return len(word) > 3 and (vowels == 0 or (hardest >= _HARD_LEAST and vowels * 5 <= len(word)))
