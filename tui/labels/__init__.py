"""Words, sign and colour for all of the trade that is shown; outside words come in as they are, never as markup."""

from datetime import tzinfo
from typing import TYPE_CHECKING

from tui.labels.amounts import count_of, figures, money, number, parcels_of, size
from tui.labels.details import detail, said
from tui.labels.goods_back import goods_back, onward
from tui.labels.problems import advice, title
from tui.labels.proofs import proof, proof_state
from tui.labels.refusals import why
from tui.labels.sound import backend, called, fault, main_trouble, mend, muted, sound, trouble
from tui.labels.steps import StepLabel, key_words, step
from tui.labels.times import ago, clock, countdown, day, day_clock, left, minutes, seconds_of, window
from tui.labels.verdicts import verdict
from tui.labels.vitals import answer_facts, answer_time, courier_advice, courier_state, vitals_lines
from tui.labels.words import payment_word, word

if TYPE_CHECKING:
    from core.domain.events import Event

__all__ = [
    "StepLabel",
    "advice",
    "ago",
    "answer_facts",
    "answer_time",
    "backend",
    "called",
    "clock",
    "count_of",
    "countdown",
    "courier_advice",
    "courier_state",
    "day",
    "day_clock",
    "detail",
    "fault",
    "figures",
    "goods_back",
    "happened",
    "key_words",
    "left",
    "main_trouble",
    "mend",
    "minutes",
    "money",
    "muted",
    "number",
    "onward",
    "parcels_of",
    "payment_word",
    "proof",
    "proof_state",
    "said",
    "seconds_of",
    "size",
    "sound",
    "step",
    "title",
    "trouble",
    "verdict",
    "vitals_lines",
    "why",
    "window",
    "word",
]


def happened(event: "Event", zone: tzinfo) -> str:
    """What happened, in a sentence. Events are many, and the first picture shows none."""
    from tui.labels.events import happened as told

    return told(event, zone)
