"""`orderbell`: the counter screen, with a station of its own when none is running."""

from tui.cli.answers import Failed
from tui.cli.everywhere import Everywhere
from tui.i18n import _


def counter(said: Everywhere) -> None:
    """Until the person leaves it."""
    from tui.wiring.screen import has_terminal

    if not (said.plain or has_terminal()):
        raise Failed(_("the counter needs a terminal; `orderbell serve` runs without one, `orderbell order` asks it"))
    if said.plain or not _at_once(said):
        _checked_first(said)


def _at_once(said: Everywhere) -> bool:
    """Painted before all is checked and loaded; False where the config is out of the ordinary."""
    from core.config.first_words import first_words
    from tui.wiring.opening import open_counter

    words = first_words(said.config_path, said.data_path)
    if words is not None:
        open_counter(lambda: said.shop, words, language=said.lang, staff=said.staff)
    return words is not None


def _checked_first(said: Everywhere) -> None:
    from tui.wiring.beside import ensure_station
    from tui.wiring.counter import run_counter
    from tui.wiring.plain import run_plain

    shop = said.shop
    ensure_station(shop)
    run = run_plain if said.plain else run_counter
    run(shop, language=said.lang, staff=said.staff)
