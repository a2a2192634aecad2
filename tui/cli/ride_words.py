"""A delivery printed: what the panel shows, a line a fact."""

from collections.abc import Iterator
from datetime import tzinfo

from core.board.sheet import Sheet
from tui import labels
from tui.labels import ride
from tui.labels.ride_facts import facts


def ride_words(sheet: Sheet, zone: tzinfo) -> Iterator[str]:
    """As it stands at the time of the sheet; nothing when no courier was asked."""
    line, delivery = sheet.ride, sheet.delivery
    if line is None or delivery is None:
        return
    since = labels.minutes(sheet.at - delivery.state_since) if delivery.is_live else ""
    yield ride.JOIN.join(part for part in (labels.word(delivery.state).text, delivery.courier, since) if part)
    loud = (ride.swap(line, sheet.at), ride.near(line, sheet.at), labels.said(delivery.reason))
    yield from (f"  {words}" for words in loud if words)
    for name, said in facts(sheet, sheet.at, zone):
        yield f"  {name}: {ride.JOIN.join(one.text for one in said)}"
