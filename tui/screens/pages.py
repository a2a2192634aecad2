"""The pages, each loaded when somebody goes there: the counter is not kept waiting for them."""

from typing import Final

from tui.screens.frame import Frame
from tui.screens.terminal import Surroundings

PAGES: Final = ("drivers", "problems", "load", "who_pays", "recurs", "journal")


def page(name: str, around: Surroundings) -> Frame:
    """One of `PAGES`."""
    if name == "drivers":
        from tui.screens.drivers import DriversScreen

        return DriversScreen(around)
    if name == "problems":
        from tui.screens.problems import ProblemsScreen

        return ProblemsScreen(around)
    if name == "load":
        from tui.screens.load import LoadScreen

        return LoadScreen(around)
    if name == "who_pays":
        from tui.screens.who_pays import WhoPaysScreen

        return WhoPaysScreen(around)
    if name == "recurs":
        from tui.screens.recurs import RecursScreen

        return RecursScreen(around)
    from tui.screens.journal import JournalScreen

    return JournalScreen(around)
