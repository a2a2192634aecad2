"""How each courier answers, a sentence for each thing that is known."""

from collections.abc import Iterator

from core.board.lamps import LampKind, LampLine
from core.domain.vitals import Vitals
from tui import labels
from tui.labels.words import word
from tui.plain.lines import Now
from tui.plain.speech import sentence, spoken


def courier_lines(lamp: LampLine, now: Now) -> Iterator[str]:
    """None for what is no courier."""
    if lamp.kind is not LampKind.COURIER:
        return
    vitals = lamp.vitals or Vitals()
    state = labels.courier_state(vitals, now.at, now.zone, now.pace)
    yield sentence(f"{word(lamp.kind).text} {lamp.name}", word(lamp.light).text, spoken(state))
    if advice := labels.courier_advice(vitals):
        yield sentence(spoken(advice))
    for name, words in labels.vitals_lines(vitals, now.at, now.zone, now.pace):
        yield sentence(f"{name}: {spoken(words)}")
