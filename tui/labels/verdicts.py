"""May I accept this? Each rule in a few words, with the number found and the number allowed."""

from typing import Final

from core.domain.acceptance import AcceptRule, Verdict
from tui.i18n import N_, _
from tui.labels.amounts import figures
from tui.labels.words import payment_word

VERDICTS: Final[dict[AcceptRule, str]] = {
    AcceptRule.HOLD: N_("on hold by {allowed}"),
    AcceptRule.PAYMENT: N_("payment: {found}"),
    AcceptRule.HOURS: N_("{found}, open {allowed}"),
    AcceptRule.WEIGHT: N_("{found} of {allowed}"),
    AcceptRule.PIECES: N_("{found} of {allowed} items"),
    AcceptRule.CAP: N_("order {found} of {allowed} this hour"),
    AcceptRule.DEADLINE: N_("accept by {allowed}"),
}
_UNKNOWN: Final = N_("{rule} unknown, allowed {allowed}")
_WEIGHT: Final = N_("weight")


def verdict(given: Verdict) -> str:
    """Nobody can know a weight that no line tells."""
    if given.kept is None:
        return _(_UNKNOWN).format(rule=_(_WEIGHT), allowed=figures(given.allowed))
    if given.rule is AcceptRule.HOLD:  # a person's own words
        return _(VERDICTS[given.rule]).format(found=given.found, allowed=given.allowed)
    found = payment_word(given.found) if given.rule is AcceptRule.PAYMENT else figures(given.found)
    return _(VERDICTS[given.rule]).format(found=found, allowed=figures(given.allowed))
