"""A counter opens at once, and what stands in the way is said when its screen is put away again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from tests.end_to_end.shop import Shop, eventually
from tests.end_to_end.terminal import Terminal


@contextmanager
def opened(shop: Shop, *words: str) -> Iterator[Terminal]:
    terminal = Terminal(shop.words(*words), shop.env)
    try:
        yield terminal
    finally:
        terminal.close()


def unknown_key(shop: Shop) -> None:
    shop.settings["sound"]["loudness"] = 3
    shop.write()


def no_database(shop: Shop) -> None:
    shop.data.mkdir()
    (shop.data / "orderbell.db").write_bytes(b"no database at all" * 100)


@pytest.mark.parametrize(("spoil", "words"), [(unknown_key, "sound.loudness"), (no_database, "orderbell.db")])
def test_what_is_unusable_is_said_with_exit_code_3(shop: Shop, spoil: Callable[[Shop], None], words: str) -> None:
    spoil(shop)
    with opened(shop) as terminal:
        assert terminal.ended() == 3
        eventually(lambda: words in terminal.text.replace("\n", ""))


def test_a_counter_that_is_left_at_once_leaves_nothing_behind(shop: Shop) -> None:
    with opened(shop) as terminal:
        terminal.shows("台北南西店")
        terminal.press("q")
        terminal.shows("Quit Orderbell?")
        terminal.press("tab", "enter")
        assert terminal.ended() == 0
        eventually(lambda: not terminal.family())
