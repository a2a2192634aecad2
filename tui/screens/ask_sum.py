"""How much goes back: a sum or a percentage, within limits that are shown."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.domain.money import BadMoney, Money
from core.domain.situation import Offer, Situation
from tui import labels
from tui.i18n import _
from tui.labels import coach
from tui.screens.form import Field, Form


@dataclass(frozen=True)
class Sum:
    """What was agreed, and the words to keep with it."""

    refund: Money
    words: str = ""


class AskSum(Form[Sum]):
    """Starts with what the table suggests; what is beyond the limits goes on to a manager."""

    def __init__(self, question: str, facts: str, *, offer: Offer, situation: Situation) -> None:
        fields = (
            Field(name="sum", label=_("Sum, or %"), value=coach.plain_sum(offer.suggested), is_words=True),
            Field(name="words", label=_("Note, if there is one"), is_words=True),
        )
        super().__init__(question, f"{coach.limits(offer, situation)}\n{facts}".strip(), fields=fields)
        self._left = situation.left

    def on_mount(self) -> None:
        """Close together: limits and costs are to be seen with the fields on a small terminal."""
        self.query_one(".dialog").add_class("coach")

    def read(self, values: Mapping[str, str]) -> Sum | str:
        """A sum there is money for."""
        from core.domain.agreement import typed_sum

        try:
            refund = typed_sum(values["sum"], self._left)
        except BadMoney:
            return _("A sum like 120, or a share like 50 %, please.")
        if refund.minor > self._left.minor:
            return _("{sum} is more than is left: {left}.").format(
                sum=labels.money(refund), left=labels.money(self._left)
            )
        return Sum(refund, values["words"])
