"""When to call the driver, and why then, to be heard."""

from collections.abc import Iterator

from core.board.sheet import Sheet
from tui.i18n import _
from tui.labels.calls import call_reasons, call_title
from tui.plain.lines import Now
from tui.plain.speech import sentence, spoken


def call_lines(sheet: Sheet, now: Now) -> Iterator[str]:
    """Nothing where no driver is to be called."""
    if sheet.call is not None:
        yield sentence(_("driver: {words}").format(words=spoken(call_title(sheet.call, now.at, now.zone))))
        yield from (spoken(words) for words in call_reasons(sheet.call, now.at))
