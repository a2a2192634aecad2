"""Until when an order is held, and who may lift it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from core.domain.hold import end_of
from core.domain.refusal import BadTime
from core.domain.staff import Role
from tui.i18n import _
from tui.labels.words import word
from tui.screens.form import Field, Form


@dataclass(frozen=True)
class HoldTerms:
    """`until` None: until somebody lifts it."""

    until: datetime | None = None
    lifted_by: Role = Role.CASHIER


class AskHoldTerms(Form[HoldTerms]):
    """Both may be left as they are: Enter, Enter."""

    def __init__(self, question: str, facts: str, *, now: datetime, zone: tzinfo) -> None:
        roles = (word(Role.CASHIER).text, word(Role.MANAGER).text)
        fields = (
            Field(name="until", label=_("Until"), is_words=True, suggestions=("15:30", "20")),
            Field(name="lifter", label=_("Lifted by"), value=roles[0], is_words=True, suggestions=roles),
        )
        super().__init__(question, facts, fields=fields)
        self._now, self._zone = now, zone

    def read(self, values: Mapping[str, str]) -> HoldTerms | str:
        """A time to come, or none; one of two roles."""
        try:
            until = end_of(values["until"], self._now, self._zone)
        except BadTime:
            return _("A time such as 15:30, or minutes such as 20; or nothing.")
        lifter = values["lifter"].casefold()
        roles = {word(role).text.casefold(): role for role in (Role.CASHIER, Role.MANAGER)}
        if lifter and lifter not in roles:
            return _("Who lifts it: {roles}?").format(roles=", ".join(roles))
        return HoldTerms(until, roles.get(lifter, Role.CASHIER))
