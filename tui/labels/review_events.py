"""An order's review as sentences of the journal."""

from collections.abc import Iterable
from typing import Final

from core.domain import events as happening
from core.domain.events import Event
from core.domain.ids import SYSTEM
from tui.i18n import N_
from tui.labels.review import kind_words
from tui.labels.review_calls import result_words

SENTENCES: Final[dict[type[Event], str]] = {
    happening.ReviewAsked: N_("to be looked at first: {findings}"),
    happening.ReviewPassed: N_("looked at and let pass: {findings}"),
    happening.CustomerCalledBack: N_("call to the customer, try {attempt}: {answer}"),
    happening.CustomerCompleted: N_("put right after asking the customer: {fields}"),
}
_PASSED_BY_ITSELF: Final = N_("put right, no longer odd: {findings}")
_AGAIN: Final = N_("call to the customer, try {attempt}: {answer}, again at {again_at}")


def sentence(event: Event) -> str:
    """Where what happened needs another one."""
    if isinstance(event, happening.ReviewPassed) and event.by == SYSTEM:
        return _PASSED_BY_ITSELF
    if isinstance(event, happening.CustomerCalledBack) and event.again_at is not None:
        return _AGAIN
    return ""


def findings(found: Iterable[str]) -> str:
    """Kinds in words."""
    return ", ".join(kind_words(kind) for kind in found)


def answer(event: happening.CustomerCalledBack) -> str:
    """How it went."""
    return result_words(event.answer)
