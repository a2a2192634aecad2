"""`orderbell`: the counter screen, with a station of its own when none is running."""

from tui.cli.answers import Failed
from tui.cli.everywhere import Everywhere
from tui.i18n import _


def counter(said: Everywhere) -> None:
    """Until the person leaves it."""
    from tui.wiring.beside import ensure_station
    from tui.wiring.counter import has_terminal, run_counter
    from tui.wiring.plain import run_plain

    if not (said.plain or has_terminal()):
        raise Failed(_("the counter needs a terminal; `orderbell serve` runs without one, `orderbell order` asks it"))
    shop = said.shop
    ensure_station(shop)
    run = run_plain if said.plain else run_counter
    run(shop, language=said.lang, staff=said.staff)
